"""Decides what counters did against each other while one of them was alone: each line one conflict.

At the left what waits, with both counters and their times; at the right the chosen one, and what can be decided
about it by its digit. Enter opens the reservation.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.offline import Ruling
from models.refusals import CannotDo
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.hold import ReasonDialog
from ui.incident_panel import IncidentPanel, IncidentsBoard
from ui.incident_words import decided_words
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.overlay import stands
from ui.widgets.scrolled import scrolled
from ui.wording.bulk import counted

if TYPE_CHECKING:
    from controllers.incidents import IncidentRow
    from controllers.reservations import Done

CONCERNS = frozenset(("incidents", "scans", "reservations"))
NEEDS_WORDS = frozenset((Ruling.WARN,))


class Incidents(Screen):
    """What waits for a manager."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._all: int | None = None
        self._decided: tuple[IncidentRow, Ruling] | None = None
        self._dialog: WordsDialog | None = None
        self.board, self.panel = IncidentsBoard(at.now), IncidentPanel(at.now)
        self._list = Card(padding=0)
        self._calm = EmptyState("", shape="conflict")
        self._notice = Notice("stop", "")
        self._pages = QStackedWidget()
        self._look = Question(at.background, self)
        self._more = Question(at.background, self)
        self._deed = Question(at.background, self, lane=Lane.DESK)
        self._build()
        self._connect()
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Counters disagree")

    def subtitle(self) -> str:
        count = self._all
        if count is None:
            return ""
        many = self.tr("{count} to decide") if count else self.tr("nothing to decide")
        return counted(count, self.tr("1 to decide"), many)

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("choose")),
            KeyHint(("1", "…", "3"), self.tr("decide")),
            hint("open", self.tr("open the reservation")),
            hint("back"),
            hint("refresh", rare=True),
        )

    def opened(self, **_what: Any) -> None:
        self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.board.setAccessibleName(self.tr("What counters did against each other"))
        self._list.set_heading(self.tr("To decide"), self.tr("the latest scan first"))
        self._calm.say(
            self.tr("All counters agree"),
            self.tr(
                "What a counter did without the server is compared when it is back. "
                "Where it does not agree with the others, it stands here."
            ),
        )
        self.panel.retranslate()
        self.retitled.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit decides."""
        if not event.isAutoRepeat() and event.text().isdigit() and self.panel.press(int(event.text())):
            return
        super().keyPressEvent(event)

    # what is shown

    def _ask(self) -> None:
        shown = self.board.model_.rowCount()
        self._look.ask(partial(asking.incidents, self._at.desk, shown=shown))

    def _ask_more(self) -> None:
        rows = self.board.model_.rows
        if rows and not self._more.is_open:
            self._more.ask(partial(asking.incidents, self._at.desk, rows[-1].place))

    def _show(self, told: tuple[tuple[IncidentRow, ...], int]) -> None:
        rows, self._all = told
        self._more.forget()
        self.board.model_.show_rows(rows, more=len(rows) < self._all)
        if self.board.row is None and rows:
            self.board.go_to(0)
        self._settle()

    def _append(self, told: tuple[tuple[IncidentRow, ...], int]) -> None:
        rows, self._all = told
        self.board.model_.append_rows(rows, more=bool(rows))
        self._settle()

    def _settle(self) -> None:
        some = bool(self.board.model_.rowCount())
        focus = QApplication.focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        self.setFocusProxy(self.board if some else None)  # type: ignore[arg-type]
        self._pages.setCurrentIndex(0 if some else 1)
        if held and not some:
            self.setFocus()  # what had the keyboard is gone, and Esc leads back from here
        self.panel.show_incident(self.board.row)
        self.retitled.emit()

    # what is decided

    def _decide(self, ruling: Ruling) -> None:
        one = self.board.row
        if one is None or self._deed.is_open:
            return
        if ruling in NEEDS_WORDS:
            self._ask_words(one, ruling)
        else:
            self._send(one, ruling)

    def _ask_words(self, one: IncidentRow, ruling: Ruling) -> None:
        host = self._at.deeds.host
        if host is None:
            return
        dialog = self._dialog = WordsDialog(ruling, host, one)
        dialog.accepted.connect(lambda: self._send(one, ruling, dialog.reason))
        dialog.ask()

    def _send(self, one: IncidentRow, ruling: Ruling, words: str = "") -> None:
        self._decided = one, ruling
        self._deed.ask(partial(asking.decide_incident, self._at.desk, one.id, ruling, words))

    def _was_decided(self, _done: Done) -> None:
        self._leave_dialog()
        if self._decided is not None:
            one, ruling = self._decided
            self._at.deeds.tell(decided_words(ruling, one))
        self._ask()

    def _not_decided(self, no: CannotDo) -> None:
        """Without seats a manager may overbook with a reason; all else is said beside what was pressed."""
        one, ruling = self._decided or (None, None)
        asks_why = no.code == "no-seats" and not stands(self._dialog)
        if asks_why and ruling is Ruling.CONFIRM and one is not None:
            self._ask_words(one, ruling)
        if self._dialog is not None and stands(self._dialog):
            self._dialog.refuse(no)
        else:
            self.panel.refuse(no)
        if no.code == "incident-gone":
            self._leave_dialog()
            self._ask()

    def _leave_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None and stands(dialog):
            dialog.leave()

    def _open(self, one: IncidentRow) -> None:
        if one.reservation_id is not None:
            self.navigate.emit("details", {"reservation": one.reservation_id})

    # building

    def _build(self) -> None:
        self._list.add(self.board)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(12))
        row.addWidget(self._list, 55)
        row.addWidget(scrolled(self.panel), 45)
        self._pages.addWidget(both)
        self._pages.addWidget(self._calm)
        column = QVBoxLayout(self)
        column.setContentsMargins(fonts.px(20), fonts.px(14), fonts.px(20), fonts.px(14))
        column.addWidget(self._notice)
        column.addWidget(self._pages, 1)
        self._notice.hide()
        self.setFocusProxy(self.board)

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._more.answered.connect(self._append)
        self._deed.answered.connect(self._was_decided)
        self._deed.refused.connect(self._not_decided)
        self._notice.follow(self._look, self._more, something=lambda: self._all is not None)
        self.board.model_.more_wanted.connect(self._ask_more)
        self.board.moved.connect(self.panel.show_incident)
        self.board.opened.connect(self._open)
        self.panel.decided.connect(self._decide)
        self._actions = [
            actions.make("refresh", self, self._ask),
            actions.make("back", self, self.back_wanted.emit),
        ]


class WordsDialog(ReasonDialog):
    """What is read at the gate, or the reason for overbooking."""

    def __init__(self, ruling: Ruling, host: QWidget, one: IncidentRow) -> None:
        self._ruling = ruling
        super().__init__(host)
        self.about = subjects("reservation", one.reservation_id)

    def title(self) -> str:
        if self._ruling is Ruling.WARN:
            return self.tr("Warn at the gate")
        return self.tr("Confirm over capacity")

    def why(self) -> str:
        if self._ruling is Ruling.WARN:
            return self.tr("This is read before anybody else comes in with this voucher:")
        return self.tr("No seats are left. Why is it confirmed all the same?")

    def button(self) -> str:
        return self.tr("Warn") if self._ruling is Ruling.WARN else self.tr("Confirm")

    def drafts(self) -> tuple[str, ...]:
        if self._ruling is Ruling.WARN:
            return (self.tr("This voucher was copied: ask for the passport."),)
        return (self.tr("They are in already."),)
