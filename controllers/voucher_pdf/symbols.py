"""Draws the two codes of a ticket as plain rectangles: a QR code and a Code 128 of the same 26 digits.

The QR is version 1 at level Q (26 digits in numeric mode just fit), so its 21 x 21 modules are
large enough for a cheap webcam; the Code 128 is 13 pairs of digits in set C.
"""

from __future__ import annotations

import functools

from models import codes
from models.frozen import frozen

QR_MODULES = 21
QR_QUIET = 4
QR_DOTS, BAR_DOTS = 25, 7
"""How many dots of a 300 dpi printer one module of a voucher's codes measures."""
BARS_MODULES = 178
BARS_QUIET = 10


@frozen
class Modules:
    """Dark rectangles (column, row, columns, rows) on a grid whose first row is at the top."""

    columns: int
    rows: int
    dark: tuple[tuple[int, int, int, int], ...]


@functools.lru_cache(maxsize=64)
def qr(code: str) -> Modules:
    """The QR code of 26 digits; neighbours are merged, so no printer shows hairlines between them."""
    import zxingcpp

    made = zxingcpp.create_barcode(_checked(code), zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    return _merged(made, QR_MODULES)


@functools.lru_cache(maxsize=64)
def bars(code: str) -> Modules:
    """The Code 128 of 26 digits, one row high."""
    import zxingcpp

    made = zxingcpp.create_barcode(_checked(code), zxingcpp.BarcodeFormat.Code128)
    return _merged(made, BARS_MODULES, rows=1)


@functools.lru_cache(maxsize=8)
def qr_of(text: str) -> Modules:
    """The QR code of any short text, as large as it needs."""
    import zxingcpp

    return _merged(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"))


@functools.lru_cache(maxsize=8)
def bars_of(text: str) -> Modules:
    """The Code 128 of any short text, one row high."""
    import zxingcpp

    return _merged(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128), rows=1)


def _checked(code: str) -> str:
    if codes.digits_of(code) != code:
        raise ValueError("a ticket's code is 26 digits")
    return code


def _merged(made: object, columns: int = 0, rows: int = 0) -> Modules:
    import numpy

    grid = numpy.asarray(made.to_image(scale=1, add_quiet_zones=False)) < 128  # type: ignore[attr-defined]
    columns = columns or grid.shape[1]
    rows = rows or columns
    if grid.shape[1] != columns or grid.shape[0] < rows:
        raise AssertionError(f"the encoder made {grid.shape[1]} modules, not {columns}")
    open_runs: dict[tuple[int, int], int] = {}
    dark: list[tuple[int, int, int, int]] = []
    for row in range(rows + 1):
        runs = _runs(grid[row].tolist()) if row < rows else []
        for run in [run for run in open_runs if run not in runs]:
            top = open_runs.pop(run)
            dark.append((run[0], top, run[1], row - top))
        for run in runs:
            open_runs.setdefault(run, row)
    return Modules(columns, rows, tuple(sorted(dark, key=lambda box: (box[1], box[0]))))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where the dark stretches of a row begin, and how long they are."""
    found, start = [], -1
    for column, is_dark in enumerate([*row, False]):
        if is_dark and start < 0:
            start = column
        elif not is_dark and start >= 0:
            found.append((start, column - start))
            start = -1
    return found
