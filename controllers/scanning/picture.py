"""Reads the codes in a picture: a screenshot a traveler sent, a photo of a voucher, a camera's frame.

Three tries, each only when the one before found nothing: zxing-cpp, zxing-cpp on the picture
enlarged twice (small codes, noise), then pyzbar (bars under glare). Only QR and Code 128 are
looked for, since asking for everything invents codes out of half-seen ones.
"""

from __future__ import annotations

import functools
import io
import os
import stat
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from controllers.scanning import Scan
from models.refusals import CannotDo

MOST_BYTES = 40_000_000
MOST_PIXELS = 64_000_000
_ENLARGED_UP_TO = 6_000_000  # pixels; above, enlarging costs seconds, and the codes are large anyway
_KINDS = ("PNG", "JPEG", "WEBP", "BMP")
_SYMBOLOGIES = {"QRCODE": "QRCode", "CODE128": "Code128"}

Found = tuple[str, str]
"""A text and its symbology."""


def read_picture(path: str | os.PathLike[str]) -> list[Scan]:
    """The codes of a picture file, [] when it holds none. Refuses (`picture-not-readable`) what is no picture."""
    path = Path(path)
    return read_frame(_decoded(bytes_of(path), path.name), source=path.name)


def read_frame(frame: Any, *, source: str = "picture", at: datetime | None = None) -> list[Scan]:
    """The codes of an OpenCV picture (grey, BGR or BGRA), each text once."""
    grey = _grey(frame)
    for look in (_zxing, _zxing_enlarged, _pyzbar):
        found = _each_once(look(grey))
        if found:
            return [Scan(text, source, symbology, at) for text, symbology in found]
    return []


def _each_once(found: Iterable[Found]) -> list[Found]:
    """A voucher carries its digits as QR and as bars: that is one scan, told as the QR."""
    texts: dict[str, str] = {}
    for text, symbology in found:
        if text and texts.get(text) != "QRCode":
            texts[text] = symbology
    return list(texts.items())


def _zxing(grey: Any) -> list[Found]:
    import zxingcpp

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
    read = zxingcpp.read_barcodes(grey, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    kinds = {zxingcpp.BarcodeFormat.Code128: "Code128"}
    return [(one.text, kinds.get(one.format, "QRCode")) for one in read if one.valid]


def _zxing_enlarged(grey: Any) -> list[Found]:
    cv2 = _opencv()
    if grey.size > _ENLARGED_UP_TO:
        return []
    return _zxing(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))


def _pyzbar(grey: Any) -> list[Found]:
    read = _zbar_reader()
    return read(grey) if read else []


@functools.cache
def _zbar_reader() -> Callable[[Any], list[Found]] | None:
    """pyzbar, or None where its system library is not installed: then the first two tries must do."""
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError):
        return None
    symbols = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128]

    def read(grey: Any) -> list[Found]:
        found = pyzbar.decode(grey, symbols=symbols)
        return [(one.data.decode("utf-8", "replace"), _SYMBOLOGIES.get(one.type, "")) for one in found]

    return read


def _grey(frame: Any) -> Any:
    """The picture in 8-bit grey, transparent places white as on a page."""
    import numpy

    cv2 = _opencv()
    if frame.dtype == numpy.uint16:
        frame = (frame >> 8).astype(numpy.uint8)
    if frame.ndim == 3 and frame.shape[2] == 4:
        shown = frame[:, :, 3:].astype(numpy.uint16)
        frame = ((frame[:, :, :3] * shown + 255 * (255 - shown)) // 255).astype(numpy.uint8)
    if frame.ndim == 3:
        frame = frame[:, :, 0] if frame.shape[2] == 1 else cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    return numpy.ascontiguousarray(frame)


def _decoded(data: bytes, name: str) -> Any:
    """The pixels; asked for only after the header has said how many they are."""
    import numpy

    width, height, transparent = header_of(data, name)
    if width * height > MOST_PIXELS:
        raise unreadable_picture(name, f"it has {width} x {height} points, which is too many")
    cv2 = _opencv()
    flags = cv2.IMREAD_UNCHANGED if transparent else cv2.IMREAD_GRAYSCALE
    try:
        frame = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), flags)
    except cv2.error:
        frame = None
    if frame is None:
        raise unreadable_picture(name, "it is damaged")
    return frame


def header_of(data: bytes, name: str) -> tuple[int, int, bool]:
    """Width, height, and whether parts of the picture are transparent."""
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            with Image.open(io.BytesIO(data), formats=_KINDS) as picture:
                return *picture.size, "A" in picture.mode or "transparency" in picture.info
    except Image.DecompressionBombError:
        raise unreadable_picture(name, "it has too many points") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise unreadable_picture(name, "it is none of the kinds we know, or it is damaged") from None


def bytes_of(path: Path) -> bytes:
    """What the file holds; a pipe, a device or a folder is never opened."""
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            raise unreadable_picture(path.name, "it is not a file")
        if told.st_size > MOST_BYTES:
            raise unreadable_picture(path.name, f"it is larger than {MOST_BYTES // 1_000_000} MB")
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except (OSError, ValueError):
        raise unreadable_picture(path.name, "it cannot be opened") from None


def unreadable_picture(name: str, why: str) -> CannotDo:
    return CannotDo("picture-not-readable", file=name, why=why)


@functools.cache
def _opencv() -> Any:
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")  # a broken picture is answered, not complained about
    import cv2

    return cv2
