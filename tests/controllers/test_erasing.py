"""A traveler who is forgotten is gone from every table, and what the house adds up stays as it was."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from controllers import (
    conversations,
    day_end,
    drawer,
    journal,
    manifest,
    notes,
    today,
    traveler_requests,
    views,
)
from controllers.desk import Desk
from controllers.journal_export import JournalExport, Period
from controllers.list_export import ExportColumn, ListExport
from models.money import Money, digits
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import (
    ClosedOrder,
    Closing,
    Incident,
    OutboxRow,
    Payment,
    Reservation,
    Review,
    ScanRow,
    Traveler,
)
from models.traveler import Person
from tests.builders import a_product, a_reservation, everything, kkday_row, reservation, take, teach_headings

LEAD, COMPANION, EMAIL, PHONE = (
    "Quirina Mustermann",
    "Balduin Beispiel",
    "quirina@example.com",
    "+82 10-5550-1234",
)
NUMBER = "5550-1234"  # longer than what a digest in the journal may hold by chance
WORDS = ("quirina", "mustermann", "balduin", NUMBER)


def an_order(desk: Desk, **told: Any) -> int:
    """A redeemed order of two people, whose words stand wherever words can stand."""
    a_product(desk)
    teach_headings(desk)
    made = a_reservation(
        desk,
        Status.REDEEMED,
        sold_by="kkday",
        name=LEAD,
        email=EMAIL,
        phone=PHONE,
        notes="Call Quirina",
        **told,
    )
    with desk.work() as work:
        put = work.connection.execute
        put(insert(Traveler), {"reservation_id": made, "name": COMPANION})
        conversations.heard(
            work,
            made,
            body=f"I am {LEAD}",
            whole=f"I am {LEAD}\n> Dear Quirina",
            sender=EMAIL,
            sender_name=LEAD,
            files=[conversations.File("Quirina.pdf", "application/pdf", 9, f"{LEAD}".encode())],
        )
        put(
            insert(Review),
            {"reservation_id": made, "rating": 5, "words": f"{COMPANION} liked it", "at": work.now},
        )
        put(
            insert(Incident),
            {
                "id": "one", "kind": "twice", "at": work.now, "found_at": work.now, "scan_id": "one",
                "reservation_id": made, "facts": {}, "words": f"{COMPANION} showed a copy",
            },
        )  # fmt: skip
        put(
            ScanRow.__table__.update().values(
                text=f"{LEAD}", forced="Quirina was late", did={"undo_reason": "Balduin came", "tickets": []}
            )
        )
        trip = {"trip": "departure:1", "at": work.now, "counter_id": work.actor.counter_id}
        closing = put(insert(Closing).returning(Closing.id), trip | {"undo_reason": "Quirina is on board"})
        closed = {"closing_id": closing.scalar_one(), "reservation_id": made, "became": Status.REDEEMED}
        put(insert(ClosedOrder), closed)
        put(Payment.__table__.update().values(slip=f"0042 1126 7788 {COMPANION} for {LEAD}, {PHONE}"))
        put(OutboxRow.__table__.update().values(address=EMAIL, trouble=f"<{EMAIL}> refused"))
        from models.search import keeping

        keeping.renew(work.connection, [made])
    notes.add_note(made, words=f"{LEAD} and {COMPANION} sit in front", desk=desk)
    views.save_view(f"Group of {COMPANION}", {}, desk=desk)
    views.save_view(f"Group of {LEAD}", {}, desk=desk)
    drawer.open_shift({"KRW": 50_000}, desk=desk)
    drawer.move_cash(Money(-5_000, "KRW"), reason="Taxi for Mustermann, Quirina", desk=desk)
    return made


def people_of(desk: Desk, made: int) -> list[Person]:
    with desk.reading() as look:
        found = look.execute(select(Traveler.id).where(Traveler.reservation_id == made)).scalars()
        return [Person(made), *(Person(made, one) for one in found)]


def told_of(desk: Desk) -> str:
    """Everything in every table as one text. PostgreSQL keeps grams, which are no words."""
    told = "\n".join(row for rows in everything(desk).values() for row in rows).casefold()
    return told.replace(NUMBER.replace("-", ""), NUMBER)


def forget(desk: Desk, *people: Person) -> int:
    return traveler_requests.forget(traveler_requests.preview(people, desk=desk), desk=desk)


def test_whoever_is_erased_stands_in_no_table_any_more(desk: Desk) -> None:
    made = an_order(desk)
    assert all(word in told_of(desk) for word in WORDS)
    lead, companion = people_of(desk, made)
    assert forget(desk, lead, companion) == 2
    assert [word for word in WORDS if word in told_of(desk)] == []
    assert "0042 1126 7788" in told_of(desk), "by its slip the money is found again"


def test_lists_that_were_called_after_guests_keep_names_of_their_own(desk: Desk) -> None:
    made = an_order(desk)
    views.save_view("Balduin", {}, desk=desk)
    forget(desk, *people_of(desk, made))
    assert [one.name for one in views.see_views(desk=desk).views] == [
        "Group of ••• 2",
        "Group of •••",
        "Balduin",  # may be anybody's, and a word like any other
    ]


def test_a_companion_goes_alone(desk: Desk) -> None:
    made = an_order(desk)
    forget(desk, people_of(desk, made)[1])
    told = told_of(desk)
    assert "balduin" not in told
    assert reservation(desk, made).lead == LEAD
    assert EMAIL in told
    assert [one.name for one in traveler_requests.find_people(LEAD, desk=desk)] == [LEAD]
    assert traveler_requests.find_people(COMPANION, desk=desk) == ()


def test_who_ordered_goes_and_the_companion_stays(desk: Desk) -> None:
    made = an_order(desk)
    forget(desk, people_of(desk, made)[0])
    told = told_of(desk)
    assert "quirina" not in told
    assert NUMBER not in told
    assert "balduin" in told
    assert traveler_requests.find_people(LEAD, desk=desk) == ()


def test_what_the_house_adds_up_stays(desk: Desk) -> None:
    made = an_order(desk)
    day = reservation(desk, made).departs_on
    before = (day_end.see_day_end(day, desk=desk), today.see_figures(desk=desk))
    forget(desk, *people_of(desk, made))
    assert (day_end.see_day_end(day, desk=desk), today.see_figures(desk=desk)) == before
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))


def taken_out(desk: Desk, made: int, folder: Path) -> dict[str, list[list[str]]]:
    """The list, the sheet of the day and what an auditor gets, as files that other programs add up."""
    folder.mkdir()
    columns = [
        ExportColumn("number", "Order", lambda row: row.number),
        ExportColumn("status", "Status", lambda row: row.status.value),
        ExportColumn("pax", "Pax", lambda row: row.party),
        ExportColumn("amount", "Amount", lambda row: digits(row.amount) if row.amount else ""),
    ]
    listed = ListExport([made], columns, folder / "list.csv", desk=desk)
    listed.step()
    listed.finish()
    manifest.export_manifest(reservation(desk, made).departs_on, folder / "sheet.csv", desk=desk)
    audited = JournalExport(Period(), folder / "journal.csv", lambda line: line.action, desk=desk)
    while not audited.is_over:
        audited.step()
    audited.finish()
    return {
        one.stem: list(csv.reader(one.read_text("utf-8-sig").splitlines())) for one in folder.glob("*.csv")
    }


def without_words(sheet: list[list[str]]) -> list[dict[str, str]]:
    """All that is counted, and nothing that tells of a person."""
    told = ("Lead traveler", "Companions", "Pick-up", "Request", "Notes")
    rows = [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]
    assert rows
    return [{name: cell for name, cell in row.items() if name not in told} for row in rows]


def test_exports_add_up_the_same_before_and_after(desk: Desk, tmp_path: Path) -> None:
    made = an_order(desk)
    before = taken_out(desk, made, tmp_path / "before")
    forget(desk, *people_of(desk, made))
    after = taken_out(desk, made, tmp_path / "after")
    assert after["list"] == before["list"]
    assert after["journal"][: len(before["journal"])] == before["journal"]
    assert without_words(after["sheet"]) == without_words(before["sheet"])
    assert LEAD in str(before["sheet"])
    assert LEAD not in str(after)


def test_a_file_that_comes_again_does_not_bring_the_person_back(desk: Desk) -> None:
    a_product(desk)
    teach_headings(desk)
    row = kkday_row(name=LEAD, email=EMAIL, phone=PHONE, status="Cancelled", date="2027-01-10 14:00")
    take(desk, row)
    with desk.reading() as look:
        made = look.execute(select(Reservation.id)).scalar_one()
    forget(desk, Person(made))
    for again in (row, row | {"notes": f"{LEAD} asks again"}, row | {"phone": "+82 10-5550-9999"}):
        take(desk, again)
        assert [word for word in WORDS if word in told_of(desk)] == []


def test_a_traveler_who_is_still_needed_is_not_erased(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk, Status.CONFIRMED)
    with pytest.raises(CannotDo, match="still-needed"):
        forget(desk, Person(made))
    assert reservation(desk, made).lead == "Anna Sample"


def test_an_order_that_changed_after_the_preview_is_left_alone(desk: Desk) -> None:
    made = an_order(desk)
    shown = traveler_requests.preview([Person(made)], desk=desk)
    with pytest.raises(CannotDo, match="changed-meanwhile"):
        traveler_requests.forget([replace(shown[0], version=shown[0].version - 1)], desk=desk)
    assert reservation(desk, made).lead == LEAD


def test_what_is_handed_out_names_nobody_else(desk: Desk, tmp_path: Path) -> None:
    made = an_order(desk)
    lead, companion = people_of(desk, made)
    traveler_requests.hand_out([lead], tmp_path / "known.csv", desk=desk)
    told = (tmp_path / "known.csv").read_text("utf-8-sig")
    assert LEAD in told
    assert EMAIL in told
    assert "Balduin" not in told
    traveler_requests.hand_out([companion], tmp_path / "other.csv", desk=desk)
    rows = list(csv.reader((tmp_path / "other.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1][2:] == ["name", COMPANION]
    assert EMAIL not in (tmp_path / "other.csv").read_text("utf-8-sig")


def test_nothing_hidden_is_handed_out(desk: Desk, tmp_path: Path) -> None:
    a_product(desk)
    made = a_reservation(
        desk, Status.UNCONFIRMED, sold_by="kkday", name=LEAD, email=EMAIL, notes=f"For {LEAD}"
    )
    traveler_requests.hand_out([Person(made)], tmp_path / "known.csv", desk=desk)
    told = (tmp_path / "known.csv").read_text("utf-8-sig").casefold()
    assert "quirina" not in told
    assert traveler_requests.preview([Person(made)], desk=desk)[0].found.name is None
