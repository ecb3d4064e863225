"""The end of a day in figures that must agree: who was let in, what was refused, and the money that was taken.

Each figure is told twice by the database, by what happened (scans, payments) and by what stands there now
(reservations, drawers). Where the two do not agree the sheet says so; what is only unfinished is told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime

from models.arrivals import in_after
from models.checkin import TURNED_AWAY, Kind
from models.drawer import Amounts, MoneyTaken, expected_in
from models.frozen import frozen
from models.money import Money
from models.reservations import GONE, HOLDERS, Status
from models.rewards import METHOD
from models.tender import Method


@frozen
class TripAt:
    """A departure, or (without an id) a product's orders that have none. `seats_taken` as the departure says it."""

    departure_id: int | None
    departs_at: datetime | None
    product: str
    option: str
    zone: str
    seats_taken: int | None = None


@frozen
class OrderAt:
    """One order as it stands now. `today` whether it is expected on the day of the sheet, `holds` seats."""

    id: int
    number: str
    trip: TripAt
    status: Status
    heads: int
    arrived: int
    today: bool
    holds: bool


@frozen
class ScanAt:
    """One judged scan. `why` is the reason of a force, without anybody's name; `on_day` of this sheet.

    `most` is how many belonged to the party when it was made: an order may be changed afterwards.
    """

    order_id: int | None
    number: str
    at: datetime
    counter: str
    staff: str
    kind: Kind
    admitted: int
    why: str
    forced: bool
    undone: bool
    undo_why: str
    on_day: bool
    most: int


@frozen
class TakenAt:
    """One payment that a counter took."""

    at: datetime
    counter: str
    staff: str
    method: str
    paid: Money
    handed: Money
    change: Money

    @property
    def cash(self) -> MoneyTaken | None:
        """What it did to the drawer."""
        return MoneyTaken(self.handed, self.change) if self.method == Method.CASH else None


@frozen
class MovedAt:
    """Cash put into a drawer (above 0) or taken out without a sale."""

    at: datetime
    counter: str
    staff: str
    money: Money


@frozen
class ShiftAt:
    """A shift that was open on the day. `expected` and `counted` as they were kept when it was closed."""

    counter: str
    opened_at: datetime
    opened_by: str
    opened_with: Amounts
    closed_at: datetime | None
    closed_by: str
    expected: Amounts
    counted: Amounts
    note: str

    def has(self, counter: str, at: datetime) -> bool:
        """Whether something that happened at a counter belongs to this shift."""
        return (
            counter == self.counter
            and self.opened_at <= at
            and (self.closed_at is None or at < self.closed_at)
        )

    @property
    def off(self) -> Amounts:
        """Counted less expected, by currency, only where it does not agree."""
        if self.closed_at is None:
            return {}
        return _less(self.counted, self.expected)


@frozen
class SaleAt:
    """One order that was sold at the desk on the day: what it costs, what was paid and what is still due to us."""

    number: str
    status: Status
    heads: int
    total: Money
    paid: Money
    due: Money

    @property
    def stands(self) -> bool:
        """Whether it was not cancelled, nor did it lapse."""
        return self.status not in GONE


@frozen
class RefundAt:
    """One refund that was promised or paid on the day; `ours` is paid by the desk, the others by the channel."""

    money: Money
    ours: bool
    promised: bool
    paid: bool


@frozen
class RewardAt:
    """One line of the ledger of reward codes: given, spent, returned or revoked. A percent given has no amount."""

    kind: str
    money: Money


@frozen
class DayFacts:
    """Everything the sheet is made of. `taken` and `moves` reach back to the beginning of the day's shifts."""

    day: date
    begins: datetime
    ends: datetime
    now: datetime
    zone: str
    operator: str
    practice: bool
    orders: tuple[OrderAt, ...]
    scans: tuple[ScanAt, ...]
    taken: tuple[TakenAt, ...]
    moves: tuple[MovedAt, ...]
    shifts: tuple[ShiftAt, ...]
    sales: tuple[SaleAt, ...]
    refunds: tuple[RefundAt, ...]
    closings: tuple[int, int, int] = (0, 0, 0)
    """Closes of trips that were made on the day: by people, by the clock, and those taken back."""
    rewards: tuple[RewardAt, ...] = ()
    """What reward codes were given and took off on the day."""


@frozen
class Finding:
    """Something that does not agree (`wrong`), or is not finished yet; `code` and facts for its sentence."""

    code: str
    wrong: bool
    facts: Mapping[str, object] = field(default_factory=dict)


@frozen
class TripEnd:
    """One line of the arrivals. Heads, but for the orders and what became of them.

    `in_by_scans` is admitted less undone; `elsewhen` came in on another day; `in_by_orders` is what the
    reservations say.
    """

    trip: TripAt
    orders: int
    expected: int
    admitted: int
    undone: int
    elsewhen: int
    in_by_orders: int
    redeemed: int
    no_shows: int
    to_close: int
    undecided: int

    @property
    def in_by_scans(self) -> int:
        """Who came in on the day and was not taken back."""
        return self.admitted - self.undone


@frozen
class DayEnd:
    """The sheet: its facts, its lines, and whatever does not agree or is not finished."""

    facts: DayFacts
    trips: tuple[TripEnd, ...]
    refusals: tuple[tuple[Kind, int], ...]
    forced: tuple[ScanAt, ...]
    undone: tuple[ScanAt, ...]
    taken: tuple[tuple[str, str, str, int, int], ...]
    """Counter, method, currency, payments, minor units."""
    findings: tuple[Finding, ...]

    @property
    def adds_up(self) -> bool:
        """Whether everything agrees."""
        return not any(one.wrong for one in self.findings)

    @property
    def total(self) -> tuple[int, int, int]:
        """Heads expected, admitted less undone, and in by the reservations."""
        return (
            sum(one.expected for one in self.trips),
            sum(one.in_by_scans for one in self.trips),
            sum(one.in_by_orders for one in self.trips),
        )


def day_end(facts: DayFacts) -> DayEnd:
    """Adds everything up, and says where it does not agree."""
    trips = _trips(facts)
    on_day = [scan for scan in facts.scans if scan.on_day]
    refusals = Counter(scan.kind for scan in on_day if not scan.admitted and scan.kind in TURNED_AWAY)
    findings = (*_of_arrivals(facts, trips), *_of_money(facts), *_of_sales(facts), *_of_rewards(facts))
    return DayEnd(
        facts,
        trips,
        tuple(sorted(refusals.items(), key=lambda told: (-told[1], told[0]))),
        tuple(scan for scan in on_day if scan.forced and scan.admitted),
        tuple(scan for scan in on_day if scan.undone and scan.admitted),
        _taken(facts),
        tuple(sorted(findings, key=lambda one: not one.wrong)),
    )


# --- arrivals ---------------------------------------------------------------------------------

_UNDECIDED = frozenset(Status) - HOLDERS - GONE | {Status.CANCEL_REQUESTED}


def _trips(facts: DayFacts) -> tuple[TripEnd, ...]:
    orders: dict[TripAt, list[OrderAt]] = {}
    for order in facts.orders:
        orders.setdefault(order.trip, []).append(order)
    scans: dict[int, list[ScanAt]] = {}
    for scan in facts.scans:
        if scan.order_id is not None and scan.admitted:
            scans.setdefault(scan.order_id, []).append(scan)
    made = [_trip(trip, of, scans) for trip, of in orders.items()]
    shown = [one for one in made if one.orders or one.admitted or one.in_by_orders or one.undecided]
    return tuple(sorted(shown, key=_in_turn))


def _in_turn(end: TripEnd) -> tuple[bool, str, str, int]:
    at = end.trip.departs_at
    return at is None, at.isoformat() if at else "", end.trip.product, end.trip.departure_id or 0


def _trip(trip: TripAt, orders: list[OrderAt], scans: Mapping[int, list[ScanAt]]) -> TripEnd:
    holders = [order for order in orders if order.status in HOLDERS and order.today]
    of = [scan for order in orders for scan in scans.get(order.id, ())]
    statuses = Counter(order.status for order in orders)
    return TripEnd(
        trip,
        orders=len(holders),
        expected=sum(order.heads for order in holders),
        admitted=sum(scan.admitted for scan in of if scan.on_day),
        undone=sum(scan.admitted for scan in of if scan.on_day and scan.undone),
        elsewhen=sum(scan.admitted for scan in of if not scan.on_day and not scan.undone),
        in_by_orders=sum(order.arrived for order in orders),
        redeemed=statuses[Status.REDEEMED],
        no_shows=statuses[Status.NO_SHOW],
        to_close=sum(order.today for order in orders if order.status is Status.CONFIRMED),
        undecided=sum(order.today for order in orders if order.status in _UNDECIDED),
    )


def _of_arrivals(facts: DayFacts, trips: Iterable[TripEnd]) -> Iterator[Finding]:
    admissions: dict[int, list[tuple[int, int]]] = {}
    for scan in sorted(facts.scans, key=lambda scan: scan.at):
        if scan.order_id is not None and scan.admitted and not scan.undone:
            admissions.setdefault(scan.order_id, []).append((scan.most, scan.admitted))
    for order in facts.orders:
        by_scans = in_after(admissions.get(order.id, ()))
        if by_scans != order.arrived:
            told = {"number": order.number, "scans": by_scans, "order": order.arrived}
            yield Finding("in-differs", True, told)
    holding: Counter[TripAt] = Counter()
    for order in facts.orders:
        holding[order.trip] += order.heads if order.holds else 0
    for trip in trips:
        yield from _of_trip(trip, holding[trip.trip], facts.now)


def _of_trip(end: TripEnd, holding: int, now: datetime) -> Iterator[Finding]:
    """What is still to be done about a trip is told when it has left."""
    taken = end.trip.seats_taken
    if taken is not None and taken != holding:
        yield Finding("seats-differ", True, {"trip": end.trip, "seats": taken, "heads": holding})
    if end.elsewhen:
        yield Finding("another-day", False, {"trip": end.trip, "count": end.elsewhen})
    has_left = end.trip.departs_at is None or end.trip.departs_at <= now
    if end.to_close and has_left:
        yield Finding("to-close", False, {"trip": end.trip, "count": end.to_close})
    if end.undecided and has_left:
        yield Finding("undecided", False, {"trip": end.trip, "count": end.undecided})


# --- money ------------------------------------------------------------------------------------


def _taken(facts: DayFacts) -> tuple[tuple[str, str, str, int, int], ...]:
    """In the currencies that came over the counters, less the change, as their drawers count them."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for one in facts.taken:
        if facts.begins <= one.at < facts.ends and one.method != METHOD:  # for a code no money came
            found = sums.setdefault((one.counter, one.method, one.handed.currency), [0, 0])
            found[0], found[1] = found[0] + 1, found[1] + one.handed.minor
            if one.change.minor:
                back = sums.setdefault((one.counter, one.method, one.change.currency), [0, 0])
                back[1] -= one.change.minor
    return tuple((*key, count, minor) for key, (count, minor) in sorted(sums.items()))


def _of_money(facts: DayFacts) -> Iterator[Finding]:
    for shift in facts.shifts:
        yield from _of_shift(facts, shift)
    loose: Counter[tuple[str, str]] = Counter()
    for one in facts.taken:
        outside = not any(shift.has(one.counter, one.at) for shift in facts.shifts)
        if one.cash is not None and facts.begins <= one.at < facts.ends and outside:
            loose[one.counter, one.paid.currency] += one.paid.minor
    for (counter, currency), minor in sorted(loose.items()):
        yield Finding("no-shift", True, {"counter": counter, "amount": Money(minor, currency)})


def _of_shift(facts: DayFacts, shift: ShiftAt) -> Iterator[Finding]:
    about = {"counter": shift.counter, "opened_at": shift.opened_at}
    if shift.closed_at is None:
        yield Finding("shift-open", False, about)
        return
    cash = [one.cash for one in facts.taken if one.cash is not None and shift.has(one.counter, one.at)]
    moves = [one.money for one in facts.moves if shift.has(one.counter, one.at)]
    now = expected_in(shift.opened_with, cash, moves)
    for currency, minor in _less(now, shift.expected).items():
        yield Finding("shift-changed", True, {**about, "amount": Money(minor, currency)})
    for currency, minor in shift.off.items():
        code = "drawer-missing" if minor < 0 else "drawer-over"
        yield Finding(code, True, {**about, "amount": Money(abs(minor), currency)})


def _of_sales(facts: DayFacts) -> Iterator[Finding]:
    for sale in facts.sales:
        if not sale.stands:
            continue
        missing = sale.total.minor - sale.paid.minor - sale.due.minor
        if missing:
            yield Finding(
                "sale-differs", True, {"number": sale.number, "amount": Money(missing, sale.total.currency)}
            )


def _of_rewards(facts: DayFacts) -> Iterator[Finding]:
    """What codes took off by their ledger must be what stands among the payments."""
    by_ledger: Counter[str] = Counter()
    by_payments: Counter[str] = Counter()
    for move in facts.rewards:
        if move.kind == "spent":
            by_ledger[move.money.currency] += move.money.minor
    for one in facts.taken:
        if one.method == METHOD and facts.begins <= one.at < facts.ends:
            by_payments[one.paid.currency] += one.paid.minor
    for currency, minor in _less(by_ledger, by_payments).items():
        yield Finding("rewards-differ", True, {"amount": Money(minor, currency)})


def _less(one: Amounts, other: Amounts) -> dict[str, int]:
    """The differences by currency, only where there are any."""
    all_of_them = sorted({*one, *other})
    by = {currency: one.get(currency, 0) - other.get(currency, 0) for currency in all_of_them}
    return {currency: minor for currency, minor in by.items() if minor}
