"""The tour: one whole life through the real window, from a channel's export to a refused cancellation."""

from __future__ import annotations

from pathlib import Path

import pytest

import app
from ui.tour import tour


@pytest.mark.usefixtures("qapp")
def test_the_tour_comes_to_its_end_and_leaves_its_pictures(tmp_path: Path) -> None:
    lines = list(tour(tmp_path, app.SCREENS))

    assert len(lines) == 15
    assert "seats 8 -> 10 of 20" in lines[3]
    assert "2 of 2 are in" in lines[6]
    assert "used, 1 ticket" in lines[7]
    assert "2 of 4 are in" in lines[8]
    assert "OTHER_DAY" in lines[9]
    assert "refused" in lines[10]
    assert "KRW 78,000 paid, KRW 22,000 change" in lines[11]
    assert "2 redeemed" in lines[12]
    assert "never cancelled" in lines[13]
    pictures = sorted(path.name for path in tmp_path.glob("??-*.png"))
    assert pictures[0] == "01-welcome.png"
    assert not [name for name in pictures if "stuck" in name]
    assert all(path.stat().st_size > 10_000 for path in tmp_path.glob("??-*.png"))
    assert (tmp_path / "voucher.pdf").read_bytes().startswith(b"%PDF")
