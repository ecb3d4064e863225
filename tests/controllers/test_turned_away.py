"""Who was refused at the gate today: counted and listed over every counter, from an index of refusals alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import event, insert, text

from controllers import checkin
from controllers.desk import Desk
from controllers.turned_away import count_turned_away, turned_away
from models.checkin import ADMITTING, TURNED_AWAY, Kind
from models.reservations import Status
from models.tables import ScanRow
from models.tables.tickets import REFUSED
from tests.builders import DEPARTS, a_product, a_reservation, kkday_row, taken
from tests.fakes import StillClock

IN_TIME = DEPARTS - timedelta(minutes=10)


def test_the_index_says_the_same_as_the_rule() -> None:
    named = {kind for kind in Kind if f"'{kind.value}'" in str(REFUSED)}
    assert named == ADMITTING | {Kind.UNREADABLE}
    assert set(Kind) - named == TURNED_AWAY


def test_refusals_of_every_counter_count_and_admissions_do_not(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    checkin.unreadable("picture", desk=desk)
    assert count_turned_away(desk=desk) == 0
    clock.forward(minutes=12)
    checkin.scan(f"CF-{one}", desk=desk.at_counter("Second"))
    clock.forward(minutes=1)
    checkin.scan("NOBODY-HAS-THIS", desk=desk)
    assert count_turned_away(desk=desk) == 2
    unknown, used = turned_away(desk=desk)
    assert (unknown.scan.answer.kind, unknown.scan.counter) == (Kind.UNKNOWN, desk.actor.counter)
    assert "NOBODY" not in unknown.scan.answer.text
    assert (used.scan.answer.kind, used.scan.counter, used.scan.answer.traveler) == (
        Kind.USED, "Second", "Anna Sample",
    )  # fmt: skip
    assert used.staff == desk.actor.staff
    assert not used.came_in


def test_who_came_in_afterwards_says_so(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(DEPARTS - timedelta(hours=8))
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.TOO_EARLY
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    assert [one.came_in for one in turned_away(desk=desk)] == [True]


def test_a_hidden_traveler_stays_hidden(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    (found,) = turned_away(desk=desk)
    assert (found.scan.answer.kind, found.scan.answer.traveler) == (Kind.NOT_CONFIRMED, "")


def test_yesterday_is_not_today_and_pages_go_on_where_they_ended(desk: Desk, clock: StillClock) -> None:
    clock.set(IN_TIME - timedelta(days=1))
    checkin.scan("YESTERDAY", desk=desk)
    clock.set(IN_TIME)
    for n in range(7):
        checkin.scan(f"NOBODY-{n}", desk=desk)  # all in the same instant: the id parts them
    whole = [one.place for one in turned_away(desk=desk)]
    assert len(set(whole)) == count_turned_away(desk=desk) == 7
    paged: list[Any] = []
    after = None
    while page := turned_away(desk=desk, after=after, most=3):
        paged += [one.place for one in page]
        after = page[-1].place
    assert paged == whole


def test_both_are_answered_from_the_index_of_refusals(desk: Desk, clock: StillClock) -> None:
    """A year of scans, nearly all good: neither the count nor the list reads them."""
    clock.set(IN_TIME)
    checkin.scan("NOBODY", desk=desk)
    rows = [
        {
            "id": f"scan-{n}", "at": IN_TIME - timedelta(minutes=n), "counter_id": desk.actor.counter_id,
            "staff_id": None, "source": "wedge", "text": "", "kind": Kind.ADMIT,
            "reservation_id": None, "admitted": 1, "forced": "", "facts": {}, "did": {}, "undone_at": None,
        }
        for n in range(3000)
    ]  # fmt: skip
    with desk.work() as work:
        work.connection.execute(insert(ScanRow), rows)
    asked: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "FROM scans" in statement:
            asked.append((statement, parameters))

    event.listen(desk.database.engine, "before_cursor_execute", hear)
    try:
        count_turned_away(desk=desk)
        first = turned_away(desk=desk, most=1)
        turned_away(desk=desk, after=first[0].place)
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", hear)
    assert len(asked) == 3
    word = "EXPLAIN QUERY PLAN " if desk.database.is_sqlite else "EXPLAIN "
    with desk.reading() as look:
        if not desk.database.is_sqlite:
            look.execute(text("ANALYZE scans"))
        for statement, parameters in asked:
            plan = str(look.exec_driver_sql(word + statement, parameters).all())
            assert "ix_scans_refused" in plan, plan
