"""Measures the papers a voucher is laid out for, in points: margins, letters, and codes in whole printer dots."""

from __future__ import annotations

from controllers.voucher_pdf import symbols
from models.frozen import frozen
from models.papers import SIZES, Paper

_OFFICE_DOT = 72 / 300
_RECEIPT_DOT = 25.4 / 203.2 * 72 / 25.4
"""Receipt printers have eight dots a millimetre."""


@frozen
class Form:
    """One paper. `height` 0 is a roll; `card` draws the counterfoil's outline; `beside` puts the bars beside the QR."""

    width: float
    height: float
    margin: float
    padding: float
    scale: float
    dot: float
    qr_dots: int
    bar_dots: int
    bar_height: float
    head: float  # from the upper edge to the top of the card
    foot: float
    card: bool
    beside: bool

    @property
    def is_roll(self) -> bool:
        """Whether it is as long as what stands on it."""
        return self.height == 0

    @property
    def top(self) -> float:
        """Where the card begins. On a roll everything stands below 0, and is moved up at last."""
        return self.height - self.head

    @property
    def room(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.margin

    @property
    def column(self) -> float:
        """Between the paddings."""
        return self.room - 2 * self.padding

    @property
    def qr_module(self) -> float:
        """A module of the QR code."""
        return self.qr_dots * self.dot

    @property
    def qr_size(self) -> float:
        """The QR code without its quiet zone."""
        return symbols.QR_MODULES * self.qr_module

    @property
    def qr_quiet(self) -> float:
        """The quiet zone around it."""
        return symbols.QR_QUIET * self.qr_module

    @property
    def bar_module(self) -> float:
        """The thinnest bar."""
        return self.bar_dots * self.dot

    @property
    def bars_width(self) -> float:
        """The bar code without its quiet zone."""
        return symbols.BARS_MODULES * self.bar_module

    def size(self, points: float) -> float:
        """Letters of A4 as they are on this paper."""
        return round(points * self.scale, 1)

    def on_dots(self, place: float) -> float:
        """The nearest dot of the printer."""
        return round(place / self.dot) * self.dot


FORMS = {
    Paper.A4: Form(
        SIZES[Paper.A4].width, SIZES[Paper.A4].height, 45, 22, 1, _OFFICE_DOT, 25, 7, 240 * _OFFICE_DOT, 54, 34,
        card=True, beside=True,
    ),
    Paper.A5: Form(
        SIZES[Paper.A5].width, SIZES[Paper.A5].height, 30, 16, 0.86, _OFFICE_DOT, 18, 7, 36, 42, 24,
        card=True, beside=False,
    ),
    Paper.ROLL: Form(
        SIZES[Paper.ROLL].width, 0, SIZES[Paper.ROLL].edge, 0, 0.9, _RECEIPT_DOT, 14, 3, 40, 26, 12,
        card=False, beside=False,
    ),
}  # fmt: skip
