"""The night's work: the journal is looked over, and travelers whose time has come are forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from controllers import journal, journal_breaks, nights, notes, retention, today
from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalBreak, JournalMark, Night, Reservation
from tests.builders import a_product, a_reservation, reservation
from tests.fakes import StillClock


def a_night(desk: Desk) -> list[nights.Part]:
    """All that is due, done by one desk; its parts."""
    done = []
    while (part := nights.next_part(desk=desk)) is not None:
        nights.keep_part(part, desk=desk)
        done.append(part)
    return done


def breaks(desk: Desk) -> list[tuple[int, str]]:
    with desk.reading() as look:
        asked = select(JournalBreak.seq, JournalBreak.kind).order_by(JournalBreak.seq)
        return [tuple(row) for row in look.execute(asked)]


def tamper(desk: Desk, statement: str) -> None:
    """Changes the journal as only somebody with the database itself can: its guards are put aside."""
    with desk.database.transaction() as connection:
        if desk.database.is_sqlite:
            names = connection.execute(
                text("select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'journal'")
            ).all()
            for name, _ in names:
                connection.execute(text(f"drop trigger {name}"))
            connection.execute(text(statement))
            for _, sql in names:
                connection.exec_driver_sql(sql)
        else:
            connection.execute(text("alter table journal disable trigger user"))
            connection.execute(text(statement))
            connection.execute(text("alter table journal enable trigger user"))


def some_notes(desk: Desk, count: int = 5) -> int:
    a_product(desk)
    made = a_reservation(desk)
    for number in range(count):
        notes.add_note(made, words=f"Note {number}", desk=desk)
    return made


def forward(desk: Desk, **span: float) -> None:
    assert isinstance(desk.clock, StillClock)
    desk.clock.forward(**span)


def test_a_night_is_done_once(desk: Desk) -> None:
    some_notes(desk)
    assert isinstance(a_night(desk)[0], nights.Begin)
    assert nights.next_part(desk=desk) is None
    forward(desk, days=1)
    assert nights.next_part(desk=desk) is not None


def test_the_night_begins_at_the_operators_hour(desk: Desk) -> None:
    a_night(desk)
    retention.keep_retention(None, 4, desk=desk)
    forward(desk, hours=17.9)  # from ten in the morning to a little before four
    assert nights.next_part(desk=desk) is None
    forward(desk, hours=0.2)
    assert isinstance(nights.next_part(desk=desk), nights.Begin)


def test_the_whole_journal_is_walked_once_a_week_and_what_is_new_on_other_nights(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nights, "ENTRIES_AT_ONCE", 3)
    some_notes(desk)
    walked = []
    for _ in range(9):
        notes.add_note(10001, words="One more", desk=desk)
        walked.append(sum(part.entries for part in a_night(desk) if isinstance(part, nights.Walked)))
        forward(desk, days=1)
    assert walked[1:7] == [1] * 6
    assert walked[7] > walked[0] > 5
    assert walked[8] == 1


def test_another_desk_goes_on_where_one_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nights, "ENTRIES_AT_ONCE", 2)
    some_notes(desk)
    first = nights.next_part(desk=desk)
    assert first is not None
    nights.keep_part(first, desk=desk)
    part = nights.next_part(desk=desk)
    assert isinstance(part, nights.Walked)
    nights.keep_part(part, desk=desk)
    nights.keep_part(part, desk=desk)  # a second desk had looked at the same entries
    other = desk.at_counter("Second desk")
    a_night(other)
    with desk.reading() as look:
        heads = dict(look.execute(select(JournalMark.counter_id, JournalMark.seq)).all())  # type: ignore[arg-type]
        entries = look.execute(select(Night.entries)).scalar_one()
    assert entries == sum(heads.values())
    assert breaks(desk) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("update journal set action = 'cancel' where seq = 4", [(4, "changed")]),
        ("delete from journal where seq = 4", [(4, "missing")]),
        ("delete from journal where seq in (select max(seq) from journal)", [(8, "missing")]),
    ],
)
def test_what_does_not_hold_is_kept_until_somebody_looks_into_it(
    desk: Desk, statement: str, found: list[tuple[int, str]]
) -> None:
    some_notes(desk)
    assert len(journal.verify(desk=desk)) == 1
    assert journal.verify(desk=desk)[0].entries == 8
    tamper(desk, statement)
    a_night(desk)
    assert breaks(desk) == found
    forward(desk, days=7)
    a_night(desk)
    assert breaks(desk) == found  # the same break is told once


def test_a_tail_that_was_cut_with_the_counters_memory_of_it_shows(desk: Desk) -> None:
    some_notes(desk)
    a_night(desk)
    tamper(desk, "delete from journal where seq > 6")
    head = "(select hash from journal where seq = 6)"
    tamper(desk, f"update counters set journal_seq = 6, journal_hash = {head}")
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))  # nothing else can tell
    forward(desk, days=1)
    desk.head = None
    a_night(desk)
    assert breaks(desk) == [(7, "missing")]


# --- how long travelers are remembered -----------------------------------------------------------


def leads(desk: Desk) -> list[str]:
    with desk.reading() as look:
        return list(look.execute(select(Reservation.lead).order_by(Reservation.id)).scalars())


def test_nobody_is_forgotten_unless_the_operator_wants_it(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.REDEEMED)
    forward(desk, days=4_000)
    a_night(desk)
    assert leads(desk) == ["Anna Sample"]


def test_travelers_are_forgotten_so_many_days_after_the_trip(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk, Status.REDEEMED)
    retention.keep_retention(30, 3, desk=desk)
    forward(desk, days=29)
    a_night(desk)
    assert leads(desk) == ["Anna Sample"]
    forward(desk, days=2)
    a_night(desk)
    assert leads(desk) == [""]
    assert reservation(desk, made).status is Status.REDEEMED
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))


def test_an_order_that_nobody_has_answered_keeps_its_traveler(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.UNCONFIRMED)
    a_reservation(desk, Status.CANCELLED, sold_by="kkday")
    retention.keep_retention(10, 3, desk=desk)
    forward(desk, days=100)
    a_night(desk)
    assert leads(desk) == ["Anna Sample", ""]  # unanswered, and cancelled


def test_nobody_is_forgotten_whom_the_setting_spares_meanwhile(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.REDEEMED)
    retention.keep_retention(10, 3, desk=desk)
    forward(desk, days=100)
    part = nights.next_part(desk=desk)
    while part is not None and not isinstance(part, nights.Forget):
        nights.keep_part(part, desk=desk)
        part = nights.next_part(desk=desk)
    assert isinstance(part, nights.Forget)
    retention.keep_retention(None, 3, desk=desk)
    nights.keep_part(part, desk=desk)
    assert leads(desk) == ["Anna Sample"]


def test_many_are_forgotten_in_slices(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    monkeypatch.setattr(retention, "LOOKED_AT", 3)
    a_product(desk, capacity=50)
    for _ in range(7):
        a_reservation(desk, Status.CANCELLED, sold_by="kkday")
    retention.keep_retention(10, 3, desk=desk)
    forward(desk, days=100)
    parts = [part for part in a_night(desk) if isinstance(part, nights.Forget)]
    assert max(len(part.reservation_ids) for part in parts) == 2
    assert leads(desk) == [""] * 7


def test_the_oldest_are_read_off_the_key(desk: Desk) -> None:
    if not desk.database.is_sqlite:
        pytest.skip("the plan of a small table says nothing there")
    with desk.reading() as look:
        asked = (
            "explain query plan select place, reservation_id from search_texts "
            "where place > 5 and place < 9 order by place limit 500"
        )
        plan = " ".join(row.detail for row in look.execute(text(asked)))
    assert "SEARCH" in plan
    assert "TEMP" not in plan


def test_what_was_scanned_and_fitted_nobody_is_forgotten_too(desk: Desk) -> None:
    from controllers import checkin
    from models.tables import ScanRow

    a_product(desk)
    checkin.scan("Quirina Mustermann", desk=desk)
    retention.keep_retention(10, 3, desk=desk)
    for _ in range(2):
        with desk.reading() as look:
            assert look.execute(select(ScanRow.text)).scalars().all()
        forward(desk, days=10 + timedelta(hours=1).seconds / 86_400)
        a_night(desk)
    with desk.reading() as look:
        assert look.execute(select(ScanRow.text)).scalars().all() == [""]


def test_a_break_is_let_go_by_a_manager_with_a_reason(desk: Desk) -> None:
    some_notes(desk)
    tamper(desk, "update journal set action = 'cancel' where seq = 4")
    a_night(desk)
    state = journal_breaks.see_journal(desk=desk)
    assert [(one.counter, one.entry, one.kind) for one in state.breaks] == [("Desk", 4, "changed")]
    with pytest.raises(CannotDo, match="acknowledge-reason-missing"):
        journal_breaks.acknowledge(state.breaks[0].id, "  ", desk=desk)
    assert boxes_of(desk) == {"journal": 1}
    left = journal_breaks.acknowledge(state.breaks[0].id, "The disk was repaired", desk=desk)
    assert left.breaks == ()
    assert boxes_of(desk) == {}
    forward(desk, days=7)
    a_night(desk)
    assert boxes_of(desk) == {}
    tamper(desk, "update journal set action = 'redeem' where seq = 4")
    forward(desk, days=7)
    a_night(desk)
    assert boxes_of(desk) == {"journal": 1}  # the same entry was changed once more


def boxes_of(desk: Desk) -> dict[str, int]:
    found = today.see_today(desk=desk).boxes
    return {box.key: box.count for box in found if box.key == "journal"}
