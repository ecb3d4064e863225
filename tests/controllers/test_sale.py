"""A sale at the counter: seats, money and tickets in one deed, or nothing of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from controllers import departures, reservations, sale
from controllers.desk import Desk
from controllers.sale import Sold
from models.calendar_facts import DepartureKey
from models.money import Money
from models.refusals import CannotDo
from models.reservations import Status
from models.sale import Offer, Sale
from models.tables import Operator, Payment, Reservation
from models.tender import Taken
from tests.builders import (
    DAY,
    DEPARTS,
    a_product,
    a_reservation,
    departure,
    everything,
    paid,
    reservation,
    somebody_else,
    tickets,
)
from tests.fakes import StillClock
from tests.together import at_once

UNITS = [
    {"name": "Adult", "price": "39000"},
    {"name": "Child", "price": "19500"},
    {"name": "Infant", "heads": 0, "price": "0"},
]
FULL = (Taken("cash"),)


def on_sale(desk: Desk, capacity: int = 8, **keys: Any) -> Offer:
    """A tour that is sold for money, on its day."""
    option = {"name": "Afternoon", "starts": "14:00", "capacity": capacity, "minutes": 120, "units": UNITS}
    a_product(desk, options=[option], **{"confirmation": "instant", "currency": "KRW", **keys})
    return sale.till(DAY, desk=desk).offers[0]


def bought(offer: Offer, adults: int = 2, children: int = 0, **told: Any) -> Sale:
    units = ((offer.units[0].id, adults), (offer.units[1].id, children))
    return Sale(offer.option_id, offer.departs_at, units, **{"name": "Anna Sample", **told})


def sold(desk: Desk, offer: Offer, taken: tuple[Taken, ...] = FULL, **how: Any) -> Sold:
    what = how.pop("what", None) or bought(offer)
    return sale.sell(what, desk=desk, taken=taken, **{"sale_id": "one", **how})


# --- what is offered ----------------------------------------------------------------------------


def test_a_day_offers_its_departures_with_seats_units_and_prices(desk: Desk) -> None:
    on_sale(desk, confirmation="manual")
    a_reservation(desk, Status.CONFIRMED, party=3)
    a_reservation(desk, party=2)
    offer = sale.till(DAY, desk=desk).offers[0]
    assert (offer.product, offer.option, offer.starts, offer.departs_at) == (
        "Tea House Walk", "Afternoon", "14:00", DEPARTS,
    )  # fmt: skip
    assert (offer.capacity, offer.taken, offer.waiting, offer.left) == (8, 3, 2, 5)
    assert [(u.name, u.heads, u.price_minor) for u in offer.units] == [
        ("Adult", 1, 39000), ("Child", 1, 19500), ("Infant", 0, 0),
    ]  # fmt: skip


def test_what_has_left_is_not_offered(desk: Desk) -> None:
    on_sale(desk)
    set_clock(desk, DEPARTS + timedelta(minutes=1))
    assert sale.till(DAY, desk=desk).offers == ()


def test_an_open_dated_ticket_is_offered_on_every_day(desk: Desk) -> None:
    on_sale(desk, validity="open", valid_days=30)
    (offer,) = sale.till(DAY, desk=desk).offers
    assert offer.is_open_dated
    assert offer.valid_until is not None


# --- paid ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("confirmation", ["instant", "manual"])
def test_paid_at_the_desk_is_confirmed_with_seats_and_tickets(desk: Desk, confirmation: str) -> None:
    offer = on_sale(desk, confirmation=confirmation)
    done = sold(desk, offer, (Taken("cash", Money(100_000, "KRW")),))
    assert (done.status, done.total, done.paid, done.change) == (
        Status.CONFIRMED, Money(78_000, "KRW"), Money(78_000, "KRW"), Money(22_000, "KRW"),
    )  # fmt: skip
    one = done.reservation_id
    assert departure(desk, one).seats_taken == 2
    assert [t.heads for t in tickets(desk, one)] == [2]
    assert paid(desk, one) == [(78_000, "DONE", "us")]
    row = reservation(desk, one)
    assert (row.channel, row.lead, row.party, row.own_sale, row.to_do) == (
        "direct",
        "Anna Sample",
        2,
        True,
        "",
    )
    assert row.expires_at is None


def test_the_payment_tells_counter_person_slip_and_what_was_handed_over(desk: Desk) -> None:
    offer = on_sale(desk)
    cash = Taken("cash", Money(40_000, "KRW"))
    done = sold(desk, offer, (cash, Taken("card", slip="0147-22")))
    with desk.reading() as look:
        rows = look.execute(
            select(Payment.__table__)
            .where(Payment.reservation_id == done.reservation_id)
            .order_by(Payment.id)
        ).all()
    assert sorted((r.method, r.amount_minor, r.handed_minor, r.change_minor, r.slip) for r in rows) == [
        ("card", 38_000, None, 0, "0147-22"), ("cash", 40_000, 40_000, 0, ""),
    ]  # fmt: skip
    assert {(r.counter_id, r.staff_id) for r in rows} == {(desk.actor.counter_id, desk.actor.staff_id)}


def test_dollars_are_taken_where_the_till_takes_them(desk: Desk) -> None:
    offer = on_sale(desk)
    with pytest.raises(CannotDo, match="currency-not-taken"):
        sold(desk, offer, (Taken("cash", Money(8_000, "USD")),))
    with desk.database.transaction() as connection:
        connection.execute(update(Operator).values(currencies=[{"code": "USD", "worth": "1342.5"}]))
    done = sold(desk, offer, (Taken("cash", Money(8_000, "USD")),))
    assert (done.status, done.change) == (Status.CONFIRMED, Money(29_400, "KRW"))


@pytest.mark.parametrize("method", ["cash", "card"])
def test_exactly_what_is_asked_in_dollars_pays_all_of_it_without_change(desk: Desk, method: str) -> None:
    offer = on_sale(desk)
    with desk.database.transaction() as connection:
        connection.execute(update(Operator).values(currencies=[{"code": "USD", "worth": "1342.5"}]))
    done = sold(desk, offer, (Taken(method, Money(5_811, "USD")),))
    assert (done.status, done.paid, done.change) == (
        Status.CONFIRMED, Money(78_000, "KRW"), Money(0, "KRW"),
    )  # fmt: skip


def test_a_free_ticket_needs_no_payment(desk: Desk) -> None:
    offer = on_sale(desk)
    what = Sale(offer.option_id, offer.departs_at, ((offer.units[2].id, 1),), "Baby Sample")
    done = sold(desk, offer, (), what=what)
    assert (done.status, done.due) == (Status.CONFIRMED, Money(0, "KRW"))


def test_an_infant_takes_no_seat_on_a_full_departure(desk: Desk) -> None:
    offer = on_sale(desk, capacity=2)
    sold(desk, offer)
    what = Sale(offer.option_id, offer.departs_at, ((offer.units[2].id, 1),), "Baby Sample")
    done = sold(desk, offer, (), what=what, sale_id="two")
    assert (done.status, departure(desk, done.reservation_id).seats_taken) == (Status.CONFIRMED, 2)


def test_a_family_takes_the_seats_of_all_its_heads(desk: Desk) -> None:
    family = [{"name": "Family", "heads": 4, "price": "100000"}]
    option = {"name": "Afternoon", "starts": "14:00", "capacity": 8, "minutes": 60, "units": family}
    a_product(desk, options=[option], currency="KRW")
    offer = sale.till(DAY, desk=desk).offers[0]
    what = Sale(offer.option_id, offer.departs_at, ((offer.units[0].id, 2),), "Anna Sample")
    done = sold(desk, offer, what=what)
    assert (done.total.minor, departure(desk, done.reservation_id).seats_taken) == (200_000, 8)
    refused(desk, "no-seats", lambda: sold(desk, offer, what=what, sale_id="two"))


@pytest.mark.parametrize(
    ("currency", "price", "handed", "change"),
    [("JPY", "5200", 10_401, 1), ("KWD", "4.125", 8_251, 1), ("EUR", "12.50", 2_501, 1)],
)
def test_every_currency_is_counted_in_its_own_smallest_part(
    desk: Desk, currency: str, price: str, handed: int, change: int
) -> None:
    units = [{"name": "Adult", "price": price}]
    option = {"name": "Afternoon", "starts": "14:00", "capacity": 8, "minutes": 60, "units": units}
    a_product(desk, options=[option], currency=currency)
    offer = sale.till(DAY, desk=desk).offers[0]
    what = Sale(offer.option_id, offer.departs_at, ((offer.units[0].id, 2),), "Anna Sample")
    done = sold(desk, offer, (Taken("cash", Money(handed, currency)),), what=what)
    assert (done.status, done.change) == (Status.CONFIRMED, Money(change, currency))


def test_no_sale_comes_to_more_than_there_is_money(desk: Desk) -> None:
    units = [{"name": name, "price": "999999999999999"} for name in "ABC"]
    option = {"name": "Afternoon", "starts": "14:00", "capacity": 5000, "minutes": 60, "units": units}
    a_product(desk, options=[option], currency="JPY")
    offer = sale.till(DAY, desk=desk).offers[0]
    what = Sale(offer.option_id, offer.departs_at, tuple((unit.id, 500) for unit in offer.units), "Anna")
    refused(desk, "total-too-large", lambda: sold(desk, offer, what=what))


# --- unpaid, and a deposit ----------------------------------------------------------------------


def test_unpaid_waits_for_payment_holds_its_seats_and_lapses(desk: Desk) -> None:
    offer = on_sale(desk)
    done = sold(desk, offer, ())
    assert (done.status, done.due, done.is_established) == (
        Status.AWAITING_PAYMENT, Money(78_000, "KRW"), False,
    )  # fmt: skip
    assert done.expires_at == desk.now() + timedelta(minutes=60)
    assert departure(desk, done.reservation_id).seats_taken == 2
    assert tickets(desk, done.reservation_id) == []
    set_clock(desk, done.expires_at)
    reservations.expire(desk=desk)
    assert reservation(desk, done.reservation_id).status is Status.EXPIRED
    assert departure(desk, done.reservation_id).seats_taken == 0


def test_an_unpaid_order_never_waits_beyond_its_departure(desk: Desk) -> None:
    offer = on_sale(desk)
    set_clock(desk, DEPARTS - timedelta(minutes=10))
    assert sold(desk, offer, ()).expires_at == DEPARTS


def test_a_part_without_an_agreement_waits_for_the_rest(desk: Desk) -> None:
    offer = on_sale(desk)
    done = sold(desk, offer, (Taken("cash", Money(20_000, "KRW")),))
    assert (done.status, done.due) == (Status.AWAITING_PAYMENT, Money(58_000, "KRW"))


def test_a_deposit_establishes_and_the_balance_is_due_to_us(desk: Desk) -> None:
    offer = on_sale(desk)
    done = sold(desk, offer, (Taken("cash", Money(20_000, "KRW")),), deposit=Money(20_000, "KRW"))
    assert (done.status, done.due) == (Status.CONFIRMED, Money(58_000, "KRW"))
    assert paid(desk, done.reservation_id) == [(20_000, "DONE", "us"), (58_000, "DUE", "us")]


def test_of_more_cash_than_the_deposit_the_rest_goes_back(desk: Desk) -> None:
    offer = on_sale(desk)
    done = sold(desk, offer, (Taken("cash", Money(50_000, "KRW")),), deposit=Money(20_000, "KRW"))
    assert (done.paid, done.change, done.due) == tuple(Money(n, "KRW") for n in (20_000, 30_000, 58_000))


def test_less_than_the_deposit_agreed_waits_for_the_rest(desk: Desk) -> None:
    offer = on_sale(desk)
    done = sold(desk, offer, (Taken("cash", Money(10_000, "KRW")),), deposit=Money(20_000, "KRW"))
    assert (done.status, done.due) == (Status.AWAITING_PAYMENT, Money(68_000, "KRW"))


@pytest.mark.parametrize("deposit", [78_000, 90_000, 0, -1])
def test_what_is_no_part_of_the_amount_is_no_deposit(desk: Desk, deposit: int) -> None:
    offer = on_sale(desk)
    refused(desk, "deposit-is-all", lambda: sold(desk, offer, FULL, deposit=Money(deposit, "KRW")))


# --- room ---------------------------------------------------------------------------------------


def test_seats_that_others_wait_for_are_sold_only_after_a_warning(desk: Desk) -> None:
    offer = on_sale(desk, capacity=4, confirmation="manual")
    a_reservation(desk, party=3)
    refused(desk, "seats-waited-for", lambda: sold(desk, offer))
    assert sold(desk, offer, into_waiting=True).status is Status.CONFIRMED


def test_a_full_departure_is_sold_only_by_a_manager_with_a_reason(desk: Desk) -> None:
    offer = on_sale(desk, capacity=2, confirmation="manual")
    a_reservation(desk, Status.CONFIRMED, party=1)
    refused(desk, "no-seats", lambda: sold(desk, offer, into_waiting=True))
    other = somebody_else(desk)
    refused(other, "not-allowed", lambda: sold(other, offer, overbook="a child on the lap"))
    done = sold(desk, offer, overbook="a child on the lap")
    assert (done.status, departure(desk, done.reservation_id).seats_taken) == (Status.CONFIRMED, 3)


def test_a_closed_departure_is_not_sold(desk: Desk) -> None:
    offer = on_sale(desk)
    departures.close(DepartureKey(offer.option_id, DEPARTS), desk=desk)
    refused(desk, "departure-closed", lambda: sold(desk, offer))


def test_a_departure_that_has_left_is_refused(desk: Desk) -> None:
    offer = on_sale(desk)
    set_clock(desk, DEPARTS)
    refused(desk, "departure-left", lambda: sold(desk, offer))


def test_a_sale_taken_back_keeps_its_money_and_is_confirmed_again(desk: Desk) -> None:
    one = sold(desk, on_sale(desk), what=None).reservation_id
    reservations.unconfirm(one, desk=desk)
    assert (reservation(desk, one).status, departure(desk, one).seats_taken) == (Status.UNCONFIRMED, 0)
    assert paid(desk, one) == [(78_000, "DONE", "us")]
    assert reservations.confirm(one, desk=desk).status is Status.CONFIRMED


# --- once, and refusals -------------------------------------------------------------------------


def test_the_same_sale_sent_again_is_the_same_sale(desk: Desk) -> None:
    offer = on_sale(desk)
    first = sold(desk, offer)
    again = sold(desk, offer)
    assert (again.number, again.status, again.paid, again.again) == (
        first.number, Status.CONFIRMED, first.paid, True,
    )  # fmt: skip
    assert count(desk) == 1
    assert sold(desk, offer, sale_id="two").number != first.number


def test_sent_again_it_tells_the_change_once_more(desk: Desk) -> None:
    offer = on_sale(desk)
    cash = (Taken("cash", Money(100_000, "KRW")),)
    assert sold(desk, offer, cash).change == sold(desk, offer, cash).change == Money(22_000, "KRW")


def test_a_name_longer_than_there_is_room_and_letters_that_are_none_are_sold_once(desk: Desk) -> None:
    offer = on_sale(desk)
    what = bought(offer, name="Anna\0 " + "x" * 2000, phone="1" * 500, email="y" * 1000)
    first = sold(desk, offer, what=what)
    assert sold(desk, offer, what=what).number == first.number
    assert reservation(desk, first.reservation_id).lead.startswith("Anna xxx")
    refused(desk, "name-missing", lambda: sold(desk, offer, what=bought(offer, name="\u200b"), sale_id="two"))


def test_of_two_counters_who_sell_the_last_seats_one_is_refused(desk: Desk, second_desk: Desk) -> None:
    offer = on_sale(desk, capacity=2)
    found = at_once(
        lambda: sold(desk, offer, sale_id="one").status,
        lambda: sold(second_desk, offer, sale_id="two").status,
    )
    assert sorted(map(str, found)) == ["CONFIRMED", "no-seats"]


def test_a_sale_sent_again_while_it_is_written_down_is_still_one(desk: Desk, second_desk: Desk) -> None:
    offer = on_sale(desk, capacity=2)
    found = at_once(lambda: sold(desk, offer).number, lambda: sold(second_desk, offer).number)
    assert len(set(found)) == count(desk) == 1


def test_what_was_chosen_is_sold_though_its_words_mean_something_else_elsewhere(desk: Desk) -> None:
    option = {"name": "Afternoon", "starts": "14:00", "capacity": 8, "minutes": 60, "units": UNITS}
    a_product(desk, "OLD", "TEA", options=[option], currency="KRW", known_as=[{"name": "Tea House Walk"}])
    on_sale(desk)
    offer = next(one for one in sale.till(DAY, desk=desk).offers if one.code == "TEA")
    row = reservation(desk, sold(desk, offer).reservation_id)
    assert (row.product_id, row.option_id) == (offer.product_id, offer.option_id)


def test_an_option_that_is_not_offered_any_more_is_refused(desk: Desk) -> None:
    offer = on_sale(desk)
    a_product(desk, offered=False)
    refused(desk, "departure-not-planned", lambda: sold(desk, offer))


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
@pytest.mark.parametrize("starts", ["01:30", "02:30", "03:30"])
def test_in_the_nights_of_the_clock_change_the_departure_shown_is_sold(
    desk: Desk, day: date, starts: str
) -> None:
    option = {"name": "Night", "starts": starts, "capacity": 8, "minutes": 60, "units": UNITS}
    a_product(desk, options=[option], zone="Europe/Berlin", currency="EUR")
    for offer in sale.till(day, desk=desk).offers:
        row = reservation(desk, sold(desk, offer).reservation_id)
        assert (row.departs_at, row.departs_on) == (offer.departs_at, day)


@pytest.mark.parametrize("changed", [{"adults": 3}, {"children": 1}, {"name": "Ben Sample"}])
def test_another_sale_under_the_same_id_is_refused_and_names_the_first(
    desk: Desk, changed: dict[str, Any]
) -> None:
    offer = on_sale(desk)
    first = sold(desk, offer)
    refused(desk, f"sold-already: .*{first.number}", lambda: sold(desk, offer, what=bought(offer, **changed)))


@pytest.mark.parametrize(
    ("code", "told"),
    [("name-missing", {"name": " "}), ("nobody-chosen", {"adults": 0}), ("too-many-chosen", {"adults": 501})],
)
def test_what_is_missing_is_refused(desk: Desk, code: str, told: dict[str, Any]) -> None:
    offer = on_sale(desk)
    refused(desk, code, lambda: sold(desk, offer, what=bought(offer, **told)))


def test_a_unit_without_a_price_is_refused(desk: Desk) -> None:
    option = {
        "name": "Afternoon",
        "starts": "14:00",
        "capacity": 8,
        "units": [{"name": "Adult"}, {"name": "B"}],
    }
    a_product(desk, options=[option])
    offer = sale.till(DAY, desk=desk).offers[0]
    refused(desk, "price-missing", lambda: sold(desk, offer))


def test_a_journal_entry_tells_the_sale_without_the_name(desk: Desk) -> None:
    offer = on_sale(desk)
    sold(desk, offer)
    told = " ".join(everything(desk)["journal"])
    assert "sell" in told
    assert "Anna" not in told


def refused(desk: Desk, code: str, deed: Any) -> None:
    """Refused with this code, and nothing is kept."""
    before = everything(desk)
    with pytest.raises(CannotDo, match=code):
        deed()
    assert everything(desk) == before


def count(desk: Desk) -> int:
    with desk.reading() as look:
        return look.execute(select(func.count()).select_from(Reservation)).scalar_one()


def set_clock(desk: Desk, at: datetime) -> None:
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.set(at)
