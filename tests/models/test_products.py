"""Which product, option and unit a channel's words mean, and on which days they run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from models.products import (
    NO_DEPARTURE,
    UNKNOWN_OPTION,
    UNKNOWN_PRODUCT,
    Catalogue,
    Confirmation,
    ConfirmFrom,
    OptionFacts,
    ProductFacts,
    RedeemWhen,
    TicketsPer,
    UnitFacts,
    Validity,
    folded,
    unit_meant,
)
from models.schedule import Schedule, Timetable

MONDAY, TUESDAY = date(2027, 2, 1), date(2027, 2, 2)
KKDAY = ("rezio", "kkday")


def a_unit(unit_id: int, name: str, *names: tuple[str, str]) -> UnitFacts:
    return UnitFacts(unit_id, name, 1, frozenset(names))


def an_option(option_id: int, name: str, starts: str, *names: tuple[str, str], **told) -> OptionFacts:
    rules = [Schedule(time.fromisoformat(s), 120, 8, told.pop("weekdays", 127)) for s in starts.split()]
    timetable = Timetable(tuple(rules), frozenset(told.pop("exceptions", ())), told.pop("by_hand", {}))
    units = (a_unit(1, "Adult", ("kkday", "大人")), a_unit(2, "Child", ("", "kid")))
    return OptionFacts(option_id, name, timetable, units, frozenset(names), **told)


def a_product(product_id: int, code: str, name: str, *options: OptionFacts, names=()) -> ProductFacts:
    return ProductFacts(
        product_id, code, name, "Asia/Seoul", "KRW", Confirmation.MANUAL, 1, ConfirmFrom.ORDER, RedeemWhen.AFTER_TRIP,
        TicketsPer.RESERVATION, 1, Validity.DEPARTURE, 0, None, None, 60, 30, 2, "", (), options, frozenset(names),
    )  # fmt: skip


MORNING = an_option(11, "Morning", "10:00", ("kkday", "早上"))
AFTERNOON = an_option(12, "Afternoon", "14:00", ("", "pm"))
TEA = a_product(
    1, "TEA", "Tea House Walk", MORNING, AFTERNOON, names={("kkday", "茶屋散步"), ("", "tea walk")}
)
SUNSET = an_option(21, "Sunset", "18:00", ("klook", "golden hour"))
KAYAK = a_product(2, "KAY", "Harbour Kayak", SUNSET, names={("viator", "tea walk")})
BOTH = Catalogue((TEA, KAYAK))


def meant(*products: str, options=(), starts=None, day=MONDAY, sources=KKDAY, of=BOTH):
    at = time.fromisoformat(starts) if starts else None
    found = of.match(sources, products, tuple(options), at, day)
    return (
        found.product.code if found.product else "",
        found.option.name if found.option else "",
        found.unmatched,
    )


@pytest.mark.parametrize(
    "written", ["Tea House Walk", "tea  house WALK ", "TEA", "ｔｅａ", "Tea\u3000House Walk", "tea walk"]
)
def test_a_product_is_known_by_name_code_and_other_names_in_any_spelling(written: str) -> None:
    assert meant(written, options=["Morning"]) == ("TEA", "Morning", "")


def test_a_name_of_one_source_means_nothing_from_another() -> None:
    assert meant("茶屋散步", options=["Morning"]) == ("TEA", "Morning", "")
    assert meant("茶屋散步", options=["Morning"], sources=("klook",)) == ("", "", UNKNOWN_PRODUCT)


def test_the_senders_own_name_counts_before_everybodys() -> None:
    assert meant("Tea Walk", options=["Sunset"], sources=("viator",)) == ("KAY", "Sunset", "")
    assert meant("Tea Walk", options=["Morning"], sources=("klook",)) == ("TEA", "Morning", "")


def test_spellings_are_tried_in_the_order_in_which_they_are_told() -> None:
    assert meant("nobody's", "Harbour Kayak", "Tea House Walk")[0] == "KAY"


@pytest.mark.parametrize(
    ("options", "starts", "expected"),
    [
        (["Morning"], None, ("TEA", "Morning", "")),
        (["pm"], None, ("TEA", "Afternoon", "")),
        (["早上"], "10:00", ("TEA", "Morning", "")),
        ([], "14:00", ("TEA", "Afternoon", "")),
        (["nobody's"], "14:00", ("TEA", "Afternoon", "")),
        (["Morning"], "14:00", ("TEA", "Morning", NO_DEPARTURE)),
        ([], "09:00", ("TEA", "", NO_DEPARTURE)),
        ([], None, ("TEA", "", UNKNOWN_OPTION)),
        (["nobody's"], None, ("TEA", "", UNKNOWN_OPTION)),
        (["nobody's", "Afternoon"], None, ("TEA", "Afternoon", "")),
    ],
)
def test_an_option_is_found_by_name_then_by_its_time(
    options: list[str], starts: str | None, expected: tuple
) -> None:
    assert meant("TEA", options=options, starts=starts) == expected


def test_the_only_option_is_meant_where_none_or_only_units_are_named() -> None:
    assert meant("KAY") == ("KAY", "Sunset", "")
    assert meant("KAY", options=["Adult"]) == ("KAY", "Sunset", "")
    assert meant("KAY", options=["Night"]) == ("KAY", "", UNKNOWN_OPTION)


def test_the_only_option_that_runs_that_day_is_meant() -> None:
    mondays = a_product(
        3,
        "DUO",
        "Duo",
        an_option(31, "Low tide", "09:00", weekdays=1),
        an_option(32, "High tide", "11:00", weekdays=2),
    )
    of = Catalogue((mondays,))
    assert meant("DUO", of=of) == ("DUO", "Low tide", "")
    assert meant("DUO", of=of, day=TUESDAY) == ("DUO", "High tide", "")
    assert meant("DUO", of=of, day=None) == ("DUO", "", UNKNOWN_OPTION)


def test_two_options_of_one_name_are_told_apart_by_time() -> None:
    of = Catalogue(
        (a_product(4, "TWO", "Two", an_option(41, "Tour", "09:00"), an_option(42, "tour", "15:00")),)
    )
    assert of.match(KKDAY, ("TWO",), ("TOUR",), time(15), MONDAY).option.id == 42


def test_an_option_that_is_no_longer_offered_is_not_meant() -> None:
    of = Catalogue((replace(TEA, options=(replace(MORNING, offered=False), AFTERNOON)),))
    assert meant("TEA", options=["Morning"], of=of) == ("TEA", "", UNKNOWN_OPTION)
    assert meant("TEA", of=of) == ("TEA", "Afternoon", "")


def test_an_unknown_product_is_known_by_an_option_registered_for_that_source() -> None:
    assert meant("nobody's", options=["golden hour"], sources=("klook",)) == ("KAY", "Sunset", "")
    assert meant("nobody's", options=["golden hour"]) == ("", "", UNKNOWN_PRODUCT)
    assert meant("nobody's", options=["pm"]) == ("", "", UNKNOWN_PRODUCT)


@pytest.mark.parametrize(
    ("word", "sources", "expected"),
    [
        ("adult", KKDAY, 1),
        ("大人", KKDAY, 1),
        ("大人", ("klook",), None),
        ("KID", ("klook",), 2),
        ("Senior", KKDAY, None),
    ],
)
def test_a_unit_is_known_by_its_names(word: str, sources: tuple[str, ...], expected: int | None) -> None:
    found = unit_meant(AFTERNOON, sources, word)
    assert (found.id if found else None) == expected


def test_names_are_compared_folded() -> None:
    assert folded(" Ｔea\u00a0\n House ") == "tea house"


def test_a_schedule_runs_on_its_weekdays_within_its_season() -> None:
    season = Schedule(
        time(9), 60, 8, weekdays=0b0000011, season_from=date(2027, 2, 2), season_until=date(2027, 2, 9)
    )
    days = [date(2027, 1, 25) + timedelta(days=n) for n in range(30)]
    assert [d for d in days if season.runs_on(d)] == [date(2027, 2, 2), date(2027, 2, 8), date(2027, 2, 9)]
