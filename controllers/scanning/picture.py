"""Reads the codes in a picture: a screenshot a traveler sent, a photo of a voucher, a camera's frame.

Which readers are asked, and in which order, is `reading`'s to know. A file that is no picture is refused.
"""

from __future__ import annotations

import io
import os
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

from controllers.scanning import Scan
from controllers.scanning.reading import in_grey, opencv, read_all
from models.refusals import CannotDo

MOST_BYTES = 40_000_000
MOST_PIXELS = 64_000_000
_KINDS = ("PNG", "JPEG", "WEBP", "BMP")


def read_picture(path: str | os.PathLike[str]) -> list[Scan]:
    """The codes of a picture file, [] when it holds none. Refuses (`picture-not-readable`) what is no picture."""
    path = Path(path)
    return read_frame(_decoded(bytes_of(path), path.name), source=path.name)


def read_frame(frame: Any, *, source: str = "picture", at: datetime | None = None) -> list[Scan]:
    """The codes of an OpenCV picture (grey, BGR or BGRA), each text once."""
    return [Scan(text, source, symbology, at) for text, symbology in read_all(in_grey(frame))]


def _decoded(data: bytes, name: str) -> Any:
    """The pixels; asked for only after the header has said how many they are."""
    import numpy

    width, height, transparent = header_of(data, name)
    if width * height > MOST_PIXELS:
        raise unreadable_picture(name, f"it has {width} x {height} points, which is too many")
    cv2 = opencv()
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
