"""The few kinds of ink a printed page is made of, with their places in points from the lower left corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from controllers.voucher_pdf.symbols import Modules
from controllers.voucher_pdf.text import Line
from models.frozen import frozen

WIDTH, HEIGHT = 595.28, 841.89
"""A4."""

Colour = tuple[float, float, float]


def _hex(code: int) -> Colour:
    return ((code >> 16) / 255, (code >> 8 & 255) / 255, (code & 255) / 255)


INK, INK2, INK3 = _hex(0x14181F), _hex(0x434B58), _hex(0x5D6573)
LINE, BORDER = _hex(0xDBDEE4), _hex(0x868E9B)
STOP, STOP_SOFT = _hex(0x97192A), _hex(0xF8CBD1)
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)


@frozen
class Text:
    """A line on its baseline; `angle` turns it around its left end."""

    line: Line
    x: float
    y: float
    colour: Colour = INK
    angle: float = 0


@frozen
class Rule:
    """A hairline."""

    x: float
    y: float
    width: float
    colour: Colour = LINE


@frozen
class Band:
    """A filled strip."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@frozen
class Box:
    """An empty square, to be ticked with a pen."""

    x: float
    y: float
    side: float


@frozen
class Card:
    """The counterfoil: a body and its stub, parted at `tear` by two notches and a dotted line."""

    x: float
    y: float
    width: float
    height: float
    tear: float


@frozen
class Code:
    """A QR or bar code with its lower left corner at (x, y); its quiet zone is left around it."""

    modules: Modules
    x: float
    y: float
    module: float
    row_height: float


@frozen
class Tear:
    """A dotted line to tear along."""

    x: float
    y: float
    width: float


@frozen
class Picture:
    """An image (PNG or JPEG) in a rectangle of its own proportions."""

    image: bytes
    x: float
    y: float
    width: float
    height: float


Drawing = Rule | Band | Box | Card | Code | Tear | Picture
Mark = Text | Drawing


@frozen
class Page:
    """The marks of one page, and its size in points."""

    marks: tuple[Mark, ...]
    width: float = WIDTH
    height: float = HEIGHT

    def __iter__(self) -> Iterator[Mark]:
        return iter(self.marks)


def as_long_as_needed(marks: Iterable[Mark], width: float, margin: float, *, black: bool) -> Page:
    """A page of a roll: what was put below a height of 0 is moved up, so that the last line ends at the margin.

    `black`: a receipt printer knows no grey, it would draw it in dots.
    """
    marks = list(marks)
    lift = margin - min(mark.y for mark in marks)
    moved = [_moved(mark, lift, black=black) for mark in marks]
    return Page(tuple(moved), width, lift)


def on_sheets(
    marks: Iterable[Mark], width: float, height: float, head: float, foot: float
) -> list[tuple[Mark, ...]]:
    """What was put below a height of 0 in one endless column, cut into sheets between its lines."""
    room = height - head - foot
    sheets: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda one: -one.y):
        number = int(max(0.0, -mark.y) // room)
        sheets += [[] for _ in range(number + 1 - len(sheets))]
        sheets[number].append(_moved(mark, height - head + number * room, black=False))
    return [tuple(sheet) for sheet in sheets]


def _moved(mark: Mark, lift: float, *, black: bool) -> Mark:
    up: dict[str, Any] = {"y": mark.y + lift}
    if isinstance(mark, Card):
        up["tear"] = mark.tear + lift
    if black and isinstance(mark, Text | Band | Rule):
        up["colour"] = WHITE if mark.colour == WHITE else BLACK
    return replace(mark, **up)
