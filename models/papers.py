"""The papers a counter prints on: A4 and A5 sheets, and the roll of a receipt printer."""

from __future__ import annotations

from enum import StrEnum

from models.frozen import frozen

POINT = 72 / 25.4
"""Points in a millimetre."""


class Paper(StrEnum):
    """What lies in a printer."""

    A4 = "a4"
    A5 = "a5"
    ROLL = "roll"


class Document(StrEnum):
    """What is printed."""

    VOUCHER = "voucher"
    RECEIPT = "receipt"
    MANIFEST = "manifest"
    LIST = "list"
    TEST = "test"
    REPORT = "report"


@frozen
class Size:
    """Width and height in points; a height of 0 is as long as what stands on it. `edge` cannot be printed on."""

    width: float
    height: float
    edge: float


SIZES = {
    Paper.A4: Size(595.28, 841.89, 4.2 * POINT),
    Paper.A5: Size(419.53, 595.28, 4.2 * POINT),
    Paper.ROLL: Size(80 * POINT, 0, 4 * POINT),  # 80 mm, of which 72 are printed
}
SUITED = {
    Document.VOUCHER: (Paper.A4, Paper.A5, Paper.ROLL),
    Document.RECEIPT: (Paper.ROLL, Paper.A5, Paper.A4),
    Document.MANIFEST: (Paper.A4,),
    Document.LIST: (Paper.A4,),
    Document.TEST: (Paper.A4, Paper.A5, Paper.ROLL),
    Document.REPORT: (Paper.A4,),
}
"""The papers each document is laid out for, the usual one first."""
