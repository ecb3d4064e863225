"""Says a verdict so that nobody has to look: a sound for each family, as loud as this counter is set up.

What may come in, what must be paid, what comes again and what is refused are never mistaken for each other.
The same answer about the same scan is told once: a code that is held up again stays silent, and so does a guest
who was looked at first and then let in.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.checkin import Kind
from models.counter_settings import LOUDEST, CounterSettings
from ui.at_desk import AtDesk
from ui.loudspeaker import Loudspeaker
from ui.settings_kept import Kept
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from models.around import Around
    from models.refusals import CannotDo
    from ui.verdicts import Judged

ORDER_EVERY_S, NOTICE_EVERY_S = 60, 3
LOUDNESS = (0, 40, 80, LOUDEST)
"""What F7 goes through: off, soft, usual, loud, and off again."""

_OF_KIND = {
    Kind.ADMIT: "go",
    Kind.PARTLY_IN: "go",
    Kind.CHECK: "check",
    Kind.COLLECT: "money",
    Kind.NOT_CONFIRMED: "later",
    Kind.OTHER_DAY: "later",
    Kind.TOO_EARLY: "later",
    Kind.TOO_LATE: "later",
    Kind.ELSEWHERE: "later",
    Kind.USED: "used",
    Kind.NO_USES_LEFT: "none-left",
    Kind.CANCELLED: "no",
    Kind.OUT_OF_DATE: "no",
    Kind.REPLACED: "no",
    Kind.FORGED: "forged",
    Kind.UNKNOWN: "unknown",
    Kind.UNREADABLE: "unreadable",
}


def sound_of(judged: Judged) -> str:
    """The sound of a verdict; a code that names several asks to be read, like a note. Without the server it ticks."""
    if judged.answer.choices:
        return "check"
    return "offline" if judged.answer.alone is not None and judged.let_in else _OF_KIND[judged.kind]


class Sounds(QObject):
    """`changed` when it is louder or softer from now on, or when a loudspeaker was found or is gone."""

    changed = Signal()

    def __init__(
        self, at: AtDesk, loudspeaker: Loudspeaker | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._at = at
        self._loudspeaker = loudspeaker or Loudspeaker(at.background, self)
        self._kept = Kept(at, self)
        self._told: tuple[str, str] | None = None
        self._orders: tuple[int, int] | None = None
        self._order_at = -float(ORDER_EVERY_S)
        self._hushed_until = 0.0
        self._tries = False
        self._kept.told.connect(self._settle)
        self._kept.refused.connect(self._say_no)
        self._loudspeaker.changed.connect(self.changed)
        at.background.changed.connect(self._hear)
        at.background.changed_elsewhere.connect(self._hear)
        self._loudspeaker.look()
        self._kept.ask()

    @property
    def volume(self) -> int:
        """In percent; 0 is off."""
        return self._kept.settings.volume

    @property
    def through(self) -> str | None:
        """The loudspeaker's name, '' where there is none, None while it is looked for."""
        if self._loudspeaker.is_there is None:
            return None
        return self._loudspeaker.name if self._loudspeaker.is_there else ""

    def words(self) -> str:
        """How it stands, in a few words: 'sound 80 %', 'sound off', 'no loudspeaker'."""
        if self._loudspeaker.is_there is False:
            return self.tr("no loudspeaker")
        if not self.volume:
            return self.tr("sound off")
        return self.tr("sound {percent} %").format(percent=self.volume)

    # what is told

    def tell(self, judged: Judged) -> None:
        """A verdict is put up."""
        told = (judged.answer.scan_id, sound_of(judged))
        if told != self._told:
            self._told = told
            self._play(told[1])

    def tell_queued(self) -> None:
        """What was scanned waits behind a question."""
        self._play("queued")

    def tell_around(self, around: Around) -> None:
        """How many orders wait now: a new one that wants an answer is told, at most once a minute.

        Not in the quiet hours of whoever works here.
        """
        before, now = self._orders, (around.newest, around.waiting)
        self._orders = now
        is_new = before is not None and now[0] > before[0] and now[1] > before[1]
        if is_new and around.rings and monotonic() - self._order_at >= ORDER_EVERY_S:
            self._ring()

    def tell_notice(self) -> None:
        """Something happened that somebody wants to hear of; the order it is about was perhaps just told."""
        if monotonic() - self._order_at >= NOTICE_EVERY_S:
            self._ring()

    def hush(self, seconds: float) -> None:
        """Orders and notices are not heard for so long; verdicts are."""
        self._hushed_until = monotonic() + seconds

    def _ring(self) -> None:
        if monotonic() >= self._hushed_until:
            self._order_at = monotonic()
            self._play("order")

    def let_hear(self, word: str) -> None:
        """One of them, to learn what it means."""
        self._play(word)

    @property
    def has_loudspeaker(self) -> bool | None:
        """Whether there is one; None until somebody has looked."""
        return self._loudspeaker.is_there

    # how loud

    def change(self) -> None:
        """F7: louder, and after the loudest off; what it sounds like from now on is heard."""
        if self._loudspeaker.is_there is False:
            self._at.deeds.tell(self.tr("No loudspeaker was found at this computer: nothing can be heard."))
            return
        louder = next((step for step in LOUDNESS if step > self.volume), LOUDNESS[0])
        self._tries = True
        self._kept.change(volume=louder)

    def _settle(self, _settings: CounterSettings) -> None:
        if self._tries:
            self._tries = False
            self._play("go")
        self.changed.emit()

    def _hear(self, changed: frozenset[str]) -> None:
        if "settings" in changed:
            self._kept.ask()

    def _say_no(self, no: CannotDo) -> None:
        """While nobody is signed in nothing is read, and that is no news: whoever comes lets it be read anew."""
        if no.code != "not-allowed":
            self._at.deeds.tell(refusal(no))

    def _play(self, word: str) -> None:
        self._loudspeaker.play(word, self.volume)
