"""Leaves the keyboard where it was while what it stood on is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


@contextmanager
def keyboard_stays(within: QWidget) -> Iterator[None]:
    """While the rows of `within` are made anew: afterwards the same place of the same kind has the keyboard again."""
    had = QApplication.focusWidget()
    if had is None or not within.isAncestorOf(had):
        yield
        return
    kind, place = type(had), _alike(within, type(had)).index(had)
    yield
    if not (isValid(had) and had.hasFocus()):
        for widget in _alike(within, kind)[place : place + 1]:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _alike(within: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in within.findChildren(kind) if one.isVisibleTo(within)]
