"""What staff do in a conversation: open it, answer, note, say that nothing is to be answered, open a complaint.

Whoever writes says what they had read (`seen`): an answer of somebody else that came after it is read first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, select, update

from controllers import conversations, letters
from controllers.conversations import File
from controllers.desk import Desk, Work
from controllers.reservations import Done, take
from controllers.rights import needs
from models.comment import NotAsked
from models.figures import month
from models.frozen import frozen
from models.metrics import ANSWER_WITHIN, Answers
from models.outbox import Letter
from models.privacy import may_see
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Attachment, Conversation, Message, Reservation, Staff
from models.talk import OUT, Room, Tab, TalkCounts, TalkKey, TalkPage, is_written_here
from models.talk_lists import PAGE, talk_counts, talk_page
from models.talk_room import MOST, room, whole_text

_C: Table = Conversation.__table__  # type: ignore[assignment]
_M: Table = Message.__table__  # type: ignore[assignment]
MOST_SIGNS = 20_000
MOST_FILE, MOST_FILES = 10 << 20, 25 << 20


@frozen
class Opened:
    """A file that somebody wants to see or keep."""

    name: str
    kind: str
    data: bytes


@needs(Right.LOOK)
def see_talks(tab: Tab, *, desk: Desk, after: TalkKey | None = None, most: int = PAGE) -> TalkPage:
    """One page of the conversations."""
    with desk.reading() as look:
        return talk_page(look, tab, after=after, most=most)


@needs(Right.LOOK)
def count_talks(*, desk: Desk) -> TalkCounts:
    """How many there are of each kind."""
    with desk.reading() as look:
        return talk_counts(look, desk.now() - ANSWER_WITHIN)


@needs(Right.LOOK)
def see_room(reservation_id: int, *, desk: Desk, most: int = MOST) -> Room:
    """One conversation as it stands, looked at again by whoever has opened it."""
    with desk.reading() as look:
        return room(look, reservation_id, most=most)


@needs(Right.TRAVELERS)
def open_room(reservation_id: int, *, desk: Desk, most: int = MOST, anew: bool = True) -> Room:
    """Opens a conversation: what was unread is read now, and the journal says who looked where a name is shown.

    While it stays open what arrives is read at once: not `anew`, and not journaled again.
    """
    with desk.reading() as look:
        found = room(look, reservation_id, most=most)
    looked = anew and not found.hidden
    if found.unread or looked:
        with desk.work() as work:
            if looked:
                work.record(f"reservation:{reservation_id}", "view", shown=True)
            if found.unread:
                _read_until(work, reservation_id, found.version)
    return found


@needs(Right.LOOK)
def answers_of_month(*, desk: Desk) -> Answers:
    """How many questions of this month were answered in time."""
    with desk.reading() as look:
        zone, now = desk.operator(look).zone, desk.now()
        return month(look, now.astimezone(ZoneInfo(zone)).date().replace(day=1), now, zone).answers


@needs(Right.TALK)
def answer(
    reservation_id: int, *, desk: Desk, words: str, seen: int | None = None, files: Sequence[File] = ()
) -> Done:
    """Writes to the traveler: kept in the conversation and promised as a letter, in one.

    Raises CannotDo("message-empty"), ("message-too-long"), ("enclosure-too-large") and, where somebody else has written
    after the message `seen`, ("answered-meanwhile").
    """
    words = words.strip()
    _refuse_words(words, files)
    with desk.work() as work:
        row = take(work, reservation_id)
        if seen is not None:
            _refuse_if_answered(work, row.id, seen)
        message, promised = conversations.write(work, row, words, files=files)
        work.record(f"reservation:{row.id}", "answer", words=work.digest(words), files=len(files))
        return Done(row.id, number_of(row.id), row.status, {"message": message, "outbox": promised})


@needs(Right.TALK)
def need_no_answer(reservation_id: int, *, desk: Desk) -> Done:
    """Says that nothing is to be answered. Raises CannotDo("nothing-to-answer") where nobody waits."""
    with desk.work() as work:
        row = take(work, reservation_id)
        stands = _standing(work, row.id)
        if stands is None or stands.waits_since is None:
            raise CannotDo("nothing-to-answer", number=number_of(row.id))
        _stand(work, row.id, waits_since=None, unread=0)
        return _noted(work, row, "no-answer")


@needs(Right.TALK)
def complain(reservation_id: int, *, desk: Desk) -> Done:
    """Opens a complaint: no letter asks for a comment while it stands. Raises CannotDo("complaint-stands")."""
    with desk.work() as work:
        row = take(work, reservation_id)
        stands = _standing(work, row.id)
        if stands is not None and stands.complaint_at is not None:
            raise CannotDo("complaint-stands", number=number_of(row.id))
        if stands is None:
            begun = {"reservation_id": row.id, "last_at": work.now, "last_message": 0}
            work.connection.execute(insert(Conversation), begun)
        _stand(work, row.id, complaint_at=work.now)
        letters.drop(work, row.id, Letter.COMMENT, NotAsked.COMPLAINT)
        return _noted(work, row, "complaint")


@needs(Right.TALK)
def settle_complaint(reservation_id: int, *, desk: Desk) -> Done:
    """Closes the complaint. Raises CannotDo("complaint-gone")."""
    with desk.work() as work:
        row = take(work, reservation_id)
        stands = _standing(work, row.id)
        if stands is None or stands.complaint_at is None:
            raise CannotDo("complaint-gone", number=number_of(row.id))
        _stand(work, row.id, complaint_at=None)
        return _noted(work, row, "complaint-over")


@needs(Right.TRAVELERS)
def see_whole(message_id: int, *, desk: Desk) -> str:
    """A message with all that it quotes."""
    with desk.reading() as look:
        return whole_text(look, message_id)


@needs(Right.TRAVELERS)
def open_file(attachment_id: int, *, desk: Desk) -> Opened:
    """What hangs on a message; the journal says that somebody looked. Until confirmed CannotDo("hidden-file")."""
    with desk.work() as work:
        asked = (
            select(
                Attachment,
                Reservation.first_confirmed_at,
                Reservation.channel,
                Reservation.via,
                _M.c.direction,
                _M.c.sender,
            )
            .join(Reservation, Reservation.id == Attachment.reservation_id)
            .join(_M, _M.c.id == Attachment.message_id)
            .where(Attachment.id == attachment_id)
        )
        row = work.connection.execute(asked).first()
        if row is None:
            raise CannotDo("not-found", reference=str(attachment_id))
        ours = is_written_here(row.direction, row.sender)
        if not ours and not may_see(row.first_confirmed_at, row.channel, row.via):
            raise CannotDo("hidden-file")
        if row.data is None:
            raise CannotDo("file-not-kept")
        if not ours:
            work.record(f"reservation:{row.reservation_id}", "view", shown=True)
        return Opened(row.name, row.kind, bytes(row.data))


def with_answers(found: Room, told: Answers) -> Room:
    """A conversation with how well questions are answered at this desk."""
    return replace(found, answers=told)


def _refuse_words(words: str, files: Sequence[File]) -> None:
    if not words:
        raise CannotDo("message-empty")
    if len(words) > MOST_SIGNS:
        raise CannotDo("message-too-long", count=len(words), most=MOST_SIGNS)
    large = next((one for one in files if one.size > MOST_FILE), None)
    if large is None and sum(one.size for one in files) > MOST_FILES:
        large = max(files, key=lambda one: one.size)
    if large is not None:
        raise CannotDo("enclosure-too-large", name=large.name, most=MOST_FILE >> 20, all=MOST_FILES >> 20)


def _refuse_if_answered(work: Work, reservation_id: int, seen: int) -> None:
    """Somebody else answered what is being answered here: twice the same, or worse, two different answers."""
    asked = (
        select(Staff.name)
        .select_from(_M)
        .outerjoin(Staff, Staff.id == _M.c.staff_id)
        .where(_M.c.reservation_id == reservation_id, _M.c.direction == OUT, _M.c.id > seen)
        .where(_M.c.auto.is_(False))
        .order_by(_M.c.id.desc())
        .limit(1)
    )
    found = work.connection.execute(asked).first()
    if found is not None:
        raise CannotDo("answered-meanwhile", who=found.name or "The desk")


def _standing(work: Work, reservation_id: int) -> Any:
    return work.connection.execute(select(_C).where(_C.c.reservation_id == reservation_id)).first()


def _stand(work: Work, reservation_id: int, **values: datetime | int | None) -> None:
    told = {**values, "version": _C.c.version + 1}
    work.connection.execute(update(_C).where(_C.c.reservation_id == reservation_id).values(told))


def _read_until(work: Work, reservation_id: int, version: int) -> None:
    """What stood there when somebody looked is read; what has arrived meanwhile nobody has seen yet."""
    seen = update(_C).where(_C.c.reservation_id == reservation_id, _C.c.version == version)
    work.connection.execute(seen.values(unread=0, version=version + 1))
    work.changed.add("messages")


def _noted(work: Work, row: Any, action: str) -> Done:
    work.changed.add("messages")
    work.record(f"reservation:{row.id}", action)
    return Done(row.id, number_of(row.id), row.status)
