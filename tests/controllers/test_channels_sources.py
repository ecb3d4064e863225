"""What each sales channel's file tells, in our words: one made-up file a source and form."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from controllers.channels import ADAPTERS, open_document, recognise
from models.money import Money
from models.orders import Collector, Line, Order, RefusedRow, Telling
from models.reservations import Status

FILES = Path(__file__).resolve().parent.parent / "fixtures" / "channels"
TODAY = date(2027, 1, 12)


def told(name: str) -> list[Order | RefusedRow]:
    document = open_document(name, (FILES / name).read_bytes(), today=TODAY)
    return [raw.order() for raw in recognise(document).rows(document)]


def orders(name: str) -> list[Order]:
    taken = [order for order in told(name) if isinstance(order, Order)]
    assert len(taken) == len(told(name))
    return taken


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("rezio.csv", "rezio"),
        ("myrealtrip.csv", "myrealtrip"),
        ("myrealtrip-message.txt", "myrealtrip"),
        ("getyourguide.csv", "getyourguide"),
        ("getyourguide-mail.txt", "getyourguide"),
        ("viator.csv", "viator"),
        ("viator-mail.en.txt", "viator"),
        ("viator-mail.ko.txt", "viator"),
        ("viator-mail-cancel.txt", "viator"),
        ("klook.csv", "klook"),
        ("klook-transfer.csv", "klook"),
        ("klook-mail.txt", "klook"),
        ("bokun.csv", "bokun"),
        ("kkday-mail.txt", "kkday"),
        ("octo.json", "octo"),
        ("fareharbor.json", "fareharbor"),
        ("rezdy.json", "rezdy"),
        ("roster.txt", "roster"),
        ("direct.csv", "direct"),
    ],
)
def test_source_is_recognised_by_content_whatever_the_name(name: str, key: str) -> None:
    document = open_document("noname.dat", (FILES / name).read_bytes())
    assert recognise(document) is ADAPTERS[key]


# --- rezio ---------------------------------------------------------------------------------------


def test_rezio_tells_who_sold_by_its_source() -> None:
    sold = [(order.channel, order.via, order.collector) for order in orders("rezio.csv")]
    assert sold == [
        ("kkday", "rezio", Collector.CHANNEL),
        ("rezio", "", Collector.US),
        ("rezio", "", Collector.US),
        ("getyourguide", "rezio", Collector.CHANNEL),
        ("corner-agency", "rezio", Collector.CHANNEL),
    ]


def test_rezio_statuses_and_a_word_nobody_knows() -> None:
    assert [(order.status_word, order.status) for order in orders("rezio.csv")] == [
        ("New & Paid", Status.UNCONFIRMED),
        ("New & Unpaid", Status.AWAITING_PAYMENT),
        ("CANCELLED", Status.CANCELLED),
        ("Confirmed", Status.CONFIRMED),
        ("Waiting for moon", None),
    ]


def test_rezio_gives_every_spelling_of_product_and_option() -> None:
    first, _, plain, slashed, _ = orders("rezio.csv")
    assert first.products == ("[TEA] Tea House Walk", "Tea House Walk", "TEA")
    assert first.options == ("Afternoon",)
    assert (plain.products, plain.options) == (("Harbour Kayak",), ())
    assert slashed.products[0] == "[KAY] Harbour Kayak/Sunset"
    assert slashed.options == ("Twin",)


def test_rezio_money_says_what_is_still_due() -> None:
    paid, unpaid, deposit, *_ = orders("rezio.csv")
    assert (paid.amount, paid.balance, paid.paid) == (Money(200000, "TWD"), Money(0, "TWD"), True)
    assert (unpaid.balance, unpaid.paid) == (Money(100000, "TWD"), False)
    assert (deposit.balance, deposit.paid, deposit.payment_word) == (
        Money(45000, "TWD"),
        True,
        "Deposit paid",
    )


def test_rezio_does_not_tell_how_many_come() -> None:
    assert all(order.party is None and order.lines == () for order in orders("rezio.csv"))


def test_rezio_departures_with_and_without_time_and_open_dated() -> None:
    first, _, no_time, _, open_dated = orders("rezio.csv")
    assert (first.departs_on, first.starts) == (date(2027, 2, 1), time(14))
    assert (no_time.departs_on, no_time.starts) == (date(2027, 2, 2), None)
    assert (open_dated.departs_on, open_dated.open_dated) == (None, True)
    assert first.ordered_at == datetime.fromisoformat("2027-01-10T09:00")


# --- MyRealTrip ----------------------------------------------------------------------------------


def test_myrealtrip_units_hide_in_the_option() -> None:
    two, child, pair, course = orders("myrealtrip.csv")
    assert (two.lines, two.party) == ((Line("성인", 2),), 2)
    assert (child.lines, child.party, child.options) == ((Line("아동", 1),), 1, ("아동 1명",))
    assert (pair.lines, pair.party) == ((Line("성인 2명", 1, heads_each=2),), 2)
    assert (course.lines, course.party, course.options) == ((), 3, ("선셋 코스",))


def test_myrealtrip_amounts_are_won_and_dates_are_read_in_every_form() -> None:
    first, dotted, korean, _ = orders("myrealtrip.csv")
    assert first.amount == Money(50000, "KRW")
    assert first.request == "창가 자리,\n부탁해요"
    assert (dotted.departs_on, dotted.starts) == (date(2027, 2, 2), None)
    assert (korean.departs_on, korean.starts, korean.amount) == (
        date(2027, 2, 2),
        time(18),
        Money(24000, "KRW"),
    )
    assert [order.status for order in orders("myrealtrip.csv")] == [
        Status.UNCONFIRMED,
        Status.CONFIRMED,
        Status.CANCELLED,
        Status.REDEEMED,
    ]


def test_myrealtrip_messages_are_read_by_their_first_sentence() -> None:
    booked, cancelled = orders("myrealtrip-message.txt")
    assert (booked.reference, booked.status, booked.telling) == (
        "EXP-20270110-0000011",
        Status.UNCONFIRMED,
        Telling.BOOKED,
    )
    assert booked.party is None, "two numbers share the message and the option is cut"
    assert (cancelled.reference, cancelled.status, cancelled.telling) == (
        "TNA-20270110-0000012",
        Status.CANCELLED,
        Telling.CANCELLED,
    )
    assert cancelled.party == 2


# --- GetYourGuide --------------------------------------------------------------------------------


def test_getyourguide_categories_are_lines() -> None:
    first, second = orders("getyourguide.csv")
    assert first.lines == (Line("Adult", 2), Line("Student (with ID)", 1), Line("Infant", 1))
    assert (first.party, second.party) == (4, 1)


def test_getyourguide_download_tells_a_living_booking() -> None:
    first, second = orders("getyourguide.csv")
    assert (first.status, first.telling, first.status_word) == (Status.CONFIRMED, Telling.STATE, "")
    assert first.products == (
        "100200 [TEA] Town: Tea House Walk",
        "[TEA] Town: Tea House Walk",
        "Town: Tea House Walk",
        "100200",
        "TEA",
    )
    assert first.options == ("[PM] Afternoon Group", "Afternoon Group", "PM")
    assert (first.amount, second.amount) == (Money(12050, "EUR"), Money(3000, "USD"))
    assert (first.language, second.language) == ("de", "zh-TW")
    assert first.request == "Tea set x 1"
    assert (first.paid, second.paid) == (True, None)


def test_getyourguide_companions_are_the_others_who_have_a_name() -> None:
    assert orders("getyourguide.csv")[0].companions == ("Bea Sample",)


def test_getyourguide_mail_announces_a_booking() -> None:
    (order,) = orders("getyourguide-mail.txt")
    assert (order.reference, order.telling, order.status) == (
        "GYGTEST00001",
        Telling.BOOKED,
        Status.CONFIRMED,
    )
    assert order.products == ("Town: Tea House Walk", "S100200")
    assert order.options == ("Afternoon Group",)
    assert (order.departs_on, order.starts) == (date(2027, 2, 1), time(14))
    assert order.lines == (
        Line("Adult", 2, price=Money(5000, "EUR")),
        Line("Child", 1, price=Money(2050, "EUR")),
    )
    assert (order.lead, order.country, order.language) == ("Anna Sample", "Norway", "en")
    assert order.email == "customer-test1@reply.example.com"
    assert order.phone == "+47 00 00 00 00"


# --- Viator --------------------------------------------------------------------------------------


def test_viator_number_always_has_its_prefix() -> None:
    assert [order.reference for order in orders("viator.csv")] == [
        "BR-2700000001",
        "BR-2700000002",
        "BR-2700000003",
    ]


def test_viator_time_hides_in_the_tour_grade() -> None:
    assert [order.starts for order in orders("viator.csv")] == [time(14), time(18), None]
    assert orders("viator.csv")[0].options == ("Afternoon", "TG1~14:00", "TG1")


def test_viator_writes_the_month_first() -> None:
    assert orders("viator.csv")[2].departs_on == date(2027, 2, 3)


def test_viator_placeholders_are_not_people() -> None:
    first = orders("viator.csv")[0]
    assert (first.lead, first.companions, first.phone) == ("Anna Sample", ("Bea Sample",), "+47 00000000")
    assert first.amount == Money(75000, "KRW")
    assert [order.status for order in orders("viator.csv")] == [
        Status.CONFIRMED,
        Status.CONFIRMED,
        Status.CANCELLED,
    ]


def test_viator_mail_in_english() -> None:
    (order,) = orders("viator-mail.en.txt")
    assert (order.reference, order.telling, order.status) == (
        "BR-2700000001",
        Telling.BOOKED,
        Status.CONFIRMED,
    )
    assert (order.departs_on, order.starts, order.party) == (date(2027, 2, 1), time(14), 2)
    assert (order.phone, order.request, order.companions) == ("+47 00000000", "", ())


def test_viator_mail_in_korean_ignores_the_other_dates_in_it() -> None:
    (order,) = orders("viator-mail.ko.txt")
    assert (order.departs_on, order.starts) == (date(2027, 2, 2), time(18))
    assert (order.products[0], order.party, order.language) == ("Harbour Kayak", 2, "ko")
    assert (order.request, order.phone) == ("구명조끼 작은 것", "+82 1000000000")


def test_viator_cancellation_needs_no_date() -> None:
    (order,) = orders("viator-mail-cancel.txt")
    assert (order.reference, order.telling, order.status, order.departs_on) == (
        "BR-2700000001",
        Telling.CANCELLED,
        Status.CANCELLED,
        None,
    )


# --- Klook, Bókun, KKday ----------------------------------------------------------------------------


def test_klook_list() -> None:
    first, second = orders("klook.csv")
    assert (first.lead, second.lead) == ("anna sample", "Bo Sample")
    assert (first.status, second.status) == (Status.UNCONFIRMED, Status.CONFIRMED)
    assert (first.lines, first.party) == ((Line("Adult", 2), Line("Child", 1)), 3)
    assert (second.lines, second.party, second.starts) == ((), 4, None)
    assert (first.amount, second.amount) == (Money(30000, "HKD"), Money(19600, "JPY"))


def test_klook_mail_keeps_the_deadline_apart_from_the_departure() -> None:
    (order,) = orders("klook-mail.txt")
    assert order.confirm_by == datetime.fromisoformat("2027-01-12T09:30")
    assert (order.departs_on, order.starts) == (date(2027, 2, 1), None)
    assert (order.status, order.telling, order.products) == (Status.UNCONFIRMED, Telling.BOOKED, ("10002",))


def test_klook_transfer() -> None:
    (order,) = orders("klook-transfer.csv")
    assert (order.channel, order.reference, order.status) == ("klook", "KLT270001", Status.CONFIRMED)
    assert (order.starts, order.pickup, order.options) == (time(8), "Old Gate", ("Old Gate - Pier 3",))


def test_bokun_keeps_the_channels_number_and_its_own() -> None:
    named = [
        (order.channel, order.reference, order.via, order.via_reference) for order in orders("bokun.csv")
    ]
    assert named == [
        ("direct", "CRT-T900001", "bokun", "CRT-T900001"),
        ("getyourguide", "GYGTEST00001", "bokun", "CRT-T900002"),
        ("viator", "BR-2700000001", "bokun", "CRT-T900003"),
    ]


def test_bokun_balance_is_due_to_us_only_for_our_own_sales() -> None:
    direct, sold, _ = orders("bokun.csv")
    assert (direct.lead, direct.balance, direct.collector) == (
        "Anna Sample",
        Money(75000, "KRW"),
        Collector.US,
    )
    assert (sold.balance, sold.paid, sold.collector) == (None, False, Collector.CHANNEL)
    assert (sold.party, sold.amount) == (3, Money(12050, "EUR"))
    assert (sold.departs_on, sold.starts) == (date(2027, 2, 1), time(14))


def test_kkday_mail_waits_for_us() -> None:
    (order,) = orders("kkday-mail.txt")
    assert (order.channel, order.via, order.status, order.telling) == (
        "kkday",
        "",
        Status.UNCONFIRMED,
        Telling.BOOKED,
    )
    assert (order.lines, order.party) == ((Line("대인", 2), Line("소인", 1)), 3)
    assert (order.products, order.options) == (("찻집 산책", "5001"), ("오후",))
    assert (order.lead, order.departs_on, order.starts) == ("SAMPLE, ANNA", date(2027, 2, 1), None)


# --- JSON ----------------------------------------------------------------------------------------


def test_octo_hold_has_its_expiry_heads_and_money() -> None:
    hold = orders("octo.json")[0]
    assert (hold.status, hold.paid) == (Status.AWAITING_PAYMENT, False)
    assert hold.expires_at == datetime(2027, 1, 10, 9, 30, tzinfo=UTC)
    assert hold.lines == (
        Line("Adult", 1, 1, Money(25000, "KRW")),
        Line("Family", 1, 4, Money(50000, "KRW")),
    )
    assert (hold.party, hold.amount) == (5, Money(75000, "KRW"))
    assert hold.departs_at == datetime(2027, 2, 1, 14, tzinfo=timezone(timedelta(hours=9)))
    assert hold.products == ("Tea House Walk", "A Walk to the Tea House", "tea")
    assert (hold.language, hold.country, hold.request) == ("ko", "NO", "Slow walkers")


def test_octo_all_day_has_no_time_and_its_codes_can_be_scanned() -> None:
    booked = orders("octo.json")[1]
    assert (booked.reference, booked.lead) == ("RS-9", "Bo Sample")
    assert (booked.departs_on, booked.starts, booked.departs_at) == (date(2027, 2, 2), None, None)
    assert booked.voucher_codes == ("TEST02", "T-77")


def test_octo_same_booking_twice_comes_in_the_files_order() -> None:
    assert [(order.reference, order.status) for order in orders("octo.json")[1:]] == [
        ("RS-9", Status.CONFIRMED),
        ("RS-9", Status.CANCELLED),
    ]


def test_octo_payment_secrets_are_not_kept() -> None:
    document = open_document("octo.json", (FILES / "octo.json").read_bytes())
    first = next(recognise(document).rows(document))
    assert "cardPayment" not in first.cells
    assert first.cells["supplierReference"] == "TEST01"


def test_fareharbor_balance_is_due_to_us() -> None:
    (order,) = orders("fareharbor.json")
    assert (order.reference, order.status, order.collector) == ("700001", Status.CONFIRMED, Collector.US)
    assert (order.amount, order.balance, order.paid) == (Money(7500, "EUR"), Money(5000, "EUR"), True)
    assert order.lines == (
        Line("Adult", 2, price=Money(3000, "EUR")),
        Line("Child", 1, price=Money(1500, "EUR")),
    )
    assert (order.party, order.request, order.language) == (3, "Twin kayak", "de")
    assert (order.phone, order.voucher_codes) == ("+47000000000", ("V-1",))


def test_rezdy_order_of_two_products_is_two_reservations() -> None:
    first, second, *_ = told("rezdy.json")
    assert isinstance(first, Order)
    assert isinstance(second, Order)
    assert (first.reference, second.reference) == ("RTEST-1", "RTEST-1/2")
    assert (first.products[0], second.products[0]) == ("Tea House Walk", "Harbour Kayak")
    assert first.amount is None


def test_rezdy_part_payment_cancellation_and_an_order_without_items() -> None:
    _, _, part, cancelled, without = told("rezdy.json")
    assert isinstance(part, Order)
    assert (part.status, part.amount, part.balance) == (
        Status.UNCONFIRMED,
        Money(4550, "EUR"),
        Money(2550, "EUR"),
    )
    assert isinstance(cancelled, Order)
    assert (cancelled.telling, cancelled.status) == (Telling.CANCELLED, Status.CANCELLED)
    assert without == RefusedRow(4, "RTEST-4", "date-missing", {})


# --- rosters and our own list -------------------------------------------------------------------------


def test_roster_lines_stand_under_their_day() -> None:
    first, second, third = orders("roster.txt")
    assert [order.departs_on for order in (first, second, third)] == [
        date(2027, 2, 1),
        date(2027, 2, 1),
        date(2027, 2, 2),
    ]
    assert [(order.channel, order.reference, order.via) for order in (first, second, third)] == [
        ("getyourguide", "GYGTEST00001", "roster"),
        ("klook", "ABC270001", "roster"),
        ("viator", "BR-2700000002", "roster"),
    ]
    assert (first.lead, first.party, first.language, first.phone) == ("Anna Sample", 2, "en", "+47 0000 0000")
    assert (first.pickup, first.email) == ("Old Gate, Town", "customer-test1@reply.example.com")
    assert (first.products, first.options) == (("찻집 산책 - 오후", "찻집 산책"), ("오후",))


def test_roster_without_any_day_tells_its_orders_without_one() -> None:
    text = (FILES / "roster.txt").read_text(encoding="utf-8").split("\n", 1)[1].replace("2월 2일\n", "")
    document = open_document("roster.txt", text.encode())
    told = [raw.order() for raw in recognise(document).rows(document)]
    assert next((row.reference, row.departs_on) for row in told if isinstance(row, Order)) == (
        "GYGTEST00001",
        None,
    )
    assert len(told) == 3


def test_roster_day_may_stand_in_the_files_name() -> None:
    text = (FILES / "roster.txt").read_text(encoding="utf-8").split("\n", 1)[1]
    document = open_document("roster 2027-03-01.txt", text.encode())
    order = next(recognise(document).rows(document)).order()
    assert isinstance(order, Order)
    assert order.departs_on == date(2027, 3, 1)


def test_direct_sales() -> None:
    confirmed, held, cancelled = orders("direct.csv")
    assert (confirmed.channel, confirmed.via, confirmed.collector) == ("direct", "", Collector.US)
    assert (confirmed.status, confirmed.paid, confirmed.party) == (Status.CONFIRMED, None, 3)
    assert (held.status, held.paid, held.balance) == (Status.AWAITING_PAYMENT, False, Money(3050, "EUR"))
    assert (held.starts, held.request) == (None, "pays at the pier")
    assert cancelled.status is Status.CANCELLED
