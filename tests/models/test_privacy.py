"""A traveler stays hidden until the reservation was confirmed, also where they stand in the middle of a text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    "text", ["On 2027-02-01 at 14:00", "2 adults, room 101", "CF-10001", "75,000 won", "a boat", ""]
)
def test_what_is_nobodys_data_stays(text: str) -> None:
    assert without_traveler(text, KNOWN) == text


@given(st.sampled_from(KNOWN), st.text(max_size=30), st.text(max_size=30))
def test_a_known_text_never_stays_whatever_stands_around_it(known: str, before: str, after: str) -> None:
    assert known.casefold() not in without_traveler(f"{before} {known} {after}", KNOWN).casefold()
