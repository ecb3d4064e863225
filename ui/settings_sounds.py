"""The settings' page of what is heard: which loudspeaker it is, how loud, and every sound to be tried and learned."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from models.counter_settings import LOUDEST, CounterSettings
from ui import fonts
from ui.marking import QT_TRANSLATE_NOOP
from ui.settings_kept import Kept
from ui.widgets.action_row import ActionRow
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.setting_row import SettingRow
from ui.widgets.stepper import Stepper

STEP = 10  # percent
COLUMNS = 2
HEARD = (
    (
        "go",
        QT_TRANSLATE_NOOP("sounds", "Come in"),
        QT_TRANSLATE_NOOP("sounds", "a rising pair"),
    ),
    (
        "check",
        QT_TRANSLATE_NOOP("sounds", "Come in, but read the note"),
        QT_TRANSLATE_NOOP("sounds", "soft, three times"),
    ),
    (
        "offline",
        QT_TRANSLATE_NOOP("sounds", "Come in, judged without the server"),
        QT_TRANSLATE_NOOP("sounds", "a rising pair and a tick"),
    ),
    (
        "money",
        QT_TRANSLATE_NOOP("sounds", "Take money first"),
        QT_TRANSLATE_NOOP("sounds", "two high tones"),
    ),
    (
        "later",
        QT_TRANSLATE_NOOP("sounds", "Not now, or not here"),
        QT_TRANSLATE_NOOP("sounds", "two tones going down"),
    ),
    (
        "used",
        QT_TRANSLATE_NOOP("sounds", "Already in"),
        QT_TRANSLATE_NOOP("sounds", "two knocks"),
    ),
    (
        "none-left",
        QT_TRANSLATE_NOOP("sounds", "No visits left"),
        QT_TRANSLATE_NOOP("sounds", "two knocks, the second lower"),
    ),
    (
        "no",
        QT_TRANSLATE_NOOP("sounds", "Cancelled, expired, replaced"),
        QT_TRANSLATE_NOOP("sounds", "low and long"),
    ),
    (
        "forged",
        QT_TRANSLATE_NOOP("sounds", "Not ours"),
        QT_TRANSLATE_NOOP("sounds", "low, twice"),
    ),
    (
        "unknown",
        QT_TRANSLATE_NOOP("sounds", "Unknown"),
        QT_TRANSLATE_NOOP("sounds", "low and short"),
    ),
    (
        "unreadable",
        QT_TRANSLATE_NOOP("sounds", "Scan again"),
        QT_TRANSLATE_NOOP("sounds", "a click"),
    ),
    (
        "queued",
        QT_TRANSLATE_NOOP("sounds", "A scan waits its turn"),
        QT_TRANSLATE_NOOP("sounds", "a soft click"),
    ),
    (
        "order",
        QT_TRANSLATE_NOOP("sounds", "A new order"),
        QT_TRANSLATE_NOOP("sounds", "one soft tone, at most one a minute"),
    ),
)
"""Every sound, what it says, and what it sounds like."""


class SoundsPage(QWidget):
    """A row for each sound; pressing it is hearing it."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept, self._sounds = kept, kept.at.sounds()
        self._card, self._list = Card(padding=20), Card(padding=20)
        self.volume = Stepper("", most=LOUDEST // STEP)
        self._row = SettingRow(self.volume)
        self.through = Label("", 13, 500, "ink2", wrap=True)
        self._grid = QGridLayout()
        self.rows: dict[str, ActionRow] = {}
        self._build()
        self.retranslate()
        self._show(kept.settings)
        kept.told.connect(self._show)
        self._sounds.changed.connect(self._show_through)
        self.volume.changed.connect(lambda tens: kept.change(volume=tens * STEP))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._card.set_heading(self.tr("At this counter"))
        self.volume.set_name(self.tr("Loudness in tens of percent"))
        self._row.say(self.tr("Loudness"), self.tr("In tens of percent; 0 is silent. F7 at check-in."))
        self._list.set_heading(self.tr("What is heard, and what it says"), self.tr("press one to hear it"))
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        for number, (word, said, like) in enumerate(HEARD):
            row = self.rows[word] = ActionRow(_say(said), _say(like))
            row.clicked.connect(lambda _checked=False, word=word: self._sounds.let_hear(word))
            self._grid.addWidget(row, *divmod(number, COLUMNS))
        self._show_through()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show(self, settings: CounterSettings) -> None:
        with QSignalBlocker(self.volume):  # shown, not chosen
            self.volume.set_value(settings.volume // STEP)

    def _show_through(self) -> None:
        name = self._sounds.through
        words = self.tr("Looking for a loudspeaker")
        if name:
            words = self.tr("Heard through {loudspeaker}").format(loudspeaker=name)
        elif name is not None:
            words = self.tr("No loudspeaker was found at this computer: nothing can be heard.")
        self.through.setText(words)
        self.through.setAccessibleName(words)
        for row in self.rows.values():
            row.setEnabled(bool(name))

    def _build(self) -> None:
        self._card.add(self.through)
        self._card.add(self._row)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(fonts.px(20))
        self._grid.setVerticalSpacing(0)
        self._list.add(self._grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(12))
        column.addWidget(self._card)
        column.addWidget(self._list)
        column.addStretch(1)


def _say(words: str) -> str:
    return QCoreApplication.translate("sounds", words)
