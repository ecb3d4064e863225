"""Reads reviews for their list, the newest first, and what they come to by product, departure and guide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, Table, func, select, tuple_

from models.companions import companions_of
from models.frozen import frozen
from models.leaving import in_reach
from models.money import Money
from models.privacy import HIDDEN, may_see, without_traveler
from models.references import number_of
from models.review import NO_TALLY, Source, Tally, tally_of, together
from models.rewards import RewardFacts, RewardTold, counts_now, spelled
from models.tables import Departure, Option, Product, Reservation, Review, ReviewPhoto, Reward, Staff
from models.tables.reviews import COUNTS, UNANSWERED, WANTS_A_LOOK

PAGE = 50
_V: Table = Review.__table__  # type: ignore[assignment]
_W: Table = Reward.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_MOST_DEPARTURES = 40
_LATELY_DAYS, _ANSWER_DAYS = 30, 7
Place = tuple[datetime, int]


class Standing(StrEnum):
    """Which reviews a list shows."""

    ALL = "all"
    UNANSWERED = "unanswered"
    TO_LOOK_AT = "to look at"


@frozen
class ReviewFilter:
    """What a list of reviews is narrowed to; days are the operator's."""

    standing: Standing = Standing.ALL
    product_id: int | None = None
    departure_id: int | None = None
    guide: str = ""
    ratings: frozenset[int] = frozenset()
    first: date | None = None
    last: date | None = None


@frozen
class ReviewRow:
    """One review. `traveler` and `words` are masked where the traveler may not be seen.

    `reward` is the code that thanked for it, for those who may thank.
    """

    id: int
    reservation_id: int
    number: str
    at: datetime
    rating: int
    words: str
    traveler: str
    product: str
    departs_at: datetime | None
    zone: str
    guide: str
    source: Source
    photos: int
    waits: bool
    reply: str
    reply_at: datetime | None
    reply_by: str
    version: int
    reward: RewardTold | None = None

    @property
    def place(self) -> Place:
        """Where the next page goes on."""
        return self.at, self.id


@frozen
class Line:
    """What the reviews of one product, departure or guide come to. `key` narrows the list to them."""

    key: int | str
    name: str
    tally: Tally
    departs_at: datetime | None = None
    zone: str = "UTC"


@frozen
class Tallies:
    """What the reviews of a filter come to, whole and by what they are about."""

    all: Tally
    products: tuple[Line, ...]
    departures: tuple[Line, ...]
    guides: tuple[Line, ...]
    waiting: int
    unanswered: int


@frozen
class Lately:
    """What waits: proposals to look at, reviews of these days that nobody answered; and the average of a month."""

    waiting: int = 0
    unanswered: int = 0
    tally: Tally = NO_TALLY


NOTHING_LATELY = Lately()


def review_rows(
    look: Connection,
    wanted: ReviewFilter,
    zone: str,
    after: Place | None = None,
    most: int = PAGE,
    *,
    rewards_on: date | None = None,
) -> tuple[ReviewRow, ...]:
    """A page of them, the newest first; `after` goes on below a row. `rewards_on` a day their codes are told."""
    asked = _narrowed(_LISTED, wanted, zone)
    if after is not None:
        asked = asked.where(tuple_(_V.c.at, _V.c.id) < tuple_(*after))
    rows = look.execute(asked.order_by(_V.c.at.desc(), _V.c.id.desc()).limit(most)).all()
    photos = _photos(look, [row.id for row in rows])
    others = companions_of(look, [row.reservation_id for row in rows])
    told = tuple(_row(row, photos.get(row.id, 0), others[row.reservation_id]) for row in rows)
    return told if rewards_on is None else _thanked(look, told, rewards_on)


def review_of(look: Connection, reservation_id: int) -> ReviewRow | None:
    """The review of one order, or what waits to become it."""
    row = look.execute(_LISTED.where(_V.c.reservation_id == reservation_id).order_by(_V.c.waits)).first()
    if row is None:
        return None
    photos, others = _photos(look, [row.id]), companions_of(look, [reservation_id])
    return _row(row, photos.get(row.id, 0), others[reservation_id])


def tallies(look: Connection, wanted: ReviewFilter, zone: str) -> Tallies:
    """What they come to. What waits for a person counts nowhere but in `waiting`."""
    products = _grouped(look, wanted, zone, _V.c.product_id)
    guides = _grouped(look, wanted, zone, _V.c.guide)
    names = dict(look.execute(select(Product.id, Product.name)).all())
    waiting = select(func.count()).select_from(_V).where(WANTS_A_LOOK)
    unanswered = select(func.count()).select_from(_V).where(UNANSWERED)
    return Tallies(
        together(products.values()),
        _in_turn(Line(key or 0, names.get(key, ""), tally) for key, tally in products.items()),
        _departures(look, wanted, zone, names),
        _in_turn(Line(key, key, tally) for key, tally in guides.items() if key),
        int(look.execute(waiting).scalar_one()),
        int(look.execute(unanswered).scalar_one()),
    )


def lately(look: Connection, now: datetime) -> Lately:
    """The last thirty days for the dashboard; not answered counts those of the last seven."""
    waiting = select(func.count()).select_from(_V).where(WANTS_A_LOOK)
    since = now - timedelta(days=_ANSWER_DAYS)
    asked = select(func.count()).where(_V.c.at >= since, UNANSWERED)
    many = select(_V.c.rating, func.count()).where(_V.c.at >= now - timedelta(days=_LATELY_DAYS), COUNTS)
    return Lately(
        int(look.execute(waiting).scalar_one()),
        int(look.execute(asked).scalar_one()),
        tally_of(dict(look.execute(many.group_by(_V.c.rating)).all())),
    )


def averages(look: Connection) -> dict[int, Tally]:
    """What the reviews of every product come to, by its id."""
    return {key: one for key, one in _grouped(look, ReviewFilter(), "UTC", _V.c.product_id).items() if key}


# --- one row ----------------------------------------------------------------------------------

_LISTED = (
    select(
        _V,
        *(_R.c[name] for name in "channel via first_confirmed_at lead email phone departs_at zone".split()),
        _R.c.product_text,
        Product.name.label("product"),
        Staff.name.label("by"),
    )
    .join(_R, _R.c.id == _V.c.reservation_id)
    .outerjoin(Product, Product.id == _V.c.product_id)
    .outerjoin(Staff, Staff.id == _V.c.reply_by)
)


def _row(row: Any, photos: int, others: Sequence[str]) -> ReviewRow:
    seen = may_see(row.first_confirmed_at, row.channel, row.via)
    known = (row.lead, row.email, row.phone, *others)
    return ReviewRow(
        row.id,
        row.reservation_id,
        number_of(row.reservation_id),
        row.at,
        row.rating,
        row.words if seen else without_traveler(row.words, known),
        row.lead if seen else HIDDEN,
        row.product or row.product_text,
        row.departs_at,
        row.zone or "UTC",
        row.guide,
        Source(row.source),
        photos if seen else 0,
        row.waits,
        row.reply if seen else without_traveler(row.reply, known),
        row.reply_at,
        row.by or "",
        row.version,
    )


def _photos(look: Connection, ids: Sequence[int]) -> dict[int, int]:
    asked = select(ReviewPhoto.review_id, func.count()).where(ReviewPhoto.review_id.in_(ids))
    return dict(look.execute(asked.group_by(ReviewPhoto.review_id)).all()) if ids else {}


def _thanked(look: Connection, told: Sequence[ReviewRow], today: date) -> tuple[ReviewRow, ...]:
    """The same with the codes their travelers got; what must not be seen of somebody tells no code either."""
    asked = select(_W).where(_W.c.reservation_id.in_([row.reservation_id for row in told]))
    codes = {row.reservation_id: row for row in look.execute(asked)} if told else {}
    return tuple(
        replace(row, reward=_reward(codes[row.reservation_id], today))
        if row.reservation_id in codes and not row.waits and row.traveler != HIDDEN
        else row
        for row in told
    )


def _reward(kept: Any, today: date) -> RewardTold:
    facts = RewardFacts(
        kept.code, kept.percent, kept.currency, kept.balance, kept.valid_until, kept.revoked_at is not None
    )
    counts = counts_now(facts, kept.amount_minor or 1, today)
    if kept.percent:
        return RewardTold(spelled(kept.code), kept.percent, None, None, kept.valid_until, counts)
    amount, left = (Money(minor, kept.currency) for minor in (kept.amount_minor, kept.balance))
    return RewardTold(spelled(kept.code), 0, amount, left, kept.valid_until, counts)


# --- narrowing and adding up ------------------------------------------------------------------


def _narrowed(asked: Select[Any], wanted: ReviewFilter, zone: str) -> Select[Any]:
    if wanted.standing is Standing.TO_LOOK_AT:
        asked = asked.where(WANTS_A_LOOK)
    elif wanted.standing is Standing.UNANSWERED:
        asked = asked.where(UNANSWERED)
    if wanted.product_id is not None:
        asked = asked.where(_V.c.product_id == wanted.product_id)
    if wanted.departure_id is not None:
        asked = asked.where(_V.c.departure_id == wanted.departure_id)
    if wanted.guide:
        asked = asked.where(_V.c.guide == wanted.guide)
    if wanted.ratings:
        asked = asked.where(_V.c.rating.in_(sorted(wanted.ratings)))
    if wanted.first is not None:
        asked = asked.where(_V.c.at >= _midnight(in_reach(wanted.first), zone))
    if wanted.last is not None:
        asked = asked.where(_V.c.at < _midnight(in_reach(wanted.last) + timedelta(days=1), zone))
    return asked


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _grouped(look: Connection, wanted: ReviewFilter, zone: str, by: Any) -> dict[Any, Tally]:
    asked = _narrowed(select(by, _V.c.rating, func.count()).where(COUNTS), wanted, zone)
    return _tallied(look.execute(asked.group_by(by, _V.c.rating)))


def _tallied(rows: Any) -> dict[Any, Tally]:
    found: dict[Any, dict[int, int]] = defaultdict(dict)
    for key, rating, many in rows:
        found[key][rating] = many
    return {key: tally_of(many) for key, many in found.items()}


def _in_turn(lines: Any) -> tuple[Line, ...]:
    """The most reviewed first."""
    return tuple(sorted(lines, key=lambda one: (-one.tally.count, one.name)))


def _departures(look: Connection, wanted: ReviewFilter, zone: str, names: dict[Any, str]) -> tuple[Line, ...]:
    """The newest departures that were reviewed."""
    reviewed = _narrowed(select(_V.c.id).where(_V.c.departure_id == Departure.id, COUNTS), wanted, zone)
    newest = (
        select(Departure.id, Departure.departs_at, Product.zone, Option.product_id)
        .join(Option, Option.id == Departure.option_id)
        .join(Product, Product.id == Option.product_id)
        .where(reviewed.exists())
        .order_by(Departure.departs_at.desc(), Departure.id.desc())
    )
    told = {row.id: row for row in look.execute(newest.limit(_MOST_DEPARTURES))}
    many = select(_V.c.departure_id, _V.c.rating, func.count()).where(_V.c.departure_id.in_(told), COUNTS)
    grouped = _narrowed(many, wanted, zone).group_by(_V.c.departure_id, _V.c.rating)
    found = _tallied(look.execute(grouped)) if told else {}
    return tuple(
        Line(one, names.get(row.product_id, ""), found[one], row.departs_at, row.zone or "UTC")
        for one, row in told.items()
        if one in found
    )
