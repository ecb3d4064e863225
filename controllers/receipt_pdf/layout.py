"""Decides where everything stands on a receipt: one column, as long as it needs to be.

On a sheet the column goes on on a further page where it is longer than the first.
"""

from __future__ import annotations

from controllers.receipt_pdf.wording import ReceiptWords
from controllers.voucher_pdf.columns import Column
from controllers.voucher_pdf.forms import FORMS, Form
from controllers.voucher_pdf.marks import INK, INK2, INK3, Mark, Page, Text, as_long_as_needed, on_sheets
from controllers.voucher_pdf.text import Typesetter
from controllers.voucher_pdf.tops import top_of
from models.money import Money, plain
from models.papers import Paper
from models.receipts import Receipt, ReceiptPayment
from models.rewards import METHOD
from models.voucher_looks import VoucherLook, rgb

_MOST_LINES = 40


def pages(
    receipt: Receipt, words: ReceiptWords, setter: Typesetter, paper: Paper, look: VoucherLook
) -> list[Page]:
    """One slip of a roll, or as many sheets as it takes."""
    form = FORMS[paper]
    accent = rgb(look.accent) if look.accent and not form.is_roll else INK3
    column = Column(setter, form.margin, -8.0, form.room, scale=form.scale, accent=accent)
    notes = [words.reprint(receipt.copy)]
    if receipt.practice:
        notes += [words("practice"), words("practice_note")]
    top_of(column, form, look, receipt.operator, words.heading(receipt), notes)
    _what(column, receipt, words)
    column.rule(8, 8)
    _lines(column, receipt, words)
    _money(column, receipt, words)
    column.rule(8, 8)
    _end(column, receipt, words)
    if form.is_roll:
        return [as_long_as_needed(column.marks, form.width, form.foot, black=True)]
    return _numbered(
        on_sheets(column.marks, form.width, form.height, form.head, form.foot + 16), words, setter, form
    )


def _what(column: Column, receipt: Receipt, words: ReceiptWords) -> None:
    """The numbers, and what was booked for when."""
    if receipt.receipt:
        column.pair(words("receipt"), receipt.receipt, 10.5, bold=True)
    column.pair(words("number"), receipt.number, 10.5, bold=not receipt.receipt)
    column.pair(words("made"), words.moment(receipt.made_at), 9.5)
    column.pair(words("counter"), receipt.counter, 9.5)
    column.rule(8, 8)
    column.words(receipt.product, 12.5, 3, bold=True)
    if receipt.option:
        column.words(receipt.option, 10.5, 2, colour=INK2)
    _, when, added = words.voucher.when(receipt)
    column.words(when, 11, 2)
    if added:
        column.words(added, 9.5, 2, colour=INK2)


def _lines(column: Column, receipt: Receipt, words: ReceiptWords) -> None:
    for line in receipt.lines[:_MOST_LINES]:
        told, each = words.line(line)
        column.pair(told, plain(line.amount) if line.amount else "", 10.5, colour=INK)
        if each:
            column.words(each, 9, 1, colour=INK2)
    if len(receipt.lines) > _MOST_LINES:
        column.words("…", 10.5, 1)
    if receipt.total is not None:
        column.y -= 4
        column.pair(words("total"), str(receipt.total), 14, bold=True)


def _money(column: Column, receipt: Receipt, words: ReceiptWords) -> None:
    for payment in receipt.payments:
        column.rule(6, 6)
        _payment(column, payment, words)
        if payment.counter not in ("", receipt.counter):
            column.pair(words("counter"), payment.counter, 9.5)
    several = len(receipt.payments) > 1 or receipt.due is not None
    sums: list[tuple[str, Money | None]] = [
        ("paid", receipt.paid if several else None),
        ("refunded", receipt.refunded),
        ("due", receipt.due),
    ]
    if any(amount is not None for _, amount in sums):
        column.rule(6, 6)
    for word, amount in sums:
        if amount is not None:
            column.pair(words(word), str(amount), 12, bold=True)
    if receipt.due is not None and receipt.expires_at is None:
        column.words(words("due_note"), 9.5, 3, colour=INK2)
    if receipt.expires_at is not None:
        column.words(words("hold_note", when=words.moment(receipt.expires_at)), 10.5, 5, bold=True)


def _payment(column: Column, payment: ReceiptPayment, words: ReceiptWords) -> None:
    """How much, how and when; what was put on the counter for it, and what went back."""
    column.pair(words.payment(payment), str(payment.amount), 10, colour=INK)
    if payment.handed is not None and payment.handed != payment.amount:
        column.pair(words("handed"), str(payment.handed), 9.5)
    if payment.change is not None:
        column.pair(words("change"), str(payment.change), 9.5)
    if payment.slip:
        word = "reward_code" if payment.method == METHOD else "slip_number"
        column.words(words(word, slip=payment.slip), 9, 2, colour=INK2)


def _end(column: Column, receipt: Receipt, words: ReceiptWords) -> None:
    heading, terms = words.voucher.cancelling(receipt)
    column.label(heading)
    for term in terms:
        column.words(term, 9.5, 2, colour=INK2)
    if receipt.contact:
        column.y -= 5
        column.label(words("contact"))
        column.words(receipt.contact, 9.5, 4, colour=INK2)
    column.y -= 8
    column.words(words("keep" if receipt.is_slip else "thanks"), 9.5, 3)


def _numbered(
    made: list[tuple[Mark, ...]], words: ReceiptWords, setter: Typesetter, form: Form
) -> list[Page]:
    """Sheets with their number, where there are several."""
    pages = []
    for n, marks in enumerate(made, start=1):
        foot: tuple[Mark, ...] = ()
        if len(made) > 1:
            line = setter.line(words("page", n=n, all=len(made)), 8.5)
            foot = (Text(line, form.width - form.margin - line.width, form.foot, INK3),)
        pages.append(Page((*marks, *foot), form.width, form.height))
    return pages
