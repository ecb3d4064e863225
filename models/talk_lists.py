"""Reads the lists of conversations: unread first, then who waits longest, then the newest; by key, masked.

Those who wait are few and have an index of their own; the others are walked along the time of the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, exists, func, select, tuple_, union_all

from models.outbox import NEEDS_YOU, Letter, LetterState
from models.pages import rows_of
from models.privacy import may_see, without_traveler
from models.tables import Conversation, Message, OutboxRow, Reservation, Traveler
from models.talk import OUT, Tab, TalkCounts, TalkKey, TalkPage, TalkRow

_C: Table = Conversation.__table__  # type: ignore[assignment]
_M: Table = Message.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]

_MOST_SIGNS = 200
_LATER = _O.alias("later")
_NEWER = exists().where(
    _LATER.c.reservation_id == _O.c.reservation_id,
    _LATER.c.kind == _O.c.kind,
    _LATER.c.id > _O.c.id,
    _LATER.c.state != LetterState.DROPPED,
)
PAGE = 50
_LAST_WORD = and_(_O.c.kind != Letter.NOTICE, ~_NEWER)
"""Letters and messages to the traveler after which no other of their kind was written."""
_FAILED = union_all(
    *(select(_O.c.reservation_id).where(_O.c.state == state, _LAST_WORD) for state in NEEDS_YOU)
)
"""Orders whose traveler such a word did not, or perhaps not, reach; asked state by state, each found by the index."""


def talk_page(look: Connection, tab: Tab, *, after: TalkKey | None = None, most: int = PAGE) -> TalkPage:
    """One page of a list; it starts after the key of the last one's end."""
    found: list[Any] = []
    first = after[0] if after else 0
    for group, walk in enumerate(_walks(tab)):
        if group < first or len(found) > most:
            continue
        key = after[1:] if after and group == first else None
        told = look.execute(walk(key).limit(most + 1 - len(found))).all()
        found += [(group, row) for row in told]
    shown = found[:most]
    rows = _rows(look, [row for _, row in shown])
    if len(found) <= most:
        return TalkPage(rows, None)
    group, last = shown[-1]
    return TalkPage(rows, (group, last.sorted, last.reservation_id))


def talk_counts(look: Connection, late_before: datetime) -> TalkCounts:
    """How many stand in each list; `late_before` is when those asked whose 12 hours are over."""
    waiting = select(func.count()).where(_C.c.waits_since.is_not(None))
    over = waiting.where(_C.c.waits_since < late_before)
    failed = select(func.count()).where(_C.c.reservation_id.in_(_FAILED))
    every = select(func.count()).select_from(_C)
    told = look.execute(select(*(one.scalar_subquery() for one in (waiting, every, failed, over)))).one()
    return TalkCounts(*map(int, told))


def _walks(tab: Tab) -> Sequence[Any]:
    if tab is Tab.WAITING:
        return (lambda key: _waiting(key),)
    if tab is Tab.FAILED:
        return (lambda key: _newest(key).where(_C.c.reservation_id.in_(_FAILED)),)
    return (
        lambda key: _waiting(key).where(_C.c.unread > 0),
        lambda key: _waiting(key).where(_C.c.unread == 0),
        lambda key: _newest(key).where(_C.c.waits_since.is_(None)),
    )


def _waiting(key: tuple[datetime, int] | None) -> Select[Any]:
    """Who has waited longest stands first."""
    place = tuple_(_C.c.waits_since, _C.c.reservation_id)
    asked = select(_C, _C.c.waits_since.label("sorted")).where(_C.c.waits_since.is_not(None))
    asked = asked.where(place > key) if key else asked
    return asked.order_by(_C.c.waits_since, _C.c.reservation_id)


def _newest(key: tuple[datetime, int] | None) -> Select[Any]:
    place = tuple_(_C.c.last_at, _C.c.reservation_id)
    asked = select(_C, _C.c.last_at.label("sorted"))
    asked = asked.where(place < key) if key else asked
    return asked.order_by(_C.c.last_at.desc(), _C.c.reservation_id.desc())


def _rows(look: Connection, talks: Sequence[Any]) -> tuple[TalkRow, ...]:
    ids = [one.reservation_id for one in talks]
    if not ids:
        return ()
    orders = {row.id: row for row in rows_of(look, ids)}
    known = known_travelers(look, ids)
    asked = select(_M.c.id, _M.c.direction, _M.c.body, _M.c.sender_name, _M.c.sender)
    last = {m.id: m for m in look.execute(asked.where(_M.c.id.in_([one.last_message for one in talks])))}
    lost = select(_O.c.reservation_id).where(_O.c.state.in_(NEEDS_YOU), _LAST_WORD)
    failed = set(look.execute(lost.where(_O.c.reservation_id.in_(ids))).scalars())
    return tuple(
        TalkRow(
            row=orders[one.reservation_id],
            last_at=one.last_at,
            preview=_preview(last.get(one.last_message), known.get(one.reservation_id, ())),
            ours=one.last_message in last and last[one.last_message].direction == OUT,
            unread=one.unread,
            waits_since=one.waits_since,
            complaint=one.complaint_at is not None,
            failed=one.reservation_id in failed,
            version=one.version,
        )
        for one in talks
        if one.reservation_id in orders
    )


def known_travelers(look: Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Of those that must stay hidden: the names, addresses and numbers to be taken out of every word."""
    names = ("id", "channel", "via", "first_confirmed_at", "lead", "email", "phone")
    rows = look.execute(select(*(_R.c[name] for name in names)).where(_R.c.id.in_(ids))).all()
    hidden = {row.id: row for row in rows if not may_see(row.first_confirmed_at, row.channel, row.via)}
    found = {i: [row.lead, row.email, row.phone] for i, row in hidden.items()}
    asked = select(Traveler.reservation_id, Traveler.name).where(Traveler.reservation_id.in_(sorted(hidden)))
    for one, name in look.execute(asked) if hidden else ():
        found[one].append(name)
    return {i: (*(word for word in told if word), "") for i, told in found.items()}


def masked(text: str, known: Sequence[str], *also: str) -> str:
    """A text as it may be shown; `known` is empty where the traveler may be seen."""
    return without_traveler(text, [word for word in (*known, *also) if word]) if known and text else text


def _preview(message: Any, known: Sequence[str]) -> str:
    if message is None:
        return ""
    words = " ".join(message.body.split())
    return masked(words, known, message.sender_name, message.sender)[:_MOST_SIGNS]
