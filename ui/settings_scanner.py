"""The settings' page of the scanner: try it, read what it sends and what to change, say how it is connected."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from controllers.background import Lane
from controllers.scanning.burst import Burst, Rhythm
from controllers.scanning.diagnosis import Diagnosis, Finding, diagnose
from controllers.scanning.serial_line import Line, port_names
from models.counter_settings import CounterSettings
from models.keyboards import LAYOUTS
from ui import fonts
from ui.scanner_try import TryArea
from ui.scanner_words import LONGEST, by_numbers_words, country, found_words, shortened
from ui.settings_kept import Kept
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice
from ui.widgets.setting_row import SettingRow

translate = QCoreApplication.translate


class ScannerPage(QWidget):
    """While it is shown, what a scanner sends comes here and nobody is let in."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._diagnosis: Diagnosis | None = None
        self._ports: list[str] = []
        self.area = TryArea()
        self.sent = [(Label("", 12, 500, "ink2"), Label("", 13, 500, wrap=True)) for _ in range(5)]
        self._notices = QVBoxLayout()
        self.sheet, self.adopt, self.patience = Button("", icon="print"), Button("", "primary"), Button("")
        self.layout_button = FilterButton("", "")
        self.port = Field(icon="scanner")
        self._try_card, self._set_card = Card(padding=20), Card(padding=20)
        self.forget = Button("")
        self._layout_row, self._port_row = SettingRow(self.layout_button), SettingRow(self.port)
        self._rhythm_row = SettingRow(self.forget)
        self._port_stands = Label("", 12, 500, wrap=True)
        self._build()
        self.retranslate()
        self._connect()
        self._show(kept.settings)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._try_card.set_heading(self.tr("Try the scanner"), self.tr("nobody is let in meanwhile"))
        self._set_card.set_heading(self.tr("How it is connected"))
        self.area.retranslate()
        self.sheet.set_text(self.tr("Sheet with test codes…"))
        self.forget.set_text(self.tr("Forget it"))
        self._layout_row.say(
            self.tr("Scanner's keyboard"),
            self.tr(
                "The country the scanner itself is set to. This computer's keyboard and input method do not matter."
            ),
        )
        self.layout_button.set_choices([(country(name), name) for name in LAYOUTS])
        self._show_ports(self._ports)
        self.port.setAccessibleName(self.tr("Name of the serial line"))
        self.port.set_placeholder(self.tr("None"))
        self._show(self._kept.settings)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scanners.test(self, testing=True)
        self._kept.at.background.run(Lane.READING, port_names, self._show_ports)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._scanners.test(self, testing=False)

    def take_burst(self, burst: Burst) -> None:
        """What a keyboard scanner sent."""
        settings = self._kept.settings
        self._diagnosis = diagnose(
            burst,
            set_to=settings.scanner_layout,
            waits_ms=settings.scanner_gap_ms,
            rhythm=Rhythm(settings.scanner_rhythm_ms, settings.scanner_swing_ms),
        )
        self._tell()

    def take_line(self, text: str) -> None:
        """What a scanner on the serial line sent."""
        self._diagnosis = None
        self._tell()
        self._say("good", self.tr("Heard over the serial line: {text}").format(text=shortened(text)))

    def take_numbers(self) -> None:
        """A scanner types each sign by its number."""
        self._diagnosis = None
        self._tell()
        self._say(*by_numbers_words())

    # what is shown

    def _show(self, settings: CounterSettings) -> None:
        self.layout_button.show_value(country(settings.scanner_layout), name=self.tr("Set to"))
        if not self.port.isAncestorOf(self.focusWidget() or self):
            self.port.set_text(settings.scanner_port)
        self._rhythm_row.setVisible(bool(settings.scanner_rhythm_ms))
        self._rhythm_row.say(
            self.tr("Rhythm of a slow scanner"),
            self.tr(
                "{ms} ms from key to key, learned here. The first letter after a pause waits as long at this counter."
            ).format(ms=settings.scanner_rhythm_ms),
        )
        self._show_line()

    def _show_line(self) -> None:
        words, ink = {
            Line.NONE: ("", "ink2"),
            Line.READY: (self.tr("Scanner ready"), "good"),
            Line.UNPLUGGED: (self.tr("Scanner unplugged: it is looked for every second"), "stop"),
            Line.FORBIDDEN: (
                self.tr(
                    "The system does not let Counterfoil use this line: another program has it, or you may not "
                    "(on Linux, ask to be in the group of serial lines, often 'dialout')."
                ),
                "stop",
            ),
        }[self._scanners.serial.line]
        self._port_stands.setText(words)
        self._port_stands.set_ink(ink)
        self._port_stands.setVisible(bool(words))

    def _show_ports(self, names: list[str]) -> None:
        """What could be written in the field, said beside it."""
        self._ports = names
        words = self.tr("Only for a scanner that is no keyboard. Empty for none.")
        if names:
            words += " " + self.tr("Found here: {names}").format(names=", ".join(names))
        self._port_row.say(self.tr("Serial line"), words)

    def _tell(self) -> None:
        """The last code that was tried: what came, and what it means."""
        self._clear_notices()
        told = self._diagnosis
        for (name, value), (words, what) in zip(self.sent, _sent(told), strict=True):
            name.setText(words)
            value.setText(what)
        self.adopt.setVisible(False)
        self.patience.setVisible(False)
        if told is None:
            return
        settings = self._kept.settings
        for family, head, text in found_words(told, settings.scanner_layout):
            self._say(family, head, text)
        if told.layout not in (None, settings.scanner_layout):
            self.adopt.set_text(self.tr("Read it as {country}").format(country=country(str(told.layout))))
            self.adopt.show()
        if Finding.SLOW in told.findings:
            self.patience.set_text(self.tr("Wait {ms} ms from key to key").format(ms=told.wait_ms))
            self.patience.show()
        elif Finding.STEADY in told.findings:
            self.patience.set_text(self.tr("Learn its rhythm"))
            self.patience.show()
        self.patience.set_kind("plain" if self.adopt.isVisibleTo(self) else "primary")

    def _say(self, family: str, head: str, text: str = "") -> None:
        self._notices.addWidget(Notice(family, head, text))

    def _clear_notices(self) -> None:
        while self._notices.count():
            item = self._notices.takeAt(0)
            notice = item.widget() if item is not None else None
            if notice is not None:
                notice.hide()
                notice.deleteLater()

    # what is changed

    def _adopt(self) -> None:
        if self._diagnosis is not None and self._diagnosis.layout is not None:
            self._kept.change(scanner_layout=self._diagnosis.layout)

    def _be_patient(self) -> None:
        told = self._diagnosis
        if told is not None and Finding.STEADY in told.findings:
            self._kept.change(scanner_rhythm_ms=told.rhythm.gap_ms, scanner_swing_ms=told.rhythm.swing_ms)
        elif told is not None:
            self._kept.change(scanner_gap_ms=told.wait_ms)

    def _changed(self, settings: CounterSettings) -> None:
        self._show(settings)
        if self._diagnosis is not None:
            self.take_burst(self._diagnosis.burst)

    def _keep_port(self) -> None:
        self._kept.change(scanner_port=self.port.text().strip())

    def _print_sheet(self) -> None:
        from ui.setup_sheet import SetupSheetDialog

        SetupSheetDialog(self._kept.at, self._kept.at.deeds.host or self.window()).open()

    # building

    @property
    def _scanners(self):
        return self._kept.at.scanners()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(16))
        self._try_card.add(self.area)
        self._notices.setSpacing(fonts.px(8))
        self._try_card.add(self._notices)
        self._try_card.add(Hairline())
        for name, value in self.sent:
            name.setFixedWidth(fonts.px(96))
            row = QHBoxLayout()
            row.setSpacing(fonts.px(12))
            row.addWidget(name)
            row.addWidget(value, 1)
            self._try_card.add(row)
        self._try_card.add(button_row(self.sheet, None, self.patience, self.adopt))
        self.port.setFixedWidth(fonts.px(260))
        for row_widget in (self._layout_row, self._rhythm_row, self._port_row, self._port_stands):
            self._set_card.add(row_widget)
        column.addWidget(self._try_card)
        column.addWidget(self._set_card)
        column.addStretch(1)

    def _connect(self) -> None:
        scanners = self._scanners
        # What is scanned at the gate is no test, and no traveler's code waits here to be looked at.
        scanners.seen.connect(lambda burst: self.take_burst(burst) if self.isVisible() else None)
        scanners.heard.connect(lambda text: self.take_line(text) if self.isVisible() else None)
        scanners.stands.connect(self._show_line)
        self.area.typed.connect(self.take_burst)
        self.area.by_numbers.connect(self.take_numbers)
        self.forget.clicked.connect(lambda: self._kept.change(scanner_rhythm_ms=0, scanner_swing_ms=0))
        self.sheet.clicked.connect(self._print_sheet)
        self.adopt.clicked.connect(self._adopt)
        self.patience.clicked.connect(self._be_patient)
        self.layout_button.chosen.connect(lambda name: self._kept.change(scanner_layout=name))
        edit = self.port.focusProxy()
        assert isinstance(edit, QLineEdit)
        edit.editingFinished.connect(self._keep_port)
        self._kept.told.connect(self._changed)


def _sent(told: Diagnosis | None) -> list[tuple[str, str]]:
    """Five lines: names and what was sent, empty where nothing was yet."""
    names = [
        translate("scanner", "Text"),
        translate("scanner", "Keys"),
        translate("scanner", "Set to"),
        translate("scanner", "Ends with"),
        translate("scanner", "Speed"),
    ]
    if told is None:
        return [(name, "–") for name in names]
    burst = told.burst
    pressed = burst.strokes[:LONGEST]
    keys = " ".join(f"{code}⇧" if shift else str(code) for code, shift in pressed)
    keys += " …" if len(burst.strokes) > len(pressed) else ""
    set_to = country(told.layout) if told.layout else translate("scanner", "this code does not tell")
    ends = burst.ended_by or translate("scanner", "nothing")
    speed = translate("scanner", "{ms} ms from key to key, {count} keys in {all} ms").format(
        ms=burst.gap_ms, count=len(burst.strokes), all=burst.took_ms
    )
    return list(zip(names, [shortened(burst.text), keys, set_to, ends, speed], strict=True))
