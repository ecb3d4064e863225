"""What two counters change at the same moment: the second waits for the first, and nothing is half of each."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from time import monotonic as time_now

from sqlalchemy import delete, insert, select, text, update

from controllers import (
    checkin,
    giving_back,
    holidays,
    mapping,
    products,
    reservations,
    reviews,
    seats,
    undoing,
    views,
)
from controllers.desk import Desk
from controllers.notice_people import keep_notices, see_notices
from controllers.products_file import ProductForm
from controllers.receiving import wait_for_turn
from models.reservations import Status
from models.tables import Departure, Option, Product, Reservation, Review, Rule, ScanRow
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    an_operator,
    direct_row,
    kkday_row,
    reservation,
    somebody_else,
    take,
    taken,
    teach_headings,
)
from tests.controllers.test_sale import on_sale, sold
from tests.fakes import StillClock
from tests.together import at_once

FIRST_CLOSED, SECOND_CLOSED = date(2027, 1, 16), date(2027, 1, 17)


def the_option(desk: Desk) -> int:
    with desk.reading() as look:
        return look.execute(select(Option.id)).scalar_one()


def test_of_two_who_save_the_rules_of_an_option_one_is_right(desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    page = products.see_product(1, desk=desk)

    def save(at: Desk, starts: str, capacity: int) -> object:
        rules = [{"starts": starts, "minutes": 60, "capacity": capacity}]
        content = page.content | {"option": [page.content["option"][0] | {"rules": rules}]}
        return products.save_product(ProductForm.model_validate(content), desk=at, product_id=page.id)

    for _ in range(3):
        at_once(lambda: save(desk, "09:00", 5), lambda: save(second_desk, "11:00", 7))
        with desk.reading() as look:
            kept = [tuple(row) for row in look.execute(select(Rule.starts, Rule.capacity))]
        assert kept in ([("09:00", 5)], [("11:00", 7)])


def test_of_two_who_save_a_product_they_both_saw_the_second_is_told(desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    page = products.see_product(products.see_products(desk=desk).rows[0].id, desk=desk)

    def save(at: Desk, name: str) -> tuple[str, ...]:
        form = ProductForm.model_validate(page.content | {"name": name})
        return products.save_product(form, desk=at, product_id=page.id, seen=page.seen).fields

    found = at_once(lambda: save(desk, "Tea Walk"), lambda: save(second_desk, "Long Tea Walk"))
    assert sorted(found, key=str) == [("name",), "product-changed-meanwhile"]


def test_promises_skip_the_days_that_two_close_at_once(desk: Desk, second_desk: Desk) -> None:
    an_operator(desk, zone="Asia/Seoul")
    a_product(desk, confirm_within={"days": 1})
    order = taken(desk, direct_row())[0]
    before = reservation(desk, order).confirm_by
    at_once(
        lambda: holidays.close_day(FIRST_CLOSED, "First", desk=desk),
        lambda: holidays.close_day(SECOND_CLOSED, "Second", desk=second_desk),
    )
    assert (reservation(desk, order).confirm_by - before).days == 2


def test_of_two_who_close_the_same_day_one_is_told(desk: Desk, second_desk: Desk) -> None:
    found = at_once(
        lambda: holidays.close_day(FIRST_CLOSED, "First", desk=desk).moved,
        lambda: holidays.close_day(FIRST_CLOSED, "Second", desk=second_desk).moved,
    )
    assert sorted(found, key=str) == [0, "day-closed"]


def test_two_windows_of_one_person_give_no_name_twice(desk: Desk, second_desk: Desk) -> None:
    found = at_once(
        lambda: views.save_view("Boats", {}, desk=desk).name,
        lambda: views.save_view("Boats", {}, desk=second_desk).name,
    )
    assert sorted(found, key=str) == ["Boats", "view-name-taken"]
    at_once(lambda: views.arrange({"a": 1}, desk=desk), lambda: views.arrange({"a": 1}, desk=second_desk))
    assert views.see_views(desk=desk).arranged == {"a": 1}


def test_of_two_who_teach_the_same_word_both_are_answered(desk: Desk, second_desk: Desk) -> None:
    teach_headings(desk)
    a_product(desk)
    orders = taken(desk, *(kkday_row(product="[OLD] Another Walk/Afternoon") for _ in range(5)))
    (group,) = mapping.see_unmatched_groups(desk=desk).groups
    tour = products.see_products(desk=desk).rows[0].id

    def teach(at: Desk) -> int:
        return mapping.map_orders(group.key, product_id=tour, option_id=the_option(desk), desk=at).placed

    placed = at_once(lambda: teach(desk), lambda: teach(second_desk))
    assert max(placed) == len(orders)  # whoever comes second counts those that still waited then
    assert {reservation(desk, order).product_id for order in orders} == {tour}


def test_a_product_is_sold_or_deleted_and_never_both(desk: Desk, second_desk: Desk) -> None:
    teach_headings(desk)
    for number in range(4):
        a_product(desk, f"T{number}", f"Tour {number}")
        with desk.reading() as look:
            made = look.execute(select(Product.id).where(Product.code == f"T{number}")).scalar_one()
        row = direct_row(product=f"Tour {number}")
        at_once(lambda: taken(desk, row), lambda: products.delete_product(made, desk=second_desk))  # noqa: B023
        with desk.reading() as look:
            kept = look.execute(select(Product.id).where(Product.id == made)).first() is not None
            sold = look.execute(select(Reservation.id).where(Reservation.product_id == made)).first()
        assert kept or not sold


def test_of_two_who_add_a_product_with_the_same_code_the_second_is_told(
    desk: Desk, second_desk: Desk
) -> None:
    found = at_once(
        lambda: a_product(desk, "NEW", "New Walk").added,
        lambda: a_product(second_desk, "NEW", "New Walk").added,
    )
    assert ("NEW",) in found
    assert set(found) <= {("NEW",), (), "database-busy"}


def test_of_two_who_keep_what_a_colleague_hears_the_second_is_told(desk: Desk, second_desk: Desk) -> None:
    mina, noor = somebody_else(desk), somebody_else(second_desk, "Noor", "manager")
    (seen,) = (card.heard for card in see_notices(desk=desk).cards if card.name == "Mina")

    def keep(at: Desk, mail: str) -> str:
        keep_notices(mina.actor.staff_id, replace(seen, mail=mail), desk=at, seen=seen)
        return "kept"

    found = at_once(lambda: keep(desk, "one@example.com"), lambda: keep(noor, "two@example.com"))
    assert sorted(map(str, found)) == ["kept", "kept-meanwhile"]


def test_who_decides_about_a_review_waits_for_who_records_one_and_neither_is_refused(
    desk: Desk, second_desk: Desk
) -> None:
    a_product(desk)
    order = a_reservation(desk, Status.REDEEMED)
    with desk.work() as work:
        told = {"reservation_id": order, "rating": 4, "at": work.now, "source": "mail", "waits": True}
        proposal = work.connection.execute(insert(Review).returning(Review.id), told).scalar_one()
    held = threading.Event()

    def record() -> str:
        with second_desk.work() as work:
            reservations.take(work, order)
            held.set()
            _let_wait(desk)
            work.connection.execute(delete(Review).where(Review.reservation_id == order))
        return "recorded"

    def decide() -> object:
        held.wait(5)
        return reviews.decide(proposal, 5, desk=desk)

    assert at_once(record, decide) == ["recorded", "review-decided"]


def test_somebody_who_works_at_two_counters_is_not_in_their_own_way(desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    order = taken(desk, direct_row(status="confirmed"))[0]
    reservations.cancel(order, desk=desk, reason="the boat is broken")
    (refund,) = giving_back.refunds_of(order, desk=desk)
    held = threading.Event()

    def note() -> str:
        with second_desk.work() as work:
            reservations.take(work, order)
            held.set()
            _let_wait(desk)
            reservations.say(work, order, "note", "paid by bank")
        return "noted"

    def mark() -> str:
        held.wait(5)
        return giving_back.mark_done(refund.id, desk=desk, method="bank").state.value

    assert at_once(note, mark) == ["noted", "DONE"]


def test_a_newer_file_waits_for_who_works_on_its_orders_and_neither_is_refused(
    desk: Desk, second_desk: Desk
) -> None:
    a_product(desk)
    rows = [direct_row(reference=f"Z-{9 - number}") for number in range(6)]
    orders, held = taken(desk, *rows), threading.Event()

    def work() -> str:
        with second_desk.work() as work:
            reservations.take(work, orders[0])
            held.set()
            _let_wait(desk)
            for order in orders[1:]:
                reservations.take(work, order)
        return "worked"

    def hear() -> int:
        held.wait(5)
        return len(take(desk, *(row | {"notes": "A high chair"} for row in rows)).changed)

    assert at_once(work, hear) == ["worked", len(orders)]


def test_a_sale_waits_for_a_file_that_is_being_taken_in_and_neither_is_refused(
    desk: Desk, second_desk: Desk
) -> None:
    offer = on_sale(desk)
    taken(desk, direct_row())
    begun = threading.Event()

    def take_in() -> str:
        with second_desk.work() as work:
            wait_for_turn(work)
            begun.set()
            _let_wait(desk)
            work.connection.execute(select(Departure).with_for_update())
        return "taken in"

    def sell() -> Status:
        begun.wait(5)
        return sold(desk, offer).status

    assert at_once(take_in, sell) == ["taken in", Status.CONFIRMED]


def test_who_takes_a_scan_back_waits_for_scans_that_are_handed_over_and_neither_is_refused(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    order = a_reservation(desk, Status.CONFIRMED)
    clock.set(DEPARTS)
    scan = checkin.scan(f"CF-{order}", desk=desk).scan_id
    held = threading.Event()

    def hand_over() -> str:
        with second_desk.work() as work:
            reservations.take(work, order)
            held.set()
            _let_wait(desk)
            work.connection.execute(update(ScanRow).values(source="typed"))
        return "handed over"

    def undo() -> Status:
        held.wait(5)
        return undoing.undo(scan, desk=desk).status

    assert at_once(hand_over, undo) == ["handed over", Status.CONFIRMED]


def test_longer_tours_wait_for_whoever_is_confirming_and_neither_is_refused(
    desk: Desk, second_desk: Desk
) -> None:
    a_product(desk)
    order = taken(desk, direct_row())[0]
    page = products.see_product(1, desk=desk)
    (option,) = page.content["option"]
    longer = page.content | {"option": [option | {"rules": [option["rules"][0] | {"minutes": 240}]}]}
    held, saving = threading.Event(), threading.Event()

    def confirm() -> int:
        with second_desk.work() as work:
            row = reservations.take(work, order)
            held.set()
            saving.wait(5)
            _let_wait(desk)
            return seats.shift(work, row.departure_id, row.heads, overbook=False).after

    def save() -> tuple[str, ...]:
        held.wait(5)
        saving.set()
        return products.save_product(ProductForm.model_validate(longer), desk=desk, product_id=1).fields

    assert at_once(confirm, save) == [2, ("option",)]
    kept = reservation(desk, order)
    assert (kept.ends_at - kept.departs_at).total_seconds() == 4 * 3600


def _let_wait(desk: Desk) -> None:
    """On PostgreSQL, until somebody waits for a row; a file has one writer, and whoever comes waits for it."""
    if desk.database.is_sqlite:
        return
    waiting = text("select count(*) from pg_locks where not granted")
    until = time_now() + 5
    with desk.reading() as look:
        while not look.execute(waiting).scalar_one() and time_now() < until:
            pass
