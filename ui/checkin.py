"""Lets guests in: scan or type a number, see the answer as large as the window, then the next guest.

The field always has the keyboard. Enter sends what stands in it with an id of its own, empties it and
keeps it ready; the answer comes as a verdict over the window. Everything here works without a mouse.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from models.checkin import Kind
from models.refusals import CannotDo
from models.reservations import Verb
from ui import actions, fonts
from ui.at_desk import AtDesk
from ui.checkin_departures import DepartureStrip, nearest
from ui.checkin_force import ForceDialog
from ui.checkin_gate import Gate
from ui.checkin_panel import PICTURES, DropPanel, ModeRow
from ui.checkin_scans import LastScans, ScanLine, line_of
from ui.checkin_stage import Stage
from ui.checkin_today import TodayWatch
from ui.screen import KeyHint, Screen, hint
from ui.verdicts import Judged
from ui.widgets.field import Field
from ui.widgets.label import Hairline
from ui.widgets.notice import Notice
from ui.widgets.toast import Toast
from ui.wording.dates import long_day
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.reservations import Done

CONCERNS = frozenset({"reservations", "departures", "scans", "products", "imports"})
_LATE_UNDO = frozenset({"letter-has-left", "undo-window-over"})


class CheckIn(Screen):
    """The gate."""

    has_own_search = True

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._after: int | None = None  # the reservation whose money or confirmation is being asked for
        self._gate, self._stage, self._watch = Gate(at, self), Stage(self), TodayWatch(at, self)
        self._mode, self._panel, self._strip = ModeRow(), DropPanel(), DepartureStrip()
        self._field = Field(icon="scanner", key="Enter", height=52, size=18)
        self._edit = self._field.focusProxy()
        self._notice = Notice("stop", "")
        self._scans = LastScans()
        self._build()
        self._connect()
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Check-in")

    def subtitle(self) -> str:
        today = self._watch.today
        return long_day(today.day) if today is not None else ""

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(actions.keys("open"), self.tr("check the code")),
            hint("scan-picture"),
            hint("undo"),
            KeyHint(("Esc",), self.tr("empty the field"), rare=True),
            KeyHint(("Tab",), self.tr("last scans"), rare=True),
        )

    def opened(self, **what: Any) -> None:
        """`text` is put into the field, to be looked at before Enter."""
        if what.get("text"):
            self._field.set_text(str(what["text"]))
        self._watch.ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._watch.ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._field.set_placeholder(self.tr("Scan here, or type a number"))
        self._field.setAccessibleName(self.tr("Code, CF number or the channel's number"))
        for part in (self._mode, self._panel, self._scans):
            part.retranslate()
        actions.retranslate(self._picture_action)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """In the field: Esc empties it, and Ctrl+Z undoes the last scan where there is no text to undo."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape and self._field.text():
            self._field.set_text("")
            return True
        if event.matches(QKeySequence.StandardKey.Undo) and not self._field.text():
            self.take_back()
            return True
        return False

    # scanning

    def take_back(self) -> None:
        """Ctrl+Z: the last scan that let somebody in; without one, the last confirmation."""
        last = self._scans.last_let_in
        if last is not None:
            self._gate.undo(last.scan_id)
        else:
            self._at.deeds.take_back_last()

    def _enter(self) -> None:
        text = self._field.text().strip()
        self._field.set_text("")
        if text:
            self._judge(text)

    def _judge(self, text: str, source: str = "typed") -> None:
        self._notice.hide()
        self._gate.judge(text, source)

    def take_pictures(self, files: list[Path]) -> None:
        self._notice.hide()
        for file in files:
            self._gate.picture(file)

    def _choose_picture(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a picture of a code"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in PICTURES)
        dialog.setNameFilter(self.tr("Pictures ({endings})").format(endings=endings))
        dialog.filesSelected.connect(lambda names: self.take_pictures([Path(name) for name in names]))
        dialog.open()

    def _answered(self, judged: Judged) -> None:
        answer, shown = judged.answer, self._stage.judged
        if answer.again and shown is not None and shown.answer.scan_id == answer.scan_id:
            self._stage.start_again()
            return
        before = self._scans.line_with(answer.scan_id)
        if before is not None:
            judged = before.judged
        else:
            self._scans.add(line_of(judged))
        if answer.source == "picture" and shown is not None:
            self._stage.queue(judged)
        else:
            self._stage.show(judged, self._host)

    def _not_answered(self, no: CannotDo, text: str) -> None:
        """The desk could not judge: the text stays, and Enter tries the same scan again."""
        self._notice.refuse(no)
        if not self._field.text():
            self._field.set_text(text)
            self._field.select_all()

    def _verdict_gone(self, begun: str) -> None:
        if begun:
            self._field.set_text(begun + self._field.text())
        if self.isVisible():
            self._field.setFocus()

    # keys of a verdict

    def _pressed(self, cap: str, judged: Judged) -> None:
        deeds, reservation_id = self._at.deeds, judged.answer.reservation_id
        if cap == "next":
            self._stage.show(judged, self._host)
        elif cap == "S":
            self._stage.leave(partial(self.navigate.emit, "reservations", {"text": judged.answer.text}))
        elif reservation_id is None:
            return
        elif cap == "V":
            self._stage.leave(partial(self._open, judged))
        elif cap == "U" and judged.let_in:
            self._gate.undo(judged.answer.scan_id)
        elif cap == "U":
            self._after = reservation_id
            deeds.do(Verb.UNDO, reservation_id)
        elif cap == "P" and judged.kind is Kind.REPLACED:
            deeds.voucher(reservation_id)
        elif cap in {"P", "C"}:
            self._after = reservation_id
            (deeds.pay if cap == "P" else deeds.confirm)(reservation_id)
        elif cap == "F":
            self._ask_force(judged)

    def _open(self, judged: Judged) -> None:
        self.navigate.emit("details", {"reservation": judged.answer.reservation_id})

    def _open_line(self, line: ScanLine) -> None:
        if line.judged.answer.reservation_id is not None:
            self._open(line.judged)

    def _ask_force(self, judged: Judged) -> None:
        if judged.found is None:
            return
        dialog = ForceDialog(judged.found.row, self._host)
        dialog.accepted.connect(partial(self._force, judged, dialog))
        dialog.ask()

    def _force(self, judged: Judged, dialog: ForceDialog) -> None:
        reason = dialog.reason
        dialog.leave()
        self._gate.judge(judged.answer.text, judged.answer.source, reason)

    def _deed_done(self, done: object) -> None:
        """What a verdict waited for has happened: judge the same code again, or end it after an undo."""
        judged, asked = self._stage.judged, self._after
        self._after = None
        if judged is None or asked is None or getattr(done, "id", None) != asked:
            return
        if judged.answer.reservation_id != asked:
            return
        if judged.kind is Kind.USED:
            self._mark_undone(asked)
            self._stage.leave()
        else:
            self._gate.judge(judged.answer.text, judged.answer.source)

    # undoing

    def _undone(self, done: Done, scan_id: str) -> None:
        line = self._scans.line_with(scan_id)
        self._scans.mark_undone(scan_id)
        shown = self._stage.judged
        if shown is not None and shown.answer.scan_id == scan_id:
            self._stage.leave()
        heads = line.judged.answer.admitted if line is not None else 0
        words = self.tr("Undone: 1 guest of {number} is out again")
        if heads != 1:
            words = self.tr("Undone: {count} guests of {number} are out again")
        Toast(words.format(count=heads, number=done.number), self._host)

    def _not_undone(self, no: CannotDo, scan_id: str) -> None:
        line = self._scans.line_with(scan_id)
        reservation_id = line.judged.answer.reservation_id if line is not None else None
        if no.code in _LATE_UNDO and reservation_id is not None:
            self._after = reservation_id
            self._at.deeds.do(Verb.UNDO, reservation_id)  # asks a manager for the reason
        else:
            Toast(refusal(no), self._host)

    def _mark_undone(self, reservation_id: int) -> None:
        for line in self._scans.lines:
            if line.judged.let_in and line.judged.answer.reservation_id == reservation_id and not line.undone:
                self._scans.mark_undone(line.scan_id)
                return

    # today

    def _show_today(self) -> None:
        now, departures = self._at.now(), self._watch.departures
        today = self._watch.today
        if today is not None:
            self._gate.set_zone(today.zone)
        self._strip.show_departures(departures, now)
        self._mode.nearest.show_departure(departures[nearest(departures, now)] if departures else None, now)
        self.retitled.emit()

    # building

    @property
    def _host(self) -> QWidget:
        """What verdicts lie over: the same as every dialog."""
        return self._at.deeds.host or self.window()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(fonts.px(20), fonts.px(16), fonts.px(20), fonts.px(14))
        column.setSpacing(fonts.px(12))
        column.addWidget(self._mode)
        column.addWidget(self._panel, 1)
        column.addWidget(self._field)
        column.addWidget(self._notice)
        column.addWidget(self._strip)
        self._notice.hide()
        row.addLayout(column, 855)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._scans, 427)
        assert isinstance(self._edit, QLineEdit)
        self._edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._edit.installEventFilter(self)
        self.setFocusProxy(self._field)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._picture_action = actions.make("scan-picture", self, self._choose_picture, context=inside)

    def _connect(self) -> None:
        self._field.entered.connect(self._enter)
        self._panel.dropped.connect(self.take_pictures)
        self._panel.choose_pressed.connect(self._choose_picture)
        self._scans.opened.connect(self._open_line)
        self._scans.undo_pressed.connect(self.take_back)
        self._gate.judged.connect(self._answered)
        self._gate.refused.connect(self._not_answered)
        self._gate.undone.connect(self._undone)
        self._gate.undo_refused.connect(self._not_undone)
        self._stage.pressed.connect(self._pressed)
        self._stage.scanned.connect(self._judge)
        self._stage.cleared.connect(self._verdict_gone)
        self._watch.told.connect(self._show_today)
        self._at.deeds.done.connect(self._deed_done)
