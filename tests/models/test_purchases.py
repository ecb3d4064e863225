"""What was bought together: the numbers of one EXP order, and the bookings of one reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.purchases import Bought, is_split, together

WHEN = datetime(2027, 1, 10, 0, 5, tzinfo=UTC)
ONE = Bought("myrealtrip", "EXP202701100000002", 7, WHEN, name="홍보기", phone="010-0000-1111")


def test_two_numbers_of_one_exp_order_belong_together() -> None:
    assert together(ONE, replace(ONE, reference_key="EXP202701100000003"))


@pytest.mark.parametrize(
    "changed",
    [
        {"departure": 8},
        {"channel": "klook"},
        {"ordered_at": WHEN + timedelta(minutes=1)},
        {"phone": "010-0000-2222"},
        {"name": "", "phone": ""},
        {"reference_key": "TNA202701100000003"},
    ],
)
def test_another_departure_moment_or_buyer_is_another_purchase(changed: dict) -> None:
    assert not together(ONE, replace(ONE, **{"reference_key": "EXP202701100000003", **changed}))


def test_nameless_orders_of_the_same_moment_are_not_one_party() -> None:
    nobody = replace(ONE, name="", phone="")
    assert not together(nobody, replace(nobody, reference_key="EXP202701100000003"))


def test_the_telephone_counts_more_than_the_name() -> None:
    assert together(ONE, replace(ONE, reference_key="EXP202701100000003", name="A. Sample"))


def test_one_reference_of_a_channel_on_several_bookings_is_one_purchase() -> None:
    gyg = Bought("getyourguide", "GYGTEST00001", 7, WHEN, name="Bea Sample")
    assert together(gyg, replace(gyg, name="Cleo Sample", ordered_at=WHEN + timedelta(days=1)))
    assert not together(replace(gyg, reference_key=""), replace(gyg, reference_key=""))


def test_only_exp_numbers_of_myrealtrip_are_parts_of_something() -> None:
    assert is_split("myrealtrip", "EXP202701100000002")
    assert not is_split("myrealtrip", "TNA202701100000001")
    assert not is_split("klook", "EXP202701100000002")
