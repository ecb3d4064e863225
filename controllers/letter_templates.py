"""Keeps the operator's own words of letters, and shows how they read before they are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from controllers.desk import Desk
from controllers.letter_words import Wanted, draft, sample
from controllers.letter_words.kept import usual_words, words_for
from controllers.letter_words.template import Words, check
from controllers.letters_by_hand import LetterSeen
from controllers.rights import needs
from models.frozen import frozen
from models.letters import HAS_VOUCHER, WORDED
from models.outbox import Letter
from models.references import number_of, our_id
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Right
from models.tables import Product, Reservation, TemplateRow
from models.vouchers import LANGUAGES

_T: Table = TemplateRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_LOOKED_THROUGH = 20_000
"""So many of the newest reservations may be a letter's example; older ones would be searched for too long."""

_FITTING: dict[Letter, frozenset[Status]] = {
    Letter.PAYMENT_AWAITED: frozenset({Status.AWAITING_PAYMENT}),
    Letter.PROCESSING: frozenset({Status.UNCONFIRMED, Status.PENDING}),
    Letter.CONFIRMATION: HAS_VOUCHER,
    Letter.CHANGE: HAS_VOUCHER,
    Letter.CANCELLATION: frozenset({Status.CANCELLED}),
    Letter.REFUND_COMING: frozenset({Status.CANCELLED}),
    Letter.REFUND_DONE: frozenset({Status.CANCELLED}),
    Letter.COMMENT: frozenset({Status.REDEEMED}),
}


@frozen
class Place:
    """Which words: of a kind of letter, in a language, for a product (None for all without words of their own)."""

    kind: Letter
    language: str
    product_id: int | None = None


@frozen
class WordsPage:
    """The words that serve a place: `own` where they were written for it, else what it falls back to."""

    place: Place
    words: Words
    own: bool
    version: int


@frozen
class TemplatesPage:
    """Every place with own words, and the products by number and name."""

    own: frozenset[Place]
    products: tuple[tuple[int, str], ...]


@needs(Right.ROUTES)
def see_templates(*, desk: Desk) -> TemplatesPage:
    """Which letters have words of the operator's own."""
    with desk.reading() as look:
        rows = look.execute(select(_T.c.kind, _T.c.language, _T.c.product_id))
        own = frozenset(Place(row.kind, row.language, row.product_id) for row in rows)
        products = look.execute(select(Product.id, Product.name).order_by(Product.name, Product.id))
        return TemplatesPage(own, tuple((row.id, row.name) for row in products))


@needs(Right.ROUTES)
def see_words(place: Place, *, desk: Desk) -> WordsPage:
    """The words of one letter as they serve now."""
    with desk.reading() as look:
        return _page(look, place)


@needs(Right.ROUTES)
def keep_words(place: Place, words: Words, *, desk: Desk, seen: int | None = None) -> WordsPage:
    """Letters that have not left yet are written with these words from now on.

    Raises what `letter_words.template.check` refuses, and ("words-kept-meanwhile") where somebody else has kept
    other words since version `seen`.
    """
    if place.kind not in WORDED or place.language not in LANGUAGES:
        raise CannotDo("letter-without-words", kind=place.kind)
    wanted = Words(words.subject.strip(), words.text.strip() + "\n")
    check(wanted)
    with desk.work() as work:
        look = work.connection
        if place.product_id is not None and not _is_product(look, place.product_id):
            raise CannotDo("letter-product-gone")
        before = _page(look, place)
        _refuse_if_changed(before, seen)
        values = {"subject": wanted.subject, "text": wanted.text, "version": before.version + 1}
        if before.own:
            done = look.execute(
                update(_T).where(*_at(place), _T.c.version == before.version).values(**values)
            )
            if not done.rowcount:
                raise CannotDo("words-kept-meanwhile")
        else:
            told = {"kind": place.kind, "language": place.language, "product_id": place.product_id}
            _insert(look, {**told, **values})
        _record(work, place, "own")
        return _page(look, place)


@needs(Right.ROUTES)
def reset_words(place: Place, *, desk: Desk, seen: int | None = None) -> WordsPage:
    """Own words go; the house's, or those that come with the program, serve again."""
    with desk.work() as work:
        before = _page(work.connection, place)
        _refuse_if_changed(before, seen)
        if before.own:
            work.connection.execute(delete(_T).where(*_at(place)))
            _record(work, place, "usual")
        return _page(work.connection, place)


@needs(Right.ROUTES)
def try_words(place: Place, words: Words, *, desk: Desk, number: str = "") -> LetterSeen:
    """How these words would read: to the traveler of `number`, else of the newest fitting reservation, masked as ever.

    Where there is none yet, to somebody invented. Raises what is wrong with the words, and CannotDo("not-found").
    """
    check(words)
    with desk.reading() as look:
        example = _named(look, number) if number.strip() else _newest(look, place)
        if example is None:
            day, night = (
                sample(look, place.kind, place.language, words, desk.now(), by_night=dark)
                for dark in (False, True)
            )
            return LetterSeen(Wanted(place.kind, 0, place.language), "", 0, day, night.html)
        wanted = Wanted(place.kind, example, place.language)
        day, night = (
            draft(look, wanted, own=words, by_night=dark, language=place.language) for dark in (False, True)
        )
        return LetterSeen(wanted, number_of(example), 0, day, night.html)


def _insert(look: Connection, row: dict[str, Any]) -> None:
    """Somebody at another counter may write the first own words of a place in the same moment."""
    try:
        look.execute(insert(_T), row)
    except IntegrityError as error:
        raise CannotDo("words-kept-meanwhile") from error


def _page(look: Connection, place: Place) -> WordsPage:
    row = look.execute(select(_T).where(*_at(place))).first()
    if row is not None:
        return WordsPage(place, Words(row.subject, row.text), True, row.version)
    if place.product_id is None:
        return WordsPage(place, usual_words(place.kind, place.language), False, 0)
    return WordsPage(place, words_for(look, place.kind, place.language, place.product_id), False, 0)


def _at(place: Place) -> tuple[Any, ...]:
    product = _T.c.product_id
    of = product.is_(None) if place.product_id is None else product == place.product_id
    return (_T.c.kind == place.kind, _T.c.language == place.language, of)


def _refuse_if_changed(before: WordsPage, seen: int | None) -> None:
    if seen is not None and before.version != seen:
        raise CannotDo("words-kept-meanwhile")


def _record(work: Any, place: Place, words: str) -> None:
    subject = f"product:{place.product_id}" if place.product_id is not None else "operator:1"
    work.record(subject, "letter-words", letter=place.kind, language=place.language, words=words)
    work.changed.add("letter-words")


def _is_product(look: Connection, product_id: int) -> bool:
    return look.execute(select(Product.id).where(Product.id == product_id)).scalar() is not None


def _named(look: Connection, number: str) -> int:
    found = our_id(number)
    known = found is not None and look.execute(select(_R.c.id).where(_R.c.id == found)).scalar() is not None
    if found is None or not known:
        raise CannotDo("not-found", reference=number.strip())
    return found


def _newest(look: Connection, place: Place) -> int | None:
    newest = look.execute(select(func.max(_R.c.id))).scalar()
    if newest is None:
        return None
    asked = select(_R.c.id).where(_R.c.id > newest - _LOOKED_THROUGH).order_by(_R.c.id.desc()).limit(1)
    if place.product_id is not None:
        asked = asked.where(_R.c.product_id == place.product_id)
    fitting = _FITTING.get(place.kind)
    found = look.execute(asked.where(_R.c.status.in_(fitting))).scalar() if fitting else None
    return found if found is not None else look.execute(asked).scalar()
