"""Editing a product: one rule for the file and the screen, and nobody overwrites what somebody else wrote."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from controllers import products
from controllers.desk import Desk
from controllers.photos import LONGEST, read_photo
from controllers.products_file import faults_of, product_form
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry, Option, Product, Spelling, Unit
from tests.builders import a_product, a_products_file, a_reservation, reservation, taken
from tests.builders import direct_row as direct

ONE = {"name": "Afternoon", "starts": "14:00", "capacity": 8, "minutes": 120, "units": [{"name": "Adult"}]}


def with_units(*units: dict[str, Any]) -> dict[str, Any]:
    return ONE | {"units": list(units)}


def content(desk: Desk, product_id: int = 1) -> dict[str, Any]:
    return dict(products.see_product(product_id, desk=desk).content)


def save(desk: Desk, told: dict[str, Any], product_id: int | None = 1, **more: Any) -> products.SavedProduct:
    return products.save_product(product_form(told), desk=desk, product_id=product_id, **more)


def refused(code: str, work: Any) -> CannotDo:
    with pytest.raises(CannotDo) as no:
        work()
    assert no.value.code == code
    return no.value


def fields_of(desk: Desk) -> list[list[str]]:
    with desk.reading() as look:
        asked = (
            select(JournalEntry.details).where(JournalEntry.subject == "product:1").order_by(JournalEntry.seq)
        )
        import json

        return [json.loads(told)["fields"] for told in look.execute(asked).scalars()]


# --- the way there and back ---------------------------------------------------------------------


def test_what_is_read_can_be_saved_again_and_changes_nothing(desk: Desk) -> None:
    a_product(desk, refund=[{"until_days": 7, "percent": 50}], languages=["en", "zh-TW"])
    told = content(desk)
    assert save(desk, told).fields == ()
    assert content(desk) == told
    assert told["languages"] == ["en", "zh-TW"]


def test_the_journal_names_the_fields_that_changed_and_no_values(desk: Desk) -> None:
    a_product(desk)
    saved = save(desk, content(desk) | {"meeting_point": "Pier 2", "uses": 3})
    assert saved.fields == ("meeting_point", "uses")
    assert fields_of(desk)[-1] == ["meeting_point", "uses"]


def test_a_new_product_is_added(desk: Desk) -> None:
    saved = save(desk, {"code": "BOAT", "name": "Night Boat", "option": [ONE]}, None)
    assert content(desk, saved.id)["name"] == "Night Boat"


def test_nobody_overwrites_what_somebody_else_wrote(desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    page = products.see_product(1, desk=desk)
    save(second_desk, content(second_desk) | {"uses": 2})
    refused("product-changed-meanwhile", lambda: save(desk, page.content | {"uses": 3}, seen=page.seen))
    assert content(desk)["uses"] == 2


def test_the_code_of_another_product_is_refused(desk: Desk) -> None:
    a_product(desk)
    a_product(desk, "BOAT", "Night Boat")
    refused("code-taken", lambda: save(desk, content(desk) | {"code": "BOAT"}))


def test_only_a_manager_changes_products(desk: Desk) -> None:
    a_product(desk)
    told = content(desk)
    clerk = Desk(desk.database, replace(desk.actor, role="front-desk"), desk.practice, desk.clock)
    refused("not-allowed", lambda: save(clerk, told))
    refused("not-allowed", lambda: products.delete_product(1, desk=clerk))
    refused("not-allowed", lambda: a_products_file(clerk, {"operator": {"zone": "Asia/Tokyo"}}))


# --- what is wrong, and where ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "told", "code"),
    [
        (("name",), {"name": ""}, "string_too_short"),
        (("uses",), {"uses": "many"}, "int_parsing"),
        (("valid_until",), {"validity": "range"}, "last-day-missing"),
        (("valid_until",), {"valid_from": "2027-02-02", "valid_until": "2027-02-01"}, "ends-before"),
        (("option", 0, "capacity"), {"option": [ONE | {"capacity": -1}]}, "greater_than_equal"),
        (("option", 0, "units", 0, "price"), {"option": [with_units({"name": "A", "price": "x"})]}, "decimal_parsing"),
        (("option", 1, "name"), {"option": [ONE, ONE]}, "twice"),
        (("option", 0, "units", 1, "name"), {"option": [with_units({"name": "A"}, {"name": "A"})]}, "twice"),
        (("languages", 0), {"languages": ["English"]}, "string_pattern_mismatch"),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is(path: tuple[str | int, ...], told: dict[str, Any], code: str) -> None:
    faults = faults_of({"code": "TEA", "name": "Tea House Walk", "option": [ONE]} | told)
    assert [(one.path, one.code) for one in faults] == [(path, code)]


def test_the_first_fault_is_told_with_its_field() -> None:
    no = refused("product-wrong", lambda: product_form({"code": "TEA", "name": "", "option": [ONE]}))
    assert no.facts["field"] == "name"


# --- options and units ------------------------------------------------------------------------------


def test_a_renamed_option_stays_the_same_one(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk)
    told = content(desk)
    told["option"][0]["name"] = "Late"
    save(desk, told)
    with desk.reading() as look:
        names = look.execute(select(Option.name)).scalars().all()
    assert names == ["Late"]
    assert reservation(desk, made).option_id is not None


def test_two_options_may_swap_their_names(desk: Desk) -> None:
    a_product(desk, options=[ONE, ONE | {"name": "Morning", "starts": "10:00"}])
    told = content(desk)
    told["option"][0]["name"], told["option"][1]["name"] = "Morning", "Afternoon"
    save(desk, told)
    assert [one["name"] for one in content(desk)["option"]] == ["Morning", "Afternoon"]


def test_an_option_that_was_sold_is_only_stopped(desk: Desk) -> None:
    a_product(desk, options=[ONE, ONE | {"name": "Morning", "starts": "10:00"}])
    a_reservation(desk)
    save(desk, content(desk) | {"option": []})
    assert [(one["name"], one["offered"]) for one in content(desk)["option"]] == [("Afternoon", False)]


def test_a_unit_that_was_sold_stays_and_another_goes(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk)
    told = content(desk)
    told["option"][0]["units"] = []
    save(desk, told)
    with desk.reading() as look:
        assert look.execute(select(Unit.name)).scalars().all() == ["Adult"]


def test_a_stopped_product_takes_no_new_orders_until_it_is_offered_again(desk: Desk) -> None:
    a_product(desk)
    save(desk, content(desk) | {"offered": False})
    made = taken(desk, direct())[0]
    assert reservation(desk, made).unmatched == "unknown-option"
    assert save(desk, content(desk) | {"offered": True}).matched == 1
    assert reservation(desk, made).unmatched == ""


def test_a_product_that_was_sold_is_not_deleted(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.CANCELLED)
    refused("product-used", lambda: products.delete_product(1, desk=desk))


def test_a_product_that_was_never_sold_goes_with_everything_of_it(desk: Desk) -> None:
    a_product(desk, known_as=[{"channel": "klook", "name": "Walk"}])
    products.delete_product(1, desk=desk)
    with desk.reading() as look:
        for table in (Product, Option, Unit, Spelling):
            assert look.execute(select(table.__table__)).all() == []


# --- orders that waited -----------------------------------------------------------------------------


def test_a_new_name_finds_the_orders_that_waited_for_it(desk: Desk) -> None:
    a_product(desk)
    made = taken(desk, direct(product="Walk to the tea"))[0]
    assert reservation(desk, made).unmatched == "unknown-product"
    told = content(desk)
    assert save(desk, told | {"meeting_point": "Pier 2"}).matched == 0
    saved = save(desk, told | {"known_as": [{"channel": "direct", "name": "Walk to the tea"}]})
    assert saved.matched == 1
    assert reservation(desk, made).unmatched == ""


# --- the photo --------------------------------------------------------------------------------------


def a_picture(
    folder: Path, kind: str = "PNG", size: tuple[int, int] = (2000, 1000), name: str = "tea"
) -> Path:
    path = folder / f"{name}.{kind.lower()}"
    Image.new("RGBA" if kind == "PNG" else "RGB", size).save(path, kind)
    return path


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_photo_beside_the_file_is_taken_scaled_down(a_desk: Desk, tmp_path: Path, kind: str) -> None:
    picture = a_picture(tmp_path, kind)
    file = tmp_path / "products.toml"
    file.write_text(f'[[product]]\ncode = "TEA"\nname = "Tea"\nphoto = "{picture.name}"\n', "utf-8")
    products.save_products(file, desk=a_desk)
    kept = products.see_product(1, desk=a_desk).photo
    assert kept is not None
    with Image.open(io.BytesIO(kept)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (LONGEST, LONGEST // 2))
        assert kind != "PNG" or shown.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("written", [2, 26, 255])
def test_a_photo_stands_upright_whatever_its_camera_wrote_down_besides(tmp_path: Path, written: int) -> None:
    notes = Image.Exif()
    notes[0x010E], notes[0x0112] = "a walk", 6  # what it shows, and that it was held on its side
    path = tmp_path / "tea.jpg"
    Image.new("RGB", (200, 100)).save(path, exif=notes)
    data = bytearray(path.read_bytes())
    data[data.index(b"Exif") + 17] = written  # which note it is: a text where nobody expects one
    path.write_bytes(data)
    with Image.open(io.BytesIO(read_photo(path))) as shown:
        assert shown.size == (100, 200)


def test_what_is_no_picture_is_refused_and_nothing_is_saved(a_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "tea.png").write_bytes(b"no picture at all")
    file = tmp_path / "products.toml"
    file.write_text('[[product]]\ncode = "TEA"\nname = "Tea"\nphoto = "tea.png"\n', "utf-8")
    refused("photo-not-taken", lambda: products.save_products(file, desk=a_desk))
    assert products.listed(desk=a_desk) == []


def test_a_photo_is_replaced_and_taken_away(desk: Desk, tmp_path: Path) -> None:
    a_product(desk)
    told = content(desk)
    one, two = read_photo(a_picture(tmp_path)), read_photo(a_picture(tmp_path, size=(300, 300), name="two"))
    save(desk, told, photo=one)
    save(desk, told, photo=two)
    assert products.see_product(1, desk=desk).photo == two
    save(desk, told)
    assert products.see_product(1, desk=desk).photo == two
    assert len(products.see_products(desk=desk).rows[0].thumb or b"") < len(two)
    save(desk, told, photo=None)
    assert products.see_product(1, desk=desk).photo is None


def test_a_file_keeps_the_names_of_its_options_with_was(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk)
    option_id = reservation(desk, made).option_id
    renamed = {
        "code": "TEA",
        "name": "Tea House Walk",
        "option": [ONE | {"name": "Late", "was": "Afternoon"}],
    }
    for _ in range(2):  # the same file again finds it by the name it has now
        a_products_file(desk, {"product": [renamed]})
        with desk.reading() as look:
            assert look.execute(select(Option.id, Option.name)).all() == [(option_id, "Late")]
