"""The foot of the list: how many rows there are, what is hidden and what has come since, each with the key to show it.

It is always there and always as high, so that nothing above it moves when it has something to say.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions, fonts, theme
from ui.widgets.button import Button
from ui.widgets.chip import Shape
from ui.widgets.label import Label
from ui.wording.numbers import number_words


class Footer(QWidget):
    """`hidden_wanted` asks to show what the view leaves out (or to hide it again), `news_wanted` what is new."""

    hidden_wanted = Signal()
    news_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label("", 12, 500, "ink2")
        self._hidden = Label("", 12, 500, "ink2")
        self._show_hidden = Button("", "ghost", key=actions.cap("show-hidden"), height=26)
        self._mark = Shape("info", 15)
        self._news = Label("", 12, 600, "accent_text")
        self._show_news = Button("", "ghost", key=actions.cap("refresh"), height=26)
        row = QHBoxLayout(self)
        row.setContentsMargins(fonts.px(20), 1, fonts.px(14), 0)
        row.setSpacing(fonts.px(6))
        row.addWidget(self._count)
        row.addSpacing(fonts.px(18))
        row.addWidget(self._hidden)
        row.addWidget(self._show_hidden)
        row.addStretch(1)
        for widget in (self._mark, self._news, self._show_news):
            row.addWidget(widget)
        self.setFixedHeight(fonts.px(34))
        self._show_hidden.clicked.connect(self.hidden_wanted)
        self._show_news.clicked.connect(self.news_wanted)
        self.show_hidden("")
        self.show_news(0)

    @property
    def words(self) -> str:
        """Everything it says."""
        labels = (self._count, self._hidden, self._news)
        return ". ".join(label.text() for label in labels if not label.isHidden() and label.text())

    def show_count(self, words: str) -> None:
        """How many rows the list has."""
        self._count.setText(words)

    def show_hidden(self, words: str, *, shown: bool = False) -> None:
        """What is left out; `shown` where it is there for once and can be hidden again."""
        self._hidden.setText(words)
        self._hidden.setVisible(bool(words))
        self._show_hidden.set_text(self.tr("hide again") if shown else self.tr("show"))
        self._show_hidden.setVisible(bool(words))
        self._show_hidden.setAccessibleDescription(words)

    def show_news(self, count: int) -> None:
        """How many have come elsewhere since the list was read."""
        self._news.setText(self.tr("{count} new").format(count=number_words(count)))
        self._show_news.set_text(self.tr("show"))
        for widget in (self._mark, self._news, self._show_news):
            widget.setVisible(count > 0)
        self._show_news.setAccessibleDescription(self._news.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.fillRect(self.rect(), colours.canvas)
        painter.fillRect(0, 0, self.width(), 1, colours.line)
