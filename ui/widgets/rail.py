"""The dark rail at the left: where everything is. Icon over word, or beside it where there is room."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui import actions, fonts, theme
from ui.icons import paint_icon
from ui.paint.counterfoil import counterfoil
from ui.paint.text import CENTER, RIGHT, paint_text, text_width
from ui.screens import AT_THE_FOOT, ScreenPlan
from ui.widgets.tip import set_tip

NARROW, WIDE = 88, 216


class Rail(QWidget):
    """`chosen` brings the word of the screen to go to."""

    chosen = Signal(str)

    def __init__(self, plans: tuple[ScreenPlan, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = False
        self._items: dict[str, RailItem] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        for plan in plans:
            if not plan.in_rail:
                continue
            item = RailItem(plan, self)
            item.clicked.connect(lambda _checked=False, word=plan.word: self.chosen.emit(word))
            self._items[plan.word] = item
            if plan.word in AT_THE_FOOT and not AT_THE_FOOT & {*self._items} - {plan.word}:
                self._column.addStretch(1)
            self._column.addWidget(item)
        if not AT_THE_FOOT & {*self._items}:
            self._column.addStretch(1)
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """With words beside the icons, or below them."""
        self._wide = wide
        self.setFixedWidth(fonts.px(WIDE if wide else NARROW))
        side = fonts.px(10 if wide else 6)
        self._column.setContentsMargins(side, fonts.px(64), side, fonts.px(12 if wide else 22))
        for item in self._items.values():
            item.set_wide(wide)
        self.update()

    def light(self, word: str) -> None:
        """Show where we are."""
        for name, item in self._items.items():
            item.set_lit(name == word)

    def offer(self, words: Collection[str]) -> None:
        """Show only these places."""
        for name, item in self._items.items():
            item.setVisible(name in words)

    def set_badge(self, word: str, count: int) -> None:
        """How many things wait there; 0 for no badge."""
        if word in self._items:
            self._items[word].set_badge(count)

    def retranslate(self) -> None:
        """Say the words in the language of the screen."""
        for item in self._items.values():
            item.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        painter.fillRect(self.rect(), colours.rail)
        logo = QRectF(0, 0, fonts.px(25), fonts.px(18))
        logo.moveCenter(QPointF(fonts.px(32 if self._wide else NARROW / 2), fonts.px(28)))
        paint_logo(painter, logo, colours.rail_ink)
        if self._wide:
            place = QRectF(logo.right() + fonts.px(10), 0, self.width(), fonts.px(56))
            paint_text(painter, place, "Counterfoil", colours.rail_ink, 15, 600)


class RailItem(QAbstractButton):
    """One place to go: icon, word, key and how many things wait there."""

    def __init__(self, plan: ScreenPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._wide = self._lit = False
        self._badge = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def set_wide(self, wide: bool) -> None:
        """With the word beside the icon."""
        self._wide = wide
        self.setMinimumHeight(fonts.px(30))
        self.setMaximumHeight(
            self.sizeHint().height()
        )  # large letters in a low window: all of them a little lower
        self.update()

    def set_lit(self, lit: bool) -> None:
        """Whether this is where we are."""
        self._lit = lit
        self.update()

    def set_badge(self, count: int) -> None:
        """How many things wait."""
        self._badge = count
        self.retranslate()

    def retranslate(self) -> None:
        """Say the word in the language of the screen."""
        word = actions.text(self._plan.action)
        self.setText(word)
        waiting = self.tr("{count} waiting").format(count=self._badge) if self._badge else ""
        self.setAccessibleName(f"{word}, {waiting}" if waiting else word)
        set_tip(self, f"{word} ({actions.cap(self._plan.action)})")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(76), fonts.px(38 if self._wide else 54))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        whole = QRectF(self.rect())
        if self._lit or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            ground = QColor(colours.rail_on)
            ground.setAlphaF(1.0 if self._lit else 0.5)
            painter.setBrush(ground)
            painter.drawRoundedRect(whole, 8, 8)
        if self._lit:
            edge = QRectF(whole.x(), whole.center().y() - fonts.px(12), 2, fonts.px(24))
            painter.fillRect(edge, colours.rail_edge)
        if self.hasFocus():
            painter.setPen(QPen(colours.rail_edge, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 7, 7)
        (self._paint_wide if self._wide else self._paint_narrow)(painter, whole, colours)

    def _paint_narrow(self, painter: QPainter, whole: QRectF, colours: theme.Colours) -> None:
        ink = colours.rail_ink if self._lit else colours.rail_text
        tight = min(
            1.0, whole.height() / fonts.px(42)
        )  # large letters in a low window: both a little smaller
        side, top = (
            round(fonts.px(20) * tight),
            (whole.height() - fonts.px(40) * tight) / 2 + fonts.px(2) * tight,
        )
        icon = QRectF(whole.center().x() - side / 2, top, side, side)
        paint_icon(painter, icon, self._plan.icon, ink)
        place = QRectF(0, top + fonts.px(22) * tight, whole.width(), fonts.px(18) * tight)
        weight = 600 if self._lit else 500
        size = round(11 * tight)
        if text_width(self.text(), size, weight) > whole.width() - 6:
            size -= 1
        paint_text(painter, place, self.text(), ink, size, weight, CENTER)
        middle = max(fonts.px(9), top + fonts.px(4))  # never cut at the top
        self._paint_badge(painter, QPointF(whole.center().x() + fonts.px(15), middle), colours)

    def _paint_wide(self, painter: QPainter, whole: QRectF, colours: theme.Colours) -> None:
        ink = colours.rail_ink if self._lit else colours.rail_text
        side = fonts.px(18)
        icon = QRectF(fonts.px(15), whole.center().y() - side / 2, side, side)
        paint_icon(painter, icon, self._plan.icon, ink)
        word = whole.adjusted(fonts.px(46), 0, -fonts.px(34), 0)
        width = paint_text(painter, word, self.text(), ink, 14, 600 if self._lit else 500)
        if self._badge:
            half = self._badge_width() / 2
            self._paint_badge(
                painter, QPointF(word.x() + width + fonts.px(8) + half, whole.center().y()), colours
            )
        keys = actions.keys(self._plan.action)
        if keys and keys[-1].isdecimal():
            key = "^" + keys[-1]
            paint_text(painter, whole.adjusted(0, 0, -fonts.px(9), 0), key, colours.rail_text, 11, 500, RIGHT)

    def _badge_width(self) -> float:
        return max(fonts.px(18), text_width(_short(self._badge), 11, 700) + fonts.px(9))

    def _paint_badge(self, painter: QPainter, middle: QPointF, colours: theme.Colours) -> None:
        if not self._badge:
            return
        height, width = fonts.px(18), self._badge_width()
        pill = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.badge)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        paint_text(painter, pill, _short(self._badge), colours.on_badge, 11, 700, CENTER)


def paint_logo(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """A ticket and its stub, torn apart by a dotted line."""
    cut = rect.x() + rect.width() * 0.68
    path = counterfoil(rect, cut, rect.height() * 0.22, rect.height() * 0.11, upright=True)
    for step in range(4):
        hole = QPainterPath()
        hole.addEllipse(QPointF(cut, rect.y() + rect.height() * (0.26 + 0.16 * step)), 0.9, 0.9)
        path = path.subtracted(hole)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, colour)


def _short(count: int) -> str:
    return str(count) if count < 100 else "99+"
