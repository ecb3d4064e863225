"""The day sheet's sums: by unit, by pick-up, by language, and what is to be collected."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from models.manifest import DepartureSheet, Guest, Rolled, by_language, by_pickup, by_unit, due_sums
from models.money import Money
from models.reservations import Status

_AT = datetime(2027, 2, 1, 5, tzinfo=UTC)


def a_guest(number: int = 1, **told: Any) -> Guest:
    made = Guest(
        id=number, number=f"CF-{number}", channel="direct", reference="", status=Status.CONFIRMED, lead="Anna Sample",
        companions=(), party=2, heads=2, arrived=0, units=(("Adult", 2),), language="en", pickup="", request="",
        notes=(), due=None,
    )  # fmt: skip
    return replace(made, **told)


def a_sheet(*guests: Guest) -> DepartureSheet:
    return DepartureSheet(
        1,
        date(2027, 2, 1),
        _AT,
        _AT,
        "Asia/Seoul",
        "Tea House Walk",
        "Afternoon",
        "",
        "",
        4,
        6,
        False,
        guests,
    )


def test_units_are_summed_and_the_untold_stand_last() -> None:
    guests = [
        a_guest(1, units=(("Child", 1), ("Adult", 1))),
        a_guest(2, units=(("Adult", 3),)),
        a_guest(3, units=(), heads=5),
    ]
    assert by_unit(guests) == (Rolled("Adult", 4), Rolled("Child", 1), Rolled("", 5))


def test_heads_are_summed_by_pick_up_whatever_the_spaces() -> None:
    guests = [
        a_guest(1, pickup="Example  Hotel", heads=2),
        a_guest(2, pickup="Example Hotel ", heads=3),
        a_guest(3, heads=9),
    ]
    assert by_pickup(guests) == (Rolled("Example Hotel", 5), Rolled("", 9))


def test_nothing_is_said_where_nobody_told_anything() -> None:
    assert by_pickup([a_guest(1), a_guest(2)]) == ()
    assert by_unit([a_guest(units=())]) == ()


def test_languages_and_money_are_summed() -> None:
    guests = [
        a_guest(1, language="ko", due=Money(24000, "KRW")),
        a_guest(2, language="", due=Money(1000, "KRW")),
        a_guest(3, due=Money(500, "EUR")),
    ]
    assert [rolled.name for rolled in by_language(guests)] == ["en", "ko", ""]
    assert due_sums(guests) == (Money(500, "EUR"), Money(25000, "KRW"))


def test_who_is_picked_up_stands_before_who_comes_alone_and_by_name() -> None:
    sheet = a_sheet(
        a_guest(1, lead="Bao"),
        a_guest(2, lead="Anna"),
        a_guest(3, lead="Zoe", pickup="Hotel B"),
        a_guest(4, lead="Yun", pickup="Hotel A"),
    )
    assert [guest.lead for guest in sheet.expected] == ["Yun", "Zoe", "Anna", "Bao"]


def test_only_those_who_hold_seats_are_expected() -> None:
    sheet = a_sheet(
        a_guest(1, arrived=1),
        a_guest(2, status=Status.UNCONFIRMED, lead=None),
        a_guest(3, status=Status.NO_SHOW),
        a_guest(4, status=Status.AWAITING_PAYMENT),
    )
    assert [guest.id for guest in sheet.expected] == [1, 3]
    assert [guest.id for guest in sheet.not_confirmed] == [2, 4]
    assert (sheet.heads, sheet.arrived, sheet.over) == (4, 1, 2)
