"""Saves a paper as a file: whole or not at all, and for the eyes of who saved it only.

To the print log it is a copy like any other: a file can be printed at any time, and a voucher lets somebody in.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from controllers.spooling import Sent
from models.papers import Paper
from models.refusals import CannotDo

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class IntoFile:
    """A way on which papers become the file `path`. Where that is, neither log nor journal is told."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> tuple[str, ...]:
        """No printer."""
        return ()

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        """Raises CannotDo("file-not-writable"); then there is no file, or still the one of before."""
        try:
            write_whole(self._path, pdf)
        except OSError as error:
            why = error.strerror or str(error)
            raise CannotDo("file-not-writable", file=self._path.name, why=why) from error
        return Sent()


def write_whole(path: Path, content: bytes) -> None:
    """First beside its place, then in it; of what could not be written nothing is left behind."""
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)  # whoever left it there may let others read it
    try:
        with os.fdopen(os.open(half, _NEW, 0o600), "wb") as file:
            file.write(content)
        half.replace(path)
    except BaseException:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise
