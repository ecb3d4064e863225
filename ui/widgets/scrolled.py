"""Something that may be higher than its place: it is as wide as the place, and scrolls up and down."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.widgets.scroll_bar import ScrollBar


def scrolled(page: QWidget) -> QScrollArea:
    """The page in an area that scrolls; the ground behind shows through."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBar(ScrollBar(bare=True))
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to what has just come up, once it has its place; nothing to do where nothing scrolls."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        QTimer.singleShot(0, area, partial(_ensure, area, widget))


def _ensure(area: QScrollArea, widget: QWidget) -> None:
    page = area.widget()
    layout = page.layout() if page is not None else None
    if page is not None and layout is not None:
        layout.activate()
        page.adjustSize()
    area.ensureWidgetVisible(widget, 0, 12)
