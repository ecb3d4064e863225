"""One purchase with several numbers: any of them offers all, and all go in and out in one step."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from controllers import attention, checkin, reservations, undoing
from controllers.desk import Desk
from controllers.imports import import_file
from controllers.together import let_in_together
from models.checkin import Kind
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Reservation
from tests.builders import DEPARTS, a_product, everything, reservation
from tests.fakes import StillClock
from tests.together import at_once

IN_TIME = DEPARTS - timedelta(minutes=10)
_HEADING = (
    "예약번호,예약상태,상품명,옵션명,수량,여행 출발일,출발 시간,"
    "여행자명,연락처,이메일,결제금액,예약일시,요청 사항"
)
_CARTS = (
    "Cart confirmation code,Product confirmation code,External Booking Ref.,Status,Creation date,Start date,End date,"
    "Product ID,Product title,Rate title,Customer,Email,Phone number,Participants,Total passengers,Booking channel,"
    "Seller,Payment status,Total price with discount,Currency"
)


def exp_order(desk: Desk, *units: tuple[str, int], status: str = "예약 확정") -> list[int]:
    """A MyRealTrip order of several units, each with a number of its own."""
    a_product(desk, capacity=20)
    return exp_rows(desk, units, "Tea House Walk", "2027-02-01", "14:00", status)


def exp_rows(
    desk: Desk,
    units: Sequence[tuple[str, int]],
    product: str,
    day: str,
    starts: str,
    status: str = "예약 확정",
) -> list[int]:
    """The rows of such an order, for a product that is there."""
    rows = [
        [
            f"EXP-20260910-000000{n}", status, product, unit, count, day, starts, "홍보기", "010-0000-1111", "",
            12000, "2026-09-10 09:05", "",
        ]
        for n, (unit, count) in enumerate(units, 2)
    ]  # fmt: skip
    return _take(desk, "myrealtrip.csv", _HEADING, rows)


def gyg_order(desk: Desk, *heads: int) -> list[int]:
    """One GetYourGuide reference that stands on several bookings at Bókun."""
    a_product(desk, capacity=20)
    rows = [
        [
            f"GET-{n}", f"CRT-T90000{n}", "GYGTEST00001", "CONFIRMED", "03.01.2027 10:22", "01.02.2027 14:00",
            "01.02.2027 16:00", 5001, "Tea House Walk", "Afternoon", "Sample, Bea", "", "", f"Adults: {count}",
            count, "GetYourGuide", "Our Tours", "PAID_IN_FULL", 75000, "KRW",
        ]
        for n, count in enumerate(heads, 1)
    ]  # fmt: skip
    return _take(desk, "bokun.csv", _CARTS, rows)


def _take(desk: Desk, name: str, heading: str, rows: list[list[object]]) -> list[int]:
    text = io.StringIO()
    csv.writer(text).writerows([next(csv.reader([heading])), *rows])
    account = import_file(name, text.getvalue().encode(), desk=desk)
    assert account.taken == len(rows), account
    with desk.reading() as look:
        asked = select(Reservation.id).order_by(Reservation.id.desc()).limit(len(rows))
        return sorted(look.execute(asked).scalars())


def test_one_number_of_an_exp_order_offers_the_others(desk: Desk, clock: StillClock) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2), ("유아", 1))
    clock.set(IN_TIME)
    answer = checkin.scan("EXP-20260910-0000003", desk=desk, look=True)
    assert (answer.kind, answer.offers) == (Kind.ADMIT, 2)
    assert [(one.reservation_id, one.offers) for one in answer.companions] == [(made[0], 2), (made[2], 1)]
    assert answer.offers_in_all == 5


def test_all_five_of_three_bookings_go_in_at_once_and_out_again(desk: Desk, clock: StillClock) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2), ("유아", 1))
    clock.set(IN_TIME)
    answer = checkin.scan(f"CF-{made[0]}", desk=desk)
    others = [one.reservation_id for one in answer.companions]
    answers = let_in_together(f"CF-{made[0]}", others, desk=desk, scan_id=answer.scan_id)
    assert sum(one.admitted for one in answers) == 5
    assert [reservation(desk, one).arrived_heads for one in made] == [2, 2, 1]
    done = undoing.undo(answers[1].scan_id, desk=desk)
    assert (done.facts["heads"], done.facts["numbers"]) == (5, 3)
    assert [reservation(desk, one).arrived_heads for one in made] == [0, 0, 0]


def test_letting_in_together_twice_with_one_id_changes_nothing(desk: Desk, clock: StillClock) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 1))
    clock.set(IN_TIME)
    scan_id = str(uuid.uuid4())
    let_in_together(f"CF-{made[0]}", made[1:], desk=desk, scan_id=scan_id)
    before = everything(desk)
    again = let_in_together(f"CF-{made[0]}", made[1:], desk=desk, scan_id=scan_id)
    assert [one.again for one in again] == [True, True]
    assert everything(desk) == before


def test_three_of_them_come_in_and_the_next_scan_offers_the_others(desk: Desk, clock: StillClock) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2), ("유아", 1))
    clock.set(IN_TIME)
    let_in_together(f"CF-{made[0]}", made[1:], desk=desk, scan_id=str(uuid.uuid4()), heads=3)
    assert [reservation(desk, one).arrived_heads for one in made] == [2, 1, 0]
    clock.forward(seconds=6)
    used = checkin.scan(f"CF-{made[0]}", desk=desk)
    assert used.kind is Kind.USED
    assert [(one.reservation_id, one.offers) for one in used.companions] == [(made[1], 1), (made[2], 1)]


def test_one_that_may_not_come_in_is_named_and_not_counted(desk: Desk, clock: StillClock) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2), status="확정 대기")
    reservations.confirm(made[0], desk=desk)
    clock.set(IN_TIME)
    answer = checkin.scan(f"CF-{made[0]}", desk=desk, look=True)
    assert [(one.kind, one.offers) for one in answer.companions] == [(Kind.NOT_CONFIRMED, 0)]
    with pytest.raises(CannotDo, match="changed-meanwhile"):
        let_in_together(f"CF-{made[0]}", made[1:], desk=desk, scan_id=answer.scan_id)
    assert reservation(desk, made[0]).arrived_heads == 0


def test_one_with_a_note_goes_in_by_its_own_scan(desk: Desk, clock: StillClock) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2))
    attention.leave_for_gate(made[1], desk=desk, words="Stroller")
    clock.set(IN_TIME)
    answer = checkin.scan(f"CF-{made[0]}", desk=desk, look=True)
    assert [(one.kind, one.offers) for one in answer.companions] == [(Kind.CHECK, 0)]


def test_one_reference_on_several_bookings_is_one_party(desk: Desk, clock: StillClock) -> None:
    made = gyg_order(desk, 2, 3)
    clock.set(IN_TIME)
    answer = checkin.scan("GYGTEST00001", desk=desk, look=True)
    assert (answer.reservation_id, answer.offers_in_all) == (made[0], 5)
    let_in_together("GYGTEST00001", made[1:], desk=desk, scan_id=answer.scan_id)
    assert [reservation(desk, one).arrived_heads for one in made] == [2, 3]


def test_what_was_cancelled_is_not_offered(desk: Desk, clock: StillClock) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2))
    reservations.cancel(made[1], desk=desk, reason="the guide is ill")
    assert reservation(desk, made[1]).status is Status.CANCELLED
    clock.set(IN_TIME)
    assert checkin.scan(f"CF-{made[0]}", desk=desk, look=True).companions == ()


def test_when_the_scanned_one_was_cancelled_meanwhile_nobody_of_them_comes_in(
    desk: Desk, clock: StillClock
) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2), ("유아", 1))
    clock.set(IN_TIME)
    answer = checkin.scan(f"CF-{made[0]}", desk=desk, look=True)
    reservations.cancel(made[0], desk=desk, reason="the guide is ill")
    (only,) = let_in_together(f"CF-{made[0]}", made[1:], desk=desk, scan_id=answer.scan_id, chosen=made[0])
    assert only.kind is Kind.CANCELLED
    assert [reservation(desk, one).arrived_heads for one in made] == [0, 0, 0]


def test_when_the_scanned_one_came_in_elsewhere_meanwhile_the_others_are_offered_again(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2))
    clock.set(IN_TIME)
    answer = checkin.scan(f"CF-{made[0]}", desk=desk, look=True)
    checkin.scan(f"CF-{made[0]}", desk=second_desk)
    told = {"desk": desk, "scan_id": answer.scan_id, "chosen": made[0]}
    (used,) = let_in_together(f"CF-{made[0]}", made[1:], **told)
    assert (used.kind, used.offers_in_all) == (Kind.USED, 2)
    assert reservation(desk, made[1]).arrived_heads == 0
    let_in_together(f"CF-{made[0]}", made[1:], **told)
    assert [reservation(desk, one).arrived_heads for one in made] == [2, 2]


def test_a_note_left_meanwhile_is_read_before_any_of_them_comes_in(desk: Desk, clock: StillClock) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2))
    clock.set(IN_TIME)
    answer = checkin.scan(f"CF-{made[0]}", desk=desk, look=True)
    attention.leave_for_gate(made[0], desk=desk, words="Stroller")
    told = {"desk": desk, "scan_id": answer.scan_id, "chosen": made[0]}
    (only,) = let_in_together(f"CF-{made[0]}", made[1:], **told)
    assert (only.note, only.offers_in_all) == ("Stroller", 4)
    assert [reservation(desk, one).arrived_heads for one in made] == [0, 0]
    let_in_together(f"CF-{made[0]}", made[1:], note=only.note, **told)
    assert [reservation(desk, one).arrived_heads for one in made] == [2, 2]


def test_two_counters_with_two_numbers_of_one_order_let_everybody_in_once(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    made = exp_order(desk, ("성인", 2), ("아동", 2), ("유아", 1))
    clock.set(IN_TIME)

    def come(at: Desk, one: int) -> object:
        others = [other for other in made if other != one]
        text, scan_id = f"CF-{one}", str(uuid.uuid4())
        return let_in_together(text, others, desk=at, scan_id=scan_id, chosen=one)

    found = at_once(lambda: come(desk, made[0]), lambda: come(second_desk, made[2]))
    assert sorted(len(answers) for answers in found) == [1, 3]
    (late,) = next(answers for answers in found if len(answers) == 1)
    assert (late.kind, late.offers_in_all) == (Kind.USED, 0)
    assert [reservation(desk, one).arrived_heads for one in made] == [2, 2, 1]
