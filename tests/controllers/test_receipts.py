"""A receipt says what was paid, handed over and given back; a slip says until when seats are held."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from controllers import payments, printing, reservations, sale
from controllers.counter import set_up_counter
from controllers.desk import Desk
from controllers.print_log import see_prints
from controllers.receipt_pdf import receipt_pdf
from controllers.receipts import receipt_draft
from controllers.voucher_pdf import forms
from controllers.vouchers import day_draft
from models.money import Money
from models.papers import Document, Paper
from models.prints import Copy
from models.receipts import ReceiptLine
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Payment
from models.tender import Taken
from models.vouchers import LANGUAGES
from tests.builders import DAY, DEPARTS, a_product, a_reservation, an_operator
from tests.controllers.test_sale import bought, on_sale
from tests.fakes import FakePrinters, StillClock
from tests.paper import text_of
from tests.printing_out import print_out

WORDS = Path(__file__).resolve().parents[2] / "resources" / "receipt_words"


def sold(desk: Desk, *taken: Taken, deposit: Money | None = None, **told: Any) -> int:
    offer = on_sale(desk)
    an_operator(desk, name="Example Tours", contact="help@example.com", zone="Asia/Seoul", currency="KRW")
    what = bought(offer, adults=2, children=1, **told)
    return sale.sell(what, desk=desk, sale_id="one", taken=taken, deposit=deposit).reservation_id


def receipt_of(desk: Desk, made: int, paper: Paper = Paper.ROLL) -> str:
    """What stands on it, its lines as one."""
    return " ".join(
        " ".join(text_of(receipt_draft(made, desk=desk, paper=paper).drawn((Copy(),)).pdf)).split()
    )


# --- what stands on it --------------------------------------------------------------------------


@pytest.mark.parametrize("paper", list(Paper))
def test_a_sale_in_cash_shows_lines_what_was_handed_over_and_the_change(desk: Desk, paper: Paper) -> None:
    made = sold(desk, Taken("cash", Money(100_000, "KRW")))
    said = receipt_of(desk, made, paper)
    for wanted in (
        "Example Tours", "Receipt", f"CF-{made}/1", "Tea House Walk", "Mon 1 February 2027, 14:00", "2 × Adult",
        "78,000", "39,000 each", "1 × Child", "19,500", "KRW 97,500", "Cash, Fri 15 January 2027, 10:00",
        "Handed over KRW 100,000", "Change KRW 2,500", "Until Sun 31 January 2027, 14:00: full refund",
        "help@example.com", "Thank you.",
    ):  # fmt: skip
        assert wanted in said, wanted
    for unwanted in ("Still to pay", "Sample", "REPRINT"):
        assert unwanted not in said


def test_a_deposit_says_what_is_still_to_pay_and_the_rest_makes_a_new_receipt(desk: Desk) -> None:
    made = sold(desk, Taken("card", Money(30_000, "KRW"), "SLIP-77"), deposit=Money(30_000, "KRW"))
    said = receipt_of(desk, made)
    for wanted in ("Receipt for a deposit", "Slip SLIP-77", "Paid KRW 30,000", "Still to pay KRW 67,500"):
        assert wanted in said
    first = receipt_draft(made, desk=desk).orders[0].key
    payments.pay(made, desk=desk, method="cash", amount="67500")
    said = receipt_of(desk, made)
    assert f"CF-{made}/2" in said
    assert "Paid KRW 97,500" in said
    assert "Still to pay" not in said
    assert receipt_draft(made, desk=desk).orders[0].key != first


def test_seats_that_are_held_have_a_slip_without_a_receipt_number(desk: Desk) -> None:
    made = sold(desk)
    said = receipt_of(desk, made)
    assert "Held for you, not paid yet" in said
    assert "Your places are held until Fri 15 January 2027, 11:00" in said
    assert "Still to pay KRW 97,500" in said
    assert f"CF-{made}/" not in said


def test_money_that_goes_back_is_on_the_receipt(desk: Desk) -> None:
    made = sold(desk, Taken("cash"))
    reservations.cancel(made, desk=desk, reason="the guide is ill")
    assert "Refund KRW 97,500" in receipt_of(desk, made)


def test_what_the_channel_was_paid_is_no_receipt_of_ours(desk: Desk) -> None:
    a_product(desk)
    with pytest.raises(CannotDo) as no:
        receipt_draft(a_reservation(desk, Status.CONFIRMED, sold_by="kkday"), desk=desk)
    assert no.value.code == "nothing-paid"


def test_the_receipt_names_the_counter_that_took_the_money_not_the_one_that_prints(desk: Desk) -> None:
    made = sold(desk, Taken("card", Money(30_000, "KRW"), "SLIP-77"), deposit=Money(30_000, "KRW"))
    pier = desk.at_counter("Pier 2")
    assert "Counter Desk" in receipt_of(pier, made)
    assert "Pier 2" not in receipt_of(pier, made)
    assert isinstance(desk.clock, StillClock)
    desk.clock.forward(minutes=1)
    payments.pay(made, desk=pier, method="cash", amount="67500")
    said = receipt_of(desk, made)
    assert said.index("Counter Pier 2") < said.index("Slip SLIP-77") < said.index("Counter Desk")


@pytest.mark.parametrize("handed", [None, Money(100_000, "KRW")], ids=["exactly", "with change"])
def test_money_handed_over_once_is_one_payment_whatever_it_paid(desk: Desk, handed: Money | None) -> None:
    made = sold(desk)
    with desk.database.transaction() as look:
        due = dict(look.execute(select(Payment.__table__)).mappings().one())
        due.pop("id")
        look.execute(update(Payment).values(amount_minor=30_000))
        look.execute(insert(Payment), {**due, "amount_minor": 67_500})
    payments.pay(made, desk=desk, method="cash", amount="97500", handed=handed)
    said = receipt_of(desk, made)
    assert said.count("Cash, ") == 1
    assert "KRW 97,500" in said
    assert f"CF-{made}/1" in said
    assert ("Handed over KRW 100,000" in said) is (handed is not None)
    assert ("Change KRW 2,500" in said) is (handed is not None)


def test_a_second_receipt_is_a_reprint_until_more_is_paid(desk: Desk) -> None:
    made = sold(desk, Taken("cash", Money(30_000, "KRW")), deposit=Money(30_000, "KRW"))
    set_up_counter(desk=desk, printers={"roll": "Till"})
    fake = FakePrinters("Till")
    for _ in range(2):
        print_out(receipt_draft(made, desk=desk), fake, desk=desk)
    payments.pay(made, desk=desk, method="cash", amount="67500")
    print_out(receipt_draft(made, desk=desk), fake, desk=desk, automatic=True)
    marks = ["REPRINT 2, 10:00" in text_of(one.pdf)[0] for one in fake.printed]
    assert marks == [False, True, False]


def test_a_receipt_that_was_overtaken_is_not_printed(desk: Desk) -> None:
    made = sold(desk, Taken("cash", Money(30_000, "KRW")), deposit=Money(30_000, "KRW"))
    draft = receipt_draft(made, desk=desk)
    payments.pay(made, desk=desk, method="cash", amount="67500")
    with pytest.raises(CannotDo) as no:
        print_out(draft, FakePrinters("Till"), desk=desk, printer="Till")
    assert no.value.code == "paper-outdated"


# --- words and papers ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_and_blank(language: str) -> None:
    english, ours = (tomllib.loads((WORDS / f"{one}.toml").read_text("utf-8")) for one in ("en", language))
    assert ours.keys() == english.keys()
    for key, sentence in english.items():
        assert set(re.findall(r"{\w+}", ours[key])) == set(re.findall(r"{\w+}", sentence)), key


def a_long_receipt(desk: Desk) -> Any:
    made = receipt_draft(sold(desk, Taken("cash"), language="ja"), desk=desk).draw.receipt  # type: ignore[attr-defined]
    lines = tuple(ReceiptLine(f"Unit {n} " + "long " * 20, n, Money(1_000_000, "KRW")) for n in range(60))
    return replace(made, lines=lines, payments=made.payments * 20, product="Long name " * 60)


@pytest.mark.parametrize("paper", list(Paper))
def test_a_long_receipt_goes_on_and_loses_no_payment(a_desk: Desk, paper: Paper) -> None:
    from controllers.receipt_pdf import layout, wording
    from controllers.voucher_pdf.marks import Text
    from controllers.voucher_pdf.text import Typesetter
    from models.voucher_looks import VoucherLook

    receipt = a_long_receipt(a_desk)
    pages = layout.pages(receipt, wording.wording("ja"), Typesetter("ja"), paper, VoucherLook())
    assert len(pages) == 1 if paper is Paper.ROLL else len(pages) > 1
    form = forms.FORMS[paper]
    for page in pages:
        for mark in page:
            if isinstance(mark, Text):
                assert mark.y >= 8
                assert mark.y + mark.line.size * 0.8 <= page.height
                assert mark.x + mark.line.width <= form.width - form.margin + 1
    said = "\n".join(text_of(receipt_pdf(receipt, paper).pdf))
    assert said.count("現金") == 20


# --- a day's vouchers ---------------------------------------------------------------------------


def test_a_days_vouchers_are_one_file_in_the_order_of_departure(desk: Desk) -> None:
    a_product(desk)
    made = [a_reservation(desk, Status.CONFIRMED) for _ in range(3)]
    a_reservation(desk)
    draft = day_draft(DAY, desk=desk)
    assert [order.reservation_id for order in draft.orders] == made
    pages = text_of(draft.drawn(printing.expected(draft, desk=desk)).pdf)
    assert [f"CF-{one}" in page for one, page in zip(made, pages, strict=True)] == [True] * 3


def test_what_was_printed_before_is_left_out_unless_all_are_wanted_again(desk: Desk) -> None:
    a_product(desk)
    set_up_counter(desk=desk, printers={"a4": "Front desk"})
    fake = FakePrinters("Front desk")
    first = a_reservation(desk, Status.CONFIRMED)
    print_out(day_draft(DAY, desk=desk), fake, desk=desk)
    second = a_reservation(desk, Status.CONFIRMED)
    draft = day_draft(DAY, desk=desk)
    assert ([order.reservation_id for order in draft.orders], draft.left_out) == ([second], 1)
    print_out(draft, fake, desk=desk)
    with pytest.raises(CannotDo) as no:
        day_draft(DAY, desk=desk)
    assert no.value.code == "nothing-to-print"
    print_out(day_draft(DAY, desk=desk, again=True), fake, desk=desk)
    assert ["REPRINT 2" in page for page in text_of(fake.printed[2].pdf)] == [True, True]
    assert [one.copy for one in see_prints(first, desk=desk)] == [2, 1]


def test_one_departures_vouchers_are_only_its_own(desk: Desk) -> None:
    times = [{"name": "Early", "starts": "09:00", "capacity": 8, "minutes": 60}]
    times += [{"name": "Afternoon", "starts": "14:00", "capacity": 8, "minutes": 60}]
    a_product(desk, options=[{**one, "units": [{"name": "Adult"}]} for one in times])
    early = a_reservation(desk, Status.CONFIRMED, option="Early", time="09:00")
    a_reservation(desk, Status.CONFIRMED, time="14:00")
    from tests.builders import reservation

    draft = day_draft(DAY, desk=desk, departure_id=reservation(desk, early).departure_id)
    assert [order.reservation_id for order in draft.orders] == [early]


def test_who_has_arrived_gets_none_and_a_cancelled_one_stops_the_print(desk: Desk) -> None:
    a_product(desk)
    one, other = (a_reservation(desk, Status.CONFIRMED) for _ in range(2))
    draft = day_draft(DAY, desk=desk)
    reservations.cancel(other, desk=desk, reason="the guide is ill")
    with pytest.raises(CannotDo) as no:
        print_out(draft, FakePrinters("P"), desk=desk, printer="P")
    assert (no.value.code, no.value.facts["number"]) == ("paper-outdated", f"CF-{other}")
    assert [order.reservation_id for order in day_draft(DAY, desk=desk).orders] == [one]
    assert isinstance(desk.clock, StillClock)
    assert draft.document is Document.VOUCHER
    assert DEPARTS - timedelta(hours=1) > desk.now()
