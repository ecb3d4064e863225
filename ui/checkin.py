"""Lets guests in: scan or type a number, see the answer as large as the window, then the next guest.

The field always has the keyboard. Enter hands what stands in it to the gate, empties it and keeps it
ready; the answer comes as a verdict over the window. Everything here works without a mouse.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from controllers.scanning import Scan
from models.refusals import CannotDo
from ui import actions, fonts
from ui.at_desk import AtDesk
from ui.at_gate import TYPED
from ui.camera_view import CameraPanel
from ui.checkin_camera import GateCamera
from ui.checkin_departures import DepartureStrip, nearest
from ui.checkin_lines import ScanLine
from ui.checkin_panel import ModeRow
from ui.checkin_scans import LastScans
from ui.checkin_today import TodayWatch
from ui.checkin_turned_away import TurnedAwayDialog
from ui.picture_drop import PICTURES
from ui.scanners import SCANS
from ui.screen import KeyHint, Screen, hint, is_offered
from ui.settings_kept import Kept
from ui.widgets.field import Field
from ui.widgets.label import Hairline
from ui.widgets.notice import Notice
from ui.wording.dates import long_day

CONCERNS = frozenset({"reservations", "departures", "scans", "products", "imports"})


class CheckIn(Screen):
    """The gate."""

    has_own_search = True

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._gate, self._sounds, self._watch = at.gate(), at.sounds(), TodayWatch(at, self)
        self._kept = Kept(at, self)
        self._camera = GateCamera(at, self._kept, self)
        self._mode, self._panel, self._strip = ModeRow(), CameraPanel(self._camera), DepartureStrip()
        self._field = Field(icon="scanner", key="Enter", height=52, size=18)
        self._edit = self._field.focusProxy()
        self._notice = Notice("stop", "")
        self._scans = LastScans(self._gate.book)
        self._build()
        self._connect()
        self._mode.set_looks_first(self._gate.looks_first)
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
            hint("look-first", self._mode.other_words()),
            hint("sound", self._sounds.words()),
            hint("camera"),
            hint("scan-picture"),
            hint("go-sell"),
            hint("undo"),
            hint("refused", rare=True),
            KeyHint(("Esc",), self.tr("empty the field"), rare=True),
            KeyHint(("Tab",), self.tr("last scans"), rare=True),
            KeyHint(("U",), self.tr("take that scan back"), rare=True),
        )

    def opened(self, **what: Any) -> None:
        """`text` is put into the field, to be looked at before Enter."""
        if what.get("text"):
            self._field.set_text(str(what["text"]))
        self._watch.ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._watch.ask()
        if "settings" in changed:
            self._kept.ask()
            self._offer_sale()

    def _offer_sale(self) -> None:
        self._scans.offer_sale(is_offered(self, "sell"))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._field.set_placeholder(self.tr("Scan here, or type a number"))
        self._field.setAccessibleName(self.tr("Code, CF number or the channel's number"))
        for part in (self._mode, self._panel, self._scans):
            part.retranslate()
        for action in self.actions():
            actions.retranslate(action)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer_sale()
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
            if not event.isAutoRepeat():
                self.take_back()
            return True
        return False

    # scanning

    def take_back(self) -> None:
        """Ctrl+Z: what was done last at this window; the list names the last scan, so it need not be asked about."""
        self._gate.take_back(is_named=True)

    def _take_back_scan(self) -> None:
        """The button that names the last scan."""
        line = self._gate.book.last_let_in
        if line is not None:
            self._gate.take_back_line(line)

    def _show_undo(self) -> None:
        self._scans.show_undo_key(self._gate.undoes_scan)

    def take_pictures(self, files: list[Path]) -> None:
        """Every code in these pictures."""
        self._notice.hide()
        self._gate.take_pictures(files)

    def _enter(self) -> None:
        text = self._field.text().strip()
        self._field.set_text("")
        if text:
            self._notice.hide()
            self._gate.take(Scan(text, TYPED))

    def _choose_picture(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a picture of a code"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in PICTURES)
        dialog.setNameFilter(self.tr("Pictures ({endings})").format(endings=endings))
        dialog.filesSelected.connect(lambda names: self.take_pictures([Path(name) for name in names]))
        dialog.open()

    def _not_answered(self, no: CannotDo, scan: Scan | None) -> None:
        """The desk could not judge: the text stays, and Enter tries the same scan again."""
        self._notice.refuse(no)
        if scan is not None and not self._field.text():
            self._field.set_text(scan.text)
            self._field.select_all()

    def _open_line(self, line: ScanLine) -> None:
        if line.reservation_id is not None:
            self.navigate.emit("details", {"reservation": line.reservation_id})

    def _show_refused(self) -> None:
        """Everybody who was refused today."""
        host = self._at.deeds.host
        assert host is not None
        dialog = TurnedAwayDialog(self._at, host)
        dialog.chosen.connect(lambda one: self.navigate.emit("details", {"reservation": one}))
        dialog.ask()

    def _show_mode(self) -> None:
        self._mode.set_looks_first(self._gate.looks_first)
        self.retitled.emit()

    # today

    def _show_today(self) -> None:
        now, departures = self._at.now(), self._watch.departures
        self._strip.show_departures(departures, now)
        self._scans.show_today(self._watch.expected, self._watch.arrived, self._watch.refused)
        self._mode.nearest.show_departure(departures[nearest(departures, now)] if departures else None, now)
        self._show_undo()  # a minute after it was done a confirmation is not taken back any more
        self.retitled.emit()

    # building

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
        self._edit.setProperty(SCANS, True)
        self._edit.installEventFilter(self)
        self.setFocusProxy(self._field)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        actions.make("scan-picture", self, self._choose_picture, context=inside)
        actions.make("look-first", self, self._gate.change_mode, context=inside)
        actions.make("refused", self, self._show_refused, context=inside)
        actions.make("sound", self, self._sounds.change, context=inside)
        actions.make("camera", self, self._camera.turn)

    def _connect(self) -> None:
        self._field.entered.connect(self._enter)
        self._panel.dropped.connect(self.take_pictures)
        self._panel.choose_pressed.connect(self._choose_picture)
        self._camera.scanned.connect(self._gate.take)
        self._scans.opened.connect(self._open_line)
        self._scans.undo_pressed.connect(self._take_back_scan)
        self._scans.sell_pressed.connect(lambda: self.navigate.emit("sell", {}))
        self._gate.book.changed.connect(self._show_undo)
        self._at.deeds.takes_changed.connect(self._show_undo)
        self._scans.undo_line_pressed.connect(self._gate.take_back_line)
        self._scans.refused_pressed.connect(self._show_refused)
        self._gate.refused.connect(self._not_answered)
        self._gate.mode_changed.connect(self._show_mode)
        self._sounds.changed.connect(self.retitled)
        self._mode.change_wanted.connect(self._gate.change_mode)
        self._watch.told.connect(self._show_today)
