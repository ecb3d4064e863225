"""Keeps what is said between a traveler and us, and how their conversation stands: who waits, what is unread.

Everybody who adds to a conversation comes through here: the desk when it answers, the mailbox when something
arrives, the sending of letters when one has left. What a machine wrote (our letters, their auto-replies) neither makes
a traveler wait nor answers them, and stands in no list of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select, update

from controllers.desk import Work
from controllers.letters import letter_row
from controllers.notices import tell
from models.frozen import frozen
from models.notices import Event
from models.outbox import Letter
from models.refusals import CannotDo
from models.tables import Attachment, Conversation, Message, OutboxRow, Reservation
from models.talk import BY_PEOPLE, IN, OUT

_M: Table = Message.__table__  # type: ignore[assignment]
_C: Table = Conversation.__table__  # type: ignore[assignment]
_MOST_IDS = 20
"""So many Message-IDs an answer names: the first and the newest; longer headers are cut by servers on the way."""


@frozen
class File:
    """What hangs on a message; `data` is None where it was too large to keep."""

    name: str
    kind: str
    size: int
    data: bytes | None


def said(
    work: Work,
    reservation_id: int,
    *,
    direction: str,
    body: str,
    whole: str = "",
    at: datetime | None = None,
    language: str = "",
    sender_name: str = "",
    sender: str = "",
    message_id: str = "",
    thread: str = "",
    auto: bool = False,
    outbox_id: int | None = None,
    files: Sequence[File] = (),
) -> int:
    """Keeps one utterance ('in', 'out', 'letter' or 'note') in the transaction that is under way; its number.

    What a traveler wrote makes the conversation unread and, where nobody waits yet, waiting; what staff write to
    the traveler ends the waiting. `auto` marks what a machine wrote for the traveler: it is kept and shown, no more.
    """
    when = at or work.now
    told = {
        "reservation_id": reservation_id,
        "at": when,
        "direction": direction,
        "staff_id": work.staff_id if direction in (OUT, "note") else None,
        "outbox_id": outbox_id,
        "body": body,
        "whole": whole if whole != body else "",
        "language": language[:20],
        "sender_name": sender_name[:200],
        "sender": sender[:320],
        "message_id": message_id[:255],
        "thread": thread,
        "auto": auto,
    }
    made = int(work.connection.execute(insert(_M).returning(_M.c.id), told).scalar_one())
    if files:
        work.connection.execute(insert(Attachment), [_file_row(made, reservation_id, one) for one in files])
    if direction in BY_PEOPLE and not auto:
        _stand(work, reservation_id, when, made, direction)
        if direction == IN:
            tell(work, Event.MESSAGE, reservation_id, made)
    work.changed.add("messages")
    return made


def heard(work: Work, reservation_id: int, **told: Any) -> int:
    """What arrived from a traveler, or from whoever answers in their thread; see `said`. Its number."""
    made = said(work, reservation_id, direction=IN, **told)
    work.record(f"reservation:{reservation_id}", "heard", **({"auto": True} if told.get("auto") else {}))
    return made


def written_elsewhere(work: Work, reservation_id: int, **told: Any) -> int:
    """What one of us wrote in another mail program and has left already; see `said`. Its number."""
    made = said(work, reservation_id, direction=OUT, **told)
    work.record(f"reservation:{reservation_id}", "answer-elsewhere")
    return made


def write(
    work: Work, row: Any, words: str, *, files: Sequence[File] = (), by_itself: bool = False
) -> tuple[int, int]:
    """What staff write to the traveler of a reservation: kept in the conversation and promised as a letter.

    What goes `by_itself` answers nobody: who has asked something still waits.

    The numbers of the message and of its row in the outbox, which names the message it carries (`body["message"]`)
    and the mails it answers (`body["thread"]`, oldest first): whoever sends it need not keep it a second time.
    """
    thread = thread_of(work, row.id)
    letter = letter_row(work, row, Letter.MESSAGE, 0, timedelta(0))
    letter |= {"key": _key(work, row.id), "body": {"words": words, "thread": list(thread)}}
    promised = int(work.connection.execute(insert(OutboxRow).returning(OutboxRow.id), letter).scalar_one())
    made = said(
        work,
        row.id,
        direction=OUT,
        body=words,
        language=row.language,
        outbox_id=promised,
        thread=" ".join(thread),
        auto=by_itself,
        files=files,
    )
    body = letter["body"] | {"message": made}
    work.connection.execute(update(OutboxRow).where(OutboxRow.id == promised).values(body=body))
    work.changed.add("letters")
    return made, promised


def asks_nothing(work: Work, reservation_id: int, message: int) -> None:
    """Whoever wrote this newest message waits for no answer, if they did not wait before it."""
    first = select(_M.c.at).where(_M.c.id == message).scalar_subquery()
    stands = update(_C).where(
        _C.c.reservation_id == reservation_id, _C.c.last_message == message, _C.c.waits_since == first
    )
    work.connection.execute(stands.values(waits_since=None, unread=0, version=_C.c.version + 1))
    work.changed.add("messages")


def thread_of(work: Work, reservation_id: int) -> tuple[str, ...]:
    """The Message-IDs the next answer names: those of the traveler's newest mail, the oldest first."""
    asked = (
        select(_M.c.message_id, _M.c.thread)
        .where(_M.c.reservation_id == reservation_id, _M.c.direction == IN, _M.c.message_id != "")
        .order_by(_M.c.at.desc(), _M.c.id.desc())
        .limit(1)
    )
    newest = work.connection.execute(asked).first()
    if newest is None:
        return ()
    every = list(dict.fromkeys([*newest.thread.split(), newest.message_id]))
    return tuple(every if len(every) <= _MOST_IDS else [every[0], *every[1 - _MOST_IDS :]])


def _key(work: Work, reservation_id: int) -> str:
    """One key a message: the same words may be written twice, and are then two messages."""
    said_before = select(func.count()).where(
        OutboxRow.reservation_id == reservation_id, OutboxRow.kind == Letter.MESSAGE
    )
    return f"{Letter.MESSAGE}:{reservation_id}:said-{work.connection.execute(said_before).scalar_one() + 1}"


def _file_row(message: int, reservation_id: int, one: File) -> dict[str, Any]:
    return {
        "message_id": message,
        "reservation_id": reservation_id,
        "name": one.name[:200],
        "kind": one.kind[:80],
        "size": one.size,
        "data": one.data,
    }


def _stand(work: Work, reservation_id: int, at: datetime, message: int, direction: str) -> None:
    """How the conversation stands after this. The order's row is held, so two that begin it do so one by one."""
    held = select(Reservation.id).where(Reservation.id == reservation_id).with_for_update(key_share=True)
    if work.connection.execute(held).first() is None:
        raise CannotDo("not-found", reference=f"CF-{reservation_id}")
    asked = select(_C).where(_C.c.reservation_id == reservation_id)
    row = work.connection.execute(asked).first()
    incoming = direction == IN
    waits = (row.waits_since if row and row.waits_since else at) if incoming else None
    told = {
        "last_at": max(row.last_at, at) if row else at,
        "last_message": message,
        "unread": (row.unread if row else 0) + 1 if incoming else 0,
        "waits_since": waits,
    }
    if row is None:
        work.connection.execute(insert(_C), {"reservation_id": reservation_id, **told})
    else:
        changed = told | {"version": row.version + 1}
        work.connection.execute(update(_C).where(_C.c.reservation_id == reservation_id).values(changed))
