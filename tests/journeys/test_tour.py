"""The tour: one whole life through the real window, from a channel's export to a refused cancellation."""

from __future__ import annotations

from pathlib import Path

import pytest

import app
from ui.tour import tour


@pytest.mark.usefixtures("qapp")
def test_the_tour_comes_to_its_end_and_leaves_its_pictures(tmp_path: Path) -> None:
    lines = list(tour(tmp_path, app.SCREENS))

    told = (
        "The first start",
        "18 reservations taken",
        "orders to confirm",
        "New reservation CF-10019",
        "the name is hidden",
        "seats 8 -> 10 of 20",
        "in the outbox: message, confirmation",
        "stay hidden",
        "voucher was printed",
        "its reason first: message, cancellation",
        "TWD 1,600.00 of CF-10011 goes back between 2026-12-08 and 2026-12-11",
        "2 of 2 are in",
        "used, 1 ticket",
        "2 of 4 are in",
        "OTHER_DAY",
        "refused",
        "KRW 78,000 paid, KRW 22,000 change",
        "2 redeemed",
        "leaves 2 hours after the close",
        "5 of 5, thanked for with a code",
        "never cancelled",
        "given back under 2026-1207-0031",
        "by night",
    )
    assert len(lines) == len(told)
    for line, words in zip(lines, told, strict=True):
        assert words in line
    assert "EXAMPLE, NORA" not in lines[3]
    pictures = sorted(path.name for path in tmp_path.glob("??-*.png"))
    assert pictures[0] == "01-welcome.png"
    assert not [name for name in pictures if "stuck" in name]
    assert all(path.stat().st_size > 10_000 for path in tmp_path.glob("??-*.png"))
    assert (tmp_path / "voucher.pdf").read_bytes().startswith(b"%PDF")
