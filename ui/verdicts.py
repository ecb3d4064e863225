"""Turns the answer to a scan into what the window says: a word, the next keys, and at most four facts.

Everything is there when the verdict appears: the answer and what was read with it arrive as one
`Judged`, so nothing on it changes while it is read. The facts themselves are worded in `ui.checkin_facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.checkin import ADMITTING, TIME_RULES, Kind
from models.reservations import Status, Verb
from ui import checkin_words as say
from ui.checkin_facts import facts
from ui.widgets.verdict_face import DepartureLine, VerdictFace, VerdictKey
from ui.wording.dates import clock, duration
from ui.wording.numbers import coin_sign, money_words
from ui.wording.orders import local
from ui.wording.verdicts import VerdictWords, verdict_name, verdict_words

if TYPE_CHECKING:
    from controllers.answers import Answer
    from models.details import Details

translate = QCoreApplication.translate

CLOSES_IN_S = 5
CLOSES = frozenset({Kind.ADMIT, Kind.PARTLY_IN})
"""What goes away by itself. CHECK lets in too, but holds a note that must have been read."""
WAITS_FOR_MONEY = frozenset({Kind.COLLECT})
"""What the next scan may not push away."""
FORCEABLE = TIME_RULES
MOST_SIGNS = 9
"""A longer place cannot be read at three metres; it stands among the facts."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer and what was read with it. `free_today` is the same tour today: its time and free seats."""

    answer: Answer
    at: datetime
    counter: str
    zone: str
    found: Details | None = None
    departure: DepartureLine | None = None
    free_today: tuple[str, int] | None = None

    @property
    def kind(self) -> Kind:
        """The verdict."""
        return self.answer.kind

    @property
    def let_in(self) -> bool:
        """Whether this answer let somebody in."""
        return self.answer.admitted > 0 and self.kind in ADMITTING


def face_of(judged: Judged, *, queued: int = 0) -> VerdictFace:
    """The whole window of a verdict; `queued` scans wait until a question of money is answered."""
    kind, found = judged.kind, judged.found
    words = words_of(judged)
    whole = judged.let_in and found is not None and judged.answer.admitted == (judged.answer.party or -1)
    due = found.row.due if found is not None else None
    return VerdictFace(
        kind,
        words.word,
        words.line,
        words.lead,
        facts=facts(judged),
        keys=keys_of(judged),
        units=say.units(found) if kind is Kind.ADMIT and whole and found is not None else (),
        departure=judged.departure,
        counter=judged.counter,
        clock=clock(local(judged.at, judged.zone), seconds=True),
        closes_in_s=CLOSES_IN_S if kind in CLOSES else None,
        waits=("", _ends_with(kind, queued)),
        sign=coin_sign(due.currency) if kind is Kind.COLLECT and due else "",
    )


def words_of(judged: Judged) -> VerdictWords:
    """The large words."""
    answer, found = judged.answer, judged.found
    kind, told = answer.kind, answer.told
    amount = ""
    if kind is Kind.COLLECT:
        due = found.row.due if found is not None else None
        amount = money_words(due) if due else (told.balance if told else "")
    if kind is Kind.CHECK and answer.party is None:  # nobody told how many: a number would be believed
        return VerdictWords(translate("verdicts", "ADMIT"), translate("verdicts", "CHECK"))
    place = found.meeting_point if found is not None else ""
    if kind is Kind.ELSEWHERE and not 0 < len(place) <= MOST_SIGNS:
        return VerdictWords(translate("verdicts", "OTHER"), translate("verdicts", "PLACE"))
    return verdict_words(
        kind,
        heads=0 if kind is Kind.ADMIT and answer.party is None else answer.admitted,
        party=answer.party or 0,
        amount=amount,
        when=_when(judged),
        day=_day(judged),
        place=place,
    )


def list_words(judged: Judged) -> str:
    """The same, calmer, for the list of last scans: 'Admit 3', 'Used 12 min ago', 'Tomorrow 10:00'."""
    words = words_of(judged)
    if judged.kind is Kind.OTHER_DAY:
        return f"{_day(judged)} {words.line}".strip() or words.spoken.capitalize()
    if judged.kind in {Kind.COLLECT, Kind.OUT_OF_DATE, Kind.TOO_EARLY}:
        return f"{words.word.capitalize()} {words.line}".strip()
    if judged.kind is Kind.CHECK:
        return f"{words.word.capitalize()}, {words.line.lower()}"
    if judged.kind in {Kind.NO_USES_LEFT, Kind.TOO_LATE}:
        return verdict_name(judged.kind)
    return words.spoken.capitalize()


def keys_of(judged: Judged) -> tuple[VerdictKey, ...]:
    """What can be done now, the likeliest first."""
    answer, kind, found = judged.answer, judged.kind, judged.found
    after = VerdictKey("Enter", _next_words(kind), closes=True)
    if kind is Kind.UNREADABLE:
        return (after,)
    if answer.reservation_id is None:
        return (after, VerdictKey("S", translate("verdicts", "Search"), translate("verdicts", "in the list")))
    view = VerdictKey("V", translate("verdicts", "View"), answer.number)
    if judged.let_in:
        return (after, VerdictKey("U", translate("verdicts", "Undo"), _undo_words(judged)), view)
    if kind is Kind.COLLECT:
        take = VerdictKey("P", translate("verdicts", "Take payment"), translate("verdicts", "cash or card"))
        return (take, view, VerdictKey("Esc", translate("verdicts", "Leave it open"), closes=True))
    if kind is Kind.NOT_CONFIRMED:
        return (*_answers(found), view, after)
    if kind in FORCEABLE:
        force = VerdictKey("F", translate("verdicts", "Let in"), translate("verdicts", "with a reason"))
        return (after, force, view)
    if kind is Kind.USED:
        undo = VerdictKey("U", translate("verdicts", "Undo"), translate("verdicts", "the scan before"))
        return (after, view, undo)
    if kind is Kind.REPLACED:
        newer = VerdictKey("P", translate("verdicts", "Print"), translate("verdicts", "the valid voucher"))
        return (after, newer, view)
    return (after, view)


def _answers(found: Details | None) -> tuple[VerdictKey, ...]:
    """What makes an order that is not confirmed good: its payment, or its confirmation."""
    if found is not None and found.row.status is Status.AWAITING_PAYMENT:
        if found.row.due is None:
            return ()
        return (VerdictKey("P", translate("verdicts", "Take payment"), money_words(found.row.due)),)
    if found is not None and not found.can(Verb.CONFIRM):
        return ()
    small = translate("verdicts", "shows the seats first")
    return (VerdictKey("C", translate("verdicts", "Confirm"), small),)


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


def _next_words(kind: Kind) -> str:
    if kind is Kind.CHECK:
        return translate("verdicts", "I have read it")
    if kind in {Kind.UNREADABLE, Kind.UNKNOWN, Kind.FORGED}:
        return translate("verdicts", "Scan again")
    return translate("verdicts", "Next guest")


def _undo_words(judged: Judged) -> str:
    found = judged.found
    if found is not None and found.row.status is Status.REDEEMED:
        return translate("verdicts", "until the letter leaves")
    return translate("verdicts", "free until the trip ends")


def _ends_with(kind: Kind, queued: int) -> str:
    if queued == 1:
        return translate("verdicts", "1 scan is queued behind this")
    if queued:
        return translate("verdicts", "{count} scans are queued behind this").format(count=queued)
    if kind not in WAITS_FOR_MONEY:
        return translate("verdicts", "or for the next scan")
    return translate("verdicts", "The next scan waits its turn")
