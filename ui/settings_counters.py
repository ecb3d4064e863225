"""The card of the counters that share a database: who joined, a code for one more, and the end of an access."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.joining import Way, is_called
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui import asking, fonts
from ui.database_words import counter_words
from ui.details_rows import clear
from ui.question import Question
from ui.settings_kept import Kept
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Hairline, Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.scrolled import bring_into_sight
from ui.widgets.setting_row import SettingRow
from ui.wording.dates import day_and_time

if TYPE_CHECKING:
    from controllers.joining import Code, CounterLine
    from ui.asking.database import DatabasePage


class CountersCard(Card):
    """`changed` when a code was made or an access ended."""

    changed = Signal()

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._at = kept.at
        self._page: DatabasePage | None = None
        self._is_new = False
        self._make = Question(kept.at.background, self, lane=Lane.DESK)
        self._end = Question(kept.at.background, self, lane=Lane.DESK)
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self._rows, self.ends = QVBoxLayout(), dict[str, Button]()
        self.name = Field(height=40)
        self._name = Labelled("", self.name)
        self.make = Button("", "primary", height=40)
        self.notice, self.told = Notice("stop", ""), CodeTold()
        self._build()
        self.retranslate()
        self.make.clicked.connect(self._ask_for_code)
        self.name.entered.connect(self._ask_for_code)
        self._make.answered.connect(self._show_code)
        self._end.answered.connect(self._has_ended)
        for question in (self._make, self._end):
            question.refused.connect(self._refuse)
        kept.left.connect(self.told.forget)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Counters"), self.tr("that share this database"))
        self._about.setText(
            self.tr("A new counter is told an address and a code, which it types in on its first start.")
        )
        self._name.set_text(self.tr("Name of the new counter"))
        self.make.set_text(self.tr("Make a code"))
        if self._page is not None:
            self.show_page(self._page)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def show_page(self, page: DatabasePage) -> None:
        """These counters there are."""
        self._page = page
        clear(self._rows)
        self.ends = {}
        for line in page.counters:
            self._add(line, page.zone)
        if page.may_join:
            self.make.allow()
        else:
            self.make.forbid(self.tr("Only a manager lets further counters join."))
        if self._is_new:  # with its own line in the list above it
            self._is_new = False
            bring_into_sight(self.told)

    def _add(self, line: CounterLine, zone: str) -> None:
        end = self.ends[line.name] = Button(self.tr("End its access…"))
        end.setAccessibleName(self.tr("End the access of {counter}").format(counter=line.name))
        end.clicked.connect(partial(self._ask_to_end, line))
        row = SettingRow(end)
        end.setVisible(
            not line.is_here and line.ended_at is None
        )  # in its row, or it would be a window of its own
        row.say(line.name, counter_words(line, zone))
        self._rows.addWidget(row)
        self._rows.addWidget(Hairline())

    def _ask_for_code(self) -> None:
        """At once for a new counter; one that works would be shut out, and that is said first."""
        if self._make.is_open or self._page is None or not self._page.may_join:
            return
        self.notice.hide()
        typed = self.name.text()
        for line in self._page.counters:
            if is_called(line.name, typed) and line.joined_at and line.login and line.ended_at is None:
                self._ask_to_replace(line)
                return
        self._make_code(typed)

    def _make_code(self, name: str) -> None:
        self._make.ask(partial(asking.make_code, self._at.desk, name))

    def _ask_to_replace(self, line: CounterLine) -> None:
        words = self.tr("Another computer for {counter}?").format(counter=line.name)
        dialog = self._dialog(words, line)
        more = self.tr(
            "{counter} has joined already. A new code is for another computer in its place: the one that is there now "
            "gets in no more."
        )
        dialog.add(Label(more.format(counter=line.name), 13, 400, "ink", wrap=True))
        dialog.add_button(self.tr("Leave it"), key="Esc")
        dialog.add_button(self.tr("Make a code"), "danger")
        dialog.accepted.connect(partial(self._make_code, line.name))
        dialog.open()

    def _dialog(self, words: str, line: CounterLine) -> Dialog:
        """A question about this counter, which another manager may answer meanwhile."""
        host = self.window()
        dialog = Dialog(words, getattr(host, "overlay_host", host))
        dialog.about = subjects("counter", line.id)
        return dialog

    def _show_code(self, code: Code) -> None:
        self.name.set_text("")
        self.told.show_code(code, self._page.zone if self._page is not None else "UTC")
        self._is_new = True
        self.changed.emit()

    def _ask_to_end(self, line: CounterLine) -> None:
        dialog = self._dialog(self.tr("End the access of {counter}?").format(counter=line.name), line)
        more = (
            self.tr(
                "It gets in no more, and what it is doing is refused from now on. It needs a new code to return."
            )
            if line.login
            else self.tr(
                "It writes nothing any more. Its password is the one all counters share: change that on the server, "
                "too, or it can still read."
            )
        )
        dialog.add(Label(more, 13, 400, "ink", wrap=True))
        dialog.add_button(self.tr("Leave it"), key="Esc")
        dialog.add_button(self.tr("End its access"), "danger")
        dialog.accepted.connect(lambda: self._end.ask(partial(asking.end_access, self._at.desk, line.id)))
        dialog.open()

    def _has_ended(self, _nothing: object) -> None:
        self.notice.hide()
        self.told.hide()
        self.changed.emit()

    def _refuse(self, no: CannotDo) -> None:
        self.notice.refuse(no)

    def _build(self) -> None:
        self._rows.setSpacing(0)
        self.add(self._about)
        self.add(self._rows)
        row = QHBoxLayout()
        row.setSpacing(fonts.px(8))
        row.addWidget(self._name, 1)
        row.addWidget(self.make, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(row)
        for widget in (self.notice, self.told):
            self.add(widget)
            widget.hide()


class CodeTold(QWidget):
    """Address and code, to be copied or read out; they are shown once and kept nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.head, self.more = Notice("good", ""), Label("", 13, 400, "ink2", wrap=True)
        self.address, self.code = Field(height=40), Field(height=44, size=18)
        self._lines = (Labelled("", self.address), Labelled("", self.code))
        for field in (self.address, self.code):
            field.set_read_only()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, fonts.px(4), 0, 0)
        column.setSpacing(fonts.px(8))
        for widget in (self.head, *self._lines, self.more):
            column.addWidget(widget)

    def forget(self) -> None:
        """It was told to somebody who has left."""
        self.hide()
        self.code.set_text("")

    def show_code(self, code: Code, zone: str) -> None:
        """What the new counter has to type."""
        until = day_and_time(code.expires_at.astimezone(ZoneInfo(zone)))
        self.head.say(
            self.tr("A code for {counter}, good once until {at}.").format(counter=code.counter, at=until),
            self.tr("Type both on its first start, under Shared database. They are not shown again."),
        )
        self._lines[0].set_text(self.tr("Address"))
        self._lines[1].set_text(self.tr("Code"))
        self.address.set_text(code.address)
        self.address.show_start()
        self.code.set_text(code.code)
        own = self.tr(
            "The counter gets a login of its own: the code opens it once, then it chooses its own password."
        )
        shared = self.tr(
            "The login of this desk may not make others: type its password there as well. The code then only says "
            "which counter it is."
        )
        local = self.tr(
            "This desk reaches the server inside this computer: write the name by which others reach it instead."
        )
        root = self.tr("That computer needs the root certificate {file} as well: choose it there.")
        words = [own if code.way is Way.OWN_LOGIN else shared]
        if code.is_local:
            words.append(local)
        if code.root:
            words.append(root.format(file=Path(code.root).name))
        self.more.setText(" ".join(words))
        self.show()
