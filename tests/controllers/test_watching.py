"""A desk hears what others changed, and not what it did itself; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from select import select

import psycopg
import pytest
from sqlalchemy import update

from controllers import checkin, holidays, reservations
from controllers.desk import Desk
from controllers.viewing import see_details
from controllers.watching import NOTHING, Line, Watch
from models.database import Database
from models.refusals import CannotDo
from models.tables import Reservation
from models.watching import UNWRITTEN
from tests.builders import a_product, a_reservation, an_operator, reservation
from tests.conftest import DATABASES, Slate

LONG_S, A_FEW = 20.0, 5


@pytest.fixture
def watch(desk: Desk) -> Iterator[Watch]:
    a_product(desk)
    made = Watch(desk)
    yield made
    made.close()


def test_a_confirmation_at_another_desk_is_seen_once(watch: Watch, desk: Desk, second_desk: Desk) -> None:
    order = a_reservation(desk)
    assert watch.look() == NOTHING

    reservations.confirm(order, desk=second_desk)

    assert {"reservations", "departures", "letters"} <= watch.look()
    assert watch.look() == NOTHING


def test_what_we_do_is_not_news(watch: Watch, desk: Desk) -> None:
    reservations.confirm(a_reservation(desk), desk=desk)
    assert watch.look() == NOTHING


def test_another_program_at_the_same_counter_is_news(watch: Watch, desk: Desk) -> None:
    twin = Desk(desk.database, desk.actor, desk.practice, desk.clock)
    reservations.confirm(a_reservation(twin), desk=twin)
    assert "reservations" in watch.look()


def test_between_our_own_deeds_theirs_is_found(watch: Watch, desk: Desk, second_desk: Desk) -> None:
    orders = [a_reservation(desk) for _ in range(3)]
    watch.look()
    for order, at in zip(orders, (desk, second_desk, desk), strict=True):
        reservations.confirm(order, desk=at)
    assert "reservations" in watch.look()


def test_who_only_looks_changes_nothing(watch: Watch, desk: Desk, second_desk: Desk) -> None:
    order = a_reservation(desk)
    watch.look()
    see_details(order, desk=second_desk, reveal=True)
    assert watch.look() == NOTHING


def test_a_day_that_another_counter_closes_is_news_for_the_holidays(
    watch: Watch, desk: Desk, second_desk: Desk
) -> None:
    holidays.close_day(date(2027, 3, 3), "Staff day", desk=second_desk)
    assert "holidays" in watch.look()
    an_operator(second_desk, closed_days=["2027-03-04"])
    assert "holidays" in watch.look()


def test_what_was_taken_back_by_a_fault_is_not_remembered_as_ours(watch: Watch, desk: Desk) -> None:
    def deed_that_fails() -> None:
        with desk.work() as work:
            work.record("reservation:1", "confirm")
            work.write_journal()
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="disk"):
        deed_that_fails()
    twin = Desk(desk.database, desk.actor, desk.practice, desk.clock)  # writes the number that came free
    with twin.work() as work:
        work.record("departure:1", "close")
    assert watch.look() == frozenset(("departures",))


def test_a_change_the_journal_does_not_tell_is_still_a_change(a_desk: Desk) -> None:
    watch = Watch(a_desk)
    other = Desk(a_desk.database, a_desk.actor, a_desk.practice, a_desk.clock)
    checkin.scan("11111", desk=other)
    heard = watch.look()
    watch.close()
    assert heard == UNWRITTEN


# --- the line of PostgreSQL ----------------------------------------------------------------------


on_a_server = pytest.mark.parametrize("kind", DATABASES[1:], indirect=True)


@pytest.fixture
def line(desk: Desk) -> Iterator[Line]:
    a_product(desk)
    made = Line(desk)
    yield made
    made.close()


def _heard(line: Line) -> frozenset[str]:
    assert select([line], [], [], LONG_S)[0], "nobody called"
    return line.hear()


def _all_heard(line: Line) -> frozenset[str]:
    """Everything that was said until now: calls come in order, and our own word is the last."""
    line.prove()
    heard: frozenset[str] = frozenset()
    while not line.is_proven:
        heard |= _heard(line)
    return heard


@on_a_server
def test_the_server_calls_with_the_kinds(line: Line, desk: Desk, second_desk: Desk) -> None:
    order = a_reservation(desk)
    line.hear()
    reservations.confirm(order, desk=second_desk)
    assert {"reservations", "departures", "letters"} <= _heard(line)


@on_a_server
def test_our_own_calls_are_not_heard(line: Line, desk: Desk) -> None:
    a_reservation(desk)
    assert _heard(line) == NOTHING


@on_a_server
def test_a_call_without_a_word_is_no_call(line: Line, slate: Slate) -> None:
    with psycopg.connect(slate.address, autocommit=True) as other:
        other.execute("notify counterfoil")
    assert _all_heard(line) == NOTHING


@on_a_server
def test_a_refused_deed_calls_nobody(line: Line, desk: Desk, second_desk: Desk) -> None:
    order = a_reservation(desk)
    reservations.confirm(order, desk=desk)
    with pytest.raises(CannotDo):
        reservations.confirm(order, desk=second_desk)
    assert _all_heard(line) == NOTHING


@on_a_server
def test_a_line_is_proven_by_hearing_ourselves(line: Line) -> None:
    line.prove()
    assert not line.is_proven
    assert (_heard(line), line.is_proven) == (NOTHING, True)


@on_a_server
def test_a_line_that_is_cut_says_so(line: Line, desk: Desk, slate: Slate) -> None:
    with psycopg.connect(slate.address, autocommit=True) as other:
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen counterfoil'"
        )
    with pytest.raises(CannotDo, match="does not answer"):
        _hear_until_cut(line)


def _hear_until_cut(line: Line) -> None:
    for _ in range(A_FEW):
        assert select([line], [], [], LONG_S)[0], "nobody called"
        line.hear()


@on_a_server
def test_a_call_the_server_refuses_is_no_fault_and_leaves_nothing_half_kept(
    desk: Desk,
) -> None:
    a_product(desk)
    order = a_reservation(desk)
    own = Database(desk.database.url)  # with one connection, which is used again if it is not let go
    own.call_out("x" * 9_000)  # longer than a call may be
    with suppress(ZeroDivisionError), own.transaction() as connection:
        connection.execute(update(Reservation).where(Reservation.id == order).values(reference="half"))
        raise ZeroDivisionError
    own.close()
    assert reservation(desk, order).reference != "half"
