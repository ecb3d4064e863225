"""Leaves the keyboard where it was while what it stood on is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


@contextmanager
def keyboard_stays(within: QWidget, *, otherwise: QWidget | None = None) -> Iterator[None]:
    """While the rows of `within` are made anew: afterwards the same place of the same kind has the keyboard again.

    `otherwise` has it where there is no such place any more.
    """
    had = QApplication.focusWidget()
    if had is None or not within.isAncestorOf(had):
        yield
        return
    kind, place = type(had), _alike(within, type(had)).index(had)
    yield
    if not (isValid(had) and had.hasFocus()):
        now = _alike(within, kind)
        to = now[place] if place < len(now) else otherwise
        if to is not None:
            to.setFocus(Qt.FocusReason.OtherFocusReason)


def _alike(within: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in within.findChildren(kind) if one.isVisibleTo(within)]
