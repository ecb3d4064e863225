"""What is scrolled stands in a widget of ours, so that the first numbers need not wait for all of Qt.

Whoever asks Qt for the viewport it made itself has PySide look through every kind of widget there is, to find out
which one that might be: some ten milliseconds, once, in the middle of the start.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def own_viewport(area: QAbstractScrollArea, *, ground: bool = True) -> QWidget:
    """Give an area that holds nothing yet its viewport: on the ground of lists, or on none."""
    made = QWidget()
    if ground:
        made.setBackgroundRole(QPalette.ColorRole.Base)
        made.setAutoFillBackground(True)
    area.setViewport(made)
    return made
