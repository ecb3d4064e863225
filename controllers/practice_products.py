"""Invents the tours of a larger operator, so that many practice reservations find a seat."""

from __future__ import annotations

import tempfile
from pathlib import Path

from controllers import products
from controllers.desk import Desk
from controllers.rights import needs
from models.rights import Right

_PLACES = (
    "Bukchon Seongsu Itaewon Namsan Gangneung Sokcho Jeonju Gyeongju Yeosu Tongyeong Andong Incheon Suwon "
    "Boseong Damyang Chuncheon Pohang Mokpo Geoje Buyeo Gongju Seogwipo Udo Hallasan"
).split()
_KINDS = ("Walk", "Boat Trip", "Food Tour", "Bus Day Trip", "Night View")
_TIMES = ("09:00", "10:30", "13:00", "14:30", "16:00", "18:30")
_CAPACITY = 150


@needs(Right.DATABASE)
def invent(options: int, *, desk: Desk) -> None:
    """Saves products with so many options in all, two a product."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "practice.toml"
        file.write_text("".join(_product(n) for n in range((options + 1) // 2)), encoding="utf-8")
        products.save_products(file, desk=desk)


def _product(n: int) -> str:
    name = f"{_PLACES[n % len(_PLACES)]} {_KINDS[n // len(_PLACES) % len(_KINDS)]}"
    times = (_TIMES[n % len(_TIMES)], _TIMES[(n + 3) % len(_TIMES)])
    told = [
        "[[product]]",
        f'code = "P{n + 1:03d}"',
        f'name = "{name}"',
        f"confirm_within = {{ days = {n % 3 + 1} }}",
        f'meeting_point = "{name}, the main gate"',
    ]
    for label, starts in zip(("Early", "Late"), times, strict=True):
        told += [
            "[[product.option]]",
            f'name = "{label}"',
            f'starts = "{starts}"',
            f"minutes = {60 + n % 4 * 45}",
            f"capacity = {_CAPACITY}",
            'units = [ { name = "Adult", price = "39000" }, { name = "Child", price = "25000" } ]',
        ]
    return "\n".join(told) + "\n"
