"""A garbled code is read where its check digits agree, and nothing else is ever made of a text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import keyboards
from models.codes import LENGTH, Genuine, code_for, read
from models.repair import Wrong, repaired

SECRETS = {1: b"one secret of a test, 32 bytes!!", 2: b"the next secret, 32 bytes long!!"}
CODE = code_for(48217, version=1, secret=SECRETS[1])


def garbled(code: str, scanner: str, reader: str, *, shift_stuck: bool = False) -> str:
    """What a computer of one country writes for a scanner of another."""
    strokes = keyboards.typed(code, scanner)
    return keyboards.written([(place, shift is not shift_stuck) for place, shift in strokes], reader)


@pytest.mark.parametrize(("scanner", "reader"), list(itertools.product(keyboards.LAYOUTS, repeat=2)))
def test_a_scanner_of_any_country_is_understood_at_a_computer_of_any_other(scanner: str, reader: str) -> None:
    text = garbled(CODE, scanner, reader)
    meant = repaired(text, SECRETS)
    if text == CODE:
        assert meant is None
    elif len(text) == LENGTH:
        assert meant is not None
        assert (meant.code, meant.wrong) == (CODE, Wrong.KEYBOARD)


def test_a_stuck_shift_is_undone() -> None:
    text = garbled(CODE, "us", "us", shift_stuck=True)
    assert text.startswith("!))))")
    meant = repaired(text, SECRETS)
    assert meant is not None
    assert meant.code == CODE


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("".join(chr(ord("٠") + int(digit)) for digit in CODE), Wrong.SCRIPT),
        ("]C1" + CODE, Wrong.EXTRA),
        (CODE + "\\000026", Wrong.EXTRA),
        ("".join(chr(ord(sign) + 0xFEE0) for sign in garbled(CODE, "fr", "us")), Wrong.KEYBOARD),
    ],
)
def test_other_scripts_and_signs_around_the_code_are_undone(text: str, wrong: Wrong) -> None:
    meant = repaired(text, SECRETS)
    assert meant is not None
    assert (meant.code, meant.wrong) == (CODE, wrong)


@given(st.text("&é\"'(-è_çà!@#$%^*)0123456789", min_size=26, max_size=30))
def test_nothing_is_repaired_into_a_code_that_is_not_ours(text: str) -> None:
    meant = repaired(text, SECRETS)
    assert meant is None or isinstance(read(meant.code, SECRETS), Genuine)


def test_a_garbled_code_with_one_wrong_digit_stays_unread() -> None:
    wrong = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    assert repaired(garbled(wrong, "fr", "us"), SECRETS) is None
    assert repaired("]C1" + wrong, SECRETS) is None


def test_a_code_of_another_house_is_not_repaired() -> None:
    assert repaired(garbled(code_for(5, version=7, secret=b"another house"), "fr", "us"), SECRETS) is None


def test_what_is_readable_is_left_alone() -> None:
    for text in (CODE, "CF-48217", "TNA-20270115-00012345", ""):
        assert repaired(text, SECRETS) is None
