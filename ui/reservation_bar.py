"""Above the list: its views with their counts, and what can be done with the whole of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions, fonts, theme
from ui.widgets.button import Button
from ui.widgets.tabs import Tab, Tabs


class ViewBar(QWidget):
    """`chosen` brings the number of the view, `elsewhere` the screen to go to; the others are its buttons."""

    chosen = Signal(int)
    menu_wanted = Signal()
    export_wanted = Signal()
    elsewhere = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = Tabs("")
        self.menu_button = Button("", "ghost", icon="down", key=actions.cap("view-menu"), height=28)
        self.export = Button("", "ghost", icon="file", key=actions.cap("export"), height=28)
        self.importing = Button("", "ghost", icon="import", key=actions.cap("go-imports"), height=28)
        self.mapping = Button("", "on", icon="link", key=actions.cap("go-mapping"), height=28)
        self.mapping.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, fonts.px(12), 0)
        row.setSpacing(0)
        row.addWidget(self.tabs, 1)
        for button in (self.mapping, self.menu_button, self.export, self.importing):
            row.addWidget(button)
        self.setFixedHeight(fonts.px(42))
        self.tabs.chosen.connect(self.chosen)
        self.menu_button.clicked.connect(self.menu_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.importing.clicked.connect(partial(self.elsewhere.emit, "imports"))
        self.mapping.clicked.connect(partial(self.elsewhere.emit, "mapping"))
        self.retranslate()

    def show_views(self, tabs: list[Tab], at: int, *, unmatched: bool) -> None:
        """These views, and the one that is shown; nothing is chosen by it. Unmatched orders can be given a meaning."""
        self.mapping.setVisible(unmatched)
        self.tabs.blockSignals(True)
        self.tabs.show_tabs(*tabs)
        self.tabs.choose(at)
        self.tabs.blockSignals(False)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.tabs.set_name(self.tr("Views"))
        self.menu_button.set_text(self.tr("View"))
        self.export.set_text(self.tr("Export"))
        self.importing.set_text(self.tr("Import"))
        self.mapping.set_text(self.tr("Say what they mean"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
