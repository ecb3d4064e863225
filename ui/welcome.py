"""The very first start: where shall the data live? Three choices, one key each, and nothing is kept before one is made.

An address is tried before it is chosen, so that nobody finds out the next morning.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Background, Lane
from models.refusals import CannotDo
from ui import fonts, theme
from ui.root_certificate import RootCertificate
from ui.welcome_choice import Choice
from ui.widgets.button import Button
from ui.widgets.card import paint_card
from ui.widgets.field import Field
from ui.widgets.label import Hairline, Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.overlay import Overlay

EXAMPLE = "postgresql://desk@server/counterfoil"
PRACTICE, EMPTY, POSTGRESQL, JOINED = "practice", "empty", "postgresql", "joined"
_KINDS = (PRACTICE, EMPTY, POSTGRESQL)


def try_address(address: str) -> None:
    """Opens a database and closes it again; on a lane. Raises CannotDo where it does not answer."""
    from controllers.desk import open_desk

    open_desk(address).database.close()


def _no_code(_address: str, _code: str) -> str:
    raise LookupError("whoever asks where the data live also knows how to join")


class Welcome(Overlay):
    """`chosen` brings 'practice', 'empty', 'postgresql' or 'joined', and the address where there is one to keep.

    With a code nothing is tried before: the address is good for joining, and for nothing else until then.
    `again` is the address of a database that lets this computer in no more: then it is only asked for another code;
    `why` says more than that where there is more to say.
    """

    chosen = Signal(str, str)

    def __init__(
        self,
        background: Background,
        host: QWidget,
        *,
        try_it: Callable[[str], None] = try_address,
        join_it: Callable[[str, str], str] = _no_code,
        again: str = "",
        why: str = "",
    ) -> None:
        super().__init__(host)
        self._again, self._why = bool(again), why
        self._background, self._try_it, self._join_it = background, try_it, join_it
        self._tried = ""
        self._opening = False
        self._panel = _Panel(self)
        self._head, self._text = Label("", 28, 700), Label("", 14, 400, "ink2", wrap=True)
        self._choices = [Choice(kind, str(number)) for number, kind in enumerate(_KINDS, start=1)]
        self._address = Field(icon="synced", height=40, size=14)
        self.password, self.code = Field(height=40, size=14), Field(height=40, size=14)
        self.password.set_secret(True)
        self.root = RootCertificate()
        self._more = (Labelled("", self.password), Labelled("", self.code))
        self._try = Button("", key="Enter", height=40)
        self._notice = Notice("stop", "")
        self._good = Notice("good", "")
        self._use = Button("", "primary", key="Enter", height=44)
        self._build()
        self._connect()
        self.retranslate()
        self._address.set_text(again)
        self._address.show_start()
        self._show_address(self._again)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._head.setText(self.tr("Welcome to Counterfoil"))
        self._text.setText(self.tr("Where shall this desk keep its data? Nothing is kept before you choose."))
        if self._again:
            self._head.setText(self.tr("Join again"))
            self._text.setText(
                self._why
                or self.tr(
                    "The shared database lets this computer in no more: its access was ended, or another computer took "
                    "its place. A manager makes a new code for it at another counter, under Settings, Database."
                )
            )
        practice, empty, shared = self._choices
        practice.say(
            self.tr("Practice"),
            self.tr("Invented guests for today, in a folder of its own."),
            self.tr("A striped frame says so all the time. Nothing is mailed to anybody."),
        )
        empty.say(
            self.tr("Start empty"),
            self.tr("One file on this computer, for one desk."),
            self.tr("Bring your products and the channels' files next."),
        )
        shared.say(
            self.tr("Shared database"),
            self.tr("PostgreSQL, for several counters at once."),
            self.tr("You need its address, and a code from a manager's counter."),
        )
        self._address.set_placeholder(EXAMPLE)
        self._address.setAccessibleName(self.tr("Address of the PostgreSQL database"))
        self._label.set_text(self.tr("Address, for example {address}").format(address=EXAMPLE))
        self._more[0].set_text(self.tr("Password, where you were told one"))
        self._more[1].set_text(self.tr("Code, where you were told one"))
        self._say_try()
        self._use.set_text(self.tr("Work with this database"))
        self.setAccessibleName(f"{self._head.text()}. {self._text.text()}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._opening:
            self._opening = True
            self.open(self.code if self._again else self._choices[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._again:
            self.leave()
        elif key == Qt.Key.Key_Escape and self._address.isVisible():
            self._show_address(False)
            self._choices[2].setFocus()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_3 and not self._again:
            self._choose(_KINDS[key - Qt.Key.Key_1])

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.of(self.palette()).canvas)

    # choosing

    def _choose(self, kind: str) -> None:
        if kind == POSTGRESQL:
            self._show_address(True)
            self._address.setFocus()
        else:
            self._leave_with(kind, "")

    def _leave_with(self, kind: str, address: str) -> None:
        self.leave()
        self.chosen.emit(kind, address)

    def _enter(self) -> None:
        """Enter tries what was typed; once it has answered, Enter takes it."""
        if self._tried:
            self._take()
        else:
            self._begin_trying()

    def _begin_trying(self) -> None:
        address = self._address.text().strip()
        self._notice.hide()
        if not address.startswith(("postgresql://", "postgresql+psycopg://")):
            self._notice.say(
                self.tr("That is no PostgreSQL address."), self.tr("It begins with postgresql://")
            )
            self._notice.show()
            self._settle(wrong=True)
            return
        self._try.setEnabled(False)
        self._try.set_text(self.tr("Asking…"))
        told, code = self._told(), self.code.text().strip()
        if code:
            join = partial(_joined, self._join_it, *told, code)
            self._background.run(Lane.NETWORK, join, self._has_joined, self._does_not)
            return
        self._background.run(
            Lane.NETWORK, partial(_tried, self._try_it, *told), self._answers, self._does_not
        )

    def _told(self) -> tuple[str, str, str]:
        return self._address.text().strip(), self.password.text(), self.root.file

    def _has_joined(self, _counter: str) -> None:
        self._end_trying()
        self._leave_with(JOINED, "")

    def refuse(self, error: Exception) -> None:
        """What was chosen could not be kept."""
        self._show_address(True)
        self._does_not(error)

    def _answers(self, tried: tuple[str, tuple[str, str, str]]) -> None:
        self._end_trying()
        address, told = tried
        if told != self._told() or self.code.text().strip():
            return
        self._tried = address
        self._good.say(self.tr("It answers."), self.tr("Press Enter to work with it from now on."))
        self._settle()

    def _does_not(self, error: Exception) -> None:
        self._end_trying()
        if not isinstance(error, CannotDo):
            self._background.trouble.emit(error)
            return
        self._notice.refuse(error)
        self._settle(wrong=True)

    def _end_trying(self) -> None:
        self._try.setEnabled(True)
        self._say_try()

    def _say_try(self) -> None:
        joins = bool(self.code.text().strip())
        self._try.set_text(self.tr("Join") if joins else self.tr("Try it"))

    def _typed(self) -> None:
        self._tried = ""
        self._notice.hide()
        self._say_try()
        self._settle()

    def _take(self) -> None:
        self._leave_with(POSTGRESQL, self._tried)

    def _settle(self, *, wrong: bool = False) -> None:
        self._address.set_wrong(wrong)
        self._good.setVisible(bool(self._tried))
        self._use.setVisible(bool(self._tried))
        self._try.setVisible(not self._tried)
        self._place()

    def _show_address(self, shown: bool) -> None:
        self._below.setVisible(shown)
        self._choices[2].set_on(shown)
        self._notice.hide()
        self._settle()

    # building

    def _build(self) -> None:
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(*[fonts.px(32)] * 4)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addSpacing(fonts.px(6))
        column.addWidget(self._text)
        column.addSpacing(fonts.px(18))
        column.addWidget(Hairline())
        for choice in () if self._again else self._choices:
            column.addWidget(choice)
            column.addWidget(Hairline())
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, fonts.px(16), 0, 0)
        below.setSpacing(fonts.px(10))
        self._label = Labelled("", self._address)
        row = QHBoxLayout()
        row.setSpacing(fonts.px(6))
        row.addWidget(self._label, 1)
        row.addWidget(self._try, 0, Qt.AlignmentFlag.AlignBottom)
        below.addLayout(row)
        secrets = QHBoxLayout()
        secrets.setSpacing(fonts.px(12))
        for labelled in self._more:
            secrets.addWidget(labelled, 1)
        below.addLayout(secrets)
        below.addWidget(self.root)
        below.addWidget(self._notice)
        below.addWidget(self._good)
        below.addWidget(self._use, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._below)
        column.addStretch(1)

    def _connect(self) -> None:
        for choice in self._choices:
            choice.clicked.connect(partial(self._choose, choice.kind))
        for field in (self._address, self.password, self.code):
            field.entered.connect(self._enter)
            field.changed.connect(self._typed)
        self.root.changed.connect(self._typed)
        self._try.clicked.connect(self._begin_trying)
        self._use.clicked.connect(self._take)

    def _place(self) -> None:
        width = min(fonts.px(640), self.width() - 40)
        layout = self._panel.layout()
        assert layout is not None
        others = () if self._again else self._choices[:2]
        for choice in others:
            choice.show()
        layout.activate()
        most = self.height() - 20
        if layout.totalHeightForWidth(width) > most and not self._below.isHidden():
            for choice in others:  # large letters: what was chosen needs the room, Esc leads back
                choice.hide()
            layout.activate()
        height = min(layout.totalHeightForWidth(width), most)
        self._panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)


def _tried(
    try_it: Callable[[str], None], typed: str, password: str, root: str
) -> tuple[str, tuple[str, str, str]]:
    """On a lane: the address in full, and what was typed for it."""
    address = _in_full(typed, password, root)
    try_it(address)
    return address, (typed, password, root)


def _joined(join_it: Callable[[str, str], str], typed: str, password: str, root: str, code: str) -> str:
    return join_it(_in_full(typed, password, root), code)


def _in_full(typed: str, password: str, root: str) -> str:
    from models import address

    url = address.with_root(address.parse(typed), root)
    return address.as_text(address.with_password(url, password))


class _Panel(QWidget):
    """The card the choices stand on."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_card(QPainter(self), QRectF(self.rect()), theme.of(self.palette()))
