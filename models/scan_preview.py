"""What a scan would say on a day, told from a product alone, before anybody has bought it.

The answer is the gate's own: made-up facts are put before `models.checkin.verdict`, once for every moment at
which it can change its mind.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.checkin import Facts, Verdict, Window, admission_window, facts_of, verdict
from models.frozen import frozen
from models.products import RedeemWhen, TicketsPer, Validity, last_day
from models.reservations import Status
from models.tickets import tickets_for

_JUST_AFTER = timedelta(seconds=1)


@frozen
class GateRules:
    """What a product says about its tickets and its gate: the saved product, or the one being edited."""

    zone: str
    redeem: RedeemWhen
    tickets: TicketsPer
    uses: int
    validity: Validity
    valid_days: int
    valid_from: date | None
    valid_until: date | None
    opens_minutes_before: int
    closes_minutes_after: int

    def last_day(self, bought_at: datetime) -> date | None:
        """The last day of an open-dated ticket bought then; None is for ever."""
        return last_day(self.validity, self.zone, self.valid_days, self.valid_until, bought_at)


@frozen
class Case:
    """One invented ticket: for a departure (or bought on a day), of a party, so many of whom are in."""

    departs_at: datetime | None = None
    bought_at: datetime | None = None
    status: Status = Status.CONFIRMED
    party: int = 2
    arrived: int = 0
    visits: int = 0
    """Visits that are over already."""
    balance_minor: int = 0


@frozen
class Span:
    """From `start` on the answer is `verdict`, until `end`."""

    start: datetime
    end: datetime
    verdict: Verdict


@frozen
class _Ticket:
    uses: int
    uses_left: int
    heads: int
    arrived_heads: int


def gate_facts(rules: GateRules, case: Case) -> Facts:
    """The facts the gate would have of this ticket."""
    heads = tickets_for(rules.tickets, case.party, [])[0].heads
    left = max(0, rules.uses - case.visits)
    arrived = min(case.arrived, heads)
    if arrived >= heads and left:
        left, arrived = left - 1, 0  # the visit is spent when all its heads are in
    status = case.status
    if status is Status.CONFIRMED and not left and rules.redeem is RedeemWhen.ON_ARRIVAL:
        status = Status.REDEEMED
    ticket = _Ticket(rules.uses, left, heads, arrived)
    return facts_of(status, [ticket], _window(rules, case), balance_minor=case.balance_minor)


def judge(rules: GateRules, case: Case, now: datetime) -> Verdict:
    """What the gate would say at one moment."""
    return verdict(gate_facts(rules, case), now)


def day_at_the_gate(rules: GateRules, case: Case, day: date) -> tuple[Span, ...]:
    """What the gate would say from midnight to midnight, where the product is."""
    zone, facts = ZoneInfo(rules.zone), gate_facts(rules, case)
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    made: list[Span] = []
    for moment in [start, *_turns(facts.window, start, end)]:
        said = verdict(facts, moment)
        if made and made[-1].verdict == said:
            continue
        if made:
            made[-1] = Span(made[-1].start, moment, made[-1].verdict)
        made.append(Span(moment, end, said))
    return tuple(made)


def _turns(window: Window, start: datetime, end: datetime) -> list[datetime]:
    """The moments of a day at which a rule of time can change its answer."""
    found = []
    if window.opens_at is not None:
        found.append(window.opens_at)
    if window.closes_at is not None:
        found.append(window.closes_at + _JUST_AFTER)
    return sorted(moment for moment in found if start < moment < end)


def _window(rules: GateRules, case: Case) -> Window:
    zone = ZoneInfo(rules.zone)
    open_dated = rules.validity is not Validity.DEPARTURE
    return admission_window(
        zone=rules.zone,
        day=case.departs_at.astimezone(zone).date() if case.departs_at else None,
        departs_at=case.departs_at,
        open_dated=open_dated,
        valid_from=rules.valid_from,
        valid_until=rules.last_day(case.bought_at) if case.bought_at else rules.valid_until,
        opens_minutes_before=rules.opens_minutes_before,
        closes_minutes_after=rules.closes_minutes_after,
        unmatched=False,
    )
