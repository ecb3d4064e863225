"""Fills practice data with an invented operator and invented travelers, through the real use cases.

Nobody here exists. The same seed on the same day gives the same desk.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from controllers import products
from controllers.channels.raw import Raw
from controllers.desk import Desk, Work
from controllers.placing import Places, places
from controllers.receiving import arrive, receive
from models.money import Money
from models.orders import Collector, Line, Order
from models.products import OptionFacts, ProductFacts, Validity
from models.refusals import CannotDo
from models.reservations import Status, holds_seats
from models.tables import Product, Reservation

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
_CHUNK = 5_000

_GIVEN = (
    "Mira Jonas Ana Olle Priya Arun Yuna Hana Kenji Wei Lin Tomas Eva Noor Ida Leo Nina Omar Rosa Bao".split()
)
_FAMILY = "Example Sample Muster Demo Modelo Esempio Testmann Voorbeeld".split()
_KOREAN = "김예시 이보기 박견본 최연습 정모의 한가상 오시범 유실습".split()
_CHINESE = "林範例 陳示範 王練習 張樣本 李模擬".split()
_JAPANESE = "見本 花子|例文 太郎|試験 桜|練習 健".split("|")
_REQUESTS = (
    "Window seat, please",
    "One pushchair",
    "Vegetarian",
    "유모차 있어요",
    "素食兩位",
    "車椅子で参加します",
)
_CHANNELS = (  # channel, via, weight, language, names
    ("kkday", "rezio", 30, "zh-TW", _CHINESE),
    ("myrealtrip", "", 25, "ko", _KOREAN),
    ("klook", "", 15, "en", None),
    ("getyourguide", "", 12, "en", None),
    ("viator", "", 10, "en", None),
    ("direct", "", 8, "ja", _JAPANESE),
)


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


def fill(*, desk: Desk, rows: int = 200, seed: int = 1) -> int:
    """Adds the demo products where there are none, and `rows` reservations around today; how many were taken.

    Raises CannotDo("not-practice") on real data.
    """
    if not desk.practice:
        raise CannotDo("not-practice", where=desk.database.where)
    with desk.reading() as look:
        empty = look.execute(select(func.count()).select_from(Product)).scalar_one() == 0
        start = int(look.execute(select(func.count()).select_from(Reservation)).scalar_one())
    if empty:
        products.save_products(DEMO / "products.toml", desk=desk)
    chance = random.Random(seed)
    taken, full = 0, _Full()
    while taken < rows:
        with desk.work() as work:
            taken += _some(work, chance, full, start + taken, min(_CHUNK, rows - taken), rows)
    return taken


class _Full:
    """How many seats the invented orders hold, so that hardly any departure is overbooked."""

    def __init__(self) -> None:
        self._heads: Counter[tuple[int, date]] = Counter()

    def refuses(self, option: OptionFacts, day: date, heads: int) -> bool:
        """Whether so many do not fit any more; they are counted where they do."""
        if self._heads[option.id, day] + heads > option.schedule.capacity:
            return True
        self._heads[option.id, day] += heads
        return False


def _some(work: Work, chance: random.Random, full: _Full, start: int, count: int, rows: int) -> int:
    where = places(work)
    offers = [
        (product, option)
        for product in where.catalogue.products
        for option in product.options
        if option.offered
    ]
    if not offers:
        raise CannotDo("no-products")
    spread = max(30, rows // 60)
    made = list(_orders(work.now, where, chance, full, offers, start, count, spread))
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
    spread: int,
) -> Iterator[Order]:
    today = now.astimezone(ZoneInfo(where.operator.zone)).date()
    channels = [c for c in _CHANNELS for _ in range(c[2])]
    for n in range(start, start + count):
        product, option = chance.choice(offers)
        day = _day(chance, option, today, spread)
        yield _order(n, chance, full, chance.choice(channels), product, option, day, now)


def _day(chance: random.Random, option: OptionFacts, today: date, spread: int) -> date:
    """Most orders are for the coming days, some for the past."""
    ahead = int(chance.triangular(-spread // 3, spread, 2))
    for step in range(8):
        day = today + timedelta(days=ahead + step)
        if option.schedule.runs_on(day):
            return day
    return today + timedelta(days=ahead)


def _order(
    n: int,
    chance: random.Random,
    full: _Full,
    sold_by: tuple[str, str, int, str, list[str] | None],
    product: ProductFacts,
    option: OptionFacts,
    day: date,
    now: datetime,
) -> Order:
    channel, via, _, language, names = sold_by
    departs_at = option.schedule.departs_at(day, product.zone)
    lines, total = _party(chance, option, product.currency)
    status = _status(chance, channel, departs_at, now)
    if holds_seats(status) and full.refuses(option, day, sum(line.quantity for line in lines)):
        status = Status.CANCELLED
    name = chance.choice(names) if names else f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
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
        starts=None if opened else option.schedule.starts,
        open_dated=opened,
        lines=lines,
        lead=name,
        companions=(chance.choice(names) if names else f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}",)
        if len(lines) > 1
        else (),
        email=f"traveler{n}@example.com",
        phone=f"+82 10 0000 {n % 10000:04d}",
        language=language,
        request=chance.choice(_REQUESTS) if chance.random() < 0.15 else "",
        amount=total,
        balance=total if unpaid else None,
        paid=not unpaid,
        collector=Collector.US if own else Collector.CHANNEL,
        ordered_at=_ordered_at(chance, status, min(now, departs_at)),
    )


def _ordered_at(chance: random.Random, status: Status, before: datetime) -> datetime:
    """What still waits was ordered lately."""
    waits = status in (Status.UNCONFIRMED, Status.PENDING, Status.AWAITING_PAYMENT)
    hours = chance.randint(1, 44) if waits else chance.randint(1, 24 * 9)
    return before - timedelta(hours=hours, minutes=chance.randint(0, 59))


def _party(chance: random.Random, option: OptionFacts, currency: str) -> tuple[tuple[Line, ...], Money]:
    adults = chance.choice((1, 2, 2, 2, 3, 4, 6))
    lines = [Line("Adult", adults)]
    if len(option.units) > 1 and chance.random() < 0.3:
        lines.append(Line("Child", chance.choice((1, 1, 2))))
    total = sum(39_000 * line.quantity if line.unit == "Adult" else 25_000 * line.quantity for line in lines)
    return tuple(lines), Money(total, currency)


def _status(chance: random.Random, channel: str, departs_at: datetime, now: datetime) -> Status:
    roll = chance.random()
    if departs_at < now - timedelta(hours=6):
        ended = (Status.REDEEMED,) * 8 + (Status.NO_SHOW, Status.CANCELLED)
        return chance.choice(ended) if channel != "direct" else chance.choice(ended[:8])
    if roll < 0.11:
        return Status.UNCONFIRMED
    if roll < 0.13:
        return Status.PENDING
    if roll < 0.16:
        return Status.AWAITING_PAYMENT
    if roll < 0.18:
        return Status.CANCEL_REQUESTED
    return Status.CANCELLED if roll < 0.24 else Status.CONFIRMED


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
