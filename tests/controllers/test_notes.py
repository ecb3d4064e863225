"""Internal notes are for our own eyes: shown with who and when, masked like messages, never in the journal."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from controllers import notes, reservations, viewing
from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry
from tests.builders import a_product, a_reservation, departure, letters, reservation


def said(desk: Desk, one: int) -> list[tuple[str, str, str]]:
    return [(m.direction, m.author, m.body) for m in viewing.see_details(one, desk=desk).messages]


def test_a_note_is_kept_with_who_wrote_it_and_when(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, email="anna@example.com")
    notes.add_note(one, desk=desk, words="  The lift is at the west gate.  ")
    (note,) = viewing.see_details(one, desk=desk).messages
    assert (note.direction, note.author, note.body) == ("note", "Owner", "The lift is at the west gate.")
    assert note.at == desk.now()
    assert letters(desk, one) == [("confirmation", "WAITING")]


def test_an_empty_note_is_refused(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    with pytest.raises(CannotDo, match="note-empty"):
        notes.add_note(one, desk=desk, words=" \n ")
    assert said(desk, one) == []


def test_the_journal_says_that_there_is_a_note_and_not_what_it_says(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    notes.add_note(one, desk=desk, words="Call back on Tuesday")
    assert viewing.see_details(one, desk=desk).history[0].action == "note"
    with desk.reading() as look:
        kept = " ".join(look.execute(select(JournalEntry.details)).scalars())
    assert "Tuesday" not in kept


def test_a_note_is_masked_until_the_reservation_is_confirmed(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, sold_by="kkday", name="SAMPLE, ANNA", phone="+82 10 0000 0001")
    notes.add_note(one, desk=desk, words="Anna called from +82 10 0000 0001")
    assert said(desk, one) == [("note", "Owner", "••• called from •••")]
    reservations.confirm(one, desk=desk)
    assert said(desk, one) == [("note", "Owner", "Anna called from +82 10 0000 0001")]


def test_a_note_makes_no_open_dialog_out_of_date(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    at = reservation(desk, one).version
    notes.add_note(one, desk=desk, words="two more may come")
    reservations.confirm(one, desk=desk, seen=at)


def test_the_reason_to_overbook_is_kept_as_a_note_and_the_number_in_the_journal(desk: Desk) -> None:
    a_product(desk, capacity=2)
    a_reservation(desk, Status.CONFIRMED)
    one = a_reservation(desk)
    reservations.confirm(one, desk=desk, overbook="a second guide comes")
    found = viewing.see_details(one, desk=desk)
    assert said(desk, one) == [("note", "Owner", "a second guide comes")]
    assert found.history[0].facts["overbooked"] == 2
    assert (found.over, departure(desk, one).seats_taken, found.reason) == (2, 4, "")


def test_a_reason_that_was_not_needed_overbooks_nothing(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    reservations.confirm(one, desk=desk, overbook="to be sure")
    found = viewing.see_details(one, desk=desk)
    assert (found.over, "overbooked" in found.history[0].facts, said(desk, one)) == (0, False, [])
