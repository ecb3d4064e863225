"""Keeps answers for the next traveler, and fills one for the reservation it is about, in the traveler's language."""

from __future__ import annotations

from sqlalchemy import Table, delete, func, insert, select, update

from controllers.desk import Desk, Work
from controllers.letter_words.facts import facts_of, reservation
from controllers.rights import needs
from models import replies
from models.channels import channel_facts
from models.letters import letter_language
from models.privacy import HIDDEN
from models.refusals import CannotDo
from models.replies import MOST_TITLE, Filled
from models.rights import Right
from models.tables import SavedReplyRow
from models.talk import SavedReply

_S: Table = SavedReplyRow.__table__  # type: ignore[assignment]


@needs(Right.LOOK)
def see_replies(*, desk: Desk, language: str = "") -> tuple[SavedReply, ...]:
    """All of them; those in a language first."""
    with desk.reading() as look:
        rows = look.execute(select(_S).order_by(_S.c.place, _S.c.id)).all()
    found = [SavedReply(row.id, row.title, row.language, row.body, row.place) for row in rows]
    return replies.for_language(found, language)


@needs(Right.TALK)
def fill(body: str, reservation_id: int, *, desk: Desk, language: str = "") -> Filled:
    """A reply in `language` ('' for any) as this traveler would read it. A name that is hidden stays a placeholder."""
    with desk.reading() as look:
        row = reservation(look, reservation_id)
        spoken = letter_language(row.language, channel_facts(row.channel).language, row.languages)
        facts = facts_of(look, row, replies.written_in(body, language, spoken), {}, masked=True)
        return replies.fill(body, {name: "" if told == HIDDEN else told for name, told in facts.items()})


@needs(Right.TALK)
def keep_reply(one: SavedReply, *, desk: Desk) -> SavedReply:
    """Keeps a new reply (`id` 0), or another wording of one. Raises CannotDo("reply-title-wrong"), ("reply-gone")."""
    title, body = one.title.strip(), one.body.strip()
    if not title or len(title) > MOST_TITLE:
        raise CannotDo("reply-title-wrong", most=MOST_TITLE)
    if not body:
        raise CannotDo("reply-empty")
    with desk.work() as work:
        told = {"title": title, "language": one.language[:20], "body": body}
        if one.id:
            changed = work.connection.execute(update(_S).where(_S.c.id == one.id).values(told))
            if not changed.rowcount:
                raise CannotDo("reply-gone")
            made, place = one.id, one.place
        else:
            last = select(func.coalesce(func.max(_S.c.place), 0))
            place = int(work.connection.execute(last).scalar_one()) + 1
            asked = insert(_S).returning(_S.c.id)
            made = int(work.connection.execute(asked, told | {"place": place}).scalar_one())
        _noted(work, made, "reply")
        return SavedReply(made, title, told["language"], body, place)


@needs(Right.TALK)
def drop_reply(reply_id: int, *, desk: Desk) -> None:
    """Takes a reply away. Raises CannotDo("reply-gone")."""
    with desk.work() as work:
        if not work.connection.execute(delete(_S).where(_S.c.id == reply_id)).rowcount:
            raise CannotDo("reply-gone")
        _noted(work, reply_id, "drop-reply")


def _noted(work: Work, reply_id: int, action: str) -> None:
    work.changed.add("messages")
    work.record(f"saved-reply:{reply_id}", action)
