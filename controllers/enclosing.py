"""Reads the files staff attach to an answer, and writes down those a traveler sent."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from controllers.conversations import File
from controllers.copying import write as write_new
from controllers.messages import MOST_FILE, MOST_FILES
from models.refusals import CannotDo


def read(file: Path) -> File:
    """One file of this computer. Raises CannotDo("enclosure-unreadable") and CannotDo("enclosure-too-large")."""
    try:
        size = file.stat().st_size
        if size > MOST_FILE:
            most, every = MOST_FILE >> 20, MOST_FILES >> 20
            raise CannotDo("enclosure-too-large", name=file.name, most=most, all=every)
        data = file.read_bytes()
    except OSError as error:
        raise CannotDo("enclosure-unreadable", name=file.name) from error
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return File(file.name, kind, len(data), data)


def write(data: bytes, file: Path) -> None:
    """Saves what a traveler sent, whole or not at all."""
    write_new([data], file)
