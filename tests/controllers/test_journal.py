"""The journal: whole after a whole day's work, changed by nobody, and silent about travelers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from controllers import checkin, journal_breaks, reservations, trips, undoing, viewing, vouchers
from controllers.desk import Desk
from controllers.journal import Chain, verify, verify_end
from models.pages import Filter
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    everything,
    kkday_row,
    octo_booking,
    reservation,
    take,
    taken,
)
from tests.fakes import StillClock

TRACES = ("anna", "sample", "cleo", "@example.com", "00000000", "00001111")
PEOPLE = {"name": "SAMPLE, ANNA", "email": "anna@example.com", "phone": "+47 00001111", "notes": "Anna is 80"}


def a_days_work(desk: Desk, clock: StillClock) -> None:
    """A bit of everything that people do."""
    a_product(desk, capacity=50)
    for status in Status:
        sold_by = "octo" if status is Status.EXPIRED else "kkday"
        a_reservation(desk, status, sold_by=sold_by, **({} if status is Status.EXPIRED else PEOPLE))
        clock.set(DEPARTS - timedelta(minutes=20))
    came = a_reservation(desk, Status.CONFIRMED, name="Anna Sample", email="anna@example.com")
    viewing.see_page(Filter(text="anna@example.com"), desk=desk)
    viewing.see_details(came, desk=desk, reveal=True)
    vouchers.voucher(came, desk=desk)
    checkin.scan(f"CF-{came}", desk=desk.at_counter("Gate"))
    undoing.undo_last(came, desk=desk)
    clock.forward(seconds=10)
    checkin.scan(f"CF-{came}", desk=desk)
    clock.forward(hours=3)
    trips.close_trips(desk=desk)
    row = kkday_row(**PEOPLE, status="Confirmed")
    take(desk, row)
    take(desk, {**row, "name": "ANNA B. SAMPLE", "date": "2027-02-02 14:00"})
    taken(desk, octo_booking(status="CONFIRMED", product={"internalName": "Anna Sample's Walk"}))


def test_after_a_days_work_every_chain_is_whole(desk: Desk, clock: StillClock) -> None:
    a_days_work(desk, clock)
    chains = verify(desk=desk)
    assert [chain.broken_at for chain in chains] == [None] * len(chains)
    assert {chain.counter for chain in chains if chain.entries} == {"Desk", "Gate"}


def test_after_a_days_work_the_journal_names_no_traveler(desk: Desk, clock: StillClock) -> None:
    a_days_work(desk, clock)
    with desk.reading() as look:
        rows = look.execute(select(JournalEntry.subject, JournalEntry.action, JournalEntry.details)).all()
    told = repr(rows).casefold()
    assert len(rows) > 40
    assert [trace for trace in TRACES if trace in told] == []


def test_a_search_for_a_person_is_noted_as_a_digest_and_once_for_its_pages(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk)
    before = verify(desk=desk)[0].entries
    found = viewing.see_page(Filter(text=" ANNA "), desk=desk, limit=1)
    viewing.see_page(
        Filter(text=" ANNA "), desk=desk, limit=1, after=(found.rows[0].sort_at, found.rows[0].id)
    )
    viewing.see_page(Filter(text="CF-10001"), desk=desk)
    viewing.see_page(Filter(), desk=desk)
    assert verify(desk=desk)[0].entries == before + 1


@pytest.mark.parametrize(
    "words",
    ["update journal set action = 'x'", "delete from journal", "update journal set hash = '' where seq = 1"],
)
def test_the_database_itself_refuses_to_change_the_journal(desk: Desk, words: str) -> None:
    a_product(desk)
    before = everything(desk)
    with pytest.raises(DBAPIError, match="the journal is never changed"), desk.work() as work:
        work.connection.execute(text(words))
    assert everything(desk) == before


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgresql"])  # SQLite has no such word
def test_the_journal_cannot_be_emptied_at_one_go(desk: Desk) -> None:
    with pytest.raises(DBAPIError, match="the journal is never changed"), desk.work() as work:
        work.connection.execute(text("truncate journal"))


def past_the_guard(desk: Desk, words: str) -> None:
    """What somebody with the database's own tools could do."""
    guard = (
        "drop trigger if exists journal_no_{}"
        if desk.database.is_sqlite
        else "alter table journal disable trigger user"
    )
    with desk.database.transaction() as connection:
        for verb in ("update", "delete"):
            connection.execute(text(guard.format(verb)))
        connection.execute(text(words))
    if not desk.database.is_sqlite:
        with desk.database.transaction() as connection:
            connection.execute(text("alter table journal enable trigger user"))


@pytest.mark.parametrize(
    ("words", "broken_at"),
    [
        ("update journal set action = 'hold' where seq = 2", 2),
        ("update journal set details = '{}' where seq = 3", 3),
        ("update journal set at = '2027-01-15T02:00:00.000000Z' where seq = 1", 1),
        ("update journal set staff_id = 7 where seq = 2", 2),
        ("delete from journal where seq = 2", 2),
        ("delete from journal where seq = 3", 3),
        ("update counters set journal_hash = ''", 3),
    ],
)
def test_what_was_changed_or_cut_behind_the_guard_shows(desk: Desk, words: str, broken_at: int) -> None:
    a_product(desk)
    taken(desk, octo_booking())
    assert verify(desk=desk)[0] == Chain("Desk", 3, None)
    past_the_guard(desk, words)
    assert verify(desk=desk)[0].broken_at == broken_at


def test_an_entry_changed_behind_a_missing_one_shows_too(desk: Desk) -> None:
    a_product(desk)
    taken(desk, octo_booking())
    past_the_guard(desk, "delete from journal where seq = 1")
    verify(desk=desk)
    past_the_guard(desk, "update journal set action = 'hold' where seq = 2")
    verify(desk=desk)
    assert [one.entry for one in journal_breaks.see_journal(desk=desk).breaks] == [1, 2]


def test_what_verify_finds_stands_on_the_dashboard_once(desk: Desk) -> None:
    a_product(desk)
    taken(desk, octo_booking())
    past_the_guard(desk, "update journal set action = 'hold' where seq = 2")
    for _ in range(2):
        verify(desk=desk)
    [found] = journal_breaks.see_journal(desk=desk).breaks
    assert (found.counter, found.entry) == ("Desk", 2)


@pytest.mark.parametrize(
    "words",
    ["update journal set action = 'hold' where seq = 2", "delete from journal where seq in (1, 2)"],
)
def test_after_a_crash_a_break_is_told_until_a_manager_has_looked_into_it(desk: Desk, words: str) -> None:
    a_product(desk)
    taken(desk, octo_booking())
    past_the_guard(desk, words)
    verify(desk=desk)
    assert verify_end(desk=desk).broken_at == min(
        one.entry for one in journal_breaks.see_journal(desk=desk).breaks
    )
    for one in journal_breaks.see_journal(desk=desk).breaks:
        journal_breaks.acknowledge(one.id, "The disk was repaired", desk=desk)
    told = verify_end(desk=desk)
    assert told.broken_at is None
    assert told.entries > 0
    past_the_guard(desk, "update journal set action = 'cancel' where seq = 4")
    assert verify_end(desk=desk).broken_at == 4, "another one"


def test_a_refused_deed_leaves_no_entry(desk: Desk) -> None:
    a_product(desk, capacity=1)
    one = a_reservation(desk)
    before = verify(desk=desk)
    with pytest.raises(CannotDo):
        reservations.confirm(one, desk=desk)
    assert verify(desk=desk) == before


def test_history_tells_what_happened_newest_first(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.PENDING)
    clock.forward(minutes=1)
    reservations.confirm(one, desk=desk)
    told = viewing.see_details(one, desk=desk).history
    assert [(line.action, line.who, line.counter) for line in told] == [
        ("confirm", "Owner", "Desk"),
        ("hold", "Owner", "Desk"),
        ("receive", "Owner", "Desk"),
    ]
    assert told[0].at == clock()
    assert reservation(desk, one).version == 3


# --- all or nothing -----------------------------------------------------------------------------


def test_a_deed_that_fails_at_its_end_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    a_product(desk)
    one = a_reservation(desk, email="anna@example.com")
    before = everything(desk)
    told: list[frozenset[str]] = []
    desk.listeners.append(told.append)

    def fails(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("controllers.desk.Work.write_journal", fails)
    for deed in (
        lambda: reservations.confirm(one, desk=desk),
        lambda: reservations.cancel(one, desk=desk, reason="a storm comes"),
        lambda: take(desk, octo_booking()),
    ):
        with pytest.raises(OSError, match="the disk is full"):
            deed()
    assert everything(desk) == before
    assert told == []


def test_whoever_listens_hears_what_kind_of_thing_changed(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    told: list[frozenset[str]] = []
    desk.listeners.append(told.append)
    reservations.confirm(one, desk=desk)
    viewing.see_details(one, desk=desk)
    assert told == [frozenset({"reservations", "departures", "letters"})]
