"""The small words beside the pointer, always as they were written.

Qt takes a tip that looks like markup for markup: a guest called "<img src=...>" would be drawn, not read. Whatever
looks so is written out here; nobody else hands Qt a tip.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolTip, QWidget

_LONGEST = 2_000  # nobody reads more of it, and a tip as high as the screen hides what it is about


def plain(words: str) -> str:
    """These words so that Qt shows exactly them."""
    words = words[:_LONGEST]
    if "<" not in words and "&" not in words:
        return words
    import html

    return f"<span style='white-space:pre-wrap'>{html.escape(words, quote=False)}</span>"


def set_tip(of: QWidget | QAction, words: str) -> None:
    """What a widget says while the pointer rests on it, '' for nothing."""
    of.setToolTip(plain(words))


def show_tip(at: QPoint, words: str, of: QWidget) -> None:
    """Say it now; '' takes it away."""
    QToolTip.showText(at, plain(words), of)
