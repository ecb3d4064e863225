"""How a command is told a secret: at the terminal, on the standard input, or in a file; never as one of its words."""

from __future__ import annotations

import sys
from pathlib import Path

from models.refusals import CannotDo


def typed_in(question: str) -> str:
    """One line from whoever sits at the terminal, unseen by who looks over their shoulder; else from the input."""
    if sys.stdin is not None and sys.stdin.isatty():
        from getpass import getpass

        return getpass(question)
    return _from_input()


def first_line(file: str | None) -> str:
    """A secret, which is never a word of the command itself: everybody on the computer could read that."""
    if not file:
        return ""
    if file == "-":
        return _from_input()
    try:
        return Path(file).read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", "") or "it is no text"
        raise CannotDo("file-not-readable", file=file, why=why) from error


def _from_input() -> str:
    """The next line of the standard input; nothing where there is none."""
    if sys.stdin is None:
        return ""
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise CannotDo("file-not-readable", file="-", why="it is no text") from error
