"""A file is taken once, row by row: a bad row refuses itself alone, a wrong file refuses itself whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from controllers import imports, reservations, viewing
from controllers.desk import Desk
from models.pages import Filter
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import (
    DEPARTS,
    a_product,
    a_products_file,
    a_reservation,
    departure,
    direct_file,
    direct_row,
    everything,
    kkday_row,
    letters,
    octo_booking,
    only_reservation,
    reservation,
    take,
    taken,
    teach_headings,
    tickets,
)
from tests.fakes import StillClock

NOTED = ("journal", "counters")
"""Every import is noted, also one that changes nothing."""


def a_mixed_file(desk: Desk) -> list[dict[str, str]]:
    """New, known, changed, repeated and broken rows."""
    known, changed = direct_row(), direct_row(status="confirmed")
    taken(desk, known, changed)
    new = direct_row(status="confirmed")
    return [
        known,
        {**changed, "adults": "3"},
        new,
        new,
        direct_row(date="soon"),
        direct_row(adults="many"),
        direct_row(),
    ]


def test_the_account_counts_every_row_once(desk: Desk) -> None:
    a_product(desk)
    rows = a_mixed_file(desk)
    account = take(desk, *rows)
    assert (account.taken, account.unchanged) == (2, 2)
    assert [(c.reference, c.fields, c.waits) for c in account.changed] == [
        (rows[1]["reference"], ("lines", "party"), True)
    ]
    assert [(r.row, r.reference, r.code) for r in account.refused] == [
        (6, rows[4]["reference"], "date-not-understood"),
        (7, rows[5]["reference"], "quantity-not-understood"),
    ]


def test_importing_the_same_file_again_changes_nothing(desk: Desk) -> None:
    a_product(desk, confirmation="instant")
    teach_headings(desk)
    for rows in (
        a_mixed_file(desk),
        [kkday_row(), kkday_row(status="Confirmed")],
        [octo_booking(), octo_booking(uuid="2")],
    ):
        take(desk, *rows)
        before = everything(desk, but=NOTED)
        again = take(desk, *rows)
        assert (again.taken, again.changed) == (0, [])
        assert everything(desk, but=NOTED) == before


def test_a_dry_run_tells_what_the_real_run_does_and_leaves_nothing(desk: Desk) -> None:
    a_product(desk)
    rows = a_mixed_file(desk)
    before = everything(desk)
    tried = take(desk, *rows, dry_run=True)
    assert tried.dry_run
    assert everything(desk) == before
    assert take(desk, *rows) == replace(tried, dry_run=False)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("orders.csv", b"", "file-empty"),
        ("orders.csv", b"a,b,c\n1,2,3\n", "format-unknown"),
        (
            "orders.csv",
            b"reference,status,product,option,adults,children,name,email,phone\nD-1,confirmed,Tea,,2,,,,\n",
            "columns-missing",
        ),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_whole(desk: Desk, name: str, data: bytes, code: str) -> None:
    before = everything(desk)
    with pytest.raises(CannotDo) as refused:
        imports.import_file(name, data, desk=desk)
    assert refused.value.code == code
    assert everything(desk) == before


def test_a_file_of_another_channel_than_named_is_refused(desk: Desk) -> None:
    with pytest.raises(CannotDo, match="not-what-it-claims"):
        imports.import_file("orders.csv", direct_file(direct_row()), desk=desk, channel="rezio")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"date": "1999-01-01"}, "date-not-understood"),
        ({"adults": "5001"}, "quantity-not-understood"),
        ({"amount": "999999999999999"}, "amount-not-understood"),
        ({"ordered": "2150-01-01"}, "order-date-not-understood"),
        ({"reference": "---"}, "reference-missing"),
        ({"date": ""}, "date-missing"),
    ],
)
def test_a_row_beyond_reason_is_refused_and_the_others_are_taken(a_desk: Desk, told: dict, code: str) -> None:
    a_product(a_desk)
    heading = {"ordered": "2027-01-10"}
    text = direct_file(direct_row()).decode().splitlines()
    rows = [direct_row(), {**direct_row(), **told}, direct_row()]
    names = [*text[0].split(","), "ordered"]
    lines = [",".join({**heading, **row}.get(name, "") for name in names) for row in rows]
    account = imports.import_file("direct.csv", "\n".join([",".join(names), *lines]).encode(), desk=a_desk)
    assert account.taken == 2
    assert [(r.row, r.code) for r in account.refused] == [(3, code)]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("New & Unpaid", Status.AWAITING_PAYMENT),
        ("New & Paid", Status.UNCONFIRMED),
        ("Pending", Status.PENDING),
        ("Confirmed", Status.CONFIRMED),
        ("Cancel Requested", Status.CANCEL_REQUESTED),
        ("Check-in & Redeem", Status.REDEEMED),
        ("No-show", Status.NO_SHOW),
        ("Canceled", Status.CANCELLED),
        ("Expired", Status.EXPIRED),
    ],
)
def test_a_new_order_stands_as_its_channel_says(a_desk: Desk, word: str, status: Status) -> None:
    a_product(a_desk)
    teach_headings(a_desk)
    (one,) = taken(a_desk, kkday_row(status=word))
    row = reservation(a_desk, one)
    holds = status in (Status.CONFIRMED, Status.CANCEL_REQUESTED, Status.REDEEMED, Status.NO_SHOW)
    assert (row.status, row.channel_status) == (status, word)
    assert (row.first_confirmed_at is not None) == holds
    assert len(tickets(a_desk, one)) == holds
    if row.departure_id:
        assert departure(a_desk, one).seats_taken == (2 if holds else 0)
    assert letters(a_desk, one) == []


@pytest.mark.parametrize(
    ("paid", "status"), [("Paid", Status.UNCONFIRMED), ("Unpaid", Status.AWAITING_PAYMENT)]
)
def test_a_word_nobody_knows_is_kept_and_the_payment_decides(a_desk: Desk, paid: str, status: Status) -> None:
    a_product(a_desk)
    (one,) = taken(a_desk, kkday_row(status="Waiting for moon", payment=paid))
    row = reservation(a_desk, one)
    assert (row.status, row.channel_status, row.expires_at) == (status, "Waiting for moon", None)


def test_a_paid_order_of_an_instant_product_is_confirmed_by_us_with_letter_and_to_do(desk: Desk) -> None:
    a_product(desk, confirmation="instant")
    teach_headings(desk)
    (one,) = taken(desk, kkday_row(email="anna@example.com"))
    row = reservation(desk, one)
    assert (row.status, row.status_before, row.to_do) == (Status.CONFIRMED, Status.UNCONFIRMED, "confirm")
    assert letters(desk, one) == [("confirmation", "WAITING")]
    assert reservations.unconfirm(one, desk=desk).status is Status.UNCONFIRMED


def test_the_promise_counts_from_the_order_or_is_the_channels_own(desk: Desk, clock: StillClock) -> None:
    a_product(desk, confirm_within={"days": 2})
    (one,) = taken(desk, kkday_row(ordered="2027-01-14 09:00"))
    assert reservation(desk, one).confirm_by == datetime(2027, 1, 16, 0, 0, tzinfo=UTC)


def test_the_promise_may_count_back_from_the_departure(desk: Desk) -> None:
    a_product(desk, confirm_within={"hours": 49, "from": "departure"})
    (one,) = taken(desk, kkday_row())
    assert reservation(desk, one).confirm_by == DEPARTS - timedelta(days=2)


# --- one reservation, whoever tells of it --------------------------------------------------------


def test_another_sender_of_the_same_order_makes_no_second_reservation(desk: Desk) -> None:
    a_product(desk)
    number = "SAME-1"
    (one,) = taken(desk, octo_booking(reference=number, status="CONFIRMED"))
    account = take(desk, kkday_row(reference="same 1", source="OCTO", status="Confirmed"))
    assert account.taken == 0
    assert only_reservation(desk).id == one


def test_the_same_number_of_two_channels_is_two_reservations(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, octo_booking(reference="SAME-2"))
    (two,) = taken(desk, direct_row(reference="SAME-2"))
    assert one != two
    with pytest.raises(CannotDo, match="ambiguous"):
        viewing.find("same2", desk=desk)


# --- orders that found no place ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "unmatched"),
    [
        ({"product": "Nobody's Walk/Afternoon"}, "unknown-product"),
        ({"product": "[TEA] Tea House Walk/Night", "date": "2027-02-01"}, "unknown-option"),
        ({"date": "2027-02-01 15:30"}, "no-departure"),
        ({"date": "2027-02-07 14:00"}, "no-departure"),
    ],
)
def test_an_order_without_a_place_is_in_the_list_with_its_reason(
    desk: Desk, told: dict, unmatched: str
) -> None:
    a_product(
        desk, options=[{"name": n, "starts": s, "capacity": 8, "weekdays": ["mon"]} for n, s in OPTIONS]
    )
    (one,) = taken(desk, kkday_row(status="Confirmed", **told))
    row = reservation(desk, one)
    assert (row.unmatched, row.departure_id, row.status) == (unmatched, None, Status.CONFIRMED)
    assert [found.unmatched for found in viewing.see_page(Filter(needs="unmatched"), desk=desk).rows] == [
        unmatched
    ]


OPTIONS = [("Morning", "10:00"), ("Afternoon", "14:00")]


def test_teaching_a_name_once_repairs_every_order_that_waited_for_it(desk: Desk) -> None:
    a_product(desk)
    teach_headings(desk)
    rows = [
        kkday_row(product="茶屋散步/下午", status=word) for word in ("Confirmed", "New & Paid", "Canceled")
    ]
    made = taken(desk, *rows)
    known_as = [{"channel": "kkday", "name": "茶屋散步"}]
    assert a_product(desk, known_as=known_as).matched == 3
    assert [reservation(desk, one).unmatched for one in made] == ["", "", ""]
    assert departure(desk, made[0]).seats_taken == 2
    assert a_product(desk, known_as=known_as).matched == 0


def test_orders_that_waited_for_an_instant_product_are_confirmed_while_seats_are_left(desk: Desk) -> None:
    made = taken(desk, *(octo_booking(uuid=str(n), adults=2) for n in range(3)))
    a_product(desk, capacity=5, confirmation="instant")
    statuses = [reservation(desk, one).status for one in made]
    assert statuses == [Status.CONFIRMED, Status.CONFIRMED, Status.UNCONFIRMED]
    assert departure(desk, made[0]).seats_taken == 4


def test_a_products_file_with_one_fault_changes_nothing(desk: Desk) -> None:
    a_product(desk)
    before = everything(desk)
    good = {"code": "KAY", "name": "Harbour Kayak"}
    for bad in ({"code": "TEA"}, {**good, "uses": 0}, good, {**good, "code": "X", "zone": "Mars/Base"}):
        with pytest.raises(CannotDo, match="products-not-readable"):
            a_products_file(desk, {"product": [good, bad]})
    assert everything(desk) == before


def test_an_option_left_out_of_the_file_keeps_its_reservations_and_takes_no_new_ones(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED)
    a_product(desk, option="Evening", starts="18:00")
    (two,) = taken(desk, direct_row())
    assert departure(desk, one).seats_taken == 2
    assert (
        reservation(desk, two).unmatched != ""
        or reservation(desk, two).option_id != reservation(desk, one).option_id
    )
