"""Five stars to choose a rating from: a click, a digit, or the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.review import RATINGS
from ui import fonts, theme
from ui.paint.stars import paint_stars
from ui.paint.text import paint_text
from ui.wording.reviews import stars_words

SIDE = 28


class StarPick(QWidget):
    """`picked` brings the rating, 1 to 5. Nothing is chosen at first: nobody's rating is guessed."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def rating(self) -> int:
        """What is chosen, 0 for nothing yet."""
        return self._rating

    def choose(self, rating: int) -> None:
        """Choose one; 0 takes the choice back."""
        if rating != self._rating:
            self._rating = rating
            self._say()
            self.update()
            self.picked.emit(rating)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(SIDE + 1) * len(RATINGS) + fonts.px(150), fonts.px(SIDE + 12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if text.isdigit() and int(text) in RATINGS:
            self.choose(int(text))
        elif step:
            self.choose(min(RATINGS[-1], max(RATINGS[0], self._rating + step)))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int((event.position().x() - fonts.px(4)) // (fonts.px(SIDE) + 1)) + 1
        if at in RATINGS:
            self.choose(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(fonts.px(4), 0, 0, 0)
        paint_stars(painter, inner, self._rating, colours, SIDE)
        words = stars_words(self._rating) if self._rating else self.tr("1 to 5")
        place = inner.adjusted((fonts.px(SIDE) + 1) * len(RATINGS) + fonts.px(12), 0, 0, 0)
        paint_text(painter, place, words, colours.ink if self._rating else colours.ink3, 14, 500)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _say(self) -> None:
        words = stars_words(self._rating) if self._rating else self.tr("not chosen")
        self.setAccessibleName(self.tr("Rating: {stars}").format(stars=words))
