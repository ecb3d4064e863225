"""A number names its reservation in whatever way somebody writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.references import keys_to_try, likely_channel, number_of, our_id, reference_key

SPELLINGS = [
    "27KK-1000 0001",
    "27kk10000001",
    " 27KK–10000001 ",
    "２７ＫＫ１００００００１",
    "#27KK_1000_0001",
    "27KK‐10000001",
]


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_channels_number_has_one_key_in_every_spelling(written: str) -> None:
    assert reference_key(written) == "27KK10000001"
    assert keys_to_try(written) == ("27KK10000001",)


@pytest.mark.parametrize("written", ["#BR-1400000245", "BR-1400000245", "1400000245", "br 1400000245"])
def test_viators_letters_are_left_out(written: str) -> None:
    assert reference_key(written, "viator") == "1400000245"
    assert "1400000245" in keys_to_try(written)


def test_another_channels_br_number_keeps_its_letters() -> None:
    assert reference_key("BR-1400000245", "bokun") == "BR1400000245"
    assert keys_to_try("BR-1400000245") == ("BR1400000245", "1400000245")


@pytest.mark.parametrize(
    "written", ["CF-48217", "cf 48217", "ＣＦ４８２１７", "cf-0048217", "#CF48217", "CF–48217"]
)
def test_our_own_number_is_known_in_every_spelling(written: str) -> None:
    assert our_id(written) == 48217


@pytest.mark.parametrize("written", ["48217", "CF-", "CF-4821a", "XCF-1", "CF-1-CF-2", "", "CF-" + "9" * 16])
def test_other_numbers_are_not_ours(written: str) -> None:
    assert our_id(written) is None


@given(st.integers(1, 10**15 - 1))
def test_our_number_leads_back_to_its_reservation(reservation_id: int) -> None:
    assert our_id(number_of(reservation_id)) == reservation_id


def test_what_a_scanner_sends_beside_the_number_is_left_out() -> None:
    assert reference_key("\x0227KK\x00 1\ud800\x03", "kkday") == "27KK1"
    assert our_id("\x02CF-48217\x03") == 48217


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    once = reference_key(text, "kkday")
    assert reference_key(once, "kkday") == once


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("TNA-20261016-OO417", "myrealtrip"),
        ("exp 20260910-0000002", "myrealtrip"),
        ("26KK90000417", "kkday"),
        ("GYGTEST00001", "getyourguide"),
        ("#BR-1400000245", "viator"),
        ("ABC-1", ""),
        ("", ""),
    ],
)
def test_the_form_of_a_number_tells_whose_it_is_likely_to_be(text: str, channel: str) -> None:
    assert likely_channel(text) == channel
