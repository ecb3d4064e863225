"""A traveler stays hidden until the reservation was confirmed, also where they stand in the middle of a text."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import spellings
from models.erasing import whole_names
from models.privacy import HIDDEN, may_see, without_traveler

ONCE = datetime(2027, 1, 15, tzinfo=UTC)
KNOWN = ("SAMPLE, ANNA", "anna@example.com", "+47 00000000", "Bo Sample")


@pytest.mark.parametrize(
    ("confirmed", "channel", "via", "seen"),
    [
        (None, "kkday", "rezio", False),
        (None, "kkday", "", False),
        (None, "direct", "rezio", False),
        (None, "direct", "", True),
        (ONCE, "kkday", "rezio", True),
        (ONCE, "direct", "", True),
    ],
)
def test_a_stranger_is_seen_once_confirmed_and_our_own_guests_always(
    confirmed: datetime | None, channel: str, via: str, seen: bool
) -> None:
    assert may_see(confirmed, channel, via) is seen


@pytest.mark.parametrize(
    "text",
    [
        "Anna asks for a window",
        "ANNA SAMPLE asks",
        "Sample, Anna",
        "please write to anna@example.com",
        "or to another.one@example.org",
        "call +47 00000000",
        "call 010-0000-1111 instead",
        "call (02) 0000 1111",
        "Bo is four",
        "(bo)",
    ],
)
def test_names_addresses_and_numbers_are_taken_out_of_a_text(text: str) -> None:
    cleaned = without_traveler(text, KNOWN)
    assert HIDDEN in cleaned
    for part in ("anna", "sample", "example.", "0000"):
        assert part not in cleaned.casefold()


def test_korean_and_chinese_names_are_taken_out_sign_by_sign() -> None:
    assert without_traveler("홍보기 님, 王小美 様", ("홍보기", "王小美")) == f"{HIDDEN} 님, {HIDDEN} 様"


GUESTS = (
    "HONG, GILDONG",
    "홍길동",
    "hong88@example.com",
    "+82 10-1234-5678",
    "王小美",
    "Jürgen Müller",
    "남궁민수",
    "김 하늘",
    "Bo",
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("홍길동입니다", f"{HIDDEN}입니다"),
        ("홍 길동 님", f"{HIDDEN} 님"),
        ("길동이가 갑니다", f"{HIDDEN}이가 갑니다"),
        ("하늘이도 가요", f"{HIDDEN}이도 가요"),
        ("민수 씨와", f"{HIDDEN} 씨와"),
        ("Bo는 네 살", f"{HIDDEN}는 네 살"),
        ("小美想問", f"{HIDDEN}想問"),
        ("我是王 小美", f"我是{HIDDEN}"),
        ("gil-dong", HIDDEN),
        ("Gil Dong", HIDDEN),
        ("MULLER", HIDDEN),
        ("ＨＯＮＧ", HIDDEN),
        (unicodedata.normalize("NFD", "홍길동 여권.pdf"), f"{HIDDEN} 여권.pdf"),
        ("홍\u200b길동", HIDDEN),
        ("hong88 @ example.com", HIDDEN),
        ("hong88＠example.com으로", f"{HIDDEN}으로"),
    ],
)
def test_a_name_is_found_in_whatever_spelling(text: str, shown: str) -> None:
    assert without_traveler(text, GUESTS) == shown


@pytest.mark.parametrize(
    "text",
    [
        "번호는 010-1234-5678로",
        "전화010.1234.5678입니다",
        "01012345678",
        "+82 (0)10 1234 5678",
        "+8210-1234-5678",
        "010/1234/5678",
        "０１０－１２３４－５６７８",
        "-010-1234-5678-",
        "2027-02-01 010-1234-5678",
        "0212-12-1234567로",
        "여권 M123A4567",
        "여권 m12345678입니다",
    ],
)
@pytest.mark.parametrize("known", [(), GUESTS])
def test_no_figure_of_a_number_stays_whatever_stands_around_it(text: str, known: tuple[str, ...]) -> None:
    shown = without_traveler(text, known if "/" not in text else GUESTS)
    assert HIDDEN in shown
    assert not any(figures in shown for figures in ("34", "56", "４", "８", "M1", "m1"))


def test_a_text_that_names_nobody_waits_for_no_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making one takes milliseconds for each traveler, and hardly a text of a dashboard names any."""
    made, make = list[tuple[str, ...]](), spellings._compiled
    monkeypatch.setattr(spellings, "_compiled", lambda patterns: (made.append(patterns), make(patterns))[1])
    text = "Two seats by the window, the passport is still missing 12"
    assert without_traveler(text, GUESTS) == text
    assert made == []
    assert HIDDEN in without_traveler("Gil-dong, by the window", GUESTS)
    assert len(made) == 1


@pytest.mark.parametrize("text", ["1 " * 50_000 + "a", "a" * 100_000, "1" * 100_000 + "a", "홍" * 100_000])
def test_a_text_written_to_hold_us_up_does_not(text: str) -> None:
    assert len(without_traveler(text, GUESTS)) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "TNA-20240624-0000001 27KK100000001 GYGABC123456",
        "BR-123456789",
        "2027/02/01~2027/02/03",
        "2027.02.01. 14:00",
    ],
)
def test_numbers_of_orders_and_days_stay(text: str) -> None:
    assert without_traveler(text, GUESTS) == text


@pytest.mark.parametrize(
    "text", ["On 2027-02-01 at 14:00", "2 adults, room 101", "CF-10001", "75,000 won", "a boat", ""]
)
def test_what_is_nobodys_data_stays(text: str) -> None:
    assert without_traveler(text, KNOWN) == text


@given(st.sampled_from(KNOWN), st.text(max_size=30), st.text(max_size=30))
def test_a_known_text_never_stays_whatever_stands_around_it(known: str, before: str, after: str) -> None:
    assert known.casefold() not in without_traveler(f"{before} {known} {after}", KNOWN).casefold()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Aylin Yıldız", "Change for AYLIN YILDIZ"),
        ("AYLIN, YILDIZ", "Change for Aylın Yıldız"),
        ("İnan Muster", "Change for inan muster"),
        ("Weiß Muster", "Change for MUSTER,  WEIẞ"),
        ("Στέλιος Μάστορας", "Change for ΣΤΈΛΙΟΣ ΜΆΣΤΟΡΑΣ"),
        ("anna@example.com", "Change for Anna@Example.com"),
        ("+47 00000000", "Change for +47  00000000"),
        ("예시인", "Change for 예시인님"),
    ],
)
def test_a_note_at_the_drawer_names_a_forgotten_person_in_no_spelling(name: str, text: str) -> None:
    assert whole_names((name,))(text).removesuffix("님") == f"Change for {HIDDEN}"


def test_a_note_that_only_shares_a_word_with_somebody_stays() -> None:
    without = whole_names(("May", "May Boats", "Anna Sample"))
    assert without("Boats in May, Anna's list") == "Boats in May, Anna's list"
