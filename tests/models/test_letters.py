"""Which letters may be sent follows from status and money, and a letter's text falls into parts."""

from __future__ import annotations

import pytest

from models.letter_text import Facts, Paragraph, blocks, has_turns, one_line, some_lines, tidy
from models.letters import (
    BY_HAND,
    BY_ITSELF,
    Standing,
    checked_address,
    goes_by_itself,
    letter_language,
    offers,
    why_not,
)
from models.outbox import Letter
from models.payments import MoneyState
from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES
from models.reservations import Status

ALLOWED = {
    Status.AWAITING_PAYMENT: {Letter.PAYMENT_AWAITED},
    Status.UNCONFIRMED: {Letter.PROCESSING},
    Status.PENDING: {Letter.PROCESSING},
    Status.CONFIRMED: {Letter.CONFIRMATION, Letter.CHANGE},
    Status.CANCEL_REQUESTED: {Letter.CONFIRMATION, Letter.CHANGE},
    Status.REDEEMED: {Letter.COMMENT},
    Status.NO_SHOW: {Letter.CONFIRMATION},
    Status.CANCELLED: {Letter.CANCELLATION},
    Status.EXPIRED: set(),
}


@pytest.mark.parametrize("status", Status)
def test_the_status_decides_where_no_money_speaks(status: Status) -> None:
    found = Standing(status, ever_confirmed=True)
    assert {one.kind for one in offers(found) if not one.why} == ALLOWED[status]


def test_every_grey_letter_has_a_sentence() -> None:
    for status in Status:
        for found in (Standing(status), Standing(status, has_address=False), Standing(status, paid_to_us=1)):
            for one in offers(found):
                assert not one.why or one.why in SENTENCES


def test_a_deposit_has_its_receipt_until_all_is_paid() -> None:
    part = Standing(Status.CONFIRMED, ever_confirmed=True, paid_to_us=30_000, due_to_us=45_000)
    assert not why_not(Letter.RECEIPT_DEPOSIT, part)
    assert why_not(Letter.RECEIPT_TOTAL, part) == "letter-still-due"
    whole = Standing(Status.CONFIRMED, ever_confirmed=True, paid_to_us=75_000)
    assert why_not(Letter.RECEIPT_DEPOSIT, whole) == "letter-all-paid"
    assert not why_not(Letter.RECEIPT_TOTAL, whole)


def test_a_refund_is_told_as_far_as_it_is() -> None:
    coming = Standing(Status.CANCELLED, refunds=frozenset({MoneyState.DUE}))
    assert not why_not(Letter.REFUND_COMING, coming)
    assert why_not(Letter.REFUND_DONE, coming) == "letter-no-refund-done"
    done = Standing(Status.CANCELLED, refunds=frozenset({MoneyState.DONE}))
    assert why_not(Letter.REFUND_COMING, done) == "letter-no-refund-due"
    assert not why_not(Letter.REFUND_DONE, done)


def test_nobody_is_written_to_without_an_address() -> None:
    assert {one.why for one in offers(Standing(Status.CONFIRMED, has_address=False))} == {"letter-no-address"}


def test_a_product_switches_what_goes_by_itself() -> None:
    assert {kind for kind in BY_HAND if goes_by_itself(kind, {})} == BY_ITSELF
    assert not goes_by_itself(Letter.COMMENT, {"comment": False})
    assert goes_by_itself(Letter.PROCESSING, {"processing": True})
    assert goes_by_itself(Letter.CONFIRMATION, {"confirmation": "nonsense"})


@pytest.mark.parametrize(
    ("traveler", "channel", "product", "language"),
    [
        ("ko-KR", "", [], "ko"),
        ("zh_CN", "", [], "zh-TW"),
        ("", "ko", ["ja"], "ko"),
        ("fr", "", ["fr", "ja", "en"], "ja"),
        ("", "", None, "en"),
        ("tlh", "", ["xx"], "en"),
    ],
)
def test_a_letter_is_in_the_travelers_language_else_the_products_else_english(
    traveler: str, channel: str, product: object, language: str
) -> None:
    assert letter_language(traveler, channel, product) == language


def test_facts_and_paragraphs_are_told_apart() -> None:
    assert blocks("Hello\nthere\n\nThis:\n- When: Friday: noon\n- 時間：五點\n- alone\nBye\n") == (
        Paragraph(("Hello", "there")),
        Paragraph(("This:",)),
        Facts((("When", "Friday: noon"), ("時間", "五點"), ("", "alone"))),
        Paragraph(("Bye",)),
    )


def test_a_line_stays_a_line() -> None:
    assert one_line("Anna\r\nBcc: everybody@example.com\u202e\x00") == "Anna Bcc: everybody@example.com"
    assert some_lines("One\r\ntwo\u2067\x07\r\n") == "One\ntwo"
    assert has_turns("a\u202eb")
    assert has_turns("a\nb")
    assert not has_turns("안녕 – 你好")


def test_left_out_sentences_leave_no_holes() -> None:
    assert tidy("A\n\n\n\n  \nB  \n\n") == "A\n\nB\n"


@pytest.mark.parametrize(
    "told", ["javascript:alert(1)", "https://exa mple.com", 'https://e.com/"x', "nothing"]
)
def test_only_a_web_address_is_one(told: str) -> None:
    with pytest.raises(CannotDo):
        checked_address(told)
    assert checked_address(" https://example.com/review ") == "https://example.com/review"
    assert checked_address("") == ""
