"""The few kinds of ink a printed page is made of, with their places in points from the lower left corner."""

from __future__ import annotations

from dataclasses import dataclass

from controllers.voucher_pdf.symbols import Modules
from controllers.voucher_pdf.text import Line

WIDTH, HEIGHT = 595.28, 841.89
"""A4."""

Colour = tuple[float, float, float]


def _hex(code: int) -> Colour:
    return ((code >> 16) / 255, (code >> 8 & 255) / 255, (code & 255) / 255)


INK, INK2, INK3 = _hex(0x14181F), _hex(0x434B58), _hex(0x5D6573)
LINE, BORDER = _hex(0xDBDEE4), _hex(0x868E9B)
STOP, STOP_SOFT = _hex(0x97192A), _hex(0xF8CBD1)
BLACK = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Text:
    """A line on its baseline; `angle` turns it around its left end."""

    line: Line
    x: float
    y: float
    colour: Colour = INK
    angle: float = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A hairline."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Band:
    """A filled strip."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Box:
    """An empty square, to be ticked with a pen."""

    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class Card:
    """The counterfoil: a body and its stub, parted at `tear` by two notches and a dotted line."""

    x: float
    y: float
    width: float
    height: float
    tear: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR or bar code with its lower left corner at (x, y); its quiet zone is left around it."""

    modules: Modules
    x: float
    y: float
    module: float
    row_height: float


Mark = Text | Rule | Band | Box | Card | Code
Page = tuple[Mark, ...]
