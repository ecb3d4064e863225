"""Tables are read by their headings in any order, and one bad row refuses that row alone."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from controllers.channels import ADAPTERS, Adapter, adapter_named, open_document, recognise
from models.orders import Order, RefusedRow
from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES

FILES = Path(__file__).resolve().parent.parent / "fixtures" / "channels"
TABLES = sorted(path.name for path in FILES.glob("*.csv"))
HEADING = "reference,status,product,option,date,time,adults,children,name,email,phone,amount,currency,notes"


def rows_of(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((FILES / name).read_text(encoding="utf-8"))))


def written(rows: list[list[str]]) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerows(rows)
    return kept.getvalue().encode()


def read(data: bytes, key: str = "", headers: Mapping[str, str] | None = None) -> list[Order | RefusedRow]:
    document = open_document("a.csv", data)
    adapter: Adapter = adapter_named(key) if key else recognise(document, headers)
    return [raw.order() for raw in adapter.rows(document, headers)]


def digests(data: bytes, headers: Mapping[str, str] | None = None) -> list[bytes]:
    document = open_document("a.csv", data)
    return [raw.digest for raw in recognise(document, headers).rows(document, headers)]


def direct(**cells: str) -> bytes:
    usual = {
        "reference": "P-9",
        "status": "confirmed",
        "product": "Tea House Walk",
        "date": "2027-02-01",
        "adults": "1",
    }
    return written([HEADING.split(","), [(usual | cells).get(name, "") for name in HEADING.split(",")]])


def shuffled(name: str) -> bytes:
    rows = rows_of(name)
    places = list(range(len(rows[0])))
    random.Random(7).shuffle(places)
    return written([[row[place] for place in places] for row in rows])


@pytest.mark.parametrize("name", TABLES)
def test_columns_in_another_order_give_the_same_orders_and_fingerprints(name: str) -> None:
    assert read(shuffled(name)) == read(written(rows_of(name)))
    assert digests(shuffled(name)) == digests(written(rows_of(name)))


@pytest.mark.parametrize("name", TABLES)
def test_headings_in_other_case_width_and_spacing(name: str) -> None:
    heading, *rows = rows_of(name)
    odd = [f"  {cell.upper().replace(' ', '  ')} " for cell in heading]
    assert read(written([odd, *rows])) == read(written([heading, *rows]))


@pytest.mark.parametrize("name", TABLES)
def test_a_column_nobody_knows_is_kept_and_changes_nothing(name: str) -> None:
    heading, *rows = rows_of(name)
    data = written([[*heading, "Guide's mood"], *([*row, "sunny"] for row in rows)])
    assert read(data) == read(written([heading, *rows]))
    document = open_document("a.csv", data)
    assert next(recognise(document).rows(document)).cells["Guide's mood"] == "sunny"


@pytest.mark.parametrize("name", TABLES)
def test_heading_without_rows_is_an_empty_list(name: str) -> None:
    assert read(written(rows_of(name)[:1])) == []


@pytest.mark.parametrize("name", TABLES)
def test_cells_can_be_kept_as_json(name: str) -> None:
    document = open_document(name, (FILES / name).read_bytes())
    for raw in recognise(document).rows(document):
        assert json.loads(json.dumps(dict(raw.cells))) == dict(raw.cells)


def test_own_heading_serves_for_a_known_one() -> None:
    heading, *rows = rows_of("rezio.csv")
    renamed = ["Bestellnummer" if cell == "Order Number" else cell for cell in heading]
    headers = {"bestellnummer": "reference"}
    assert read(written([renamed, *rows]), headers=headers) == read(written([heading, *rows]))
    assert digests(written([renamed, *rows]), headers) != digests(written([heading, *rows]))


def test_own_headings_may_be_kept_by_source() -> None:
    heading, *rows = rows_of("rezio.csv")
    renamed = ["Bestellnummer" if cell == "Order Number" else cell for cell in heading]
    document = open_document("a.csv", written([renamed, *rows]))
    kept = {"rezio": {"Bestellnummer": "reference"}, "viator": {"Order Status": "product"}}
    assert recognise(document, kept).key == "rezio"


def test_wholly_own_headings_serve_for_a_named_channel() -> None:
    headers = {"No": "reference", "State": "status", "What": "product", "When": "departs", "Who": "lines"}
    data = b"No,State,What,When,Who\n27KK1000002,Confirmed,[T] Walk/PM,2027-02-01 14:00,2 x Adult\n"
    (order,) = read(data, "rezio", headers)
    assert isinstance(order, Order)
    assert (order.products, order.party) == (("[T] Walk", "Walk", "T"), 2)


def test_missing_columns_are_named() -> None:
    data = written([[*row[:1], *row[2:9], *row[10:]] for row in rows_of("rezio.csv")])
    with pytest.raises(CannotDo) as refused:
        read(data)
    assert refused.value.code == "columns-missing"
    assert refused.value.facts["columns"] == "Order Status, Departure Date"


OTHERS = [(name, key) for name in TABLES for key in sorted(ADAPTERS) if not name.startswith(key)]


@pytest.mark.parametrize(("name", "key"), OTHERS)
def test_named_channel_with_a_file_of_another_is_refused_at_once(name: str, key: str) -> None:
    document = open_document(name, (FILES / name).read_bytes())
    with pytest.raises(CannotDo) as refused:
        adapter_named(key).rows(document)
    assert refused.value.code == "not-what-it-claims"
    assert "?" not in refused.value.sentence


def test_unknown_channel_is_refused_with_those_there_are() -> None:
    with pytest.raises(CannotDo) as refused:
        adapter_named("nowhere")
    assert "getyourguide" in refused.value.sentence
    assert adapter_named(" GYG ").key == "getyourguide"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"reference": ""}, "reference-missing"),
        ({"reference": " - "}, "reference-missing"),
        ({"date": ""}, "date-missing"),
        ({"date": "someday"}, "date-not-understood"),
        ({"date": "2027-02-31"}, "date-not-understood"),
        ({"date": "03/02/2027"}, "date-not-understood"),
        ({"amount": "a lot", "currency": "KRW"}, "amount-not-understood"),
        ({"amount": "9" * 30, "currency": "KRW"}, "amount-not-understood"),
        ({"amount": "10"}, "currency-missing"),
        ({"adults": "several"}, "quantity-not-understood"),
        ({"adults": "-1"}, "quantity-not-understood"),
        ({"adults": "99999"}, "quantity-not-understood"),
    ],
)
def test_bad_cell_refuses_its_row_alone(cells: dict[str, str], code: str) -> None:
    bad = direct(**cells).split(b"\r\n")[1]
    good = direct(reference="P-10").split(b"\r\n")[1]
    refused, taken = read(b"\r\n".join([HEADING.encode(), bad, good]))
    assert isinstance(refused, RefusedRow)
    assert (refused.row, refused.code) == (2, code)
    assert refused.code in SENTENCES
    assert isinstance(taken, Order)


def test_row_of_another_length_is_refused_without_showing_what_stands_in_it() -> None:
    heading, row = direct().decode().splitlines()
    short, shifted = "P-9,confirmed", f"Anna Sample,{row}"
    assert read(f"{heading}\n{short}\n{shifted}\n{row}\n".encode())[:2] == [
        RefusedRow(2, "P-9", "row-not-readable", {}),
        RefusedRow(3, "", "row-not-readable", {}),
    ]


def test_blank_rows_are_passed_over_and_counted() -> None:
    heading, row = direct().decode().splitlines()
    data = f"{heading}\n\n,,,,,,,,,,,,,\n{row}\n".encode()
    document = open_document("a.csv", data)
    assert [raw.row for raw in recognise(document).rows(document)] == [4]


# --- hostile content ----------------------------------------------------------------------------------


def one(**cells: str) -> Order:
    (order,) = read(direct(**cells))
    assert isinstance(order, Order)
    return order


@pytest.mark.parametrize("formula", ['=HYPERLINK("x")', "+1+1", "-2+3", "@SUM(A1)"])
def test_formula_is_only_text(formula: str) -> None:
    assert one(name=formula).lead == formula


def test_control_characters_are_removed() -> None:
    order = one(name="An\x07na\u202e Sam\x1bple\u200b", notes="first\r\nsecond\x0b")
    assert (order.lead, order.request) == ("Anna Sample", "first\nsecond")


def test_endless_cells_are_cut_and_do_not_fail() -> None:
    order = one(
        name="N" * 5000,
        notes="R" * 50_000,
        product="P" * 5000,
        email="e" * 5000 + "@example.com",
        phone="1" * 5000,
    )
    assert (len(order.lead), len(order.request), len(order.products[0])) == (500, 4000, 500)
    assert len(order.phone) <= 40


def test_full_width_numbers_and_names_in_every_script() -> None:
    order = one(adults="２", name="นางสาว ตัวอย่าง · 範例 · מדגם", date="２０２７－０２－０１")
    assert (order.party, order.lead) == (2, "นางสาว ตัวอย่าง · 範例 · מדגם")
