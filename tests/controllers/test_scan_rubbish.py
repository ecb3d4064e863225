"""Whatever a scanner misreads or a guest invents: the gate answers, and lets nobody in."""

from __future__ import annotations

import os
import random
import string
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, select

from controllers import checkin
from controllers.desk import Desk
from models import codes
from models.checkin import ADMITTING, Kind
from models.reservations import Status
from models.tables import Reservation, ScanRow, Ticket
from tests.builders import DEPARTS, a_product, a_reservation
from tests.fakes import StillClock

A_FEW, ALL = 100, 10_000
SCRIPTS = "가나다漢字かなกขАБ٠١٢٣০১२३０１２３Ⅷ①½👍\u200b\u202e\u0000\ud800\r\n\t;'\"\\%_-"


def genuine(desk: Desk) -> list[str]:
    """The codes of three vouchers that would be let in now."""
    a_product(desk)
    for _ in range(3):
        a_reservation(desk, Status.CONFIRMED)
    version, secret = next(iter(desk.code_secrets.items()))
    with desk.reading() as look:
        numbers = look.execute(select(Ticket.number)).scalars()
        return [codes.code_for(number, version=version, secret=secret) for number in numbers]


# --- what can happen to a code --------------------------------------------------------------------


def _another_digit(code: str, chance: random.Random) -> str:
    at = chance.randrange(len(code))
    return code[:at] + chance.choice([d for d in string.digits if d != code[at]]) + code[at + 1 :]


def _swapped(code: str, chance: random.Random) -> str:
    a, b = sorted(chance.sample(range(len(code)), 2))
    return code[:a] + code[b] + code[a + 1 : b] + code[a] + code[b + 1 :]


def _cut(code: str, chance: random.Random) -> str:
    return (
        code[: chance.randrange(len(code))]
        if chance.random() < 0.5
        else code[chance.randrange(1, len(code)) :]
    )


def _doubled(code: str, chance: random.Random) -> str:
    at = chance.randrange(len(code))
    return code[:at] + code[at] * chance.randrange(2, 4) + code[at + 1 :]


def _other_script(code: str, chance: random.Random) -> str:
    at = chance.randrange(len(code))
    return code[:at] + chance.choice(SCRIPTS[:20]) + code[at + 1 :]


def _another_ticket(code: str, chance: random.Random) -> str:
    """The check digits of one ticket with the number of another: what a forger would try first."""
    return code[0] + f"{chance.randrange(10**11):011d}" + code[12:]


def _another_key(code: str, chance: random.Random) -> str:
    return chance.choice([d for d in string.digits if d != code[0]]) + code[1:]


def _invented_digits(_code: str, chance: random.Random) -> str:
    return "1" + "".join(chance.choices(string.digits, k=25))


def _rubbish(_code: str, chance: random.Random) -> str:
    letters = string.printable + SCRIPTS
    return "".join(chance.choices(letters, k=chance.choice([0, 1, 5, 26, 60, 900])))


WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    _another_digit, _swapped, _cut, _doubled, _other_script, _another_ticket, _another_key,
    _invented_digits, _rubbish,
)  # fmt: skip


def in_latin_digits(text: str) -> str:
    """The same with every digit of another script as ours: it is that digit, and is read so."""
    return "".join(str(unicodedata.digit(sign, sign)) for sign in text)


def spoilt(good: list[str], chance: random.Random, count: int) -> Iterator[str]:
    """So many spoilt codes, all different. What holds a good code whole is not spoilt: it is read (`models.repair`)."""
    known: set[str] = set()
    while count:
        text = chance.choice(WAYS)(chance.choice(good), chance)
        tidy = codes.tidy(text)
        # A short number may be the number of an order: then it is no rubbish.
        short = len(tidy) < 6 and tidy.removeprefix("CF").isdigit()
        if tidy not in known and not short and not any(code in in_latin_digits(tidy) for code in good):
            known.add(tidy)
            count -= 1
            yield text


# --- the gate ---------------------------------------------------------------------------------------


def scan_them(desk: Desk, clock: StillClock, chance: random.Random, count: int) -> None:
    """Through the real use case; afterwards nobody is in, every scan is kept, and a good code still lets in."""
    good = genuine(desk)
    clock.set(DEPARTS)
    kinds, kept = set(), set()
    for text in spoilt(good, chance, count):
        answer = checkin.scan(text, desk=desk, source="camera")
        kinds.add(answer.kind)
        kept.add(answer.scan_id)
        assert answer.kind not in ADMITTING, (text, answer)
        assert answer.admitted == 0, (text, answer)
        assert answer.message, text
    with desk.reading() as look:
        assert look.execute(select(func.sum(Reservation.arrived_heads))).scalar_one() == 0
        assert look.execute(select(func.count()).select_from(ScanRow)).scalar_one() == len(kept)
    assert len(kept) == count
    assert {Kind.FORGED, Kind.UNKNOWN, Kind.UNREADABLE} <= kinds
    assert checkin.scan(good[0], desk=desk).kind is Kind.ADMIT


def test_spoilt_and_invented_codes_are_answered_and_let_nobody_in(desk: Desk, clock: StillClock) -> None:
    scan_them(desk, clock, random.Random(2026), A_FEW)


@pytest.mark.soak
def test_ten_thousand_spoilt_and_invented_codes_let_nobody_in(desk: Desk, clock: StillClock) -> None:
    seed = os.environ.get("SEED", "") or str(random.SystemRandom().randrange(10**6))
    print(f"SEED={seed}")
    scan_them(desk, clock, random.Random(seed), ALL)
