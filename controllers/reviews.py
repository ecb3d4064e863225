"""Keeps what travelers said afterwards: recorded by staff, or read from their answer to the comment letter.

One review an order. What an answer does not say plainly waits until a person says whether it is one. A review that
counts is thanked with the code its product gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from controllers import comments, conversations, rewards
from controllers.channels.text import paragraph
from controllers.desk import Desk, Work
from controllers.reservations import take
from controllers.rights import needs
from models import review_text
from models.channels import channel_facts
from models.comment import NotAsked
from models.frozen import frozen
from models.letters import letter_language
from models.money import Money
from models.outbox import MAY_HAVE_LEFT, Letter
from models.references import number_of
from models.refusals import CannotDo
from models.relays import is_same_person
from models.review import MOST_PHOTOS, RATINGS, Source, refuse_no_review
from models.reward_words import thanks
from models.rewards import spelled
from models.rights import Right
from models.tables import Departure, Message, OutboxRow, Product, Review, ReviewPhoto, Reward
from models.talk import LETTER

_V: Table = Review.__table__  # type: ignore[assignment]
_TELLING = 8
"""So many signs of a line of ours are no accident."""


@frozen
class Reviewed:
    """What became of it: the review's own number, whose order it is, and the code that thanks for it ('' for none)."""

    id: int
    reservation_id: int
    number: str
    code: str = ""


@needs(Right.TALK)
def record(
    reservation_id: int,
    rating: int,
    words: str = "",
    *,
    desk: Desk,
    photos: Sequence[bytes] = (),
    source: Source = Source.STAFF,
) -> Reviewed:
    """Keeps what a traveler told us. `photos` are pictures as `controllers.photos.read_photo` makes them.

    Raises CannotDo("review-not-there"), ("rating-wrong"), ("review-too-long"), ("reviewed-already") or
    ("review-photos-many").
    """
    words = paragraph(words)
    if len(photos) > MOST_PHOTOS:
        raise CannotDo("review-photos-many", count=len(photos), most=MOST_PHOTOS)
    with desk.work() as work:
        row = take(work, reservation_id)
        refuse_no_review(number_of(row.id), row.status, row.arrived_heads, rating, words)
        _forget_proposal(work, row.id)
        made = _keep(work, row, rating, words, source=source, language="")
        _keep_photos(work, made, row.id, photos)
        return _counted(work, row, made, rating, source)


def read_answer(work: Work, message: int, photos: Sequence[bytes] = ()) -> int | None:
    """Reads a traveler's message (its number) as the answer to their comment letter; the review's number, or None.

    Called in the transaction that keeps the message, with the `photos` that came with it, made ready before. What is
    not sure waits for a person.
    """
    said = work.connection.execute(select(Message).where(Message.id == message)).one()
    letter = _comment_letter(work, said)
    if letter is None or said.auto or said.direction != "in":
        return None
    row = take(work, said.reservation_id)
    there = select(_V.c.id).where(_V.c.reservation_id == row.id)
    found = review_text.read(_without_letter(work, letter.id, said.body))
    if found is None or work.connection.execute(there).first() is not None:
        return None
    try:
        refuse_no_review(number_of(row.id), row.status, row.arrived_heads, found.rating, found.words)
    except CannotDo:
        return None
    named = letter.message_id.strip("<>")
    answers_it = bool(named) and named in said.thread
    waits = not (found.sure and answers_it and is_same_person(said.sender, row.email))
    language = said.language or row.language
    made = _keep(
        work, row, found.rating, found.words,
        source=Source.MAIL, language=language, message_id=message, waits=waits,
    )  # fmt: skip
    _keep_photos(work, made, row.id, photos)
    if waits:
        work.changed.add("reviews")
        return made
    if not found.words:
        conversations.asks_nothing(work, row.id, message)
    return _counted(work, row, made, found.rating, Source.MAIL).id


@needs(Right.TALK)
def decide(review_id: int, rating: int | None, *, desk: Desk) -> Reviewed:
    """A person says of what was read and not sure: it is a review of so many stars, or (None) it is none.

    Raises CannotDo("review-decided") where somebody else has said so already.
    """
    with desk.work() as work:
        row, kept = _review(work, review_id, waits=True)
        if rating is None:
            work.connection.execute(delete(_V).where(_V.c.id == kept.id))
            work.record(f"reservation:{row.id}", "review-none")
            work.changed.add("reviews")
            return Reviewed(kept.id, row.id, number_of(row.id))
        if rating not in RATINGS:
            raise CannotDo("rating-wrong", rating=rating)
        standing = (
            update(_V).where(_V.c.id == kept.id).values(waits=False, rating=rating, staff_id=work.staff_id)
        )
        work.connection.execute(standing)
        return _counted(work, row, kept.id, rating, Source.MAIL)


@needs(Right.TALK)
def reply(review_id: int, words: str, *, desk: Desk, seen: int | None = None) -> Reviewed:
    """Answers a review; it leaves as a letter. Raises CannotDo("review-reply-empty") or ("replied-already")."""
    words = paragraph(words)
    if not words:
        raise CannotDo("review-reply-empty")
    with desk.work() as work:
        row, kept = _review(work, review_id)
        if kept.reply_at is not None or (seen is not None and kept.version != seen):
            raise CannotDo("replied-already", number=number_of(kept.reservation_id))
        told = {"reply": words, "reply_at": work.now, "reply_by": work.staff_id, "version": kept.version + 1}
        work.connection.execute(update(_V).where(_V.c.id == kept.id).values(**told))
        conversations.write(work, row, words)
        work.record(f"reservation:{row.id}", "review-reply", words=work.digest(words))
        work.changed.add("reviews")
        return Reviewed(kept.id, row.id, number_of(row.id))


def _keep(
    work: Work,
    row: Any,
    rating: int,
    words: str,
    *,
    source: Source,
    language: str,
    message_id: int | None = None,
    waits: bool = False,
) -> int:
    asked = select(Departure.guide).where(Departure.id == row.departure_id)
    made = {
        "reservation_id": row.id,
        "rating": rating,
        "words": words,
        "at": work.now,
        "source": source,
        "staff_id": work.staff_id if source is not Source.MAIL else None,
        "message_id": message_id,
        "product_id": row.product_id,
        "departure_id": row.departure_id,
        "guide": work.connection.execute(asked).scalar() or "",
        "language": language[:20],
        "waits": waits,
    }
    there = select(_V.c.id).where(_V.c.reservation_id == row.id, _V.c.waits.is_(False))
    if work.connection.execute(there).first() is not None:
        raise CannotDo("reviewed-already", number=number_of(row.id))
    try:
        return int(work.connection.execute(insert(_V).returning(_V.c.id), made).scalar_one())
    except IntegrityError as error:  # another counter recorded it this moment
        raise CannotDo("reviewed-already", number=number_of(row.id)) from error


def _keep_photos(work: Work, review_id: int, reservation_id: int, photos: Sequence[bytes]) -> None:
    from controllers.photos import thumb_of

    rows = [
        {"review_id": review_id, "reservation_id": reservation_id, "image": one, "thumb": thumb_of(one)}
        for one in photos
    ]
    if rows:
        work.connection.execute(insert(ReviewPhoto), rows)


def _counted(work: Work, row: Any, review_id: int, rating: int, source: Source) -> Reviewed:
    """It counts from now on: it is noted, thanked for, and nobody is asked for it any more."""
    work.record(f"reservation:{row.id}", "review", rating=rating, source=source)
    work.changed.add("reviews")
    comments.drop(work, row.id, NotAsked.REVIEWED)
    code = rewards.give(work, row)
    if code and row.email:
        conversations.write(work, row, _thanks(work, row, code), by_itself=True)
    return Reviewed(review_id, row.id, number_of(row.id), spelled(code))


def _thanks(work: Work, row: Any, code: str) -> str:
    """The words that bring the code to the traveler."""
    from controllers.letter_words.spoken import day_words, money_words

    kept = work.connection.execute(select(Reward).where(Reward.code == code)).one()
    spoken = work.connection.execute(select(Product.languages).where(Product.id == row.product_id)).scalar()
    language = letter_language(row.language, channel_facts(row.channel).language, spoken)
    amount = Money(kept.amount_minor, kept.currency or "KRW")
    what = f"{kept.percent} %" if kept.percent else money_words(amount, language)
    return thanks(spelled(code), what, day_words(kept.valid_until, language), language)


def _forget_proposal(work: Work, reservation_id: int) -> None:
    """A person has recorded it: what was read of a mail and not sure is no question any more."""
    work.connection.execute(delete(_V).where(_V.c.reservation_id == reservation_id, _V.c.waits.is_(True)))


def _review(work: Work, review_id: int, *, waits: bool = False) -> tuple[Any, Any]:
    """The order, locked first as everybody locks it, and its review."""
    asked = select(_V).where(_V.c.id == review_id)
    found = work.connection.execute(asked).first()
    row = take(work, found.reservation_id) if found is not None else None
    kept = work.connection.execute(asked.with_for_update()).first()
    if kept is None or kept.waits != waits:
        raise CannotDo("review-decided")
    return row, kept


def _without_letter(work: Work, letter: int, words: str) -> str:
    """An answer without the lines of our own letter, which some mail programs quote without any mark."""
    asked = select(Message.body).where(Message.outbox_id == letter, Message.direction == LETTER)
    ours = "".join((work.connection.execute(asked).scalar() or "").split())
    if not ours:
        return words
    told = (line for line in words.split("\n") if len(_close(line)) < _TELLING or _close(line) not in ours)
    return "\n".join(told)


def _close(line: str) -> str:
    return "".join(line.lstrip("> ").split())


def _comment_letter(work: Work, said: Any) -> Any:
    """The comment letter of the order that the message may answer: the newest that has left."""
    asked = (
        select(OutboxRow.id, OutboxRow.message_id)
        .where(OutboxRow.reservation_id == said.reservation_id, OutboxRow.kind == Letter.COMMENT)
        .where(OutboxRow.state.in_(MAY_HAVE_LEFT))
        .order_by(OutboxRow.id.desc())
    )
    return work.connection.execute(asked.limit(1)).first()
