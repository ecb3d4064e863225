"""The collected samples of the channels' real files, where they are at hand: exactly what comes out of each.

They are not part of the project. COUNTERFOIL_SAMPLES names their folder; without it, the folder
shared/samples beside the checkout is tried.
"""

from __future__ import annotations

import os
from datetime import date, datetime, time
from pathlib import Path

import pytest

from controllers.channels import Adapter, open_document, recognise
from models.money import Money
from models.orders import Order, RefusedRow
from models.refusals import CannotDo

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("COUNTERFOIL_SAMPLES") or ROOT.parent / "shared" / "samples") / "channels"

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples are not here; set COUNTERFOIL_SAMPLES to their folder"
)


def read(name: str) -> tuple[Adapter, list[Order | RefusedRow]]:
    document = open_document(name, (SAMPLES / name).read_bytes(), today=date(2026, 11, 22))
    adapter = recognise(document)
    return adapter, [raw.order() for raw in adapter.rows(document)]


def orders(name: str) -> list[Order]:
    return [order for order in read(name)[1] if isinstance(order, Order)]


def short(order: Order) -> str:
    """One line a test can be read by: who sold what, when, how many, in which status."""
    sold = f"{order.channel}{'<' + order.via if order.via else ''} {order.reference}"
    starts = order.starts.isoformat("minutes") if order.starts else "-"
    return f"{sold} {order.status} {order.departs_on} {starts} {order.party}"


EXPECTED = {
    "bokun.csv": """bokun
        direct<bokun CFT-T145243238 CONFIRMED 2026-12-05 09:30 3
        getyourguide<bokun GYG7K2M9TA1X CONFIRMED 2026-12-05 17:00 3
        getyourguide<bokun GYG7K2M9TA1X CANCELLED 2026-12-05 10:00 3
        viator<bokun BR-1411266577 CONFIRMED 2026-12-06 14:00 4""",
    "direct.csv": """direct
        direct D-1001 CONFIRMED 2026-12-05 09:30 2
        direct D-1002 AWAITING_PAYMENT 2026-12-06 19:00 3""",
    "fareharbor-booking.json": """fareharbor
        fareharbor 344488 CONFIRMED 2022-08-18 12:00 1""",
    "getyourguide-email.txt": """getyourguide
        getyourguide GYG7K2M9TA1X CONFIRMED 2026-12-05 09:30 3""",
    "getyourguide.csv": """getyourguide
        getyourguide GYG7K2M9TA1X CONFIRMED 2026-12-05 09:30 3
        getyourguide GYGZ4P8QH3LB CONFIRMED 2026-12-05 09:30 2
        getyourguide GYGN6C0VW8RD CONFIRMED 2026-12-06 14:00 6""",
    "kkday-order-email.ko.txt": """kkday
        kkday 26KK274000422 UNCONFIRMED 2026-12-08 - 3""",
    "klook-email.txt": """klook
        klook VGP536908 UNCONFIRMED 2026-12-05 - 2""",
    "klook-transfer.csv": """klook
        klook KLC0012345 CONFIRMED 2026-12-05 08:00 None""",
    "klook.csv": """klook
        klook VGP536908 UNCONFIRMED 2026-12-05 09:30 2
        klook GUH242924 CONFIRMED 2026-12-06 - 2
        klook QTX881230 CANCELLED 2026-12-06 19:00 4""",
    "myrealtrip-message.ko.txt": """myrealtrip
        myrealtrip EXP-20261118-0000002 UNCONFIRMED 2026-12-06 - None""",
    "myrealtrip-reservations.csv": """myrealtrip
        myrealtrip TNA-20261118-0000001 UNCONFIRMED 2026-12-05 09:30 2
        myrealtrip EXP-20261118-0000002 UNCONFIRMED 2026-12-06 19:00 1
        myrealtrip EXP-20261118-0000003 UNCONFIRMED 2026-12-06 19:00 1
        myrealtrip EXP-20261118-0000004 UNCONFIRMED 2026-12-06 19:00 1
        myrealtrip TNA-20261101-0000107 CONFIRMED 2026-12-02 09:30 4
        myrealtrip TNA-20261030-0000044 CANCEL_REQUESTED 2026-11-28 09:30 1
        myrealtrip TNA-20261020-0000009 CANCELLED 2026-11-07 19:00 2
        myrealtrip TQ00000123 REDEEMED 2026-10-03 09:30 2""",
    "octo-bookings-derived.json": """octo
        octo ZZREDE REDEEMED 2022-04-30 - 1
        octo ZZPEND UNCONFIRMED 2022-04-30 - 1
        octo ZZREJE CANCELLED 2022-04-30 - 1
        octo ZZEXPI EXPIRED 2022-04-30 - 1""",
    "octo-bookings.json": """octo
        octo XOPSUT AWAITING_PAYMENT 2022-04-30 - 1
        octo ALG6RQ CONFIRMED 2022-04-30 - 1
        octo RNSRSM CONFIRMED 2022-04-30 - 2
        octo ALG6RQ CANCELLED 2022-04-30 - None""",
    "octo-ventrata-full.json": """octo
        octo 6HRXW3 AWAITING_PAYMENT 2022-06-22 - 2""",
    "rezdy-bookings.json": """rezdy
        rezdy REZDY-12345 CONFIRMED 2026-03-15 18:00 2
        rezdy REZDY-12345 CONFIRMED 2026-03-15 18:00 2
        rezdy REZDY-12345 CANCELLED None - None""",
    "rezio-orders.csv": """rezio
        kkday<rezio 26KK274000422 UNCONFIRMED 2026-12-08 09:30 None
        rezio R2611180007 AWAITING_PAYMENT 2026-12-08 19:00 None
        kkday<rezio 26KK274000519 CONFIRMED 2026-12-02 09:30 None
        kkday<rezio 26KK273990120 REDEEMED 2026-11-21 19:00 None
        kkday<rezio 26KK273990121 NO_SHOW 2026-11-21 19:00 None
        rezio R2611150002 CANCEL_REQUESTED 2026-12-24 17:00 None
        rezio R2611120004 CANCELLED 2026-12-24 17:00 None
        rezio R2611010009 EXPIRED 2026-11-30 19:00 None""",
    "viator-email-cancel.en.txt": """viator
        viator BR-1400000245 CANCELLED 2026-12-05 - None""",
    "viator-email.en.txt": """viator
        viator BR-1400000245 CONFIRMED 2026-12-05 09:30 2""",
    "viator-email.ko.txt": """viator
        viator BR-1400000177 CONFIRMED 2026-12-02 - 4""",
    "viator.csv": """viator
        viator BR-1400000245 CONFIRMED 2026-12-05 09:30 2
        viator BR-1400000177 CONFIRMED 2026-12-02 - 4
        viator BR-1400000301 CANCELLED 2026-12-06 - 2""",
}
REFUSED = {
    "getyourguide-api-examples.json": "API examples",
    "viator-api-examples.json": "API examples",
    "klook-notification.json": "a notification without an order",
}
SAME = {
    "getyourguide.xlsx": "getyourguide.csv",
    "myrealtrip-reservations.cp949.csv": "myrealtrip-reservations.csv",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_tells_exactly_these_orders(name: str) -> None:
    key, *expected = [line.strip() for line in EXPECTED[name].splitlines()]
    adapter, told = read(name)
    assert adapter.key == key
    assert [short(order) if isinstance(order, Order) else order for order in told] == expected


@pytest.mark.parametrize("name", SAME)
def test_sample_tells_the_same_in_its_other_form(name: str) -> None:
    assert read(name) == read(SAME[name])


@pytest.mark.parametrize("name", REFUSED)
def test_sample_without_orders_is_refused_in_words(name: str) -> None:
    with pytest.raises(CannotDo) as refused:
        read(name)
    assert (refused.value.code, refused.value.facts["what"]) == ("no-orders-of-ours", REFUSED[name])


def test_sample_roster_has_no_day_and_is_taken_without_one() -> None:
    told = [row for row in read("roster-paste.ko.txt")[1] if isinstance(row, Order)]
    assert [(row.reference, row.departs_on, row.party) for row in told] == [
        ("GYG6H8YZXW8Q", None, 2),
        ("VGP536908", None, 5),
        ("BR-1400000177", None, 4),
    ]


def test_sample_roster_under_a_day() -> None:
    data = b"2026-12-05\n" + (SAMPLES / "roster-paste.ko.txt").read_bytes()
    document = open_document("roster.txt", data)
    told = [raw.order() for raw in recognise(document).rows(document)]
    assert [short(order) for order in told if isinstance(order, Order)] == [
        "getyourguide<roster GYG6H8YZXW8Q CONFIRMED 2026-12-05 - 2",
        "klook<roster VGP536908 CONFIRMED 2026-12-05 - 5",
        "viator<roster BR-1400000177 CONFIRMED 2026-12-05 - 4",
    ]


def test_every_sample_is_expected_here() -> None:
    names = {path.name for path in SAMPLES.iterdir()} - {"README.md", "roster-paste.ko.txt"}
    assert names == {*EXPECTED, *REFUSED, *SAME}


def test_samples_of_mails_keep_money_people_and_promises() -> None:
    (klook,) = orders("klook-email.txt")
    assert klook.confirm_by == datetime.fromisoformat("2026-11-23T09:30")
    (viator,) = orders("viator-email.en.txt")
    assert (viator.amount, viator.companions, viator.starts) == (
        Money(98000, "KRW"),
        ("Arun Example",),
        time(9, 30),
    )
    (korean,) = orders("viator-email.ko.txt")
    assert (korean.companions, korean.pickup) == ((), "Cruise terminal busan")
    (guide,) = orders("getyourguide-email.txt")
    assert [(line.unit, line.quantity, line.price) for line in guide.lines] == [
        ("Child", 1, Money(2900, "EUR")),
        ("Adult", 2, Money(5900, "EUR")),
    ]


def test_samples_of_tables_keep_money_and_people() -> None:
    deposit = orders("rezio-orders.csv")[5]
    assert (deposit.amount, deposit.balance, deposit.paid) == (
        Money(160000, "TWD"),
        Money(80000, "TWD"),
        True,
    )
    assert orders("klook.csv")[1].amount == Money(9800, "JPY")
    assert orders("klook.csv")[2].amount == Money(42000, "SGD")
    assert orders("bokun.csv")[0].lead == "Yuna Park"
    assert orders("getyourguide.csv")[0].companions == ("Olle Lindqvist",)
    assert orders("myrealtrip-reservations.csv")[4].request == '휠체어 1대, "앞자리" 요청'
    assert orders("direct.csv")[1].balance == Money(82000, "KRW")


def test_samples_of_objects_keep_money_and_codes() -> None:
    (ventrata,) = orders("octo-ventrata-full.json")
    assert (ventrata.amount, ventrata.lines[0].price) == (Money(3592, "GBP"), Money(1796, "GBP"))
    assert orders("octo-bookings.json")[2].voucher_codes == ("RNSRSM", "1LTYVC", "A89VR8")
    (harbor,) = orders("fareharbor-booking.json")
    assert (harbor.amount, harbor.balance) == (Money(3500, "AUD"), Money(0, "AUD"))
    assert orders("rezdy-bookings.json")[0].balance == Money(0, "CAD")
