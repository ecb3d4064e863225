"""A question inside the window: what will happen, in sections, and two or three buttons.

Esc is the left button and Enter the right one; a letter on a button presses it. The window stays
in sight behind, dimmed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from models.refusals import CannotDo
from ui import fonts, theme
from ui.widgets.button import APART, Button
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice
from ui.widgets.overlay import Overlay
from ui.widgets.scroll_bar import ScrollBar

_PAD = 27


class Dialog(Overlay):
    """Build it with `add`, `add_button`, then `open()`.

    `accepted` when the primary button is pressed, `rejected` for Esc. With `stays`, pressing the
    primary button does not close it: the work goes on, then `leave()` or `refuse(no)`.
    """

    accepted = Signal()
    rejected = Signal()

    alone = ""
    """Why nothing that others do changes what it asks; said where there is nothing for `about` to name."""

    def __init__(
        self, title: str, host: QWidget, *, subtitle: str = "", width: int = 560, stays: bool = False
    ) -> None:
        super().__init__(host)
        self._width, self._stays, self._is_pressed = width, stays, False
        self._buttons: list[Button] = []
        self._primary: Button | None = None
        self._panel = _Panel(self)
        self._title = Label(title, 20, 600, wrap=True)
        self._subtitle = Label(subtitle, 14, 400, "ink2", wrap=True)
        self._notice, self._news = Notice("stop", ""), Notice("act", "")
        self._news_words, self._given_up = "", list[Button]()
        self._rule, self._edge = Hairline(), Hairline()
        self._corner = QHBoxLayout()
        self._sections = QVBoxLayout()
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        self._build()
        self.setAccessibleName(title)
        self._subtitle.setVisible(bool(subtitle))

    def set_corner(self, widget: QWidget) -> None:
        """Something small at the right of the title, such as the channel and its number."""
        self._corner.addWidget(widget)

    def add(self, what: QWidget | QLayout, *, line: bool = True) -> None:
        """One section, below a hairline unless told otherwise."""
        if not self._sections.count():
            self._rule.setVisible(line)
        elif line:
            self._sections.addWidget(Hairline())
        holder = QVBoxLayout()
        holder.setContentsMargins(fonts.px(_PAD), fonts.px(15), fonts.px(_PAD), fonts.px(15))
        if isinstance(what, QWidget):
            holder.addWidget(what)
        else:
            holder.addLayout(what)
        self._sections.addLayout(holder)

    def add_button(self, text: str, kind: str = "plain", *, key: str = "", icon: str = "") -> Button:
        """A button; the primary (or danger) one goes to the right and is what Enter presses."""
        button = Button(text, kind, key=key, icon=icon, height=44)
        self._buttons.append(button)
        if kind in {"primary", "danger"} and self._primary is None:
            self._primary = button
            self._right.addWidget(button)
            button.clicked.connect(self._accept)
        else:
            self._left.addWidget(button)
            if key == "Esc":
                button.clicked.connect(self._reject)
        return button

    def open(self, focus: QWidget | None = None) -> None:
        """Ask; the first field has the focus, else the primary button."""
        super().open(focus or self._primary)
        self._place()

    def refuse(self, no: CannotDo) -> None:
        """Say no inside the dialog, beside its buttons."""
        self._is_pressed = False
        self.set_busy(False)
        self._notice.refuse(no)
        self._place()

    def go_on(self) -> None:
        """What was pressed came to nothing by a fault of ours: what was written stays, and can be pressed again."""
        if self._is_pressed:
            self._is_pressed = False
            self.set_busy(False)

    def give_up(self, no: CannotDo) -> None:
        """Others changed it so that this cannot be done at all now: it stays to say so, and can only be left."""
        self.refuse(no)
        self._given_up = [button for button in self._buttons if button.key != "Esc" and button.isEnabled()]
        for part in (self._body, *self._given_up):
            part.setEnabled(False)
        if self._news_words:
            self.tell_meanwhile(self._news_words)
        for button in self._buttons:
            if button.key == "Esc":
                button.setFocus()

    def take_up(self) -> None:
        """It can be done again after all."""
        if self._given_up:
            for part in (self._body, *self._given_up):
                part.setEnabled(True)
            self._given_up = []
            self._notice.hide()

    def tell_meanwhile(self, words: str) -> None:
        """Say what another counter did to what is asked about; what was typed stays."""
        self._news_words = words
        more = self.tr("What you typed is still here. Look again, then decide.")
        self._news.say(words, "" if self._given_up else more)
        self._news.show()
        self._place()

    def set_busy(self, busy: bool) -> None:
        """While the work is under way the primary button cannot be pressed again."""
        if self._primary is not None:
            self._primary.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._reject()
        elif event.isAutoRepeat():
            event.accept()  # the key that asked, still held down, answers nothing
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            typed = event.text().upper()
            for button in self._buttons:
                if typed and button.key.upper() == typed and button.isEnabled():
                    button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a section holds may grow or wrap after it was measured."""
        if watched is self._body and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        painter.fillRect(self.rect(), colours.scrim)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(colours.notch)  # a copy: the alpha is only for the shadow
        panel = QRectF(self._panel.geometry()).translated(0, 6)
        for grown in range(18, 0, -3):
            shade.setAlpha(9)
            painter.setBrush(shade)
            painter.drawRoundedRect(panel.adjusted(-grown, -grown, grown, grown), 12 + grown, 12 + grown)

    def _build(self) -> None:
        outer = QVBoxLayout(self._panel)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._build_heading())
        outer.addWidget(self._rule)
        outer.addWidget(self._build_body(), 1)
        outer.addWidget(self._edge)
        for widget in (self._rule, self._edge, self._notice, self._news):
            widget.hide()
        said = self._heard = QVBoxLayout()
        said.addWidget(self._notice)
        said.addWidget(self._news)
        outer.addLayout(said)
        row = self._foot = QHBoxLayout()
        row.setContentsMargins(fonts.px(_PAD), fonts.px(14), fonts.px(_PAD), fonts.px(24))
        for side in (self._left, self._right):
            side.setSpacing(APART)
        row.setSpacing(APART)
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self._right)
        outer.addLayout(row)

    def _build_heading(self) -> QWidget:
        heading = QWidget(self._panel)
        column = QVBoxLayout(heading)
        column.setContentsMargins(fonts.px(_PAD), fonts.px(24), fonts.px(_PAD), fonts.px(16))
        column.setSpacing(fonts.px(4))
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addLayout(self._corner)
        column.addLayout(row)
        column.addWidget(self._subtitle)
        return heading

    def _build_body(self) -> QScrollArea:
        self._body = QWidget()
        self._body.setAutoFillBackground(False)
        self._sections.setContentsMargins(0, 0, 0, 0)
        self._sections.setSpacing(0)
        self._body.setLayout(self._sections)
        self._body.installEventFilter(self)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBar(ScrollBar(parent=self._scroll))
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._scroll.setWidget(self._body)
        self._scroll.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)
        return self._scroll

    def _place(self) -> None:
        """As wide as asked or its buttons need, as high as the sections need; what the window is too low for scrolls.

        Whether it scrolls is decided here: a bar that comes by itself takes room, and then is needed.
        """
        width = self._wide()
        body, frame = self._body.layout(), self._panel.layout()
        assert body is not None
        assert frame is not None
        height, most = _height(body, width - 2) + _height(frame, width), self.height() - 40
        scrolls = height > most
        height = min(height, most)
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self._scroll.setVerticalScrollBarPolicy(on if scrolls else off)
        self._edge.setVisible(scrolls)
        self._heard.setContentsMargins(*self._heard_margins(scrolls=scrolls))
        self._panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self.update()

    def _heard_margins(self, *, scrolls: bool) -> tuple[int, int, int, int]:
        """Below the edge of what scrolls a notice keeps its distance; else the section above it does that."""
        some = not (self._notice.isHidden() and self._news.isHidden())
        return fonts.px(_PAD), fonts.px(12) if scrolls and some else 0, fonts.px(_PAD), 0

    def _wide(self) -> int:
        return min(max(fonts.px(self._width), self._foot.minimumSize().width() + 2), self.width() - 40)

    def to_be_pressed(self) -> QRect:
        inside = self._foot.geometry().translated(self._panel.pos())
        return inside.translated(self.pos())

    def section_width(self) -> int:
        """How wide what a section holds can be."""
        return self._wide() - 2 - 2 * fonts.px(_PAD)

    def _accept(self) -> None:
        if self._stays:
            self._is_pressed = True
            self.set_busy(True)
        self.accepted.emit()
        if not self._stays:
            self.leave()

    def _reject(self) -> None:
        self.rejected.emit()
        self.leave()

    def _enter(self, ctrl: bool) -> None:
        focused = next((button for button in self._buttons if button.hasFocus()), None)
        pressed = self._primary if ctrl or focused is None else focused
        if pressed is not None and pressed.isEnabled():
            pressed.click()


def _height(layout: QLayout, width: int) -> int:
    """How high a layout wants to be at this width; wrapped labels may ask for more than they tell first."""
    wanted = (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )
    return max(wanted, layout.totalMinimumSize().height())


class _Panel(QFrame):
    """The card the question stands on; it swallows clicks meant for what is behind."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease}:
            return True
        return super().event(event)
