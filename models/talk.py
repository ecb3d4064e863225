"""What is said about a reservation as screens get it, and the promise to answer a traveler within 12 hours.

Pure facts: no clock, no database. Names and words in them are masked where they must be before they come here.
"""

from __future__ import annotations

import enum
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.frozen import frozen
from models.metrics import ANSWER_WITHIN, Answers
from models.outbox import Letter, LetterState
from models.rows import ReservationRow

if TYPE_CHECKING:
    from models.details import HistoryLine

IN, OUT, LETTER, NOTE = "in", "out", "letter", "note"
BY_PEOPLE = frozenset((IN, OUT))
"""Directions that a conversation consists of; letters and notes only stand between them."""

_SOON = timedelta(hours=3)


def is_elsewhere(direction: str, sender: str) -> bool:
    """Whether one of us wrote a message in another mail program: it came with the address it was written from."""
    return direction == OUT and bool(sender)


def is_written_here(direction: str, sender: str) -> bool:
    """Whether a message was written at a desk of ours: nothing hangs on it that we may not see."""
    return direction == OUT and not sender


class Urgency(enum.StrEnum):
    """How near the promise to answer is to its end."""

    CALM = "calm"
    SOON = "soon"
    OVER = "over"


def answer_by(waits_since: datetime) -> datetime:
    """Until when a question is answered in time."""
    return waits_since + ANSWER_WITHIN


def urgency(waits_since: datetime, now: datetime) -> Urgency:
    """Whether there is time, the last hours run, or it is over."""
    left = answer_by(waits_since) - now
    if left < timedelta(0):
        return Urgency.OVER
    return Urgency.SOON if left <= _SOON else Urgency.CALM


class Tab(enum.StrEnum):
    """The lists of conversations."""

    WAITING = "waiting"
    ALL = "all"
    FAILED = "failed"


TalkKey = tuple[int, datetime, int]
"""Where a page of conversations ends: unread first (1) or not (0), the instant it is sorted by, the reservation."""


@frozen
class TalkRow:
    """One conversation in a list. `row.traveler` is None and `preview` without names while that is hidden."""

    row: ReservationRow
    last_at: datetime
    preview: str
    ours: bool  # the last word
    unread: int
    waits_since: datetime | None
    complaint: bool
    failed: bool
    version: int

    @property
    def id(self) -> int:
        """The reservation's number: there is one conversation to each."""
        return self.row.id


@frozen
class TalkPage:
    """Some conversations, and the key after which the next page starts (None at the end)."""

    rows: tuple[TalkRow, ...]
    next: TalkKey | None


@frozen
class TalkCounts:
    """How many conversations stand in each list, how many of them are over their promise, how many unread."""

    waiting: int = 0
    all: int = 0
    failed: int = 0
    over: int = 0


@frozen
class FileFacts:
    """What hangs on a message: shown by name and size; its content is fetched when somebody wants it."""

    id: int
    name: str
    kind: str
    size: int
    kept: bool
    may_open: bool


@frozen
class Said:
    """One utterance. `author` is who of ours wrote it, `sender` a participant who is not the traveler.

    `more` says that there is a longer text with what it quotes. `state` is how far our own message is, with the
    server's words in `trouble`; `letter` what kind of letter it was. `elsewhere`: one of us wrote it in another mail
    program, from the address in `author`.
    """

    id: int
    at: datetime
    direction: str
    body: str
    author: str = ""
    sender: str = ""
    stranger: bool = False
    language: str = ""
    auto: bool = False
    more: bool = False
    state: LetterState | None = None
    leave_at: datetime | None = None
    trouble: str = ""
    outbox_id: int | None = None
    letter: Letter | None = None
    elsewhere: bool = False
    files: tuple[FileFacts, ...] = ()


@frozen
class SystemLine:
    """Something that happened to the reservation, told between the messages; the screen finds the words."""

    line: HistoryLine

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.line.at


@frozen
class Room:
    """One conversation, whole: the reservation beside it, and everything said and done in the order of time.

    `language` is what the traveler told, `spoken` the one their letters are in.
    """

    row: ReservationRow
    language: str
    spoken: str
    has_address: bool
    relay: bool
    hidden: bool
    waits_since: datetime | None
    unread: int
    complaint_at: datetime | None
    version: int
    lines: tuple[Said | SystemLine, ...]
    earlier: bool
    answers: Answers | None = None

    @property
    def said(self) -> tuple[Said, ...]:
        """The utterances, without what happened between."""
        return tuple(one for one in self.lines if isinstance(one, Said))


@frozen
class SavedReply:
    """An answer that is kept for the next traveler, in one language ('' for any)."""

    id: int
    title: str
    language: str
    body: str
    place: int = 0
