"""A practice desk at which every verdict can be had for real: orders are taken, confirmed, let in and cancelled.

`codes` names what to scan for each kind; the boat is not let in at this counter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from controllers import checkin, counter, reservations
from controllers.desk import Desk
from controllers.viewing import product_names, see_details, ticket_code
from models.checkin import Kind
from models.tickets import TicketState
from tests import builders
from tests.fakes import StillClock

NOW = datetime(2026, 10, 16, 10, 24, 31, tzinfo=ZoneInfo("Asia/Seoul"))
PALACE = {"product": "Seoul Palace Walking Tour", "option": "English", "date": "2026-10-16"}


@dataclass
class Gate:
    """The desk, its clock, and what to scan for each kind."""

    desk: Desk
    clock: StillClock
    codes: dict[Kind, str] = field(default_factory=dict)

    def code(self, reservation_id: int) -> str:
        """The 26 digits of the first valid ticket of a reservation."""
        for ticket in see_details(reservation_id, desk=self.desk).tickets:
            if ticket.state is TicketState.VALID:
                return ticket_code(ticket.number, ticket.key_version, desk=self.desk)
        raise LookupError(f"no valid ticket: {reservation_id}")


def a_gate(desk: Desk, clock: StillClock) -> Gate:
    """Products of the demo, and one order for each kind of verdict."""
    from controllers.practice import DEMO
    from controllers.products import save_products

    gate = Gate(desk, clock)
    clock.set(NOW - timedelta(days=2))
    save_products(DEMO / "products.toml", desk=desk)
    for kind, make in _MAKERS.items():
        gate.codes[kind] = make(gate)
    clock.set(NOW)
    return gate


def an_order(gate: Gate, *, confirm: bool = True, **told: object) -> int:
    """One order, confirmed unless told otherwise."""
    made = builders.taken(gate.desk, builders.direct_row(**{**PALACE, **told}))[0]
    if confirm:
        reservations.confirm(made, desk=gate.desk)
    return made


def _admit(gate: Gate) -> str:
    return gate.code(
        an_order(gate, adults=2, children=1, name="林範例 Example Lin", notes="Stroller, tell the guide")
    )


def _partly(gate: Gate) -> str:
    made = an_order(gate, adults=4, name="Priya Example")
    before, _ = gate.clock(), gate.clock.set(NOW - timedelta(minutes=5))
    checkin.scan(f"CF-{made}", desk=gate.desk, heads=1)
    gate.clock.set(before)
    return gate.code(made)


def _check(gate: Gate) -> str:
    made = an_order(gate, adults=2, name="Charlotte Sample")
    reservations.request_cancel(made, desk=gate.desk)
    return gate.code(made)


def _collect(gate: Gate) -> str:
    builders.teach_headings(gate.desk)
    row = builders.kkday_row(
        product="[PAL01] Seoul Palace Walking Tour/English", date="2026-10-16 10:30", guests="2 x Adult",
        name="Oliver Example", amount="KRW 78,000", balance="KRW 24,000", payment="Deposit paid", source="Direct",
        reference="26RZ90000024",
    )  # fmt: skip
    made = builders.taken(gate.desk, row)[0]
    reservations.confirm(made, desk=gate.desk)
    return gate.code(made)


def _not_confirmed(gate: Gate) -> str:
    row = builders.kkday_row(
        product="[PAL01] Seoul Palace Walking Tour/English", date="2026-10-16 10:30", guests="3 x Adult",
        ordered="2026-10-15 18:00", reference="26KK90000417",
    )  # fmt: skip
    builders.teach_headings(gate.desk)
    made = builders.taken(gate.desk, row)[0]
    return f"CF-{made}"


def _other_day(gate: Gate) -> str:
    return gate.code(an_order(gate, date="2026-10-17", name="Charlotte Example"))


def _too_early(gate: Gate) -> str:
    return gate.code(an_order(gate, option="Afternoon", name="Jonas Sample", adults=1))


def _too_late(gate: Gate) -> str:
    made = builders.direct_row(
        product="DMZ Half Day", option="Japanese", date="2026-10-16", name="見本 花子", adults=2
    )
    made_id = builders.taken(gate.desk, made)[0]
    reservations.confirm(made_id, desk=gate.desk)
    return gate.code(made_id)


def _pass(gate: Gate, days_ago: int, name: str) -> int:
    """A pass of three visits, bought some days ago; it is valid for 90 days."""
    before, _ = gate.clock(), gate.clock.set(NOW - timedelta(days=days_ago))
    row = builders.direct_row(
        product="Palace Pass", option="Three visits", date="2026-10-16", name=name, adults=1
    )
    made = builders.taken(gate.desk, row)[0]
    if see_details(made, desk=gate.desk).row.status.value != "CONFIRMED":
        reservations.confirm(made, desk=gate.desk)
    gate.clock.set(before)
    return made


def _out_of_date(gate: Gate) -> str:
    return gate.code(_pass(gate, 102, "Bao Sample"))


def _used(gate: Gate) -> str:
    made = an_order(gate, adults=3, name="Priya Sample")
    before, _ = gate.clock(), gate.clock.set(NOW - timedelta(minutes=12))
    checkin.scan(f"CF-{made}", desk=gate.desk.at_counter("Counter 1"))
    gate.clock.set(before)
    return gate.code(made)


def _no_uses_left(gate: Gate) -> str:
    made = _pass(gate, 20, "Ida Sample")
    code, before = gate.code(made), gate.clock()
    for days in (12, 9, 2):
        gate.clock.set(NOW - timedelta(days=days))
        checkin.scan(code, desk=gate.desk)
    gate.clock.set(before)
    return code


def _cancelled(gate: Gate) -> str:
    made = an_order(gate, adults=2, name="Emily Sample")
    code = gate.code(made)
    reservations.request_cancel(made, desk=gate.desk)
    reservations.accept(made, desk=gate.desk)
    return code


def _replaced(gate: Gate) -> str:
    made = an_order(gate, adults=2, name="Nina Example")
    code = gate.code(made)
    reservations.unconfirm(made, desk=gate.desk)
    reservations.confirm(made, desk=gate.desk)
    return code


def _elsewhere(gate: Gate) -> str:
    row = builders.direct_row(
        product="Busan Night Boat", option="Sunset", date="2026-10-16", name="Mia Sample", adults=2
    )
    made = builders.taken(gate.desk, row)[0]
    reservations.confirm(made, desk=gate.desk)
    boat = next(number for number, name in product_names(desk=gate.desk).items() if "Boat" in name)
    counter.set_up_counter(desk=gate.desk, not_here={str(boat): "Busan Night Boat"})
    return gate.code(made)


def _forged(gate: Gate) -> str:
    code = gate.codes[Kind.ADMIT]
    return code[:-1] + str((int(code[-1]) + 1) % 10)


_MAKERS: dict[Kind, Callable[[Gate], str]] = {
    Kind.ADMIT: _admit,
    Kind.PARTLY_IN: _partly,
    Kind.CHECK: _check,
    Kind.COLLECT: _collect,
    Kind.NOT_CONFIRMED: _not_confirmed,
    Kind.OTHER_DAY: _other_day,
    Kind.TOO_EARLY: _too_early,
    Kind.TOO_LATE: _too_late,
    Kind.OUT_OF_DATE: _out_of_date,
    Kind.USED: _used,
    Kind.NO_USES_LEFT: _no_uses_left,
    Kind.CANCELLED: _cancelled,
    Kind.REPLACED: _replaced,
    Kind.UNKNOWN: lambda _gate: "TNA-20261016-OO417",
    Kind.FORGED: _forged,
    Kind.UNREADABLE: lambda _gate: "123456789012345678",
    Kind.ELSEWHERE: _elsewhere,
}
"""In this order: the forged one is made of the good one."""
