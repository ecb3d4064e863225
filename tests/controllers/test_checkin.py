"""At the gate: who comes in, what a second scan hears, and how a slip is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from controllers import checkin, payments, reservations, trips, undoing
from controllers.desk import Desk
from controllers.viewing import ticket_code
from models import keyboards
from models.checkin import Kind
from models.codes import code_for, grouped
from models.outbox import LetterState
from models.refusals import CannotDo
from models.repair import Wrong
from models.reservations import Status
from models.tables import OutboxRow, ScanRow
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
    reservation,
    taken,
    tickets,
)
from tests.fakes import StillClock

IN_TIME = DEPARTS - timedelta(minutes=10)
LATER = {"seconds": 6}
"""More than the five seconds within which the same code is the same scan."""


def codes(desk: Desk, one: int) -> list[str]:
    """The 26 digits of every ticket."""
    return [ticket_code(t.number, t.key_version, desk=desk) for t in tickets(desk, one)]


def guests(
    desk: Desk, clock: StillClock, party: int | None = 2, *, status: Status = Status.CONFIRMED, **product
) -> int:
    """A reservation whose gate is open."""
    a_product(desk, **product)
    sold_by = "kkday" if party is None else "direct"
    one = a_reservation(desk, status, sold_by=sold_by, party=party, email="anna@example.com")
    clock.set(IN_TIME)
    return one


# --- letting in ---------------------------------------------------------------------------------


def test_a_scan_lets_the_whole_party_in_and_stamps_the_arrival(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, 5)
    answer = checkin.scan(codes(desk, one)[0], desk=desk)
    row = reservation(desk, one)
    assert (answer.kind, answer.admitted, answer.arrived, answer.party) == (Kind.ADMIT, 5, 5, 5)
    assert (row.status, row.arrived_heads, row.arrived_at) == (Status.CONFIRMED, 5, IN_TIME)
    assert [(t.uses_left, t.arrived_heads) for t in tickets(desk, one)] == [(0, 0)]


@pytest.mark.parametrize("written", [grouped, lambda code: f" {code}\n", lambda code: "-".join(code)])
def test_the_voucher_is_known_however_it_is_typed(a_desk: Desk, clock: StillClock, written) -> None:
    one = guests(a_desk, clock)
    assert checkin.scan(written(codes(a_desk, one)[0]), desk=a_desk).kind is Kind.ADMIT


def test_a_code_that_a_wrongly_set_scanner_garbled_lets_in_and_says_so(
    a_desk: Desk, clock: StillClock
) -> None:
    code = codes(a_desk, guests(a_desk, clock))[0]
    french = keyboards.written(keyboards.typed(code, "fr"), "us")
    answer = checkin.scan(french, desk=a_desk, source="wedge")
    assert (answer.kind, answer.repaired) == (Kind.ADMIT, Wrong.KEYBOARD)
    assert "set to another keyboard" in answer.message
    clock.forward(seconds=1)
    assert checkin.scan(code, desk=a_desk).again  # the same code, now as it should be


def test_a_garbled_code_whose_check_digits_are_wrong_is_not_read(a_desk: Desk, clock: StillClock) -> None:
    code = codes(a_desk, guests(a_desk, clock))[0]
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    answer = checkin.scan(keyboards.written(keyboards.typed(wrong, "fr"), "us"), desk=a_desk)
    assert (answer.kind, answer.repaired) == (Kind.UNKNOWN, None)


def test_our_number_the_channels_number_and_the_channels_voucher_scan_like_ours(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    voucher = {"deliveryOptions": [{"deliveryFormat": "QRCODE", "deliveryValue": "T 77-a/9"}]}
    made = taken(
        desk, *(octo_booking(status="CONFIRMED", uuid=n, voucher=voucher if n == "3" else {}) for n in "123")
    )
    clock.set(IN_TIME)
    shown = [f"cf {made[0]}", reservation(desk, made[1]).reference.lower(), "t77a/9"]
    assert [checkin.scan(text, desk=desk).reservation_id for text in shown] == made


def test_three_of_five_come_in_and_then_the_other_two(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, 5)
    (code,) = codes(desk, one)
    first = checkin.scan(code, desk=desk, heads=3)
    clock.forward(**LATER)
    second = checkin.scan(code, desk=desk)
    clock.forward(**LATER)
    third = checkin.scan(code, desk=desk)
    assert [(a.kind, a.admitted, a.arrived) for a in (first, second, third)] == [
        (Kind.ADMIT, 3, 3),
        (Kind.PARTLY_IN, 2, 5),
        (Kind.USED, 0, 5),
    ]


def test_a_party_nobody_told_is_counted_at_the_gate(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, None)
    answer = checkin.scan(f"CF-{one}", desk=desk, heads=4)
    assert (answer.kind, answer.admitted, reservation(desk, one).arrived_heads) == (Kind.ADMIT, 4, 4)
    assert "count them" in answer.message


def test_with_a_ticket_each_everybody_comes_in_alone_or_all_by_the_number(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock, 3, tickets="per person")
    mine, *_ = codes(desk, one)
    assert len(codes(desk, one)) == 3
    alone = checkin.scan(mine, desk=desk)
    clock.forward(**LATER)
    again = checkin.scan(mine, desk=desk)
    others = checkin.scan(f"CF-{one}", desk=desk)
    assert [(a.kind, a.admitted, a.arrived) for a in (alone, again, others)] == [
        (Kind.ADMIT, 1, 1),
        (Kind.USED, 0, 1),
        (Kind.PARTLY_IN, 2, 3),
    ]


def test_a_ticket_of_three_visits_lets_in_three_times(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, 2, uses=3, redeem="on arrival")
    told = []
    for _ in range(4):
        answer = checkin.scan(f"CF-{one}", desk=desk)
        told.append((answer.kind.value, answer.admitted, reservation(desk, one).status.value))
        clock.forward(minutes=1)
    assert told == [
        ("ADMIT", 2, "CONFIRMED"),
        ("ADMIT", 2, "CONFIRMED"),
        ("ADMIT", 2, "REDEEMED"),
        ("NO_USES_LEFT", 0, "REDEEMED"),
    ]


def test_a_visit_is_spent_only_when_all_its_heads_are_in(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, 2, uses=2)
    told = []
    for heads in (1, 1, 1, None, None):
        answer = checkin.scan(f"CF-{one}", desk=desk, heads=heads)
        told.append((answer.kind.value, answer.admitted, answer.arrived))
        clock.forward(**LATER)
    assert told == [
        ("ADMIT", 1, 1),
        ("PARTLY_IN", 1, 2),
        ("ADMIT", 1, 1),
        ("PARTLY_IN", 1, 2),
        ("NO_USES_LEFT", 0, 2),
    ]


def test_an_attraction_redeems_on_arrival_and_promises_the_comment_letter(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock, redeem="on arrival", comment_hours=3)
    checkin.scan(f"CF-{one}", desk=desk)
    assert reservation(desk, one).status is Status.REDEEMED
    assert letters(desk, one)[-1] == ("comment", "WAITING")
    with desk.reading() as look:
        leaves = look.execute(select(OutboxRow.leave_at).where(OutboxRow.kind == "comment")).scalar_one()
    assert leaves == DEPARTS + timedelta(hours=2 + 3)


def test_a_tour_is_not_redeemed_by_its_scan(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    checkin.scan(f"CF-{one}", desk=desk)
    assert reservation(desk, one).status is Status.CONFIRMED
    assert letters(desk, one) == [("confirmation", "WAITING")]


# --- refusing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.AWAITING_PAYMENT, Kind.NOT_CONFIRMED),
        (Status.UNCONFIRMED, Kind.NOT_CONFIRMED),
        (Status.PENDING, Kind.NOT_CONFIRMED),
        (Status.CANCEL_REQUESTED, Kind.CHECK),
        (Status.REDEEMED, Kind.USED),
        (Status.CANCELLED, Kind.CANCELLED),
        (Status.EXPIRED, Kind.CANCELLED),
    ],
)
def test_the_gate_answers_by_status(a_desk: Desk, clock: StillClock, status: Status, kind: Kind) -> None:
    one = guests(a_desk, clock, status=status)
    assert checkin.scan(f"CF-{one}", desk=a_desk).kind is kind


def test_refusals_change_nothing_but_are_kept_for_the_manager(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, status=Status.UNCONFIRMED)
    before = everything(desk, but=["scans"])
    for text in (
        f"CF-{one}",
        "1" * 26,
        code_for(77, version=1, secret=desk.code_secrets[1]),
        "nobody's",
        "12345678901234",
    ):
        assert checkin.scan(text, desk=desk).admitted == 0
    assert everything(desk, but=["scans"]) == before
    with desk.reading() as look:
        kept = look.execute(select(ScanRow.kind, ScanRow.text)).all()
    assert sorted(kind.value for kind, _ in kept) == [
        "FORGED",
        "NOT_CONFIRMED",
        "UNKNOWN",
        "UNKNOWN",
        "UNREADABLE",
    ]
    assert not [text for _, text in kept if "NOBODY" in text.upper()]


def test_a_key_version_of_another_house_is_unknown_and_not_forged(desk: Desk) -> None:
    assert checkin.scan("7" + "1" * 25, desk=desk).kind is Kind.UNKNOWN
    assert checkin.scan("1" + "1" * 25, desk=desk).kind is Kind.FORGED


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "P\x00Q", "\ud800", "%", "_", "'; --", "가" * 300, "9" * 4000]
)
def test_whatever_a_scanner_sends_gets_an_answer(desk: Desk, text: str) -> None:
    assert checkin.scan(text, desk=desk).admitted == 0


def test_a_ticket_used_once_and_then_cancelled_is_cancelled(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    (code,) = codes(desk, one)
    checkin.scan(code, desk=desk)
    reservations.cancel(one, desk=desk, reason="a storm comes")
    clock.forward(**LATER)
    assert checkin.scan(code, desk=desk).kind is Kind.CANCELLED


def test_the_ticket_of_an_earlier_confirmation_was_replaced(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    reservations.unconfirm(one, desk=desk)
    reservations.confirm(one, desk=desk)
    old, new = codes(desk, one)
    assert [checkin.scan(code, desk=desk).kind for code in (old, new)] == [Kind.REPLACED, Kind.ADMIT]


def test_a_balance_due_to_us_is_collected_before_anyone_comes_in(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    row = kkday_row(
        source="MySite", status="Confirmed", amount="KRW 75,000", balance="KRW 25,000", payment="Deposit paid"
    )
    (one,) = taken(desk, row)
    clock.set(IN_TIME)
    answer = checkin.scan(f"CF-{one}", desk=desk)
    assert (answer.kind, answer.message) == (Kind.COLLECT, "Collect KRW 25,000 first, then scan again.")
    payments.pay(one, desk=desk, method="cash", amount="25000")
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.ADMIT


def test_money_the_channel_still_has_to_get_is_none_of_our_business(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row(status="Confirmed", balance="KRW 25,000", payment="Unpaid"))
    clock.set(IN_TIME)
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.ADMIT


def test_an_order_without_a_departure_of_ours_is_checked_on_its_day_and_not_on_another(
    desk: Desk, clock: StillClock
) -> None:
    (one,) = taken(desk, direct_row(status="confirmed", product="Nobody's Walk"))
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.OTHER_DAY
    clock.set(IN_TIME)
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.CHECK


def test_one_number_of_two_living_orders_names_both_and_lets_nobody_in(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    number = a_reference("SAME")
    made = taken(desk, direct_row(reference=number, status="confirmed"))
    made += taken(desk, octo_booking(reference=number, status="CONFIRMED"))
    clock.set(DEPARTS - timedelta(days=3))
    answer = checkin.scan(number, desk=desk)
    assert answer.kind is Kind.UNKNOWN
    assert all(f"CF-{one}" in answer.message for one in made)


def test_a_no_show_who_comes_inside_the_hours_is_returned_and_let_in(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, status=Status.NO_SHOW)
    clock.set(DEPARTS + timedelta(minutes=10))
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.ADMIT
    assert reservation(desk, one).status is Status.CONFIRMED


def test_an_open_ticket_admits_within_its_days_only(desk: Desk, clock: StillClock) -> None:
    a_product(desk, validity="range", valid_from=date(2027, 1, 20), valid_until=date(2027, 1, 25))
    one = a_reservation(desk, Status.CONFIRMED, date="open")
    kinds = []
    for day in (19, 20, 25, 26):
        clock.set(clock().replace(day=day, hour=3))
        answer = checkin.scan(f"CF-{one}", desk=desk)
        kinds.append(answer.kind)
        if answer.admitted:
            undoing.undo(answer.scan_id, desk=desk)
    assert kinds == [Kind.TOO_EARLY, Kind.ADMIT, Kind.ADMIT, Kind.OUT_OF_DATE]


# --- force --------------------------------------------------------------------------------------


def test_a_force_with_a_reason_overrides_the_hours_and_is_kept(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    clock.set(DEPARTS + timedelta(minutes=40))
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.TOO_LATE
    answer = checkin.scan(f"CF-{one}", desk=desk.at_counter("Gate"), force="the bus was late")
    assert (answer.kind, answer.admitted) == (Kind.ADMIT, 2)
    with desk.reading() as look:
        kept = look.execute(select(ScanRow.forced).where(ScanRow.id == answer.scan_id)).scalar_one()
    assert kept == "the bus was late"


def test_a_long_reason_for_a_force_is_no_trouble(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    clock.set(DEPARTS + timedelta(minutes=40))
    assert checkin.scan(f"CF-{one}", desk=desk, force="the bus was late " * 40).admitted == 2


def test_a_force_never_lets_in_twice_nor_with_a_cancelled_reservation(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    checkin.scan(f"CF-{one}", desk=desk)
    clock.set(DEPARTS + timedelta(days=2))
    used = checkin.scan(f"CF-{one}", desk=desk, force="they insist")
    reservations.cancel(one, desk=desk, reason="they insist")
    clock.forward(**LATER)
    cancelled = checkin.scan(f"CF-{one}", desk=desk, force="they insist")
    assert [(a.kind, a.admitted) for a in (used, cancelled)] == [(Kind.USED, 0), (Kind.CANCELLED, 0)]


def test_a_force_before_the_hours_lets_in_and_does_not_redeem(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, redeem="on arrival")
    clock.set(DEPARTS - timedelta(hours=5))
    assert checkin.scan(f"CF-{one}", desk=desk, force="they wait in the hall").admitted == 2
    assert reservation(desk, one).status is Status.CONFIRMED


# --- the same scan ------------------------------------------------------------------------------


def test_the_same_code_within_five_seconds_is_the_same_scan(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    first = checkin.scan(f"CF-{one}", desk=desk)
    clock.forward(seconds=5)
    before = everything(desk)
    again = checkin.scan(f"CF-{one}", desk=desk)
    assert replace(again, again=False, told=first.told) == first
    assert again.again
    assert everything(desk) == before
    clock.forward(seconds=1)
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.USED


def test_the_same_code_at_another_counter_is_another_scan(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    checkin.scan(f"CF-{one}", desk=desk)
    assert checkin.scan(f"CF-{one}", desk=desk.at_counter("Gate 2")).kind is Kind.USED


def test_within_five_seconds_too_a_confirmed_order_is_judged_anew(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, status=Status.UNCONFIRMED)
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.NOT_CONFIRMED
    reservations.confirm(one, desk=desk)
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.ADMIT


def test_a_retry_with_the_same_scan_id_gets_the_same_answer_hours_later(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock)
    first = checkin.scan(f"CF-{one}", desk=desk, scan_id="a-scan")
    clock.forward(hours=3)
    before = everything(desk)
    again = checkin.scan(f"CF-{one}", desk=desk.at_counter("Gate 2"), scan_id="a-scan")
    assert replace(again, again=False, told=first.told) == first
    assert everything(desk, but=["counters"]) == {k: v for k, v in before.items() if k != "counters"}


# --- taking back --------------------------------------------------------------------------------


def test_an_arrival_is_taken_back_by_its_scan(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, 5)
    first = checkin.scan(f"CF-{one}", desk=desk, heads=3)
    clock.forward(**LATER)
    second = checkin.scan(f"CF-{one}", desk=desk)
    undoing.undo(first.scan_id, desk=desk)
    row, (ticket,) = reservation(desk, one), tickets(desk, one)
    assert (row.arrived_heads, ticket.arrived_heads, ticket.uses_left) == (2, 2, 1)
    undoing.undo(second.scan_id, desk=desk)
    row, (ticket,) = reservation(desk, one), tickets(desk, one)
    assert (row.arrived_heads, row.arrived_at, ticket.arrived_heads, ticket.uses_left) == (0, None, 0, 1)
    assert departure(desk, one).seats_taken == 5
    clock.forward(**LATER)
    assert checkin.scan(f"CF-{one}", desk=desk).admitted == 5


def test_an_arrival_is_taken_back_once(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    answer = checkin.scan(f"CF-{one}", desk=desk)
    undoing.undo(answer.scan_id, desk=desk)
    before = everything(desk)
    for scan_id in (answer.scan_id, "no such scan"):
        with pytest.raises(CannotDo, match="nothing-to-undo"):
            undoing.undo(scan_id, desk=desk)
    with pytest.raises(CannotDo, match="nothing-to-undo"):
        undoing.undo_last(one, desk=desk)
    assert everything(desk) == before


def test_undoing_by_number_takes_back_the_last_arrival_only(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, 5)
    for heads in (1, 3):
        checkin.scan(f"CF-{one}", desk=desk, heads=heads)
        clock.forward(**LATER)
    undoing.undo_last(one, desk=desk)
    assert reservation(desk, one).arrived_heads == 1


def test_undoing_a_visit_of_several_gives_back_just_that_visit(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, 2, uses=3)
    for _ in range(2):
        checkin.scan(f"CF-{one}", desk=desk)
        clock.forward(**LATER)
    undoing.undo_last(one, desk=desk)
    (ticket,) = tickets(desk, one)
    assert (ticket.uses_left, reservation(desk, one).arrived_heads) == (2, 2)
    undoing.undo_last(one, desk=desk)
    (ticket,) = tickets(desk, one)
    assert (ticket.uses_left, reservation(desk, one).arrived_heads) == (3, 0)


def test_taking_back_an_earlier_visit_leaves_the_later_one(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, 2, uses=2)
    first = checkin.scan(f"CF-{one}", desk=desk)
    clock.forward(**LATER)
    checkin.scan(f"CF-{one}", desk=desk, heads=1)
    undoing.undo(first.scan_id, desk=desk)
    (ticket,) = tickets(desk, one)
    assert (ticket.uses_left, ticket.arrived_heads, reservation(desk, one).arrived_heads) == (2, 1, 1)


def test_undoing_a_redemption_drops_the_comment_letter(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, redeem="on arrival")
    checkin.scan(f"CF-{one}", desk=desk)
    assert undoing.undo_last(one, desk=desk).status is Status.CONFIRMED
    row = reservation(desk, one)
    assert (row.arrived_heads, row.redeemed_at, row.to_do) == (0, None, "")
    assert letters(desk, one)[-1] == ("comment", "DROPPED")
    clock.forward(**LATER)
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.ADMIT
    assert letters(desk, one)[-2:] == [("comment", "DROPPED"), ("comment", "WAITING")]


def send_comment_letter(desk: Desk) -> None:
    """The carrier comes: there is no use case for it yet."""
    with desk.work() as work:
        sent = update(OutboxRow).where(OutboxRow.kind == "comment").values(state=LetterState.SENT)
        work.connection.execute(sent)


@pytest.mark.parametrize("why", ["letter-has-left", "undo-window-over"])
def test_a_late_undo_takes_a_manager_with_a_reason(desk: Desk, clock: StillClock, why: str) -> None:
    one = guests(desk, clock, redeem="on arrival")
    checkin.scan(f"CF-{one}", desk=desk)
    send_comment_letter(desk) if why == "letter-has-left" else clock.forward(hours=24, seconds=1)
    clerk = replace(desk, actor=replace(desk.actor, role="front-desk"))
    before = everything(desk)
    for who, reason in ((desk, ""), (clerk, "a slip")):
        with pytest.raises(CannotDo, match=why):
            undoing.undo_last(one, desk=who, reason=reason)
    assert everything(desk) == before
    assert undoing.undo_last(one, desk=desk, reason="a slip").status is Status.CONFIRMED


def test_nobody_is_asked_for_a_comment_a_second_time(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, redeem="on arrival")
    checkin.scan(f"CF-{one}", desk=desk)
    send_comment_letter(desk)
    undoing.undo_last(one, desk=desk, reason="a slip")
    clock.forward(**LATER)
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.ADMIT
    assert [kind for kind, _ in letters(desk, one)].count("comment") == 1


def test_a_day_later_anybody_may_still_undo(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock, redeem="on arrival")
    checkin.scan(f"CF-{one}", desk=desk)
    clock.forward(hours=24)
    assert undoing.undo_last(one, desk=desk).status is Status.CONFIRMED


# --- the end of the trip ------------------------------------------------------------------------


def test_the_close_of_a_trip_redeems_who_arrived_and_proposes_who_did_not(
    desk: Desk, clock: StillClock
) -> None:
    came = guests(desk, clock)
    missing = a_reservation(desk, Status.CONFIRMED)
    checkin.scan(f"CF-{came}", desk=desk)
    clock.set(DEPARTS + timedelta(hours=2, seconds=-1))
    assert trips.close_trips(desk=desk) == trips.Closed((), ())
    clock.forward(seconds=1)
    closed = trips.close_trips(desk=desk)
    assert [done.id for done in closed.redeemed] == [came]
    assert [done.id for done in closed.no_show_proposed] == [missing]
    assert [reservation(desk, one).status.value for one in (came, missing)] == ["REDEEMED", "CONFIRMED"]
    assert letters(desk, came)[-1] == ("comment", "WAITING")
    assert trips.close_trips(desk=desk).redeemed == ()


def test_a_trip_that_was_redeemed_at_its_close_is_undone_first_and_its_arrival_second(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock, status=Status.REDEEMED)
    clock.set(DEPARTS + timedelta(hours=3))
    undoing.undo_last(one, desk=desk)
    row = reservation(desk, one)
    assert (row.status, row.arrived_heads) == (Status.CONFIRMED, 2)
    assert letters(desk, one)[-1] == ("comment", "DROPPED")
    undoing.undo_last(one, desk=desk)
    assert reservation(desk, one).arrived_heads == 0


def test_a_day_without_a_time_is_closed_when_it_is_over(desk: Desk, clock: StillClock) -> None:
    (one,) = taken(desk, direct_row(status="confirmed", product="Nobody's Walk"))
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    assert trips.close_trips(desk=desk).redeemed == ()
    clock.forward(days=1)
    assert [done.id for done in trips.close_trips(desk=desk).redeemed] == [one]
