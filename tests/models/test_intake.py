"""What a newer file may change: forward is applied, backwards is silence or a question to a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intake import Step, behind, changed_fields, facts_of, first_status, order_of, status_step
from models.money import Money
from models.orders import Collector, Line, Order, Telling
from models.reservations import Status

# Rows: how it stands here. Columns: what a list tells anew. A apply, ? ask a person, . nothing.
ALOUD = """
here AWA UNC PEN CON REQ RED NOS CAN EXP
AWA  .   A   ?   A   ?   A   A   A   A
UNC  ?   .   ?   A   ?   A   A   A   A
PEN  ?   ?   .   A   ?   A   A   A   A
CON  ?   ?   ?   .   A   A   A   A   ?
REQ  ?   ?   ?   A   .   A   A   A   ?
RED  .   .   .   .   ?   .   ?   ?   ?
NOS  ?   ?   ?   .   ?   ?   .   A   ?
CAN  ?   ?   ?   ?   ?   ?   ?   .   ?
EXP  ?   ?   ?   ?   ?   ?   ?   ?   .
"""
SHORT = dict(zip("AWA UNC PEN CON REQ RED NOS CAN EXP".split(), Status, strict=True))
STEPS = {"A": Step.APPLY, "?": Step.ASK, ".": Step.NOTHING}
_HEAD, *_LINES = [line.split() for line in ALOUD.strip().splitlines()]
PAIRS = [
    pytest.param(SHORT[line[0]], SHORT[told], STEPS[step], id=f"{line[0]}-told-{told}")
    for line in _LINES
    for told, step in zip(_HEAD[1:], line[1:], strict=True)
]


def test_the_table_read_aloud_has_every_pair() -> None:
    assert len(PAIRS) == len(Status) ** 2


@pytest.mark.parametrize(("here", "told", "step"), PAIRS)
def test_a_list_moves_forward_only(here: Status, told: Status, step: Step) -> None:
    assert status_step(here, told, Telling.STATE) is step


@pytest.mark.parametrize("here", [Status.CANCELLED, Status.EXPIRED])
@pytest.mark.parametrize("told", Status)
def test_an_older_booking_mail_revives_nothing(here: Status, told: Status) -> None:
    assert status_step(here, told, Telling.BOOKED) is Step.NOTHING


@pytest.mark.parametrize("told", Status)
@pytest.mark.parametrize("telling", Telling)
def test_redeemed_is_never_moved_by_a_file(told: Status, telling: Telling) -> None:
    assert status_step(Status.REDEEMED, told, telling) is not Step.APPLY


def test_a_sender_heard_for_the_first_time_may_simply_lag_behind() -> None:
    assert behind(Status.CONFIRMED, Status.UNCONFIRMED)
    assert behind(Status.REDEEMED, Status.CONFIRMED)
    assert not behind(Status.UNCONFIRMED, Status.CONFIRMED)
    assert not behind(Status.CONFIRMED, Status.CANCELLED)


@pytest.mark.parametrize(
    ("status", "paid", "expected"),
    [
        (Status.PENDING, False, Status.PENDING),
        (None, True, Status.UNCONFIRMED),
        (None, None, Status.UNCONFIRMED),
        (None, False, Status.AWAITING_PAYMENT),
    ],
)
def test_a_new_order_starts_where_its_word_or_its_payment_says(
    status: Status | None, paid: bool | None, expected: Status
) -> None:
    assert first_status(Order("kkday", "1", status=status, paid=paid)) is expected


# --- what counts as news ------------------------------------------------------------------------

BEFORE = {
    "lead": "Anna Sample",
    "products": ["Tea House Walk", "TEA"],
    "lines": [["Adult", 2, None, None], ["Child", 1, None, None]],
    "phone": "+82 10-0000-1111",
    "collector": "channel",
    "amount": [75000, "KRW"],
}


@pytest.mark.parametrize(
    "told",
    [
        {},
        BEFORE,
        {"lead": "ANNA  SAMPLE"},
        {"products": ["tea", "something else"]},
        {"lines": [["child", 1, None, [5, "KRW"]], ["ADULT", 2, 1, None]]},
        {"phone": "010 0000 1111"},
        {"collector": "us"},
    ],
)
def test_another_spelling_is_no_news(told: dict) -> None:
    assert changed_fields(BEFORE, told) == []


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({"lead": "Bo Sample"}, ["lead"]),
        ({"products": ["Harbour Kayak"]}, ["products"]),
        ({"lines": [["Adult", 3, None, None]]}, ["lines"]),
        ({"phone": "010 0000 2222"}, ["phone"]),
        ({"amount": [75000, "TWD"], "departs_on": "2027-02-01"}, ["amount", "departs_on"]),
        ({"email": "anna@example.com"}, ["email"]),
    ],
)
def test_what_is_told_differently_is_named(told: dict, fields: list[str]) -> None:
    assert changed_fields(BEFORE, told) == fields


MONEY = st.builds(Money, st.integers(0, 10**9), st.sampled_from(["KRW", "EUR"]))
INSTANTS = st.integers(0, 10**7).map(lambda s: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
WORDS = st.text(max_size=12)
LINES = st.builds(
    Line, WORDS, st.integers(0, 9), st.one_of(st.none(), st.integers(0, 4)), st.one_of(st.none(), MONEY)
)
ORDERS = st.builds(
    Order,
    channel=st.just("kkday"),
    reference=st.just("27KK1"),
    status=st.one_of(st.none(), st.sampled_from(Status)),
    status_word=WORDS,
    products=st.lists(WORDS, max_size=3).map(tuple),
    options=st.lists(WORDS, max_size=2).map(tuple),
    departs_on=st.one_of(st.none(), st.dates(date(2027, 1, 1), date(2027, 12, 31))),
    starts=st.one_of(st.none(), st.times().map(lambda t: time(t.hour, t.minute))),
    departs_at=st.one_of(st.none(), INSTANTS),
    open_dated=st.booleans(),
    lines=st.lists(LINES).map(tuple),
    party=st.one_of(st.none(), st.integers(0, 50)),
    lead=WORDS,
    companions=st.lists(WORDS, max_size=2).map(tuple),
    email=WORDS,
    amount=st.one_of(st.none(), MONEY),
    balance=st.one_of(st.none(), MONEY),
    paid=st.one_of(st.none(), st.booleans()),
    collector=st.one_of(st.none(), st.sampled_from(Collector)),
    ordered_at=st.one_of(st.none(), INSTANTS, st.dates(date(2027, 1, 1), date(2027, 12, 31))),
    expires_at=st.one_of(st.none(), INSTANTS),
    voucher_codes=st.lists(WORDS, max_size=2).map(tuple),
)


@given(ORDERS)
def test_what_an_order_tells_can_be_kept_and_told_again(order: Order) -> None:
    kept = facts_of(order)
    again = order_of(kept, channel="kkday", reference="27KK1", via="", via_reference="")
    assert again == order
    assert changed_fields(kept, facts_of(again)) == []
