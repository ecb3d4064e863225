"""The head of whatever is one column: logo, operator, what it is, and in bands what must not be overlooked."""

from __future__ import annotations

from collections.abc import Iterable

from controllers.voucher_pdf.columns import Column
from controllers.voucher_pdf.forms import Form
from controllers.voucher_pdf.marks import INK, INK2, STOP, WHITE, Band, Picture, Text
from controllers.voucher_pdf.paint import image_size
from models.voucher_looks import VoucherLook

_LOGO_HIGH = 44.0


def top_of(
    column: Column, form: Form, look: VoucherLook, operator: str, title: str, notes: Iterable[str]
) -> None:
    """Begins a column with it."""
    if look.logo:
        logo = fitted(look.logo, 0, 0, form.room * 0.7, _LOGO_HIGH)
        column.y -= logo.height
        x = (form.width - logo.width) / 2
        column.marks.append(Picture(logo.image, x, column.y, logo.width, logo.height))
        column.y -= 6
    column.centred(column.setter.line(operator, column.size(12), bold=True, width=form.room))
    column.centred(column.setter.line(title, column.size(10.5), width=form.room), INK2)
    for note in filter(None, notes):
        column.y -= 20
        column.marks.append(Band(form.margin, column.y, form.room, 18, INK if form.is_roll else STOP))
        sizes = (column.size(11), column.size(9), 7.5)
        (line,) = column.setter.fit(note, sizes, form.room - 8, lines=1, bold=True)
        column.marks.append(Text(line, (form.width - line.width) / 2, column.y + 5, WHITE))
    column.rule(8, 8)


def fitted(image: bytes, x: float, y: float, width: float, height: float) -> Picture:
    """An image as large as it can be in a place, in its own proportions."""
    wide, high = image_size(image)
    fit = min(width / wide, height / high)
    return Picture(image, x, y, wide * fit, high * fit)
