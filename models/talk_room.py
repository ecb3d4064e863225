"""Reads one conversation whole: what was said, which letters left, what staff noted, and what happened between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from models.channels import channel_facts
from models.details_reading import history
from models.letters import letter_language
from models.outbox import Letter, LetterState
from models.pages import rows_of
from models.refusals import CannotDo
from models.relays import is_same_person, relay_of
from models.reservations import Verb
from models.tables import Attachment, Conversation, Message, OutboxRow, Product, Reservation, Staff
from models.talk import IN, LETTER, OUT, FileFacts, Room, Said, SystemLine, is_elsewhere, is_written_here
from models.talk_lists import known_travelers, masked

_M: Table = Message.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_NO_LETTERS = (Letter.MESSAGE, Letter.NOTICE)
MOST = 60
"""So many utterances at first; who wants to read further back asks for more."""

TOLD = frozenset(
    "receive sell confirm unconfirm hold cancel withdraw request-cancel accept decline expire move redeem no-show "
    "return undo channel-told channel-moved complaint complaint-over no-answer".split()
)
"""What of the journal is told between the messages."""


def room(look: Connection, reservation_id: int, *, most: int = MOST) -> Room:
    """The newest of a conversation, in the order of time. Raises CannotDo("not-found")."""
    rows = rows_of(look, [reservation_id])
    if not rows:
        raise CannotDo("not-found", reference=f"CF-{reservation_id}")
    asked = select(_R.c.email, _R.c.language, _R.c.channel, Product.languages)
    asked = asked.outerjoin(Product, Product.id == _R.c.product_id).where(_R.c.id == reservation_id)
    order = look.execute(asked).one()
    known = known_travelers(look, [reservation_id]).get(reservation_id, ())
    stand = look.execute(select(Conversation).where(Conversation.reservation_id == reservation_id)).first()
    said = _said(look, reservation_id, order.email, known, most + 1)
    earlier = len(said) > most
    said = said[-most:]
    since = said[0].at if earlier else None
    return Room(
        row=rows[0],
        language=order.language,
        spoken=letter_language(order.language, channel_facts(order.channel).language, order.languages),
        has_address=bool(order.email),
        relay=bool(relay_of(order.email)),
        hidden=bool(known),
        waits_since=stand.waits_since if stand else None,
        unread=stand.unread if stand else 0,
        complaint_at=stand.complaint_at if stand else None,
        version=stand.version if stand else 0,
        lines=_in_order(said, _happened(look, reservation_id, since)),
        earlier=earlier,
    )


def _in_order(said: Sequence[Said], happened: Sequence[SystemLine]) -> tuple[Said | SystemLine, ...]:
    """By time; at the same instant what happened before what was said of it, but the reason before it is cancelled."""
    cancelled = {one.at for one in happened if one.line.action == Verb.CANCEL}

    def place(one: Said | SystemLine) -> tuple[datetime, int]:
        if isinstance(one, SystemLine):
            return one.at, 1
        return one.at, 0 if one.direction == OUT and one.at in cancelled else 2

    return tuple(sorted([*happened, *said], key=place))


def _said(look: Connection, one: int, email: str, known: Sequence[str], most: int) -> list[Said]:
    asked = (
        select(_M, Staff.name.label("author"), _O.c.state, _O.c.leave_at, _O.c.trouble, _O.c.kind)
        .outerjoin(Staff, Staff.id == _M.c.staff_id)
        .outerjoin(_O, _O.c.id == _M.c.outbox_id)
        .where(_M.c.reservation_id == one)
        .order_by(_M.c.at.desc(), _M.c.id.desc())
        .limit(most)
    )
    rows = look.execute(asked).all()
    written_here = {row.id: is_written_here(row.direction, row.sender) for row in rows}
    files = _files(look, written_here, known)
    found = [_utterance(row, email, known, files[row.id]) for row in rows]
    kept = {row.outbox_id for row in rows}
    found += [one for one in _letters(look, one, known) if one.outbox_id not in kept]
    return sorted(found, key=lambda one: (one.at, one.id))[-most:]


def _utterance(row: Any, email: str, known: Sequence[str], files: tuple[FileFacts, ...]) -> Said:
    stranger = row.direction == IN and not is_same_person(row.sender, email)
    sender = (row.sender_name or row.sender) if stranger and not known else ""
    elsewhere = is_elsewhere(row.direction, row.sender)
    return Said(
        id=row.id,
        at=row.at,
        direction=row.direction,
        body=masked(row.body, known, row.sender_name, row.sender),
        author=row.author or ((row.sender_name or row.sender) if elsewhere else ""),
        sender=sender,
        stranger=stranger,
        language=row.language,
        auto=row.auto,
        more=bool(row.whole),
        state=row.state,
        leave_at=row.leave_at,
        trouble=masked(row.trouble or "", known),
        outbox_id=row.outbox_id,
        letter=row.kind if row.direction == LETTER else None,
        elsewhere=elsewhere,
        files=files,
    )


def _letters(look: Connection, one: int, known: Sequence[str]) -> list[Said]:
    """Letters that have not become a part of the conversation yet: on their way, or stuck."""
    asked = select(_O).where(
        _O.c.reservation_id == one, _O.c.kind.not_in(_NO_LETTERS), _O.c.state != LetterState.DROPPED
    )
    return [
        Said(
            id=0,
            at=row.sent_at or row.made_at,
            direction=LETTER,
            body="",
            language=row.language,
            state=row.state,
            leave_at=row.leave_at,
            trouble=masked(row.trouble, known),
            outbox_id=row.id,
            letter=row.kind,
        )
        for row in look.execute(asked)
    ]


def _files(
    look: Connection, of: Mapping[int, bool], known: Sequence[str]
) -> dict[int, tuple[FileFacts, ...]]:
    """What hangs on messages; a masked traveler's files stay closed, those that were enclosed at a desk do not."""
    found: dict[int, list[FileFacts]] = defaultdict(list)
    table: Table = Attachment.__table__  # type: ignore[assignment]
    told = (table.c.id, table.c.message_id, table.c.name, table.c.kind, table.c.size)
    kept = table.c.data.is_not(None).label("kept")
    for row in look.execute(select(*told, kept).where(table.c.message_id.in_(list(of))).order_by(table.c.id)):
        opens = row.kept and (not known or of[row.message_id])
        facts = FileFacts(row.id, masked(row.name, known), row.kind, row.size, row.kept, opens)
        found[row.message_id].append(facts)
    return defaultdict(tuple, {one: tuple(those) for one, those in found.items()})


def _happened(look: Connection, one: int, since: datetime | None) -> list[SystemLine]:
    lines = reversed(history(look, f"reservation:{one}"))
    return [SystemLine(line) for line in lines if line.action in TOLD and (since is None or line.at >= since)]


def whole_text(look: Connection, message_id: int) -> str:
    """A message with all that it quotes, masked like the rest. Raises CannotDo("not-found")."""
    row = look.execute(select(_M).where(_M.c.id == message_id)).first()
    if row is None:
        raise CannotDo("not-found", reference=str(message_id))
    known = known_travelers(look, [row.reservation_id]).get(row.reservation_id, ())
    return masked(row.whole or row.body, known, row.sender_name, row.sender)
