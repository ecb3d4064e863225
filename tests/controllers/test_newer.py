"""A newer file moves an order forward, and goes before a person where it says something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from controllers import checkin, payments, reservations, undoing, viewing
from controllers.desk import Desk
from models.pages import Filter
from models.reservations import LIVING, Status
from tests.builders import (
    DEPARTS,
    a_product,
    a_reference,
    a_reservation,
    departure,
    direct_row,
    everything,
    kkday_row,
    letters,
    octo_booking,
    only_reservation,
    paid,
    refunds,
    reservation,
    take,
    taken,
    teach_headings,
    tickets,
)
from tests.fakes import StillClock

S = Status
WORDS = {
    S.AWAITING_PAYMENT: "New & Unpaid",
    S.UNCONFIRMED: "New & Paid",
    S.PENDING: "Pending",
    S.CONFIRMED: "Confirmed",
    S.CANCEL_REQUESTED: "Cancel Requested",
    S.REDEEMED: "Check-in & Redeem",
    S.NO_SHOW: "No-show",
    S.CANCELLED: "Canceled",
    S.EXPIRED: "Expired",
}
# What becomes of an order when the next file says another word. ? a person decides, = it stays.
THEN = """
first            AWA UNC PEN CON REQ RED NOS CAN EXP
AWAITING_PAYMENT =   UNC ?   CON ?   RED NOS CAN EXP
UNCONFIRMED      ?   =   ?   CON ?   RED NOS CAN EXP
PENDING          ?   ?   =   CON ?   RED NOS CAN EXP
CONFIRMED        ?   ?   ?   =   REQ RED NOS CAN ?
CANCEL_REQUESTED ?   ?   ?   CON =   RED NOS CAN ?
REDEEMED         =   =   =   =   ?   =   ?   ?   ?
NO_SHOW          ?   ?   ?   =   ?   ?   =   CAN ?
CANCELLED        ?   ?   ?   ?   ?   ?   ?   =   ?
EXPIRED          ?   ?   ?   ?   ?   ?   ?   ?   =
"""
SHORT = dict(zip("AWA UNC PEN CON REQ RED NOS CAN EXP".split(), Status, strict=True))


def an_order(desk: Desk, status: Status = S.CONFIRMED, **told: str) -> tuple[int, dict[str, str]]:
    """An order as KKday told it first, and its row to tell it anew."""
    teach_headings(desk)
    row = kkday_row(status=WORDS[status], **told)
    return taken(desk, row)[0], row


def questions(desk: Desk, one: int) -> list[str]:
    """What a person has to decide."""
    return [decision.question for decision in viewing.see_details(one, desk=desk).decisions]


@pytest.mark.parametrize("line", THEN.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_files_move_an_order_forward_only(desk: Desk, line: str) -> None:
    a_product(desk, capacity=50)
    first, *ways = line.split()
    teach_headings(desk)
    rows = [kkday_row(status=WORDS[Status(first)]) for _ in ways]
    for one, row, told, way in zip(taken(desk, *rows), rows, Status, ways, strict=True):
        assert reservation(desk, one).reference == row["reference"]
        account = take(desk, {**row, "status": WORDS[told]})
        after = reservation(desk, one)
        assert after.status is (Status(first) if way in "?=" else SHORT[way]), (first, told)
        assert questions(desk, one) == (["status"] if way == "?" else []), (first, told)
        assert [changed.waits for changed in account.changed] in ([way == "?"], [] if way == "=" else None)
        assert after.channel_status == WORDS[told if Status(first) in LIVING else Status(first)]


def test_what_the_channel_confirms_takes_seats_issues_tickets_and_sends_no_letter(desk: Desk) -> None:
    a_product(desk, capacity=1)
    one, row = an_order(desk, S.UNCONFIRMED, email="anna@example.com")
    take(desk, {**row, "status": "Confirmed"})
    after = reservation(desk, one)
    assert (after.status, after.to_do, after.first_confirmed_at is not None) == (S.CONFIRMED, "", True)
    assert departure(desk, one).seats_taken == 2
    assert [t.state.value for t in tickets(desk, one)] == ["VALID"]
    assert letters(desk, one) == []


def test_what_the_channel_cancels_frees_seats_voids_tickets_and_drops_our_letter(desk: Desk) -> None:
    a_product(desk)
    one, row = an_order(desk, S.UNCONFIRMED, email="anna@example.com")
    reservations.confirm(one, desk=desk)
    take(desk, {**row, "status": "Canceled"})
    assert departure(desk, one).seats_taken == 0
    assert [t.state.value for t in tickets(desk, one)] == ["VOID"]
    assert letters(desk, one) == [("confirmation", "DROPPED")]


def test_what_we_did_here_is_ticked_off_when_a_newer_file_shows_it_done(desk: Desk) -> None:
    a_product(desk)
    one, row = an_order(desk, S.UNCONFIRMED)
    reservations.confirm(one, desk=desk)
    assert [r.to_do for r in viewing.see_page(Filter(needs="to-do"), desk=desk).rows] == ["confirm"]
    take(desk, {**row, "status": "Confirmed"})
    assert reservation(desk, one).to_do == ""
    assert questions(desk, one) == []


def test_an_older_word_than_what_we_did_here_is_no_news(desk: Desk) -> None:
    """We confirmed; the list still says New & Paid, and changes another field."""
    a_product(desk)
    one, row = an_order(desk, S.UNCONFIRMED)
    reservations.confirm(one, desk=desk)
    take(desk, {**row, "phone": "+47 00001111"})
    assert reservation(desk, one).status is S.CONFIRMED
    assert questions(desk, one) == []


def test_a_redeemed_order_the_channel_cancels_goes_before_a_person_with_both_sides(desk: Desk) -> None:
    a_product(desk)
    one, row = an_order(desk, S.REDEEMED)
    take(desk, {**row, "status": "Canceled"})
    (asked,) = viewing.see_details(one, desk=desk).decisions
    assert (asked.question, asked.ours, asked.theirs) == (
        "status",
        {"status": "REDEEMED"},
        {"status": "CANCELLED", "word": "Canceled"},
    )
    assert [r.id for r in viewing.see_page(Filter(needs="decisions"), desk=desk).rows] == [one]


# --- another date, party or amount ---------------------------------------------------------------

ANEW = [
    ({"date": "2027-02-02 14:00"}, "departure"),
    ({"guests": "3 x Adult"}, "party"),
    ({"amount": "KRW 90,000"}, "amount"),
]


@pytest.mark.parametrize(("told", "question"), ANEW)
def test_on_a_confirmed_order_a_person_decides(desk: Desk, told: dict[str, str], question: str) -> None:
    a_product(desk)
    one, row = an_order(desk)
    before = reservation(desk, one)
    account = take(desk, {**row, **told})
    after = reservation(desk, one)
    assert [changed.waits for changed in account.changed] == [True]
    assert questions(desk, one) == [question]
    kept = ("status", "departs_at", "departure_id", "party", "amount_minor")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert departure(desk, one).seats_taken == 2


def test_before_confirmation_the_newer_word_replaces_the_older(desk: Desk) -> None:
    a_product(desk, confirm_within={"days": 2, "from": "departure"})
    one, row = an_order(desk, S.UNCONFIRMED)
    take(desk, {**row, "date": "2027-02-02 14:00", "guests": "3 x Adult", "amount": "KRW 90,000"})
    after = reservation(desk, one)
    assert (after.departs_at, after.party, after.heads) == (datetime(2027, 2, 2, 5, tzinfo=UTC), 3, 3)
    assert after.confirm_by == datetime(2027, 1, 31, 5, tzinfo=UTC)
    assert paid(desk, one) == [(90000, "DONE", "channel")]
    assert questions(desk, one) == []
    reservations.confirm(one, desk=desk)
    assert departure(desk, one).seats_taken == 3


def test_our_own_unpaid_sale_moves_its_seats_with_its_date(desk: Desk) -> None:
    a_product(desk)
    row = direct_row(status="on_hold")
    (one,) = taken(desk, row)
    stays = a_reservation(desk, S.CONFIRMED)
    take(desk, {**row, "date": "2027-02-02", "adults": "3"})
    assert departure(desk, one).seats_taken == 3
    assert departure(desk, stays).seats_taken == 2


def test_contacts_and_requests_are_always_brought_up_to_date(desk: Desk) -> None:
    a_product(desk)
    one, row = an_order(desk, S.UNCONFIRMED)
    reservations.confirm(one, desk=desk)
    assert letters(desk, one) == [("confirmation", "NO_ADDRESS")]
    take(desk, {**row, "email": "anna@example.com", "notes": "a window", "name": "ANNA SAMPLE-TWO"})
    after = reservation(desk, one)
    assert (after.email, after.request, after.lead) == ("anna@example.com", "a window", "ANNA SAMPLE-TWO")
    assert letters(desk, one) == [("confirmation", "WAITING")]
    assert questions(desk, one) == []


def test_what_changed_here_is_no_contradiction_of_the_channels_last_word(desk: Desk) -> None:
    """The date was moved by a decision of ours; the same old row says nothing new."""
    a_product(desk)
    one, row = an_order(desk)
    take(desk, {**row, "date": "2027-02-02 14:00"})
    assert questions(desk, one) == ["departure"]
    take(desk, {**row, "date": "2027-02-02 14:00", "phone": "+47 00001111"})
    assert questions(desk, one) == ["departure"]


# --- the file's order, and orders we never saw ---------------------------------------------------


def test_a_file_that_tells_an_order_twice_ends_with_the_later_word(desk: Desk) -> None:
    a_product(desk)
    number = a_reference("OC")
    told = [octo_booking(reference=number, status=word) for word in ("CONFIRMED", "CANCELLED")]
    take(desk, *told)
    assert only_reservation(desk).status is S.CANCELLED
    before = everything(desk, but=["journal", "counters"])
    take(desk, *told)
    assert everything(desk, but=["journal", "counters"]) == before


def test_a_traveler_whose_channel_cancels_hears_when_our_money_comes_back(desk: Desk) -> None:
    a_product(desk)
    one, row = an_order(desk, source="MySite", balance="KRW 25,000", payment="Deposit paid")
    payments.pay(one, desk=desk, method="card", amount="25000")
    take(desk, {**row, "status": "Canceled", "email": "anna@example.com"})
    assert reservation(desk, one).status is S.CANCELLED
    assert {collector for _, collector, _ in refunds(desk, one)} == {"us"}
    assert ("refund-coming", "WAITING") in letters(desk, one)


def test_a_cancellation_of_an_order_nobody_knows_is_kept_as_cancelled(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row(status="Canceled"))
    assert reservation(desk, one).status is S.CANCELLED
    assert refunds(desk, one) == []


def test_an_unpaid_order_of_an_instant_product_is_confirmed_when_the_channel_says_paid(desk: Desk) -> None:
    a_product(desk, capacity=2, confirmation="instant")
    unpaid = {"payment": "Unpaid", "balance": "KRW 75,000"}
    orders = [an_order(desk, S.AWAITING_PAYMENT, **unpaid) for _ in range(2)]
    paid_now = {"status": "New & Paid", "payment": "Paid", "balance": "KRW 0"}
    take(desk, *({**row, **paid_now} for _, row in orders))
    assert [reservation(desk, one).status for one, _ in orders] == [S.CONFIRMED, S.UNCONFIRMED]
    assert departure(desk, orders[0][0]).seats_taken == 2


def test_a_channel_that_redeems_and_is_undone_here_can_be_scanned_again(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one, row = an_order(desk)
    take(desk, {**row, "status": "Check-in & Redeem"})
    undoing.undo_last(one, desk=desk)
    clock.set(DEPARTS)
    assert checkin.scan(f"CF-{one}", desk=desk).admitted == 2
