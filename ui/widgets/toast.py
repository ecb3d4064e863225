"""A short word at the foot of the window about what was just done, with a way to take it back."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui import actions, fonts, theme
from ui.pulse import pulse
from ui.widgets.button import Button
from ui.widgets.keycap import Keycap
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay
from ui.wording.dates import countdown

_MARGIN = 6


class Toast(QFrame):
    """Shown over `host` for some seconds. `taken_back` when its link is pressed, `gone` when it left.

    With words for what it `opens` the link says these, and pressing it is told by `opened`. One that only tells
    something goes when it is pressed: it may lie over what is needed next.
    """

    taken_back = Signal()
    opened = Signal()
    gone = Signal()

    def __init__(
        self, text: str, host: QWidget, *, take_back: bool = False, opens: str = "", seconds: int = 8
    ) -> None:
        super().__init__(host)
        self._host, self._left, self._can = host, seconds, take_back
        self._level = self._free_level(1 if opens else 0)  # what rings from outside stands higher
        self._text = Label(text, 13, 600)
        self._count = Label("", 12, 500, "ink3")
        self._link = Button(opens or self.tr("Take back"), "ghost")
        self._keys = Keycap(*actions.keys("open-notice" if opens else "undo"))
        row = QHBoxLayout(self)
        links = take_back or bool(opens)
        row.setContentsMargins(fonts.px(16), _MARGIN, fonts.px(12 if links else 16), _MARGIN)
        row.setSpacing(fonts.px(10))
        for widget in (self._text, self._count, self._link, self._keys):
            row.addWidget(widget)
        self._count.setVisible(take_back)
        for widget in (self._link, self._keys):
            widget.setVisible(links)
        self._link.clicked.connect(self._take_back if take_back else self._open)
        self.setAccessibleName(text)
        self._show_count()
        pulse().join(self._count_down)
        host.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    @property
    def only_tells(self) -> bool:
        """Whether there is nothing to press on it."""
        return self._link.isHidden()

    def leave(self) -> None:
        """Go away now."""
        pulse().leave(self._count_down)
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        if not self._can:
            self.leave()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.border)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _free_level(self, lowest: int) -> int:
        """So that no two lie over each other. What only tells something goes, unless it is to be read for longer."""
        others = self._host.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly)
        standing = [one for one in others if one is not self and not one.isHidden()]
        for one in standing:
            if one.only_tells and one._left <= self._left:
                one.leave()
        taken = {one._level for one in standing if not one.isHidden()}
        return next(level for level in count(lowest) if level not in taken)

    def _take_back(self) -> None:
        self.taken_back.emit()
        self.leave()

    def _open(self) -> None:
        self.leave()
        self.opened.emit()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.leave()
        else:
            self._show_count()
            self._place()  # a question may have opened or grown meanwhile

    def _show_count(self) -> None:
        self._count.setText(countdown(self._left) if self._can else "")

    def _place(self) -> None:
        """At the foot; where it would lie over the buttons of a question, at the top."""
        size, edge = self.sizeHint(), fonts.px(52)
        highest = self._link.sizeHint().height() + 2 * _MARGIN
        further = (highest + fonts.px(8)) * self._level
        x = (self._host.width() - size.width()) // 2
        place = QRect(QPoint(x, self._host.height() - size.height() - edge - further), size)
        asked = self._host.findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if any(one.isVisible() and one.to_be_pressed().intersects(place) for one in asked):
            place.moveTop(fonts.px(8) + further)
        self.setGeometry(place)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
