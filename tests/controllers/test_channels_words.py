"""Dates, parties, names, languages, statuses and amounts are read as people of many countries write them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from controllers.channels.dates import moment, time_of, without_year
from controllers.channels.parties import party_of
from controllers.channels.people import companions, email_of, language_of, person, phone_of, turned
from controllers.channels.raw import RowRefused
from controllers.channels.statuses import status_of
from models.money import Money, parse
from models.orders import Line
from models.reservations import Status

FIFTH = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-12-05 09:30", time(9, 30)),
        ("2026-12-05T09:30:00", time(9, 30)),
        ("2026/12/05", None),
        ("2026.12.05", None),
        ("2026. 12. 5. 14:00", time(14)),
        ("20261205", None),
        ("Sat, Dec 5, 2026", None),
        ("Dec 5, 2026 9:30 PM", time(21, 30)),
        ("05 December 2026, 09:30 (09:30am)", time(9, 30)),
        ("5th Dec 2026", None),
        ("05.12.2026 09:30", time(9, 30)),
        ("5. Dezember 2026", None),
        ("2026년 12월 5일 (토) 오후 2:30", time(14, 30)),
        ("2026년 12월 5일 오전 12시", time(0)),
        ("2026年12月5日 下午2時30分", time(14, 30)),
        ("46361.395833333", time(9, 30)),
        ("46361", None),
    ],
)
def test_dates_in_every_form(text: str, at: time | None) -> None:
    assert (moment(text).on, moment(text).at) == (FIFTH, at)


def test_date_with_an_offset_is_an_instant() -> None:
    assert moment("2026-12-05T12:00:00+1000").instant == datetime.fromisoformat("2026-12-05T12:00:00+10:00")
    assert moment("2026-12-05T12:00:00Z").instant == datetime.fromisoformat("2026-12-05T12:00:00+00:00")


def test_month_and_day_are_never_guessed() -> None:
    with pytest.raises(ValueError, match="two days"):
        moment("12/02/26")
    assert moment("12/02/26", day_first=False).on == date(2026, 12, 2)
    assert moment("12/02/26", day_first=True).on == date(2026, 2, 12)
    assert moment("25/12/2026").on == date(2026, 12, 25)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13-05", "2026-12-05 29:30", "0000-00-00", "12345678", "2026-12-05 995"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        moment(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [("09:30", time(9, 30)), ("2pm", time(14)), ("오후 2시", time(14)), ("14h30", time(14, 30)), ("0.5", time(12)),
     ("NA", None), ("-", None), ("", None), ("morning", None), ("25:00", None)],
)  # fmt: skip
def test_times_are_read_or_unknown(text: str, at: time | None) -> None:
    assert time_of(text) == at


def test_day_without_a_year_is_the_next_one() -> None:
    assert without_year("12월 5일", date(2026, 11, 20)) == FIFTH
    assert without_year("12/5 (토)", date(2026, 12, 20)) == FIFTH
    assert without_year("1/3", date(2026, 12, 20)) == date(2027, 1, 3)
    assert without_year("nothing", FIFTH) is None


@pytest.mark.parametrize(
    ("text", "lines", "party"),
    [
        ("2 x Adult", (Line("Adult", 2),), 2),
        ("1 x Adult, 1 x Child", (Line("Adult", 1), Line("Child", 1)), 2),
        ("2 Adults", (Line("Adult", 2),), 2),
        ("1 Adult, 1 Child", (Line("Adult", 1), Line("Child", 1)), 2),
        ("대인 x2, 소인 x1", (Line("대인", 2), Line("소인", 1)), 3),
        ("성인 2명, 아동 1명", (Line("성인", 2), Line("아동", 1)), 3),
        ("Adults: 2, Children: 1", (Line("Adult", 2), Line("Child", 1)), 3),
        ("Adult 2 Child 1", (Line("Adult", 2), Line("Child", 1)), 3),
        ("1 x Child (Age 4 - 11, with ID) (€ 29.00)", (Line("Child", 1, price=Money(2900, "EUR")),), 1),
        ("2 x Adult, 0 x Child", (Line("Adult", 2),), 2),
        ("1 x Family, 1 x Adult", (Line("Family", 1), Line("Adult", 1)), None),
        ("3명", (), 3),
        ("2 명", (), 2),
        ("4 travelers", (), 4),
        ("7", (), 7),
        ("", (), None),
        ("N/A", (), None),
    ],
)
def test_parties_in_every_form(text: str, lines: tuple[Line, ...], party: int | None) -> None:
    assert party_of(text) == (lines, party)


@pytest.mark.parametrize("text", ["some people", "99999 x Adult", "Adult", "x"])
def test_party_that_cannot_be_counted_is_refused(text: str) -> None:
    with pytest.raises(RowRefused) as refused:
        party_of(text)
    assert refused.value.code == "quantity-not-understood"


def test_names() -> None:
    assert person("() rica sample") == "rica sample"
    assert person("SAMPLE, ANNA") == "SAMPLE, ANNA"
    assert turned("Sample, Anna") == "Anna Sample"
    assert [person(text) for text in ("Passenger Two", "Traveler 2", "-", "여행자 3")] == [""] * 4
    assert person("Na") == "Na"
    assert companions(["Anna", "Bo", "Traveler 3", "Bo"], "Anna") == ("Bo",)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("(Alternate Phone)IN+91 9000000000 Send the customer a message.", "+91 9000000000"),
        ("US+1 2025550143", "+1 2025550143"),
        ("Number: +44 7000 000000", "+44 7000 000000"),
        ("02-000-0000", "02-000-0000"),
        ("ask at the desk", ""),
        ("12", ""),
    ],
)
def test_phones(text: str, phone: str) -> None:
    assert phone_of(text) == phone


def test_relay_address_is_an_address() -> None:
    assert email_of("<customer-x1@reply.example.com>") == "customer-x1@reply.example.com"
    assert email_of("no address") == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [("English - Guide", "en"), ("English (Live tour guide)", "en"), ("German", "de"), ("일본어", "ja"),
     ("en-au", "en"),
     ("Chinese (Traditional)", "zh-TW"), ("简体中文", "zh-CN"), ("zh-Hant-TW", "zh-TW"), ("Chinese", "zh"),
     ("Portuguese", "pt"), ("", ""), ("Klingon", "")],
)  # fmt: skip
def test_languages(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("source", "word", "status"),
    [
        ("rezio", "Check-In & Redeem", Status.REDEEMED),
        ("rezio", "check in and redeem", Status.REDEEMED),
        ("rezio", "NO SHOW", Status.NO_SHOW),
        ("rezio", "Cancelled", Status.CANCELLED),
        ("rezio", "Cancelling", Status.CANCEL_REQUESTED),
        ("rezio", "Completed in Channel", Status.REDEEMED),
        ("myrealtrip", "취소완료", Status.CANCELLED),
        ("octo", "ON_HOLD", Status.AWAITING_PAYMENT),
        ("octo", "REJECTED", Status.CANCELLED),
        ("rezdy", "ON_HOLD", Status.UNCONFIRMED),
        ("rezdy", "ABANDONED_CART", Status.EXPIRED),
        ("fareharbor", "booked", Status.CONFIRMED),
        ("rezio", "Booked", None),
        ("rezio", "", None),
        ("nowhere", "Confirmed", None),
    ],
)
def test_status_words_are_compared_folded_and_by_source(
    source: str, word: str, status: Status | None
) -> None:
    assert status_of(source, word) is status


@pytest.mark.parametrize(
    ("text", "currency", "money"),
    [
        ("JP¥ 9,800", "", Money(9800, "JPY")),
        ("SG$ 420.00", "", Money(42000, "SGD")),
        ("€ 1.234,50", "", Money(123450, "EUR")),
        ("TWD 3,200", "", Money(320000, "TWD")),
        ("98.000", "KRW", Money(98000, "KRW")),
        ("98000원", "", Money(98000, "KRW")),
        ("$ 5", "CAD", Money(500, "CAD")),
        ("US$ 5", "CAD", Money(500, "USD")),
        ("30 per adult", "EUR", Money(3000, "EUR")),
    ],
)
def test_amounts_as_channels_write_them(text: str, currency: str, money: Money) -> None:
    assert parse(text, currency) == money
