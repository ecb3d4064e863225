"""The boxes of the dashboard: everything that needs a person, how much of it there is, and since when.

They are counted by one statement, each from an index that holds nothing else, so that a million
reservations that need nobody cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    case,
    cast,
    func,
    literal,
    null,
    select,
    text,
    type_coerce,
    union_all,
)

from models.base import Instant
from models.filters import UNMATCHED
from models.frozen import frozen
from models.leaving import that_left
from models.metrics import ANSWER_WITHIN
from models.outbox import NEEDS_YOU
from models.reservations import HOLDERS, Status
from models.rows import Filter
from models.tables import ArrivedMail, Conversation, Decision, JournalBreak, OutboxRow, Refund, Reservation
from models.tables.money import NOT_THERE, WE_OWE
from models.tables.privacy import UNACKNOWLEDGED
from models.tables.reservations import ANSWER_WANTED, SOMETHING_TO_DO
from models.tables.talk import WANTS_A_PERSON

_R: Table = Reservation.__table__  # type: ignore[assignment]
BOXES = (
    "unconfirmed",
    "pending",
    "overdue",
    "to-cancel",
    "departing",
    "decisions",
    "to-do",
    "unmatched",
    "letters",
    "refunds",
)
"""In the order in which they stand."""
RARE = ("answers", "mails", "journal")
"""What is hardly ever there: such a box stands behind the others, and only while it has something."""

_OF_STATUS = {
    Status.UNCONFIRMED: "unconfirmed",
    Status.PENDING: "pending",
    Status.CANCEL_REQUESTED: "to-cancel",
}


@frozen
class Box:
    """One thing that needs a person: how many, since when the oldest waits, and the list it opens.

    `next_promise` is the earliest that is still to be kept, `broken` how many were not kept, `failed` how many failed.
    """

    key: str
    count: int = 0
    oldest: datetime | None = None
    opens: Filter = field(default_factory=Filter)
    next_promise: datetime | None = None
    broken: int = 0
    failed: int = 0


def boxes(look: Connection, now: datetime, day: date) -> tuple[Box, ...]:
    """All of them, the empty ones too; `day` is today at the operator's."""
    found = {key: Box(key, opens=opens_of(key, day)) for key in (*BOXES, *RARE)}
    for row in look.execute(union_all(*_answers(now), _departing(day), *_others(day), _to_answer(now))):
        for key in _keys(row):
            found[key] = _with(found[key], row)
    return tuple(box for box in found.values() if box.count or box.key not in RARE)


def opens_of(key: str, day: date) -> Filter:
    """The list a box opens."""
    if key == "departing":
        return Filter(statuses=HOLDERS, first_day=day, last_day=day)
    return Filter(needs=key)


def _keys(row: Any) -> Iterable[str]:
    """An order past its departure counts where it stands and among those that are past it."""
    yield row.box
    if row.departed and row.box in ("unconfirmed", "pending"):
        yield "overdue"


def _with(box: Box, row: Any) -> Box:
    since = [at for at in (box.oldest, row.oldest) if at is not None]
    due = [at for at in (box.next_promise, row.promise) if at is not None]
    return replace(
        box,
        count=box.count + row.found,
        oldest=min(since, default=None),
        next_promise=min(due, default=None),
        broken=box.broken + int(row.broken or 0),
        failed=box.failed + int(row.failed or 0),
    )


def _answers(now: datetime) -> list[Select[Any]]:
    """Orders that wait for an answer, those past their departure apart from the others."""
    since = func.coalesce(_R.c.status_at, _R.c.received_at)
    late = func.sum(case((_R.c.confirm_by < now, 1), else_=0))
    departed = case((that_left(_R.c, now), 1), else_=0)
    return [  # grouped by its name: PostgreSQL does not see that both hold the same `now`
        _counted(key, since, promise=func.min(_R.c.confirm_by), broken=late, departed=departed)
        .where(ANSWER_WANTED, _R.c.status == status)
        .group_by(text("departed"))
        for status, key in _OF_STATUS.items()
    ]


def _to_answer(now: datetime) -> Select[Any]:
    """Travelers who asked and have no answer yet, and how many of them for longer than is promised."""
    late = func.sum(case((Conversation.waits_since < now - ANSWER_WITHIN, 1), else_=0))
    return _counted("answers", Conversation.waits_since, broken=late).where(
        Conversation.waits_since.is_not(None)
    )


def _departing(day: date) -> Select[Any]:
    return _counted("departing", cast(null(), Instant)).where(
        _R.c.departs_on == day, _R.c.status.in_(sorted(HOLDERS))
    )


def _others(day: date) -> list[Select[Any]]:
    since = func.coalesce(_R.c.status_at, _R.c.received_at)
    return [
        _counted("to-do", since).where(SOMETHING_TO_DO),
        _counted("unmatched", _R.c.received_at).where(*UNMATCHED),
        _counted("decisions", Decision.asked_at, count=func.count(Decision.reservation_id.distinct())).where(
            Decision.decided_at.is_(None)
        ),
        *(_counted("letters", OutboxRow.made_at).where(OutboxRow.state == state) for state in NEEDS_YOU),
        _counted("refunds", Refund.made_at, failed=func.count()).where(NOT_THERE),
        _counted(
            "refunds", Refund.made_at, broken=func.sum(case((Refund.expected_to < day, 1), else_=0))
        ).where(WE_OWE),
        _counted("mails", ArrivedMail.at).where(WANTS_A_PERSON),
        _counted("journal", JournalBreak.found_at).where(UNACKNOWLEDGED),
    ]


def _counted(
    key: str,
    since: Any,
    *,
    count: Any = None,
    promise: Any = None,
    broken: Any = None,
    departed: Any = None,
    failed: Any = None,
) -> Select[Any]:
    """One box's columns: how many, since when, the earliest promise, broken, whether departed, failed."""
    nothing = cast(null(), Instant)
    return select(
        literal(key).label("box"),
        (func.count() if count is None else count).label("found"),
        type_coerce(func.min(since), Instant).label("oldest"),
        (nothing if promise is None else type_coerce(promise, Instant)).label("promise"),
        (literal(0) if broken is None else broken).label("broken"),
        (literal(0) if departed is None else departed).label("departed"),
        (literal(0) if failed is None else failed).label("failed"),
    )
