"""Fills practice data with an invented operator and invented travelers, through the real use cases.

Nobody here exists. The same seed on the same day gives the same desk.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from controllers import practice_people, practice_products, products
from controllers.channels.raw import Raw
from controllers.desk import Desk, Work
from controllers.placing import Places, places
from controllers.receiving import arrive, receive
from controllers.rights import needs
from models.frozen import frozen
from models.money import Money
from models.orders import Collector, Line, Order
from models.products import Confirmation, OptionFacts, ProductFacts, Validity
from models.refusals import CannotDo
from models.reservations import Status, holds_seats
from models.rights import Right
from models.schedule import Schedule
from models.tables import Product, Reservation

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
_CHUNK = 5_000

_REQUESTS = (
    "Window seat, please",
    "One pushchair",
    "Vegetarian",
    "유모차 있어요",
    "素食兩位",
    "車椅子で参加します",
)
_CHANNELS = (  # channel, via, weight, language
    ("kkday", "rezio", 30, "zh-TW"),
    ("myrealtrip", "", 25, "ko"),
    ("klook", "", 15, "en"),
    ("getyourguide", "", 12, "en"),
    ("viator", "", 10, "en"),
    ("direct", "", 8, "ja"),
)
_HEADS = 2.6  # of an invented order, on average
_SEATS = 70  # that are sold on an invented departure
_LATELY = timedelta(hours=44)


@frozen
class _Span:
    """Over which days so many orders are spread: a thousand a day at most, and most of many are past."""

    past: int
    ahead: int
    ordered: int

    @classmethod
    def of(cls, rows: int) -> _Span:
        """The span of a number of orders."""
        return cls(
            _within(10, rows // 1000, 900), _within(30, rows // 2000, 180), _within(4, rows // 5000, 90)
        )

    def options_for(self, rows: int) -> int:
        """How many options it takes, beside the demo's own, so that the orders find a seat."""
        heads = rows / (self.past + self.ahead) * _HEADS
        return int(heads / _SEATS) if heads > 2 * _SEATS else 0


def _within(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))


class _Invented(Raw):
    """A row that no file ever held."""

    __slots__ = ("_told",)

    def __init__(self, row: int, order: Order) -> None:
        self.row = row
        self._told = order
        self.digest = hashlib.blake2b(f"{order.channel}{order.reference}".encode(), digest_size=16).digest()

    @property
    def cells(self) -> Mapping[str, str]:
        return {"reference": self._told.reference}

    def _order(self) -> Order:
        return self._told

    def _reference(self) -> str:
        return self._told.reference


@needs(Right.DATABASE)
def fill(
    *, desk: Desk, rows: int = 200, seed: int = 1, progress: Callable[[int], object] | None = None
) -> int:
    """Adds the demo products where there are none, and `rows` reservations around today; how many were taken.

    A million take some minutes; `progress` hears how many are in. Raises CannotDo("not-practice") on real data.
    """
    if not desk.practice:
        raise CannotDo("not-practice", where=desk.database.where)
    with desk.reading() as look:
        empty = look.execute(select(func.count()).select_from(Product)).scalar_one() == 0
        start = int(look.execute(select(func.count()).select_from(Reservation)).scalar_one())
    span = _Span.of(rows)
    if empty:
        products.save_products(DEMO / "products.toml", desk=desk)
        more = span.options_for(rows)
        if more:
            practice_products.invent(more, desk=desk)
    chance = random.Random(seed)
    taken, full = 0, _Full()
    while taken < rows:
        with desk.work() as work:
            taken += _some(work, chance, full, start + taken, min(_CHUNK, rows - taken), span)
        if progress is not None:
            progress(taken)
    desk.database.gather_statistics()
    return taken


class _Full:
    """How many seats the invented orders hold, so that hardly any departure is overbooked."""

    def __init__(self) -> None:
        self._heads: Counter[tuple[int, date, time]] = Counter()

    def refuses(self, option: OptionFacts, day: date, schedule: Schedule, heads: int) -> bool:
        """Whether so many do not fit any more; they are counted where they do."""
        leaving = (option.id, day, schedule.starts)
        if self._heads[leaving] + heads > schedule.capacity:
            return True
        self._heads[leaving] += heads
        return False


def _some(work: Work, chance: random.Random, full: _Full, start: int, count: int, span: _Span) -> int:
    where = places(work)
    offers = [
        (product, option)
        for product in where.catalogue.products
        for option in product.options
        if option.offered and option.rules
    ]
    if not offers:
        raise CannotDo("no-products")
    made = list(_orders(work.now, where, chance, full, offers, start, count, span))
    receive(where, [arrive(where, _Invented(n, order), order) for n, order in enumerate(made)], "practice")
    work.record("practice", "practice", taken=len(made))
    return len(made)


def _orders(
    now: datetime,
    where: Places,
    chance: random.Random,
    full: _Full,
    offers: list[tuple[ProductFacts, OptionFacts]],
    start: int,
    count: int,
    span: _Span,
) -> Iterator[Order]:
    today = now.astimezone(ZoneInfo(where.operator.zone)).date()
    channels = [c for c in _CHANNELS for _ in range(c[2])]
    sold = list(accumulate(map(_sells, offers)))
    for n in range(start, start + count):
        product, option = chance.choices(offers, cum_weights=sold)[0]
        day, schedule = _leaving(chance, option, today, span)
        yield _order(n, chance, full, chance.choice(channels), product, option, day, schedule, now, span)


def _sells(offer: tuple[ProductFacts, OptionFacts]) -> int:
    """How well an option sells beside the others: as it has seats, and open-dated tickets a little."""
    product, option = offer
    return sum(rule.capacity for rule in option.rules) if product.validity is Validity.DEPARTURE else 12


def _leaving(chance: random.Random, option: OptionFacts, today: date, span: _Span) -> tuple[date, Schedule]:
    """The past evenly; of what is ahead, most is near; each for one of the departures of its day."""
    if chance.random() < span.past / (span.past + span.ahead):
        ahead = -chance.randint(1, span.past)
    else:
        ahead = int(chance.triangular(0, span.ahead, 0))
    for step in range(8):
        day = today + timedelta(days=ahead + step)
        running = option.runs(day)
        if running:
            return day, running[0] if len(running) == 1 else chance.choice(running)
    return today + timedelta(days=ahead), option.rules[0]


def _order(
    n: int,
    chance: random.Random,
    full: _Full,
    sold_by: tuple[str, str, int, str],
    product: ProductFacts,
    option: OptionFacts,
    day: date,
    schedule: Schedule,
    now: datetime,
    span: _Span,
) -> Order:
    channel, via, _, language = sold_by
    departs_at = schedule.departs_at(day, product.zone)
    lines, total = _party(chance, option, product.currency)
    ordered_at = _ordered_at(chance, departs_at, now, span)
    status = _status(chance, channel, departs_at, ordered_at, now)
    confirms_itself = status is Status.UNCONFIRMED and product.confirmation is Confirmation.INSTANT
    takes = holds_seats(status, own_sale=channel == "direct") or confirms_itself
    if takes and full.refuses(option, day, schedule, sum(line.quantity for line in lines)):
        status = Status.CANCELLED
    own = channel == "direct"
    unpaid = status is Status.AWAITING_PAYMENT or (own and chance.random() < 0.3)
    opened = product.validity is not Validity.DEPARTURE
    return Order(
        channel=channel,
        via=via,
        reference=_reference(channel, n, now),
        status_word=status.value.replace("_", " ").title(),
        status=status,
        products=(product.name,),
        options=(option.name,),
        departs_on=None if opened else day,
        starts=None if opened else schedule.starts,
        open_dated=opened,
        lines=lines,
        lead=practice_people.invent(chance, language),
        companions=(practice_people.invent(chance, language),) if len(lines) > 1 else (),
        email=f"traveler{n}@example.com",
        phone=f"+82 10 {n // 10000 % 10000:04d} {n % 10000:04d}",
        language=language,
        request=chance.choice(_REQUESTS) if chance.random() < 0.15 else "",
        amount=total,
        balance=total if unpaid else None,
        paid=not unpaid,
        collector=Collector.US if own else Collector.CHANNEL,
        ordered_at=ordered_at,
    )


def _ordered_at(chance: random.Random, departs_at: datetime, now: datetime, span: _Span) -> datetime:
    """Some days before the departure, and never after now."""
    before = min(now, departs_at)
    return before - timedelta(minutes=chance.randint(60, span.ordered * 24 * 60))


def _party(chance: random.Random, option: OptionFacts, currency: str) -> tuple[tuple[Line, ...], Money]:
    adults = chance.choice((1, 2, 2, 2, 3, 4, 6))
    lines = [Line("Adult", adults)]
    if len(option.units) > 1 and chance.random() < 0.3:
        lines.append(Line("Child", chance.choice((1, 1, 2))))
    total = sum(39_000 * line.quantity if line.unit == "Adult" else 25_000 * line.quantity for line in lines)
    return tuple(lines), Money(total, currency)


def _status(
    chance: random.Random, channel: str, departs_at: datetime, ordered_at: datetime, now: datetime
) -> Status:
    """Only what was ordered lately still waits."""
    roll = chance.random()
    if departs_at < now - timedelta(hours=6):
        ended = (Status.REDEEMED,) * 8 + (Status.NO_SHOW, Status.CANCELLED)
        return chance.choice(ended) if channel != "direct" else chance.choice(ended[:8])
    if ordered_at > now - _LATELY:
        if roll < 0.24:
            return Status.UNCONFIRMED
        if roll < 0.29:
            return Status.PENDING
        if roll < 0.36:
            return Status.AWAITING_PAYMENT
    if roll > 0.98 and ordered_at > now - 4 * _LATELY:
        return Status.CANCEL_REQUESTED
    return Status.CANCELLED if roll > 0.92 else Status.CONFIRMED


def _reference(channel: str, n: int, now: datetime) -> str:
    year = f"{now.year % 100:02d}"
    return {
        "kkday": f"{year}KK9{n:08d}",
        "myrealtrip": f"TNA-{now:%Y%m%d}-{n:07d}",
        "klook": f"KLX{n:07d}",
        "getyourguide": f"GYGX{n:08d}",
        "viator": f"BR-9{n:09d}",
        "direct": f"D-{n:05d}",
    }[channel]
