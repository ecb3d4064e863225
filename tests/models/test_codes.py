"""The 26 digits of a voucher: ours are known in any spelling, and nobody can invent one."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes import LENGTH, ForeignKey, Forged, Genuine, code_for, digits_of, grouped, read, tidy

SECRETS = {1: b"one secret of a test, 32 bytes!!", 2: b"the next secret, 32 bytes long!!"}
TICKETS = st.integers(0, 10**11 - 1)


def test_a_code_is_version_ticket_and_fourteen_digits_of_an_hmac() -> None:
    code = code_for(48217, version=1, secret=SECRETS[1])
    mac = int.from_bytes(hmac.digest(SECRETS[1], b"100000048217", hashlib.sha256), "big")
    assert code == f"100000048217{mac % 10**14:014d}"


@given(TICKETS, st.sampled_from([1, 2]))
def test_our_codes_are_genuine_under_their_own_key(ticket: int, version: int) -> None:
    code = code_for(ticket, version=version, secret=SECRETS[version])
    assert len(code) == LENGTH == 26
    assert set(code) <= set("0123456789")
    assert read(code, SECRETS) == Genuine(ticket)


@given(TICKETS, st.integers(0, 25), st.integers(1, 9))
def test_a_code_with_one_changed_digit_is_never_genuine(ticket: int, place: int, step: int) -> None:
    code = code_for(ticket, version=1, secret=SECRETS[1])
    garbled = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    assert isinstance(read(garbled, SECRETS), Forged | ForeignKey)


@given(TICKETS, st.integers(0, 24))
def test_a_code_with_two_swapped_digits_is_not_taken_for_another_ticket(ticket: int, place: int) -> None:
    code = code_for(ticket, version=1, secret=SECRETS[1])
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert read(swapped, SECRETS) in (
        Genuine(ticket) if swapped == code else Forged(),
        ForeignKey(int(swapped[0])),
    )


def test_a_code_made_under_another_secret_is_forged() -> None:
    assert read(code_for(5, version=1, secret=b"somebody else's secret"), SECRETS) == Forged()


def test_a_key_version_nobody_here_knows_is_foreign_and_not_forged() -> None:
    assert read(code_for(5, version=7, secret=b"another house"), SECRETS) == ForeignKey(7)


def test_a_code_of_an_older_key_stays_good_beside_a_newer_one() -> None:
    assert read(code_for(5, version=1, secret=SECRETS[1]), {2: SECRETS[2]}) == ForeignKey(1)
    assert read(code_for(5, version=1, secret=SECRETS[1]), SECRETS) == Genuine(5)


@pytest.mark.parametrize(("ticket", "version"), [(-1, 1), (10**11, 1), (1, 0), (1, 10)])
def test_numbers_that_do_not_fit_are_not_written(ticket: int, version: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        code_for(ticket, version=version, secret=SECRETS[1])


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "written",
    [
        lambda code: code,
        grouped,
        lambda code: f"  {code}\r\n",
        lambda code: "-".join(code),
        lambda code: code.translate(FULL_WIDTH),
        lambda code: grouped(code).translate(FULL_WIDTH).replace(" ", "\u3000"),
        lambda code: f"\x02{code}\x03",
        lambda code: "\u200b".join(code),
    ],
)
def test_a_code_is_known_in_every_spelling(written) -> None:
    code = code_for(48217, version=1, secret=SECRETS[1])
    assert digits_of(written(code)) == code


@pytest.mark.parametrize("text", ["", "CF-10001", "1" * 25, "1" * 27, "1" * 25 + "A", "٣" * 26])
def test_other_texts_are_no_code(text: str) -> None:
    assert digits_of(text) is None


def test_the_printed_groups_hold_the_same_digits() -> None:
    code = code_for(48217, version=1, secret=SECRETS[1])
    assert [len(part) for part in grouped(code).split()] == [1, 5, 6, 4, 4, 4, 2]
    assert tidy(grouped(code)) == code
