"""Reads the life of a reservation aloud: for every status and every verb, where it leads or that it is refused."""

from __future__ import annotations

import pytest

from models.refusals import CannotDo
from models.reservations import LIVING, Moved, Status, Verb, holds_seats, may, move

# Copied by hand from the agreement with the people at the desk; never from the code.
# AWA awaiting payment, UNC unconfirmed, PEN pending, CON confirmed, REQ cancel requested, RED redeemed,
# NOS no-show, CAN cancelled, EXP expired; - is refused.
ALOUD = """
from  pay      expire confirm unconfirm hold cancel withdraw request-cancel accept decline redeem no-show return undo
AWA   UNC|CON  EXP    -       -         -    -      CAN      -              -      -       -      -       -      -
UNC   -        -      CON     -         PEN  CAN    CAN      -              -      -       -      -       -      -
PEN   -        -      CON     -         -    CAN    CAN      -              -      -       -      -       -      -
CON   -        -      -       UNC|PEN   -    CAN    -        REQ            -      -       RED    NOS     -      -
REQ   -        -      -       -         -    -      -        -              CAN    CON     -      -       -      -
RED   -        -      -       -         -    -      -        -              -      -       -      -       -      CON
NOS   -        -      -       -         -    -      -        -              -      -       -      -       CON    -
CAN   -        -      -       -         -    -      -        -              -      -       -      -       -      -
EXP   -        -      -       -         -    -      -        -              -      -       -      -       -      -
"""
SHORT = {
    "AWA": Status.AWAITING_PAYMENT,
    "UNC": Status.UNCONFIRMED,
    "PEN": Status.PENDING,
    "CON": Status.CONFIRMED,
    "REQ": Status.CANCEL_REQUESTED,
    "RED": Status.REDEEMED,
    "NOS": Status.NO_SHOW,
    "CAN": Status.CANCELLED,
    "EXP": Status.EXPIRED,
}
_HEAD, *_LINES = [line.split() for line in ALOUD.strip().splitlines()]
PAIRS = [
    pytest.param(SHORT[line[0]], Verb(verb), way, id=f"{line[0]}-{verb}")
    for line in _LINES
    for verb, way in zip(_HEAD[1:], line[1:], strict=True)
]


def test_the_table_read_aloud_knows_every_status_and_every_verb() -> None:
    assert set(SHORT.values()) == set(Status)
    assert set(_HEAD[1:]) == set(Verb)
    assert len(PAIRS) == len(Status) * len(Verb)


@pytest.mark.parametrize(("status", "verb", "way"), PAIRS)
def test_each_verb_leads_where_the_table_says(status: Status, verb: Verb, way: str) -> None:
    ways = [] if way == "-" else [SHORT[to] for to in way.split("|")]
    allowed = []
    for to in Status:
        try:
            allowed.append(move(status, verb, to).after)
        except CannotDo:
            continue
    assert sorted(allowed) == sorted(ways)
    assert may(status, verb) == bool(ways)


@pytest.mark.parametrize(("status", "verb", "way"), PAIRS)
def test_a_verb_without_a_choice_takes_the_first_way(status: Status, verb: Verb, way: str) -> None:
    if way == "-":
        with pytest.raises(CannotDo) as refused:
            move(status, verb, number="CF-1")
        assert refused.value.facts == {"number": "CF-1", "status": status, "verb": verb}
    else:
        assert move(status, verb) == Moved(status, verb, SHORT[way.split("|")[0]])


@pytest.mark.parametrize("verb", [Verb.CANCEL, Verb.WITHDRAW, Verb.REQUEST_CANCEL, Verb.ACCEPT])
def test_redeemed_is_final_and_says_so(verb: Verb) -> None:
    with pytest.raises(CannotDo) as refused:
        move(Status.REDEEMED, verb)
    assert refused.value.code == "redeemed-is-final"


def test_nothing_leaves_the_dead() -> None:
    assert not any(may(status, verb) for status in set(Status) - LIVING for verb in Verb)


@pytest.mark.parametrize("status", Status)
def test_seats_are_held_from_confirmation_on_and_by_our_own_unpaid_sales(status: Status) -> None:
    held = {Status.CONFIRMED, Status.CANCEL_REQUESTED, Status.REDEEMED, Status.NO_SHOW}
    assert holds_seats(status) == (status in held)
    assert holds_seats(status, own_sale=True) == (status in held | {Status.AWAITING_PAYMENT})
