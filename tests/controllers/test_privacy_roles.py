"""What leaves the house, and what is logged, holds nothing that whoever asks may not see: tried with every role."""

from __future__ import annotations

import csv
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, insert, text, update
from sqlalchemy.exc import StatementError

from controllers import checkin, day_end, imports, manifest, search, traveler_requests, vouchers
from controllers.desk import Desk
from controllers.journal_export import JournalExport, Period
from controllers.list_export import ExportColumn, ListExport
from models.bulk import pour
from models.faults import fault_words, tell_fault
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Right, Role, may
from models.tables import Reservation, Traveler
from models.traveler import Person
from tests.builders import DAY, a_product, a_reservation

HIDDEN = {
    "name": "VERBORGEN, QUIRINA",
    "email": "quirina@example.com",
    "phone": "+47 00001111",
    "notes": "Quirina sings",
}
TRACES = ("quirina", "verborgen", "00001111")
PEOPLE = [role for role in Role if role is not Role.PROGRAM]
Way = Callable[[Desk, int, Path], object]


def by_list(desk: Desk, one: int, path: Path) -> None:
    columns = [ExportColumn("customer", "Customer", lambda row: row.traveler or "")]
    job = ListExport([one], columns, path, desk=desk)
    job.step()
    job.finish()


def by_journal(desk: Desk, _one: int, path: Path) -> None:
    job = JournalExport(Period(), path, lambda line: line.action, desk=desk)
    while not job.is_over:
        job.step()
    job.finish()


def by_sheet(desk: Desk, _one: int, path: Path) -> None:
    manifest.export_manifest(DAY, path, desk=desk)


def by_request(desk: Desk, one: int, path: Path) -> None:
    traveler_requests.hand_out([Person(one)], path, desk=desk)


def by_voucher(desk: Desk, one: int, path: Path) -> None:
    try:
        path.write_text(repr(vouchers.voucher(one, desk=desk)), "utf-8")
    except CannotDo as no:
        if no.code == "not-allowed":
            raise
        path.write_text(str(no), "utf-8")


def by_day_end(desk: Desk, _one: int, path: Path) -> None:
    path.write_text(repr(day_end.see_day_end(DAY, desk=desk)), "utf-8")


WAYS: dict[str, tuple[Way, Right]] = {
    "list": (by_list, Right.EXPORT),
    "journal": (by_journal, Right.JOURNAL),
    "day sheet": (by_sheet, Right.EXPORT),
    "request": (by_request, Right.PRIVACY),
    "voucher": (by_voucher, Right.TRAVELERS),
    "day end": (by_day_end, Right.REPORTS),
}


@pytest.mark.parametrize("role", PEOPLE)
def test_nothing_hidden_leaves_the_house_whoever_takes_it(a_desk: Desk, role: Role, tmp_path: Path) -> None:
    a_product(a_desk)
    hidden = a_reservation(a_desk, Status.UNCONFIRMED, sold_by="kkday", date=f"{DAY} 14:00", **HIDDEN)
    a_desk.actor = replace(a_desk.actor, role=role)
    for number, (name, (take_out, right)) in enumerate(WAYS.items()):
        path = tmp_path / f"{number}.csv"
        if not may(role, right):
            with pytest.raises(CannotDo, match="not-allowed"):
                take_out(a_desk, hidden, path)
            assert not path.exists(), name
            continue
        take_out(a_desk, hidden, path)
        told = path.read_text("utf-8-sig").casefold()
        assert [trace for trace in TRACES if trace in told] == [], name


_LINES_OF_A_NAME = {"reservation_id": None, "name": "\n".join(HIDDEN.values())}
_UNREADABLE = {"it": f"{HIDDEN['name']} is no number and no JSON"}
_IS_NO = {True: text("select json(:it)"), False: text("select cast(:it as integer)")}
_OF_A_DATABASE = (StatementError, psycopg.Error, sqlite3.Error)
FAULTS: dict[str, Callable[[Connection], object]] = {
    "null": lambda at: at.execute(insert(Traveler), _LINES_OF_A_NAME),
    "travelers": lambda at: pour(at, Traveler, [_LINES_OF_A_NAME]),
    "foreign key": lambda at: at.execute(update(Reservation).values(channel=HIDDEN["name"])),
    "lookuperror": lambda at: at.execute(update(Reservation).values(status=HIDDEN["name"])),
    "error": lambda at: at.execute(_IS_NO[at.dialect.name == "sqlite"], _UNREADABLE),
}


@pytest.mark.parametrize("said", FAULTS)
def test_a_fault_does_not_tell_whom_it_was_about(desk: Desk, said: str) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, sold_by="kkday")
    with pytest.raises(_OF_A_DATABASE) as fault, desk.database.transaction() as connection:
        FAULTS[said](connection)
    told = fault_words(fault.value).casefold()
    assert said in told
    assert "test_privacy_roles.py" in told
    assert [trace for trace in TRACES if trace in told] == []


def test_what_goes_to_the_standard_error_quotes_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError(
            f"cannot read {HIDDEN['name']!r}\nDETAIL:  {HIDDEN['email']}\nand more: {HIDDEN['phone']}"
        )
    except ValueError as error:
        tell_fault(type(error), error, error.__traceback__)
    told = capfd.readouterr().err.casefold()
    assert "valueerror: cannot read" in told
    assert [trace for trace in TRACES if trace in told] == []


def test_nothing_that_is_logged_names_a_traveler(
    a_desk: Desk, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    a_product(a_desk)
    one = a_reservation(a_desk, Status.CONFIRMED, sold_by="kkday", **HIDDEN)
    search.find("Quirina", desk=a_desk)
    checkin.scan("Quirina Verborgen", desk=a_desk)
    traveler_requests.find_people("Quirina", desk=a_desk)
    by_request(a_desk, one, tmp_path / "known.csv")
    file = tmp_path / "broken.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([["Order Number", "Customer"], ["1", "Quirina Verborgen"]])
    refuses: Any = pytest.raises(CannotDo)
    with refuses:
        imports.import_path(file, desk=a_desk)
    told = "\n".join(record.getMessage() for record in caplog.records).casefold()
    assert [trace for trace in TRACES if trace in told] == []
