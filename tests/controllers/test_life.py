"""Lets people, channels and the clock do anything in any order, and checks after each deed what must always hold.

Seats are those of their holders, the journal is whole, each fact has one letter, nobody is seen too early, nothing
is given back that was not paid, and who was redeemed is never cancelled.
"""

from __future__ import annotations

import faulthandler
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from controllers import checkin, payments, reservations, trips, undoing, viewing
from controllers.desk import Desk, open_desk
from controllers.journal import verify
from models.pages import Filter
from models.payments import payment_status
from models.refusals import CannotDo
from models.reservations import GONE, HOLDERS, Cause, Status, Verb, holds_seats, may
from models.tables import Departure, OutboxRow, Payment, Refund, Reservation, Ticket
from tests.builders import DEPARTS, a_product, direct_row, kkday_row, octo_booking, take, teach_headings
from tests.conftest import NOW, Slate
from tests.fakes import StillClock

OTA_WORDS = [
    "New & Unpaid",
    "New & Paid",
    "Pending",
    "Confirmed",
    "Cancel Requested",
    "Check-in & Redeem",
    "No-show",
    "Canceled",
    "Expired",
]
WORDS = {
    "kkday": OTA_WORDS,
    "mysite": OTA_WORDS,
    "direct": ["on_hold", "unconfirmed", "pending", "confirmed", "cancelled"],
    "octo": ["ON_HOLD", "PENDING", "CONFIRMED", "REDEEMED", "EXPIRED", "CANCELLED"],
}
PRODUCTS = {"TEA": "Tea House Walk", "BUS": "Night Bus"}
PARTIES = st.sampled_from(["", "1", "2", "3", "5"])
AMOUNTS = {Cause.OURS: "75000", Cause.THEIRS: "10000", Cause.FORCE_MAJEURE: "1"}
A_FEW = 4
"""With more orders than that, too little happens to each."""
ORDERS: Bundle[dict[str, Any]] = Bundle("orders")


class Life(RuleBasedStateMachine):
    """A desk with a walk that staff confirm and a bus that confirms itself, six seats each."""

    def __init__(self, slate: Slate) -> None:
        super().__init__()
        slate.wipe()
        self.clock = StillClock(NOW)
        self.desk: Desk = open_desk(slate.address, practice=True, clock=self.clock)
        a_product(self.desk, capacity=6, refund=[{"until_days": 7}, {"until_days": 1, "percent": 50}])
        bus = {"confirmation": "instant", "redeem": "on arrival", "tickets": "per person", "uses": 2}
        a_product(self.desk, "BUS", PRODUCTS["BUS"], capacity=6, **bus)
        teach_headings(self.desk)
        self.was: dict[int, Status] = {}

    # --- what channels tell ---------------------------------------------------------------------

    @precondition(lambda self: len(self.was) < A_FEW)
    @rule(
        target=ORDERS,
        sender=st.sampled_from(["kkday", "mysite", "direct", "octo"]),
        word=st.integers(0, 20),
        product=st.sampled_from(["TEA", "TEA", "BUS", "nobody's"]),
        party=PARTIES,
    )
    def receive(self, sender: str, word: int, product: str, party: str) -> dict[str, Any]:
        number = f"N{len(self.was) + 1}"
        order = {
            "sender": sender,
            "reference": number,
            "product": product,
            "party": party,
            "paid": word % 2 == 0,
        }
        order["word"] = WORDS[sender][word % len(WORDS[sender])]
        account = take(self.desk, self.row(order))
        assert account.taken == 1
        with self.desk.reading() as look:
            order["id"] = look.execute(
                select(Reservation.id).where(Reservation.reference == number)
            ).scalar_one()
        return order

    @rule(
        order=ORDERS,
        word=st.integers(0, 20),
        party=PARTIES,
        day=st.sampled_from([0, 0, 0, 1]),
        paid=st.booleans(),
    )
    def tell_anew(self, order: dict[str, Any], word: int, party: str, day: int, paid: bool) -> None:
        words = WORDS[order["sender"]]
        told = {**order, "word": words[word % len(words)], "party": party, "day": day, "paid": paid}
        assert take(self.desk, self.row(told)).taken == 0

    def row(self, order: dict[str, Any]) -> dict[str, Any]:
        """An order as its sender writes it; each traveler has a name nobody else has."""
        lead, sender = f"Guest-{order['reference']}-Example", order["sender"]
        product = PRODUCTS.get(order["product"], "Nobody's Walk")
        day = f"2027-02-0{1 + order.get('day', 0)}"
        if sender == "direct":
            told = {
                "product": product,
                "date": day,
                "adults": order["party"],
                "name": lead,
                "status": order["word"],
            }
            return direct_row(reference=order["reference"], **told)
        if sender == "octo":
            expires = (NOW + timedelta(hours=1)).isoformat() if order["word"] == "ON_HOLD" else None
            told = {
                "adults": int(order["party"] or 0),
                "starts": f"{day}T14:00:00+09:00",
                "status": order["word"],
            }
            contact = {"fullName": lead, "emailAddress": f"{order['reference']}@example.com"}
            kind = {"product": {"internalName": product}, "contact": contact, "expires": expires}
            return octo_booking(reference=order["reference"], **told, **kind)
        money = {"payment": "Paid"} if order["paid"] else {"payment": "Unpaid", "balance": "KRW 75,000"}
        told = {
            "product": f"{product}/Afternoon",
            "date": f"{day} 14:00",
            "name": lead,
            "status": order["word"],
        }
        told |= {
            "guests": f"{order['party']} x Adult" if order["party"] else "",
            "email": f"{lead}@example.com",
        }
        source = "KKday" if sender == "kkday" else "MySite"
        return kkday_row(reference=order["reference"], source=source, **told, **money)

    # --- what people do -------------------------------------------------------------------------

    @rule(order=ORDERS, data=st.data(), cause=st.sampled_from(Cause))
    def do_what_may_be_done(self, order: dict[str, Any], data: st.DataObject, cause: Cause) -> None:
        """Left to chance alone, most lives would be a row of refusals."""
        status = self.was[order["id"]]
        verbs = [verb for verb in self.deeds(order["id"], cause) if may(status, verb)]
        if verbs:
            self.do(order, data.draw(st.sampled_from(verbs)), cause)

    @rule(order=ORDERS, verb=st.sampled_from(Verb), cause=st.sampled_from(Cause))
    def do_anything(self, order: dict[str, Any], verb: Verb, cause: Cause) -> None:
        self.do(order, verb, cause)

    def do(self, order: dict[str, Any], verb: Verb, cause: Cause) -> None:
        """One deed; a refusal is an answer too."""
        deed = self.deeds(order["id"], cause).get(verb)
        if deed is not None:
            with suppress(CannotDo):
                deed()

    def deeds(self, one: int, cause: Cause) -> dict[Verb, Callable[[], object]]:
        """What staff do by a verb of its own; the cause stands for other choices too."""
        desk = self.desk
        reason = "a second guide comes" if cause is Cause.FORCE_MAJEURE else ""
        return {
            Verb.PAY: lambda: payments.pay(one, desk=desk, method="cash", amount=AMOUNTS[cause]),
            Verb.CONFIRM: lambda: reservations.confirm(one, desk=desk, overbook=reason),
            Verb.UNCONFIRM: lambda: reservations.unconfirm(one, desk=desk),
            Verb.HOLD: lambda: reservations.hold(one, desk=desk, reason="the hotel's name"),
            Verb.CANCEL: lambda: reservations.cancel(one, desk=desk, reason="a storm comes", cause=cause),
            Verb.WITHDRAW: lambda: reservations.withdraw(one, desk=desk),
            Verb.REQUEST_CANCEL: lambda: reservations.request_cancel(one, desk=desk),
            Verb.ACCEPT: lambda: reservations.accept(one, desk=desk),
            Verb.DECLINE: lambda: reservations.decline(one, desk=desk),
            Verb.NO_SHOW: lambda: reservations.no_show(one, desk=desk),
            Verb.RETURN: lambda: reservations.return_(one, desk=desk),
            Verb.UNDO: lambda: undoing.undo_last(one, desk=desk, reason=reason),
        }

    @rule(order=ORDERS, heads=st.sampled_from([None, None, 1, 2]), force=st.sampled_from(["", "they wait"]))
    def scan(self, order: dict[str, Any], heads: int | None, force: str) -> None:
        checkin.scan(f"CF-{order['id']}", desk=self.desk, heads=heads, force=force)
        self.clock.forward(seconds=6)

    @rule(order=ORDERS)
    def take_the_last_scan_back(self, order: dict[str, Any]) -> None:
        with suppress(CannotDo):
            undoing.undo_last(order["id"], desk=self.desk)

    # --- what the clock does --------------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 45, 60 * 24]))
    def wait(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)
        reservations.expire(desk=self.desk)

    @rule(minutes=st.sampled_from([-30, 5, 150]))
    def the_day_has_come(self, minutes: int) -> None:
        self.clock.set(max(self.clock(), DEPARTS + timedelta(minutes=minutes)))
        trips.close_trips(desk=self.desk)

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def everything_adds_up(self) -> None:
        with self.desk.reading() as look:
            rows = look.execute(select(Reservation.__table__)).all()
            _seats_are_those_of_their_holders(rows, look.execute(select(Departure)).all())
            _each_fact_has_one_letter(look.execute(select(OutboxRow)).all())
            _no_more_is_given_back_than_was_paid(
                rows, look.execute(select(Payment)).all(), look.execute(select(Refund)).all()
            )
            _the_payment_status_is_that_of_the_payments(
                rows, look.execute(select(Payment)).all(), look.execute(select(Refund)).all()
            )
            _tickets_are_those_of_their_holders(rows, look.execute(select(Ticket)).all())
        for row in rows:
            before = self.was.get(row.id)
            assert not (before is Status.REDEEMED and row.status is Status.CANCELLED)
            self.was[row.id] = row.status

    @invariant()
    def nobody_is_seen_too_early(self) -> None:
        hidden = []
        with self.desk.reading() as look:
            for row in look.execute(select(Reservation)):
                if row.first_confirmed_at is None and row.channel != "direct":
                    hidden.append(row.id)
                assert row.first_confirmed_at is not None or row.status not in HOLDERS
        shown = viewing.see_page(Filter(), desk=self.desk).rows
        assert {row.id for row in shown if row.traveler is None} == set(hidden)

    def teardown(self) -> None:
        """At the end of a life: the journal, and every way to look at who is still hidden."""
        assert [chain.broken_at for chain in verify(desk=self.desk)] == [None]
        for row in viewing.see_page(Filter(), desk=self.desk).rows:
            if row.traveler is None:
                name = f"Guest-{row.reference}-"
                assert viewing.count_rows(Filter(text=name), desk=self.desk) == 0
                assert (
                    name.casefold()
                    not in repr(viewing.see_details(row.id, desk=self.desk, reveal=True)).casefold()
                )


def _seats_are_those_of_their_holders(rows: list[Any], departures: list[Any]) -> None:
    held: Counter[int] = Counter()
    for row in rows:
        if row.departure_id is not None and holds_seats(row.status, own_sale=row.own_sale):
            held[row.departure_id] += row.heads
    assert {d.id: d.seats_taken for d in departures} == {d.id: held[d.id] for d in departures}


def _each_fact_has_one_letter(letters: list[Any]) -> None:
    living = Counter((row.reservation_id, row.kind.value) for row in letters if row.state != "DROPPED")
    assert [key for key, count in living.items() if count > 1] == []


def _no_more_is_given_back_than_was_paid(rows: list[Any], money: list[Any], refunds: list[Any]) -> None:
    paid, back = Counter(), Counter()
    for one in money:
        assert one.amount_minor > 0
        paid[one.reservation_id, one.collector] += one.amount_minor if one.state == "DONE" else 0
    for one in refunds:
        back[one.reservation_id, one.collector] += one.amount_minor
    assert {key: amount for key, amount in back.items() if amount > paid[key]} == {}
    for row in rows:
        assert sum(amount for (of, _), amount in paid.items() if of == row.id) <= (row.amount_minor or 0)
        if row.status in GONE:
            assert not [one for one in money if one.reservation_id == row.id and one.state == "DUE"]
        else:
            assert not [one for one in refunds if one.reservation_id == row.id]


def _the_payment_status_is_that_of_the_payments(
    rows: list[Any], payments: list[Any], refunds: list[Any]
) -> None:
    for row in rows:
        back = sum(refund.reservation_id == row.id for refund in refunds)
        assert row.payment is payment_status([p for p in payments if p.reservation_id == row.id], back)


def _tickets_are_those_of_their_holders(rows: list[Any], tickets: list[Any]) -> None:
    valid = Counter(ticket.reservation_id for ticket in tickets if ticket.state == "VALID")
    for row in rows:
        assert (valid[row.id] > 0) == (row.status in HOLDERS), row.status
        assert row.arrived_heads >= 0
    for ticket in tickets:
        assert 0 <= ticket.uses_left <= ticket.uses
        assert 0 <= ticket.arrived_heads < ticket.heads


def live(slate: Slate, **how: Any) -> None:
    """Many lives, one after the other, each on a clean database."""
    quiet = {
        "deadline": None,
        "database": None,
        "suppress_health_check": list(HealthCheck),
        "print_blob": False,
    }
    run_state_machine_as_test(lambda: Life(slate), settings=settings(**quiet, **how))


def test_whatever_happens_in_whatever_order_the_books_are_right(slate: Slate, kind: str) -> None:
    live(slate, max_examples=20 if kind == "sqlite" else 8, stateful_step_count=25, derandomize=True)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_for_a_long_time_the_books_are_right(slate: Slate) -> None:
    faulthandler.cancel_dump_traceback_later()  # a soak is slow, not stuck
    live(slate, max_examples=400, stateful_step_count=40, derandomize=False)
