"""Until an order was confirmed nobody sees who is behind it, wherever they look; afterwards looking is noted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from controllers import checkin, reservations, today, viewing, vouchers
from controllers.desk import Desk
from models.checkin import Kind
from models.gate_found import found_at_gate
from models.pages import Filter
from models.privacy import HIDDEN as MASK
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry, Traveler
from tests.builders import (
    DAY,
    DEPARTS,
    a_product,
    a_reservation,
    kkday_row,
    reservation,
    somebody_else,
    take,
)
from tests.fakes import StillClock

ANNA = {
    "name": "SAMPLE, ANNA",
    "email": "anna@example.com",
    "phone": "+47 00001111",
    "notes": "Anna (anna@example.com, +47 00001111) brings her dog; Ms Sample is 80",
}
TRACES = ("anna", "sample", "example.com", "00001111")
HIDDEN = [Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING, Status.CANCELLED, Status.EXPIRED]


def traces(shown: Any) -> list[str]:
    """What of Anna can be read in something shown."""
    return [trace for trace in TRACES if trace in repr(shown).casefold()]


def order_of_anna(desk: Desk, status: Status = Status.UNCONFIRMED) -> int:
    """KKday's order of Anna; an order that lapsed is one KKday says has expired."""
    a_product(desk)
    if status is not Status.EXPIRED:
        return a_reservation(desk, status, sold_by="kkday", **ANNA)
    one = a_reservation(desk, Status.AWAITING_PAYMENT, sold_by="kkday", **ANNA)
    take(
        desk,
        kkday_row(**ANNA, guests="2 x Adult", reference=reservation(desk, one).reference, status="Expired"),
    )
    assert reservation(desk, one).status is status
    return one


def everything_shown(desk: Desk, one: int) -> list[Any]:
    """All that reading functions answer about the one reservation there is."""
    departure_id = reservation(desk, one).departure_id
    return [
        viewing.see_page(Filter(), desk=desk),
        viewing.see_page(Filter(text=f"CF-{one}"), desk=desk),
        viewing.see_details(one, desk=desk),
        viewing.see_details(one, desk=desk, reveal=True),
        today.see_today(desk=desk),
        viewing.see_days(DAY, DAY, desk=desk),
        viewing.see_departure(departure_id, desk=desk) if departure_id else (),
        viewing.see_unmatched(DAY, desk=desk),
        viewing.preview_confirm(one, desk=desk),
        checkin.scan(f"CF-{one}", desk=desk),
    ]


@pytest.mark.parametrize("status", HIDDEN)
def test_before_confirmation_nothing_shown_tells_who_it_is(desk: Desk, status: Status) -> None:
    one = order_of_anna(desk, status)
    shown = everything_shown(desk, one)
    assert traces(shown) == []
    assert viewing.see_page(Filter(), desk=desk).rows[0].traveler is None
    assert "brings her dog" in viewing.see_details(one, desk=desk).request


@pytest.mark.parametrize("text", ["anna", "SAMPLE", "anna@example.com", "00001111", "exam"])
def test_before_confirmation_nobody_is_found_by_name_address_or_phone(desk: Desk, text: str) -> None:
    order_of_anna(desk)
    assert viewing.see_page(Filter(text=text), desk=desk).rows == ()
    assert viewing.count_rows(Filter(text=text), desk=desk) == 0


@pytest.mark.parametrize("text", ["anna", "SAMPLE", "anna@example.com", "00001111"])
def test_after_confirmation_they_are_found(a_desk: Desk, text: str) -> None:
    one = order_of_anna(a_desk, Status.CONFIRMED)
    assert [row.id for row in viewing.see_page(Filter(text=text), desk=a_desk).rows] == [one]


@pytest.mark.parametrize("text", ["%", "_", "\\", "anna%", "'", '"; drop table'])
def test_signs_of_the_database_mean_themselves_in_a_search(desk: Desk, text: str) -> None:
    order_of_anna(desk, Status.CONFIRMED)
    assert viewing.see_page(Filter(text=text * 2), desk=desk).rows == ()


@pytest.mark.parametrize(
    "status", [Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING, Status.CANCELLED]
)
def test_there_is_no_voucher_before_or_after_a_confirmation_is_good(desk: Desk, status: Status) -> None:
    one = order_of_anna(desk, status)
    with pytest.raises(
        CannotDo, match="voucher-no-more" if status is Status.CANCELLED else "voucher-not-yet"
    ):
        vouchers.voucher(one, desk=desk)


def test_confirming_shows_and_unconfirming_hides_again(desk: Desk) -> None:
    one = order_of_anna(desk)
    reservations.confirm(one, desk=desk)
    found = viewing.see_details(one, desk=desk, reveal=True)
    assert found.contact is not None
    assert (found.contact.lead, found.contact.email) == (ANNA["name"], ANNA["email"])
    reservations.unconfirm(one, desk=desk)
    assert traces(everything_shown(desk, one)) == []


def test_a_cancellation_after_a_confirmation_hides_nothing(desk: Desk) -> None:
    one = order_of_anna(desk, Status.CONFIRMED)
    reservations.cancel(one, desk=desk, reason="a storm comes")
    assert viewing.see_page(Filter(), desk=desk).rows[0].traveler == ANNA["name"]


def test_contacts_come_only_to_who_asks_for_them(desk: Desk) -> None:
    one = order_of_anna(desk, Status.CONFIRMED)
    assert viewing.see_details(one, desk=desk).contact is None
    assert viewing.see_details(one, desk=desk, reveal=True).contact is not None


def test_our_own_guests_are_never_hidden(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, name="Anna Sample")
    assert viewing.see_page(Filter(text="anna"), desk=desk).rows[0].traveler == "Anna Sample"
    assert viewing.see_details(one, desk=desk, reveal=True).contact is not None


def test_a_name_in_what_staff_wrote_is_hidden_too(desk: Desk) -> None:
    one = order_of_anna(desk)
    reservations.cancel(one, desk=desk, reason="Anna never answered at anna@example.com")
    assert traces(viewing.see_details(one, desk=desk)) == []


def test_who_comes_along_is_not_named_at_the_gate_either(desk: Desk) -> None:
    made = a_reservation(desk, sold_by="kkday", **{**ANNA, "notes": "A high chair for Bo Muster"})
    with desk.work() as work:
        work.connection.execute(insert(Traveler), {"reservation_id": made, "name": "Bo Muster"})
    with desk.reading() as look:
        found = found_at_gate(look, made, Kind.NOT_CONFIRMED)
    assert found is not None
    assert found.request == f"A high chair for {MASK}"


def test_an_imports_account_names_fields_and_no_values(desk: Desk) -> None:
    a_product(desk)
    row = kkday_row(**ANNA)
    first = take(desk, row)
    changed = take(desk, {**row, "name": "ANNA B. SAMPLE", "email": "anna.b@example.com"})
    bad = take(desk, kkday_row(**ANNA, date="soon"))
    assert changed.changed
    assert bad.refused
    assert traces([first, changed, bad]) == []


def actions(desk: Desk, one: int) -> list[str]:
    return [line.action for line in viewing.see_details(one, desk=desk).history]


def test_looking_at_contacts_and_opening_the_voucher_is_noted_and_a_row_in_a_list_is_not(desk: Desk) -> None:
    one = order_of_anna(desk, Status.CONFIRMED)
    before = actions(desk, one)
    viewing.see_page(Filter(), desk=desk)
    viewing.see_details(one, desk=desk)
    assert actions(desk, one) == before
    viewing.see_details(one, desk=desk, reveal=True)
    vouchers.voucher(one, desk=desk)
    assert actions(desk, one) == ["voucher", "view", *before]


def test_the_same_search_by_another_person_is_noted_too(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED)
    wanted = Filter(text="Anna")
    for _ in range(2):
        viewing.see_page(wanted, desk=desk)
    desk.actor = somebody_else(desk).actor
    viewing.see_page(wanted, desk=desk)
    with desk.reading() as look:
        asked = select(JournalEntry.staff_id).where(JournalEntry.action == "search")
        noted = look.execute(asked).scalars().all()
    assert len(noted) == len(set(noted)) == 2


def test_the_voucher_lets_its_party_in(desk: Desk, clock: StillClock) -> None:
    one = order_of_anna(desk, Status.CONFIRMED)
    made = vouchers.voucher(one, desk=desk)
    assert (made.lead, made.heads, [(s.heads, s.uses) for s in made.symbols]) == (ANNA["name"], 2, [(2, 1)])
    clock.set(DEPARTS - timedelta(minutes=5))
    assert checkin.scan(made.symbols[0].code, desk=desk).admitted == 2
