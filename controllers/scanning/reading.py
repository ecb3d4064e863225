"""Finds the codes in a picture: which readers are asked, in which order, and what is believed of each.

Only the ordinary QR and Code 128 are looked for, since whatever else is asked for is invented out of half-seen codes.
Measured on the sample photographs and on vouchers held before a camera (docs/benchmarks.md, "Reading codes"):

- `plain`: zxing-cpp on the picture as it is, both symbologies: the quickest, and most codes need no more;
- `sharp`: zxing-cpp on the picture sharpened and enlarged twice. It reads half as much again of what is out of
  focus, moved, small or noisy, better than enlarging alone or three times, for less than either. QR only: bars
  that were sharpened can come out as other bars with a right checksum, a QR corrects itself or is not read;
- `large`: zxing-cpp on the picture enlarged twice: small bars, and QR codes in noise that sharpening would wake;
- `second`: pyzbar: bars under glare or of low contrast, where zxing-cpp sees next to nothing. Never enlarged: then
  it reads bars wrong with a right checksum. And plain letters only: it guesses other scripts, and guesses wrong.

OpenCV's own readers read nothing beyond these, and can hold a thread for seconds.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Any

_ENLARGED_UP_TO = 6_000_000  # dots; above, enlarging costs seconds, and the codes are large anyway
_SYMBOLOGIES = {"QRCODE": "QRCode", "CODE128": "Code128"}
_RADIUS, _STRENGTH = 2.0, 3.0  # of the sharpening: dots, and times the difference to the softened picture

Found = tuple[str, str]
"""A text and its symbology."""

Look = Callable[[Any], list[Found]]
"""One way to look at a grey picture."""


def read_all(grey: Any) -> list[Found]:
    """The codes of one picture that nobody can hold up again: every look until one finds something."""
    for look in STILL:
        found = each_once(look(grey))
        if found:
            return found
    return []


class Turns:
    """Looks at a camera's pictures. There is always a next one, so each has two looks only: that is half of the time
    that a core has for 25 pictures a second, and the slow looks, which seldom find more, have their turn now and then.
    """

    def __init__(self, turns: tuple[tuple[Look, ...], ...] | None = None) -> None:
        self._turns = cycle(turns or TURNS)

    def look(self, grey: Any) -> list[Found]:
        """The codes that this turn's looks find; the second is spared where the first finds one."""
        for look in next(self._turns):
            found = each_once(look(grey))
            if found:
                return found
        return []


def each_once(found: Iterable[Found]) -> list[Found]:
    """A voucher carries its digits as QR and as bars: that is one code, told as the QR."""
    texts: dict[str, str] = {}
    for text, symbology in found:
        if text and texts.get(text) != "QRCode":
            texts[text] = symbology
    return list(texts.items())


# --- the looks ------------------------------------------------------------------------------


def plain(grey: Any) -> list[Found]:
    """As it is, QR and bars."""
    return zxing(grey, bars=True)


def sharp(grey: Any) -> list[Found]:
    """Sharpened and twice as large, QR only."""
    cv2 = opencv()
    if grey.size > _ENLARGED_UP_TO:
        return []
    soft = cv2.GaussianBlur(grey, (0, 0), _RADIUS)
    clear = cv2.addWeighted(grey, 1 + _STRENGTH, soft, -_STRENGTH, 0)
    return zxing(cv2.resize(clear, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), bars=False)


def large(grey: Any) -> list[Found]:
    """Twice as large, QR and bars."""
    cv2 = opencv()
    if grey.size > _ENLARGED_UP_TO:
        return []
    return zxing(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), bars=True)


def second(grey: Any) -> list[Found]:
    """By the other library, where it is installed."""
    read = zbar_reader()
    return read(grey) if read else []


STILL: tuple[Look, ...] = (plain, sharp, large, second)
_USUAL = (plain, sharp)
TURNS: tuple[tuple[Look, ...], ...] = (*[_USUAL] * 4, (sharp, large), *[_USUAL] * 4, (sharp, second))


# --- the readers ----------------------------------------------------------------------------


def zxing(grey: Any, *, bars: bool) -> list[Found]:
    """What zxing-cpp finds."""
    import zxingcpp

    kinds = {zxingcpp.BarcodeFormat.Code128: "Code128"}
    # Not the whole family of that name: a tiny Micro QR is soon seen in noise or in a piece of a bar code.
    wanted = [zxingcpp.BarcodeFormat.QRCodeModel2, *(kinds if bars else ())]
    formats = zxingcpp.BarcodeFormats(wanted)
    read = zxingcpp.read_barcodes(grey, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return [(one.text, kinds.get(one.format, "QRCode")) for one in read if one.valid]


@functools.cache
def zbar_reader() -> Look | None:
    """pyzbar, or None where its system library is not installed: then the others must do."""
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError):
        return None
    symbols = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128]

    def read(grey: Any) -> list[Found]:
        found = [one for one in pyzbar.decode(grey, symbols=symbols) if one.data.isascii()]
        return [(one.data.decode("ascii"), _SYMBOLOGIES.get(one.type, "")) for one in found]

    return read


# --- what they look at ----------------------------------------------------------------------


def in_grey(frame: Any) -> Any:
    """An OpenCV picture (grey, BGR or BGRA) in 8-bit grey, transparent places white as on a page."""
    import numpy

    cv2 = opencv()
    if frame.dtype == numpy.uint16:
        frame = (frame >> 8).astype(numpy.uint8)
    if frame.ndim == 3 and frame.shape[2] == 4:
        shown = frame[:, :, 3:].astype(numpy.uint16)
        frame = ((frame[:, :, :3] * shown + 255 * (255 - shown)) // 255).astype(numpy.uint8)
    if frame.ndim == 3:
        frame = frame[:, :, 0] if frame.shape[2] == 1 else cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    return numpy.ascontiguousarray(frame)


@functools.cache
def opencv() -> Any:
    """OpenCV, quiet: a broken picture or an absent camera is answered, not complained about."""
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    import cv2

    return cv2
