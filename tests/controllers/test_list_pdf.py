"""The list on paper: every script, headings on each page, hidden names hidden, and no more than can be carried."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from controllers import list_pdf, printing
from controllers.desk import Desk
from controllers.list_pdf import Headline, PrintColumn, list_draft
from models.refusals import CannotDo
from models.reservations import Status
from models.rows import ReservationRow
from models.tables import JournalEntry
from tests.builders import a_product, a_reservation, direct_row, taken
from tests.paper import opened, text_of

HEADLINE = Headline("Boats", "Boats. 3 reservations", "as of Friday", "Page {n} of {all}", "PRACTICE")


def _traveler(row: ReservationRow) -> tuple[str, str]:
    return row.traveler or "hidden", row.number


COLUMNS = (
    PrintColumn("traveler", "Traveler", 200, False, _traveler),
    PrintColumn("pax", "Pax", 40, True, lambda row: (str(row.party), "")),
)


def pages(desk: Desk, ids: Sequence[int], language: str = "en") -> list[str]:
    draft = list_draft(ids, COLUMNS, HEADLINE, desk=desk, language=language)
    printing.note_looking(draft, desk=desk)
    printed = draft.drawn(())
    assert printed.missing == ()
    return text_of(printed.pdf)


def test_every_row_stands_under_its_headings(desk: Desk) -> None:
    a_product(desk)
    ids = [a_reservation(desk, name=name) for name in ("김예시", "林範例", "Žofie Sample")]
    (page,) = pages(desk, ids)
    for words in ("Boats", "as of Friday", "Traveler", "김예시", "林範例", "Žofie Sample", f"CF-{ids[0]}"):
        assert words in page
    assert "PRACTICE" in page
    assert "Page 1 of 1" in page


def test_a_sheet_lies_and_each_has_the_headings(a_desk: Desk) -> None:
    a_product(a_desk, capacity=1000)
    ids = taken(a_desk, *(direct_row(name=f"Anna {n}") for n in range(60)))
    printed = list_draft(ids, COLUMNS, HEADLINE, desk=a_desk, language="ko").drawn(())
    told = text_of(printed.pdf)
    assert len(told) > 2
    assert all("Traveler" in page and f"of {len(told)}" in page for page in told)
    assert "Anna 59" in told[-1]
    assert sum(page.count("CF-") for page in told) == 60
    with opened(printed.pdf) as document:
        size = document.pagePointSize(0)
        assert size.width() > size.height()


def test_who_is_hidden_on_screen_is_hidden_on_paper(desk: Desk) -> None:
    a_product(desk)
    hidden = a_reservation(desk, sold_by="kkday", name="SAMPLE, ANNA")
    shown = a_reservation(desk, Status.CONFIRMED, sold_by="kkday", name="SAMPLE, CLEO")
    (page,) = pages(desk, [hidden, shown])
    assert "hidden" in page
    assert "ANNA" not in page
    assert "SAMPLE, CLEO" in page


def test_whoever_looks_at_a_list_is_journaled(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk)
    pages(desk, [made])
    with desk.reading() as look:
        asked = select(JournalEntry.details).where(JournalEntry.action == "print")
        told = json.loads(look.execute(asked).scalar_one())
    assert told == {"columns": ["traveler", "pax"], "reservations": [made], "rows": 1}


def test_more_than_can_be_carried_is_refused(a_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_pdf, "MOST", 2)
    with pytest.raises(CannotDo, match="too-many-to-print"):
        list_draft([1, 2, 3], COLUMNS, HEADLINE, desk=a_desk, language="en")
