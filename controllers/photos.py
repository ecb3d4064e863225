"""Takes a picture of a product from a file: checked, turned upright, and scaled down to what a screen shows."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from controllers.scanning.picture import MOST_PIXELS, bytes_of, header_of
from models.faults import fault_words
from models.refusals import CannotDo

if TYPE_CHECKING:
    from PIL import Image

log = logging.getLogger(__name__)

LONGEST, THUMB, SMALLEST = 1280, 144, 240
"""Pixels of the longer side as it is kept, and as it stands in a list (a larger picture is scaled down); and how many
a picture that hangs on a mail needs to be somebody's photograph."""
_KINDS = ("JPEG", "PNG", "WEBP")
_WHITE = (255, 255, 255)
_HELD = 0x0112  # where a camera writes how it was held, from 1 (upright) to 8


def read_photo(path: Path) -> bytes:
    """The picture as it is kept, a JPEG. Raises CannotDo("photo-not-taken") for what is no such picture."""
    try:
        return _taken(bytes_of(path), path.name)
    except CannotDo as no:
        raise CannotDo("photo-not-taken", file=path.name, why=no.facts.get("why", "")) from no


def photo_of(data: bytes, name: str) -> bytes | None:
    """A picture that came by mail, as it is kept; None for what is none, or as small as the mark under a signature."""
    try:
        if max(header_of(data, name)[:2]) < SMALLEST:
            return None
        return _taken(data, name)
    except CannotDo:
        return None
    except Exception as error:  # a stranger's picture must not keep their words away
        log.warning("a picture was not read: %s", fault_words(error))
        return None


def thumb_of(photo: bytes) -> bytes:
    """A kept picture, small."""
    from PIL import Image

    with Image.open(io.BytesIO(photo)) as picture:
        picture.thumbnail((THUMB, THUMB))
        return _jpeg(picture)


def _taken(data: bytes, name: str) -> bytes:
    from PIL import Image

    width, height, transparent = header_of(data, name)
    if width * height > MOST_PIXELS:
        raise CannotDo(
            "photo-not-taken", file=name, why=f"it has {width} x {height} points, which is too many"
        )
    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as told:
            picture = _upright(told)
            picture.thumbnail((LONGEST, LONGEST))
            if transparent:
                ground = Image.new("RGBA", picture.size, (*_WHITE, 255))
                picture = Image.alpha_composite(ground, picture.convert("RGBA"))
            return _jpeg(picture)
    except (OSError, ValueError, SyntaxError, EOFError):
        why = "it is none of the kinds we take, or it is damaged"
        raise CannotDo("photo-not-taken", file=name, why=why) from None


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held. What else it wrote down stays unread: it may be damaged, and nobody wants it."""
    from PIL.Image import Transpose

    turns = (
        Transpose.FLIP_LEFT_RIGHT, Transpose.ROTATE_180, Transpose.FLIP_TOP_BOTTOM, Transpose.TRANSPOSE,
        Transpose.ROTATE_270, Transpose.TRANSVERSE, Transpose.ROTATE_90,
    )  # fmt: skip
    held: Any = picture.getexif().get(_HELD)
    turn = dict(enumerate(turns, start=2)).get(held)
    return picture if turn is None else picture.transpose(turn)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()
