"""Turns the answer to a scan into what the window says: a word, the next keys, and at most four facts.

Everything is there when the verdict appears: the answer and what was read with it arrive as one
`Judged`, so nothing on it changes while it is read. The facts themselves are worded in `ui.checkin_facts`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.checkin import ADMITTING, Kind
from models.frozen import frozen
from models.money import Money
from ui import checkin_words as say
from ui.checkin_facts import facts
from ui.verdict_keys import keys_of
from ui.widgets.verdict_face import DepartureLine, VerdictFace
from ui.wording.dates import clock, duration
from ui.wording.numbers import coin_sign, money_words
from ui.wording.orders import local
from ui.wording.verdicts import VerdictWords, verdict_name, verdict_words

if TYPE_CHECKING:
    from controllers.answers import Answer
    from controllers.moving import Offered
    from models.checkin_words import Told
    from models.gate_found import Found

translate = QCoreApplication.translate

CLOSES_IN_S = 5
CLOSES = frozenset({Kind.ADMIT, Kind.PARTLY_IN})
"""What goes away by itself. CHECK lets in too, but holds a note that must have been read."""
WAITS_FOR_MONEY = frozenset({Kind.COLLECT})
"""What the next scan may not push away."""
MOST_SIGNS = 9
"""A longer place cannot be read at three metres; it stands among the facts."""


@frozen
class Judged:
    """One answer and what was read with it.

    `offered` is the departure of today it could go to, `together` the answers of the others of its purchase that
    were let in by the same step. `read` is the text as the scanner sent it, garbled where it was repaired.
    """

    answer: Answer
    at: datetime
    counter: str
    zone: str
    found: Found | None = None
    departure: DepartureLine | None = None
    offered: Offered | None = None
    together: tuple[Answer, ...] = ()
    read: str = ""

    @property
    def kind(self) -> Kind:
        """The verdict."""
        return self.answer.kind

    @property
    def let_in(self) -> bool:
        """Whether this answer let somebody in."""
        return self.answer.admitted > 0 and self.kind in ADMITTING

    @property
    def heads(self) -> int:
        """How many were let in, or may be."""
        answer = self.answer
        return (answer.admitted or answer.offers) + sum(one.admitted for one in self.together)

    def is_of(self, text: str) -> bool:
        """Whether this is the answer to a text that was just read."""
        return text in (self.answer.text, self.read)

    @property
    def waits(self) -> bool:
        """Whether the next scan has to wait for money, or for an answer: who may come in, and which one is meant."""
        return self.kind in WAITS_FOR_MONEY or self.answer.waits or bool(self.answer.choices)


def face_of(judged: Judged, *, queued: int = 0) -> VerdictFace:
    """The whole window of a verdict; `queued` scans wait until a question is answered."""
    kind, found, answer = judged.kind, judged.found, judged.answer
    words = words_of(judged)
    whole = kind in ADMITTING and found is not None and judged.heads == (answer.party or -1)
    due = found.row.due if found is not None else None
    goes = kind in CLOSES and judged.let_in and (judged.together or not answer.offers_in_all)
    return VerdictFace(
        kind,
        words.word,
        words.line,
        words.lead,
        facts=facts(judged),
        note=answer.note if kind is Kind.CHECK else "",
        keys=keys_of(judged),
        units=say.units(found)
        if kind is Kind.ADMIT and whole and found is not None and answer.alone is None
        else (),
        departure=judged.departure,
        counter=judged.counter,
        clock=clock(local(judged.at, judged.zone), seconds=True),
        closes_in_s=CLOSES_IN_S if goes else None,
        waits=_waits(judged, queued),
        offline=answer.alone is not None and judged.let_in,
        sign=coin_sign(due.currency) if kind is Kind.COLLECT and due else "",
    )


def words_of(judged: Judged) -> VerdictWords:
    """The large words."""
    answer, found = judged.answer, judged.found
    kind, told = answer.kind, answer.told
    if answer.choices:
        count = len(answer.choices)
        return VerdictWords(
            translate("verdicts", "WHICH"), translate("verdicts", "of {count}").format(count=count)
        )
    amount = ""
    if kind is Kind.COLLECT:
        amount = money_words(found.row.due) if found is not None and found.row.due else _balance(told)
    if (
        kind is Kind.CHECK and answer.party is None and answer.alone is None
    ):  # nobody told how many: a number would be believed
        return VerdictWords(translate("verdicts", "ADMIT"), translate("verdicts", "CHECK"))
    place = found.meeting_point if found is not None else ""
    if kind is Kind.ELSEWHERE and told is not None and not told.in_group:
        return VerdictWords(translate("verdicts", "OTHER"), translate("verdicts", "GROUP"))
    if kind is Kind.ELSEWHERE and not 0 < len(place) <= MOST_SIGNS:
        return VerdictWords(translate("verdicts", "OTHER"), translate("verdicts", "PLACE"))
    return verdict_words(
        kind,
        heads=0 if kind is Kind.ADMIT and answer.party is None and judged.heads < 2 else judged.heads,
        party=answer.party or 0,
        amount=amount,
        when=_when(judged),
        day=_day(judged),
        place=place,
        offline=answer.alone is not None and judged.let_in,
    )


def _balance(told: Told | None) -> str:
    """What is due, where only the scan itself is left to tell it."""
    return money_words(Money(told.due_minor, told.currency)) if told is not None and told.due_minor else ""


def list_words(judged: Judged) -> str:
    """The same, calmer, for the list of last scans: 'Admit 3', 'Used 12 min ago', 'Tomorrow 10:00'."""
    words = words_of(judged)
    if judged.kind is Kind.OTHER_DAY:
        return f"{_day(judged)} {words.line}".strip() or words.spoken.capitalize()
    if judged.kind in {Kind.COLLECT, Kind.OUT_OF_DATE, Kind.TOO_EARLY}:
        return f"{words.word.capitalize()} {words.line}".strip()
    if judged.kind is Kind.CHECK and judged.answer.alone is None:
        return f"{words.word.capitalize()}, {words.line.lower()}"
    if judged.kind in {Kind.NO_USES_LEFT, Kind.TOO_LATE}:
        return verdict_name(judged.kind)
    return words.spoken.capitalize()


def _when(judged: Judged) -> str:
    told, found = judged.answer.told, judged.found
    if judged.kind is Kind.OTHER_DAY:
        at = found.row.departs_at if found is not None else (told.departs_at if told else None)
        return clock(local(at, say.zone_of(judged))) if at else ""
    window = told.window if told else None
    if judged.kind is Kind.TOO_EARLY and window is not None:
        if window.opens_at is not None:
            return clock(local(window.opens_at, window.zone))
        return say.near_day(window.valid_from, judged) if window.valid_from else ""
    if judged.kind is Kind.TOO_LATE and window is not None and window.closes_at is not None:
        return clock(local(window.closes_at, window.zone))
    if judged.kind is Kind.USED and told is not None and told.used_at is not None:
        return duration(max(0, int((judged.at - told.used_at).total_seconds())))
    return ""


def _day(judged: Judged) -> str:
    told, found = judged.answer.told, judged.found
    window = told.window if told else None
    if judged.kind is Kind.OTHER_DAY:
        day = found.row.departs_on if found is not None else (window.day if window else None)
        return say.near_day(day, judged) if day else ""
    if judged.kind is Kind.OUT_OF_DATE:
        until = window.valid_until if window else (found.valid_until if found is not None else None)
        return say.near_day(until, judged) if until else ""
    return ""


def _waits(judged: Judged, queued: int) -> tuple[str, str]:
    """What is said where it does not go away by itself."""
    first = translate("verdicts", "Not let in yet") if judged.answer.waits else ""
    if queued == 1:
        return first, translate("verdicts", "1 scan is queued behind this")
    if queued:
        return first, translate("verdicts", "{count} scans are queued behind this").format(count=queued)
    if not judged.waits:
        return first, translate("verdicts", "or for the next scan")
    return first, translate("verdicts", "The next scan waits its turn")
