"""Tells a fault of ours to whoever mends it: where it happened and what kind it was, and nobody's data.

A database quotes the row it stumbled over, over several lines, and Python quotes the value it could not read. Both
may be a traveler's. What is kept are the places in the program, the names of columns and tables, and the statement.
"""

from __future__ import annotations

import re
import sys
import traceback
from pathlib import Path
from types import TracebackType

from models.privacy import HIDDEN

_ROW_QUOTED = re.compile(r"^(DETAIL|CONTEXT|LINE \d+):.*?(?=^\[SQL: |\Z)", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(
    r"""(?P<named>\b(?:column|relation|table|constraint|index|type|attribute|argument|module|function|name)\s)?"""
    r"""(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?P<object>\sobject\b)?""",
    re.DOTALL,
)
_BACKGROUND = re.compile(r"^\(Background on this error at.*$", re.MULTILINE)


def fault_words(error: BaseException) -> str:
    """The whole of it, the cause first, as it may be logged, shown and sent."""
    told: list[str] = []
    for one in reversed(_chain(error)):
        places = "".join(traceback.format_tb(one.__traceback__))
        told.append(f"Traceback (most recent call last):\n{places}{_kind(one)}: {without_values(str(one))}")
    return "\n\nand then\n\n".join(told) + "\n"


def fault_places(error: BaseException) -> str:
    """Where it happened and of what kind it was, the cause first, on one line and without a word of what it says."""
    told = []
    for one in reversed(_chain(error)):
        way = traceback.extract_tb(one.__traceback__)
        told.append(f"{_kind(one)} at {' > '.join(f'{Path(at.filename).name}:{at.lineno}' for at in way)}")
    return ", and then ".join(told)


def tell_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """As `sys.excepthook`: to the standard error, which a system may keep for long."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        print(fault_words(error), file=sys.stderr)


def without_values(message: str) -> str:
    """What an error says, without the values it quotes; what a quoted word names in the program stays."""
    message = _ROW_QUOTED.sub(f"DETAIL: {HIDDEN}\n", _BACKGROUND.sub("", message))
    return _QUOTED.sub(lambda found: found.group() if _names(found) else HIDDEN, message).strip()


def _names(quoted: re.Match[str]) -> bool:
    """Whether it is a name of the program's or the database's, as 'column "lead"' or "'int' object"."""
    word = quoted["text"][1:-1].replace(".", "_")
    return word.isidentifier() and bool(quoted["named"] or quoted["object"])


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what led to it, the last first."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
