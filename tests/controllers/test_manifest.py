"""The day sheet prints and exports everybody who comes, hides who may not be seen, and is journaled."""

from __future__ import annotations

import csv
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from controllers import departures, manifest, payments, reservations, viewing
from controllers.desk import Desk
from controllers.manifest_pdf import manifest_pdf
from controllers.manifest_pdf.layout import FOOT
from controllers.voucher_pdf import Printed
from models.prints import FIRST
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry
from tests.builders import DAY, a_product, a_reservation, reservation
from tests.models.test_manifest import a_guest, a_sheet
from tests.paper import text_of

KOREAN, CHINESE = "김예시", "林範例"


def the_number(desk: Desk) -> int:
    number = viewing.see_days(DAY, DAY, desk=desk)[DAY].lines[0].departure_id
    assert number is not None
    return number


def printed_sheet(day: date, *, desk: Desk, **asked: Any) -> Printed:
    return manifest.manifest_draft(day, desk=desk, **asked).drawn((FIRST,))


def entries(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        return list(look.execute(select(JournalEntry).where(JournalEntry.action == "manifest")).all())


def test_the_sheet_prints_names_in_every_script_units_and_boxes(desk: Desk) -> None:
    a_product(desk, meeting_point="Exit 5, by the clock")
    a_reservation(desk, Status.CONFIRMED, name=KOREAN, adults=2, children=1)
    a_reservation(desk, Status.CONFIRMED, name=CHINESE, party=4, sold_by="kkday", notes="素食兩位")
    printed = printed_sheet(DAY, desk=desk)
    assert printed.missing == ()
    (page,) = text_of(printed.pdf)
    for told in (
        KOREAN, CHINESE, "素食兩位", "14:00", "Tea House Walk", "7 of 8 seats", "Adult 6", "Child 1",
        "Monday 1 February 2027", "Exit 5, by the clock",
        "As of Friday 15 January 2027, 10:00 (Asia/Seoul, UTC+9)", "Page 1 of 1",
    ):  # fmt: skip
        assert told in page, told


def test_who_is_not_confirmed_stands_apart_and_without_a_name(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, party=2, sold_by="kkday", name="SAMPLE, ANNA", notes="Anna SAMPLE is vegetarian")
    made = manifest.manifest(DAY, desk=desk)
    (guest,) = made.not_confirmed
    assert (guest.lead, made.expected) == (None, ())
    (page,) = text_of(manifest_pdf(made, "en").pdf)
    assert "Hidden until confirmed" in page
    assert "Not confirmed yet" in page
    assert "answer by" in page
    assert "sample" not in page.casefold()
    assert "vegetarian" in page


def test_a_departure_alone_or_the_whole_day_with_those_who_have_none(desk: Desk) -> None:
    a_product(desk)
    a_product(desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    a_reservation(desk, Status.CONFIRMED, name="Anna Sample")
    a_reservation(desk, Status.CONFIRMED, name="Bo Muster", product="Echo Walk", option="Night")
    a_reservation(desk, Status.CONFIRMED, name="Cleo Example", product="Somebody else's tour")
    (alone,) = text_of(printed_sheet(DAY, desk=desk, departure_id=the_number(desk)).pdf)
    assert "Anna Sample" in alone
    assert "Bo Muster" not in alone
    assert "The whole day" not in alone
    day = "".join(text_of(printed_sheet(DAY, desk=desk).pdf))
    for told in (
        "Anna Sample",
        "Bo Muster",
        "Cleo Example",
        "Without a departure of ours",
        "The whole day: 2",
    ):
        assert told in day, told


def test_opening_it_is_journaled_with_the_reservations_on_it_and_no_name(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, name="Anna Sample")
    manifest.manifest(DAY, desk=desk)
    (entry,) = entries(desk)
    assert entry.subject == f"day:{DAY.isoformat()}"
    assert json.loads(entry.details)["reservations"] == [one]
    assert "Anna" not in entry.details


def test_what_is_to_be_collected_and_the_guide_stand_on_it(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT)
    payments.pay(one, desk=desk, method="cash", amount="75000")
    two = a_reservation(desk, Status.AWAITING_PAYMENT)
    line = viewing.see_days(DAY, DAY, desk=desk)[DAY].lines[0]
    assert line.key is not None
    departures.set_guide(line.key, "Mina Muster", desk=desk)
    (page,) = text_of(printed_sheet(DAY, desk=desk).pdf)
    assert "Guide: Mina Muster" in page
    assert "collect KRW 75,000" in page
    assert "awaiting payment" in page
    assert reservation(desk, two).status is Status.AWAITING_PAYMENT


def test_closed_and_overbooked_are_told(desk: Desk) -> None:
    a_product(desk, capacity=2)
    reservations.confirm(a_reservation(desk, party=4), desk=desk, overbook="a second guide comes")
    line = viewing.see_days(DAY, DAY, desk=desk)[DAY].lines[0]
    assert line.key is not None
    departures.close(line.key, desk=desk)
    (page,) = text_of(printed_sheet(DAY, desk=desk).pdf)
    assert "4 of 2 seats, 2 over, closed for sale" in page


def test_a_day_without_anybody_is_one_page_that_says_so(desk: Desk) -> None:
    a_product(desk)
    (page,) = text_of(printed_sheet(DAY, desk=desk).pdf)
    assert "Nobody is booked" in page


def test_it_exports_a_table_that_runs_no_formula(desk: Desk, tmp_path: Path) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, name="=1+1", adults=2, notes=KOREAN)
    a_reservation(desk, party=2, sold_by="kkday", name="SAMPLE, ANNA")
    file = tmp_path / "day.csv"
    assert manifest.export_manifest(DAY, file, desk=desk) == 2
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0]["Departure"] == "2027-02-01 14:00+09:00"
    assert (rows[0]["Lead traveler"], rows[0]["Request"]) == ("'=1+1", KOREAN)
    assert (rows[1]["Lead traveler"], rows[1]["Status"]) == ("", "UNCONFIRMED")
    assert json.loads(entries(desk)[0].details)["taken_as"] == "export"


def test_it_exports_a_workbook(a_desk: Desk, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    a_product(a_desk)
    a_reservation(a_desk, Status.CONFIRMED, name=CHINESE)
    file = tmp_path / "day.xlsx"
    manifest.export_manifest(DAY, file, desk=a_desk)
    sheet = load_workbook(file).active
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[0] == list(manifest.COLUMNS)
    assert CHINESE in told[1]


def test_a_folder_that_is_not_there_is_refused(a_desk: Desk, tmp_path: Path) -> None:
    a_product(a_desk)
    with pytest.raises(CannotDo, match="file-not-writable"):
        manifest.export_manifest(DAY, tmp_path / "missing" / "day.csv", desk=a_desk)


# --- the pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko", "zh-TW", "ja"])
def test_every_language_has_every_word_and_prints(a_desk: Desk, language: str) -> None:
    folder = Path(__file__).parents[2] / "resources" / "manifest_words"
    words = {name: tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in ("en", language)}
    assert set(words["en"]) == set(words[language])
    a_product(a_desk)
    a_reservation(a_desk, Status.CONFIRMED, name=KOREAN)
    printed = printed_sheet(DAY, desk=a_desk, language=language)
    assert printed.missing == ()
    assert words[language]["title"] in text_of(printed.pdf)[0]


def test_a_party_longer_than_a_page_goes_on_and_loses_nobody(a_desk: Desk) -> None:
    made = manifest.manifest(DAY, desk=a_desk)
    names = tuple(f"Companion {n:03d}" for n in range(150))
    sheet = a_sheet(a_guest(1, companions=names, party=151), *(a_guest(n) for n in range(2, 90)))
    from dataclasses import replace

    pages = text_of(manifest_pdf(replace(made, sheets=(sheet,)), "en").pdf)
    told = "\n".join(pages)
    assert all(name in told for name in names)
    assert all(f"CF-{n}" in told for n in range(1, 90))
    assert len(pages) > 3
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, start=1))
    assert all("Tea House Walk" in page for page in pages)


def test_nothing_stands_below_the_foot_of_a_page(a_desk: Desk) -> None:
    from dataclasses import replace

    from controllers.manifest_pdf import layout, wording
    from controllers.voucher_pdf.marks import Text
    from controllers.voucher_pdf.text import Typesetter

    made = manifest.manifest(DAY, desk=a_desk)
    long = "A very long request. " * 60
    guests = [a_guest(n, request=long, pickup=long, companions=("Bo",) * (n % 7)) for n in range(1, 30)]
    pages = layout.pages(replace(made, sheets=(a_sheet(*guests),)), wording.wording("en"), Typesetter("en"))
    lowest = [
        min(mark.y for mark in page.marks[:-3] if isinstance(mark, Text))
        for page in pages  # but for the foot itself
    ]
    assert min(lowest) >= FOOT - 4
