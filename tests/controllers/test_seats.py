"""A seat is sold once: two desks, one seat, exactly one wins, and what is taken is always counted right."""

from __future__ import annotations

import pytest

from controllers import checkin, reservations, viewing
from controllers.desk import Desk
from controllers.journal import verify
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    departure,
    direct_file,
    direct_row,
    everything,
    kkday_row,
    reservation,
    taken,
    teach_headings,
    tickets,
)
from tests.fakes import StillClock
from tests.together import at_once


def test_the_last_seats_are_sold_and_the_next_party_is_refused_with_the_numbers(desk: Desk) -> None:
    a_product(desk, capacity=4)
    first, second = a_reservation(desk, party=3), a_reservation(desk, party=2)
    reservations.confirm(first, desk=desk)
    before = everything(desk)
    with pytest.raises(CannotDo) as refused:
        reservations.confirm(second, desk=desk)
    facts = {"short": 1, "departure": "2027-02-01", "taken": 3, "capacity": 4}
    assert (refused.value.code, refused.value.facts) == ("no-seats", facts)
    assert everything(desk) == before


def test_a_party_that_just_fits_is_confirmed(desk: Desk) -> None:
    a_product(desk, capacity=4)
    reservations.confirm(a_reservation(desk, party=3), desk=desk)
    last = a_reservation(desk, party=1)
    reservations.confirm(last, desk=desk)
    assert departure(desk, last).seats_taken == 4


def test_overbooking_with_a_reason_takes_the_seats_and_is_told(desk: Desk) -> None:
    a_product(desk, capacity=1)
    one = a_reservation(desk, party=3)
    reservations.confirm(one, desk=desk, overbook="a second guide comes")
    assert departure(desk, one).seats_taken == 3
    told = viewing.see_details(one, desk=desk).history[0].facts
    assert (told["seats_before"], told["seats_after"], told["capacity"]) == (0, 3, 1)


def test_a_party_nobody_told_holds_one_seat(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, sold_by="kkday", party=None)
    assert reservation(desk, one).party is None
    assert departure(desk, one).seats_taken == 1
    assert [ticket.heads for ticket in tickets(desk, one)] == [1]


def test_what_the_channel_confirmed_takes_its_seats_even_over_capacity(desk: Desk) -> None:
    a_product(desk, capacity=1)
    teach_headings(desk)
    one, _ = taken(desk, *(kkday_row(status="Confirmed", guests="2 x Adult") for _ in range(2)))
    assert departure(desk, one).seats_taken == 4


def test_an_infant_on_the_lap_takes_no_seat(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, direct_row(status="confirmed", adults=2, children=1, infants=1))
    assert departure(desk, one).seats_taken == reservation(desk, one).party == 3


def test_instant_orders_are_confirmed_while_seats_are_left_and_then_wait(desk: Desk) -> None:
    a_product(desk, capacity=5, confirmation="instant")
    teach_headings(desk)
    made = taken(desk, *(kkday_row() for _ in range(3)))
    statuses = [reservation(desk, one).status for one in made]
    assert statuses == [Status.CONFIRMED, Status.CONFIRMED, Status.UNCONFIRMED]
    assert departure(desk, made[0]).seats_taken == 4


def test_a_tour_is_never_made_smaller_than_what_is_sold(desk: Desk) -> None:
    a_product(desk, capacity=8)
    one = a_reservation(desk, Status.CONFIRMED, party=6)
    with pytest.raises(CannotDo) as refused:
        a_product(desk, name="Another name", capacity=4)
    assert refused.value.code == "below-sold"
    assert refused.value.sentence.startswith("6 seats are sold on 2027-02-01, so 4 are too few.")
    kept = departure(desk, one)
    assert (kept.capacity, kept.seats_taken) == (8, 6)
    a_product(desk, capacity=6)
    assert departure(desk, one).capacity == 6


# --- two desks ----------------------------------------------------------------------------------


def test_of_two_desks_selling_the_last_seat_exactly_one_does(desk: Desk, second_desk: Desk) -> None:
    a_product(desk, capacity=2)
    one, two = a_reservation(desk), a_reservation(desk)
    answers = at_once(
        lambda: reservations.confirm(one, desk=desk).status,
        lambda: reservations.confirm(two, desk=second_desk).status,
    )
    assert sorted(answers) == ["CONFIRMED", "no-seats"]
    assert departure(desk, one).seats_taken == 2
    assert all(chain.broken_at is None for chain in verify(desk=desk))


def test_of_two_desks_confirming_the_same_order_exactly_one_does(desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    answers = at_once(*(lambda d=d: reservations.confirm(one, desk=d).status for d in (desk, second_desk)))
    assert sorted(answers) == ["CONFIRMED", "move-not-allowed"]
    assert departure(desk, one).seats_taken == 2
    assert len(tickets(desk, one)) == 1


def test_of_two_gates_scanning_one_voucher_exactly_one_lets_in(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, party=5)
    clock.set(DEPARTS)
    answers = at_once(*(lambda d=d: checkin.scan(f"CF-{one}", desk=d) for d in (desk, second_desk)))
    assert sorted(answer.kind.value for answer in answers) == ["ADMIT", "USED"]
    assert sum(answer.admitted for answer in answers) == reservation(desk, one).arrived_heads == 5


def test_of_two_gates_with_one_scan_each_of_a_party_all_heads_are_counted(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, party=5)
    clock.set(DEPARTS)
    answers = at_once(*(lambda d=d: checkin.scan(f"CF-{one}", desk=d, heads=3) for d in (desk, second_desk)))
    assert sorted(answer.admitted for answer in answers) == [2, 3]
    assert reservation(desk, one).arrived_heads == 5


def test_two_desks_importing_the_same_file_take_each_order_once(desk: Desk, second_desk: Desk) -> None:
    from controllers.imports import import_file

    a_product(desk)
    file = direct_file(*(direct_row(status="confirmed") for _ in range(3)))
    answers = at_once(*(lambda d=d: import_file("direct.csv", file, desk=d) for d in (desk, second_desk)))
    assert sorted((answer.taken, answer.unchanged) for answer in answers) == [(0, 3), (3, 0)]


def test_two_counters_writing_at_once_keep_two_whole_chains(desk: Desk, second_desk: Desk) -> None:
    a_product(desk, capacity=99)
    made = taken(desk, *(direct_row() for _ in range(12)))

    def confirm_all(which: list[int], at: Desk) -> None:
        for one in which:
            reservations.confirm(one, desk=at)

    at_once(lambda: confirm_all(made[::2], desk), lambda: confirm_all(made[1::2], second_desk))
    chains = {chain.counter: chain for chain in verify(desk=desk)}
    assert all(chain.broken_at is None for chain in chains.values())
    assert chains["Second desk"].entries == 6
    assert departure(desk, made[0]).seats_taken == 24
