"""Asks who works here now: at the start, after a while in which nobody touched anything, and at a change of person.

One field takes the password or the PIN. Whoever was here before stands in a list: an arrow key and four digits are
a change of person. Where nobody is signed in the whole window is covered, and nothing of it is seen or reached.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking, fonts, theme
from ui.question import Question
from ui.widgets.button import Button
from ui.widgets.card import paint_card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.overlay import Overlay
from ui.widgets.pick_row import PickRow
from ui.wording.dates import whole_minute

if TYPE_CHECKING:
    from datetime import tzinfo

    from controllers.background import Background
    from controllers.staff.signing_in import Here

WIDE = 460
MOST_ROWS = 5


class SignIn(Overlay):
    """`let_in` brings who acts now and what is told about them; `given_up` that everything stays as it was.

    It lies over `host` and covers `area` in it: whatever else lies over that area lies below. `closed` windows
    (nobody is signed in) cannot be left by Esc.
    """

    let_in = Signal(object, object)
    given_up = Signal()

    def __init__(
        self, background: Background, desk: asking.DeskDoor, host: QWidget, area: QWidget, *, shut: bool
    ) -> None:
        super().__init__(host)
        self._area, self.shut = area, shut
        self._zone: tzinfo | None = None
        self._counter, self._is_start, self._is_placing = "", False, False
        self._desk = desk
        self._ask = Question(background, self, lane=Lane.DESK)
        self._panel = _Panel(self)
        self._head, self._text = Label("", 24, 700, wrap=True), Label("", 14, 400, "ink2", wrap=True)
        self._list, self.rows = QVBoxLayout(), list[PickRow]()
        self.name, self.secret = (
            Field(icon="person", height=40, size=14),
            Field(icon="lock", height=40, size=14),
        )
        self.new, self.again = Field(icon="lock", height=40, size=14), Field(icon="lock", height=40, size=14)
        self._labels = [Labelled("", field) for field in (self.name, self.secret, self.new, self.again)]
        self.notice = Notice("stop", "")
        self.enter, self.back = (
            Button("", "primary", key="Enter", height=44),
            Button("", key="Esc", height=44),
        )
        self._build()
        self._connect()
        self._ask_new(False)
        self.retranslate()

    def begin(self, counter: str, name: str = "") -> None:
        """Ask, at this counter; `name` stands there already."""
        self._counter, self._is_start = counter, self.shut and not name
        self.name.set_text(name)
        self.retranslate()
        self.open(self.secret if name else self.name)
        self.setGeometry(self._area.geometry())
        self._area.installEventFilter(self)

    def show_people(self, here: tuple[Here, ...], zone: tzinfo) -> None:
        """Who may change by PIN, the last one first; the first is chosen where nobody is named yet."""
        self._zone = zone
        for person in here[:MOST_ROWS]:
            row = PickRow(person.name, self.tr("by PIN"))
            row.clicked.connect(partial(self._pick, person.name))
            row.stepped.connect(self._step)
            self.rows.append(row)
            self._list.addWidget(row)
        if self.rows and not self.name.text() and not self.secret.text():
            self._pick(here[0].name)
        else:
            self._mark()
        self._place()

    def say_scanned(self) -> None:
        """A code came while nobody is signed in: nobody could say who let them in."""
        self.notice.say(
            self.tr("A code was scanned, and nobody was let in."),
            self.tr("Sign in first, then scan it again."),
        )
        self.notice.show()
        self._place()

    def say_why(self, head: str, text: str) -> None:
        """Why somebody has to sign in again."""
        self.notice.say(head, text)
        self.notice.show()
        self._place()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._head.setText(self.tr("Sign in") if self.shut else self.tr("Who works here now?"))
        words = self.tr("At {counter}. Whatever was open stays as it was.")
        if self._is_start:
            words = self.tr("At {counter}. Your name, then your password or PIN.")
        self._text.setText(words.format(counter=self._counter))
        for label, text in zip(
            self._labels,
            (self.tr("Name"), self.tr("Password or PIN"), self.tr("Your own password"), self.tr("Once more")),
            strict=True,
        ):
            label.set_text(text)
        self.enter.set_text(self.tr("Sign in"))
        self.back.set_text(self.tr("Back"))
        self.setAccessibleName(f"{self._head.text()}. {self._text.text()}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = event.type() in {QEvent.Type.Resize, QEvent.Type.Move}
        if moved and watched in (self._area, self._host):
            self.setGeometry(self._area.geometry())
        elif watched is self._panel and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and not self.shut:
            self._give_up()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._send()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Where nobody is signed in nothing of what lies below may be seen."""
        colours = theme.of(self.palette())
        QPainter(self).fillRect(self.rect(), colours.canvas if self.shut else colours.scrim)

    def _keep_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """The keyboard stays here, whatever opens below; a click beside the fields leaves it in its field."""
        if new is self and old is not None and self.isAncestorOf(old) and old.isVisible() and old.isEnabled():
            old.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (
            new is not None
            and new is not self
            and not self.isAncestorOf(new)
            and new.window() is self.window()
        ):
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    # choosing and asking

    def _pick(self, name: str, _checked: bool = False) -> None:
        self.name.set_text(name)
        self.secret.set_text("")
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        if self.rows:
            at = next((n for n, row in enumerate(self.rows) if row.is_picked), -1 if by > 0 else 0)
            self._pick(self.rows[(at + by) % len(self.rows)].text())

    def _mark(self) -> None:
        """The row of the name that stands in the field."""
        for row in self.rows:
            row.set_picked(row.text() == self.name.text())

    def _send(self) -> None:
        """Enter: to the first field that is empty, or in."""
        fields = [self.name, self.secret, *((self.new, self.again) if self.asks_new else ())]
        empty = next((field for field in fields if not field.text()), None)
        if empty is not None:
            empty.setFocus()
        elif self.asks_new and self.new.text() != self.again.text():
            self._refuse(CannotDo("passwords-differ"))
        elif not self._ask.is_open:
            self.enter.setEnabled(False)
            self.enter.set_text(self.tr("Looking…"))
            new = self.new.text() if self.asks_new else ""
            self._ask.ask(partial(asking.sign_in, self._desk, self.name.text(), self.secret.text(), new))

    @property
    def asks_new(self) -> bool:
        """Whether a password of one's own is asked for."""
        return not self._labels[2].isHidden()

    def _answered(self, told: tuple[Any, Any]) -> None:
        self._settle()
        for field in (self.secret, self.new, self.again):
            field.set_text("")
        self.leave()
        self.let_in.emit(*told)

    def _refuse(self, no: CannotDo) -> None:
        self._settle()
        if no.code == "password-first":
            self._ask_new(True)
            self.notice.hide()
            self._labels[1].set_text(self.tr("The password you were given"))
            self._text.setText(
                self.tr("Choose a password of your own. The one you were given is used up with it.")
            )
            self.new.setFocus()
        else:
            until = no.facts.get("until")
            if until is not None:
                no = CannotDo(no.code, until=whole_minute(until.astimezone(self._zone)))  # type: ignore[attr-defined]
            self.notice.refuse(no)
            wrong = self.new if self.asks_new and no.code != "sign-in-wrong" else self.secret
            wrong.select_all()
            wrong.setFocus()
        self._place()

    def _settle(self) -> None:
        self.enter.setEnabled(True)
        self.enter.set_text(self.tr("Sign in"))

    def _ask_new(self, asked: bool) -> None:
        for label in self._labels[2:]:
            label.setVisible(asked)
        self._labels[0].setEnabled(not asked)
        self._labels[1].setEnabled(not asked)
        self._place()

    def _give_up(self) -> None:
        self._ask.forget()
        self.leave()
        self.given_up.emit()

    def _typed(self) -> None:
        self._mark()
        self.notice.hide()
        self._place()

    # building

    def _build(self) -> None:
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(*[fonts.px(28)] * 4)
        column.setSpacing(fonts.px(10))
        column.addWidget(self._head)
        column.addWidget(self._text)
        self._list.setContentsMargins(0, fonts.px(6), 0, fonts.px(6))
        self._list.setSpacing(0)
        column.addLayout(self._list)
        for label in self._labels:
            column.addWidget(label)
        for field in (self.secret, self.new, self.again):
            field.set_secret(True)
        column.addWidget(self.notice)
        self.notice.hide()
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.enter)
        column.addLayout(row)
        self.back.setVisible(not self.shut)
        self._panel.installEventFilter(self)

    def _connect(self) -> None:
        for field in (self.name, self.secret, self.new, self.again):
            field.entered.connect(self._send)
            field.changed.connect(lambda _text: self._typed())
        self.enter.clicked.connect(self._send)
        self.back.clicked.connect(self._give_up)
        self._ask.answered.connect(self._answered)
        self._ask.refused.connect(self._refuse)
        self._ask.failed.connect(self._settle)

    def _place(self) -> None:
        """In the middle; in a low window with large letters the list is as short as it must be."""
        layout = self._panel.layout()
        if layout is None or self._is_placing:
            return
        self._is_placing = True
        width, most = min(fonts.px(WIDE), self.width() - 24), max(0, self.height() - 12)
        height = self._height(width, shown=0 if self.asks_new else len(self.rows))
        for shown in range(len(self.rows) - 1, -1, -1):
            if height <= most:
                break
            height = self._height(width, shown=shown)
        height = min(height, most)
        self._panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self._is_placing = False

    def _height(self, width: int, *, shown: int) -> int:
        """How high the card is with so many of the people; an arrow key reaches the others."""
        for number, row in enumerate(self.rows):
            row.setVisible(number < shown)
        layout = self._panel.layout()
        assert layout is not None
        layout.invalidate()
        layout.activate()
        return layout.totalHeightForWidth(width)


class _Panel(QWidget):
    """The card the fields stand on."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_card(QPainter(self), QRectF(self.rect()), theme.of(self.palette()))
