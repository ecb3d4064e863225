"""Lists: every order and every narrowing shows the same rows, page by page, whole, and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from controllers import practice, reservations, viewing
from controllers.desk import Desk
from models import list_keys, list_ways
from models.list_ways import Way
from models.payments import PaymentStatus
from models.reservations import GONE, LIVING, Status
from models.rows import Filter, Listing, ReservationRow, Sort
from models.tables import Reservation
from tests.builders import a_product, a_reservation
from tests.conftest import Slate

TODAY = date(2027, 1, 15)
SEOUL = ZoneInfo("Asia/Seoul")
WAITING = frozenset((Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED))

Fits = Callable[[ReservationRow], bool]

NARROWED: dict[str, tuple[Filter, Fits]] = {
    "everything": (Filter(), lambda row: True),
    "one status": (Filter(statuses=frozenset((Status.CONFIRMED,))), lambda r: r.status is Status.CONFIRMED),
    "what waits": (Filter(statuses=WAITING), lambda r: r.status in WAITING),
    "what lives": (Filter(statuses=LIVING), lambda r: r.status in LIVING),
    "two channels": (
        Filter(channels=frozenset(("kkday", "viator"))),
        lambda r: r.channel in ("kkday", "viator"),
    ),
    "today": (Filter(first_day=TODAY, last_day=TODAY), lambda r: r.departs_on == TODAY),
    "from tomorrow": (
        Filter(statuses=LIVING, first_day=TODAY + timedelta(days=1)),
        lambda r: r.status in LIVING and r.departs_on is not None and r.departs_on > TODAY,
    ),
    "ordered yesterday": (
        Filter(ordered_first=TODAY - timedelta(days=1), ordered_last=TODAY - timedelta(days=1)),
        lambda r: r.ordered_at.astimezone(SEOUL).date() == TODAY - timedelta(days=1),
    ),
    "to collect": (Filter(payment=PaymentStatus.DUE), lambda r: r.due is not None),
    "paid": (Filter(payment=PaymentStatus.PAID), lambda r: r.paid is not None and r.balance is None),
    "a channel's, paid, in the next days": (
        Filter(
            channels=frozenset(("kkday", "klook", "viator")),
            payment=PaymentStatus.PAID,
            first_day=TODAY,
            last_day=TODAY + timedelta(days=6),
        ),
        lambda r: (
            r.channel in ("kkday", "klook", "viator")
            and r.paid is not None
            and r.balance is None
            and r.departs_on is not None
            and TODAY <= r.departs_on <= TODAY + timedelta(days=6)
        ),
    ),
    "never told": (Filter(payment=PaymentStatus.NOTHING), lambda r: r.paid is None and r.balance is None),
}


@pytest.fixture
def full(desk: Desk, slate: Slate) -> Desk:
    """A desk with a believable morning on it."""
    slate.furnish("a morning", lambda: practice.fill(desk=desk, rows=180, seed=4))
    return desk


def by_pages(desk: Desk, wanted: Filter, limit: int = 13) -> list[int]:
    found: list[int] = []
    page = viewing.see_page(wanted, desk=desk, limit=limit)
    while True:
        found += [row.id for row in page.rows]
        if page.next is None:
            return found
        page = viewing.see_page(wanted, desk=desk, after=page.next, limit=limit)


def expected(desk: Desk, wanted: Filter, fits: Fits) -> list[int]:
    """The same list by looking at every row."""
    rows = viewing.see_page(Filter(), desk=desk, limit=10_000).rows
    keys = [
        (row.ordered_at if wanted.sort is Sort.ORDERED else row.sort_at, row.id) for row in rows if fits(row)
    ]
    return [i for _, i in sorted(keys, reverse=wanted.newest_first)]


@pytest.mark.parametrize("words", NARROWED)
def test_pages_the_whole_list_and_the_count_agree_in_every_order(full: Desk, words: str) -> None:
    narrowed, fits = NARROWED[words]
    for sort in Sort:
        for newest_first in (False, True):
            wanted = replace(narrowed, sort=sort, newest_first=newest_first)
            whole = expected(full, wanted, fits)
            assert whole, "a list that shows nothing proves nothing"
            assert list(viewing.see_all(wanted, desk=full).ids) == whole
            assert by_pages(full, wanted) == whole
            assert viewing.count_rows(wanted, desk=full) == len(whole)


@pytest.mark.parametrize("most", [0, 3])
@pytest.mark.parametrize(
    "words", ["two channels", "paid", "from tomorrow", "a channel's, paid, in the next days"]
)
def test_a_list_of_too_many_to_sort_is_walked_to_the_same_end(
    full: Desk, words: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrowed, fits = NARROWED[words]
    for way in (Way.DATED, Way.GROUPED):
        monkeypatch.setitem(list_ways._MOST, way, most)
    for sort in Sort:
        for newest_first in (False, True):
            wanted = replace(narrowed, sort=sort, newest_first=newest_first)
            assert by_pages(full, wanted) == expected(full, wanted, fits)


def test_a_product_s_orders_are_those_of_the_product(full: Desk) -> None:
    with full.reading() as look:
        of = dict(look.execute(select(Reservation.id, Reservation.product_id)).all())
    for product in {one for one in of.values() if one is not None}:
        wanted = Filter(product_id=product)
        assert sorted(by_pages(full, wanted)) == sorted(i for i, its in of.items() if its == product)


def test_a_few_orders_are_read_from_their_group_alone(a_desk: Desk) -> None:
    practice.fill(desk=a_desk, rows=60, seed=4)
    for wanted in (
        Filter(payment=PaymentStatus.DUE),
        Filter(channels=frozenset(("klook",)), sort=Sort.ORDERED),
        Filter(product_id=1, first_day=TODAY),
    ):
        with a_desk.reading() as look:
            how = list_ways.ways(look, wanted, "")
            asked, _ = list_keys._written(look.dialect, wanted, "", False, 10, how)
            plan = [row[3] for row in look.exec_driver_sql(f"explain query plan {asked}")]
        reads = {step.split(" (")[0] for step in plan if "reservations" in step}
        assert {way for _, way in how} == {Way.GROUPED}
        assert reads == {"SEARCH reservations USING COVERING INDEX ix_reservations_by_group"}


def test_a_status_that_has_nothing_to_show_is_not_looked_through(a_desk: Desk) -> None:
    practice.fill(desk=a_desk, rows=60, seed=4)
    with a_desk.reading() as look:
        assert list_ways.ways(look, Filter(product_id=9_999), "") == ()
        due = {status for status, _ in list_ways.ways(look, Filter(payment=PaymentStatus.DUE), "")}
        asked = select(Reservation.status).where(Reservation.payment == PaymentStatus.DUE)
        assert due == set(look.execute(asked).scalars())


def test_counting_stops_where_it_is_told_to(full: Desk) -> None:
    assert viewing.count_rows(Filter(), desk=full, most=50) == 50


def test_rows_come_in_the_order_they_are_asked_for(full: Desk) -> None:
    ids = viewing.see_all(Filter(), desk=full).ids
    wanted = [ids[40], ids[3], ids[100]]
    assert [row.id for row in viewing.see_rows(wanted, desk=full)] == wanted


def test_a_day_at_the_end_of_time_is_a_day_like_any_other(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    ends = {"first_day": date.min, "last_day": date.max, "ordered_first": date.min, "ordered_last": date.max}
    for name, day in ends.items():
        for sort in Sort:
            wanted = Filter(sort=sort, **{name: day})  # type: ignore[arg-type]
            assert by_pages(desk, wanted) == list(viewing.see_all(wanted, desk=desk).ids) == [one]


def test_a_row_that_is_gone_is_left_out(full: Desk) -> None:
    known = viewing.see_all(Filter(), desk=full).ids[0]
    assert [row.id for row in viewing.see_rows([known, 9_999_999], desk=full)] == [known]


def test_what_a_list_of_the_living_leaves_out_is_told(full: Desk) -> None:
    gone = [row for row in viewing.see_page(Filter(), desk=full, limit=10_000).rows if row.status in GONE]
    assert sum(viewing.see_hidden(Filter(statuses=LIVING), desk=full).values()) == len(gone) > 0
    assert viewing.see_hidden(Filter(), desk=full) == {}


def test_what_came_since_is_counted(desk: Desk) -> None:
    a_product(desk, capacity=50)
    one = a_reservation(desk)
    waiting = Filter(statuses=frozenset((Status.UNCONFIRMED,)))
    known = viewing.see_all(waiting, desk=desk)
    assert viewing.count_since(waiting, known, desk=desk) == 0
    a_reservation(desk)
    reservations.confirm(one, desk=desk)
    assert viewing.count_since(waiting, known, desk=desk) == 1


def test_of_a_long_list_what_has_a_newer_number_is_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.pages._SHORT", 0)
    a_product(desk, capacity=50)
    a_reservation(desk)
    known = viewing.see_all(Filter(), desk=desk)
    a_reservation(desk)
    a_reservation(desk)
    assert viewing.count_since(Filter(), known, desk=desk) == 2
    assert viewing.count_since(Filter(channels=frozenset(("klook",))), known, desk=desk) == 0


def test_a_list_of_nothing_has_no_ids(desk: Desk) -> None:
    assert viewing.see_all(Filter(), desk=desk) == Listing()


def test_what_is_due_is_a_whole_number_on_both_databases(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk, Status.AWAITING_PAYMENT)
    row = viewing.see_details(made, desk=desk).row
    assert row.due is not None
    assert type(row.due.minor) is int
