"""A picture of something that has gone, fading out: nobody can press it, and it keeps nothing from anybody."""

from __future__ import annotations

from PySide6.QtCore import Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

FADE_MS = 120


class Fading(QWidget):
    """Lies where `picture` was in `host`, and goes by itself."""

    def __init__(self, picture: QPixmap, host: QWidget) -> None:
        super().__init__(host)
        self._picture, self._opacity = picture, 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(host.rect())
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(FADE_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(self._fade_to)
        self._fade.finished.connect(self.hide)
        self._fade.finished.connect(self.deleteLater)
        self.show()
        self.raise_()
        self._fade.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.drawPixmap(0, 0, self._picture)

    def _fade_to(self, opacity: float) -> None:
        self._opacity = opacity
        self.update()
