"""The money of a day in words: what was taken with what, the drawers, sales and refunds."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from models.day_end import DayEnd, MovedAt, RefundAt, ShiftAt
from models.drawer import Amounts
from models.money import Money
from models.sheet import SheetColumn, SheetLine, SheetNote, SheetSection
from models.tender import Method
from ui.day_end_findings import moment_words
from ui.wording.dates import clock
from ui.wording.numbers import money_words, number_words
from ui.wording.orders import local

translate = QCoreApplication.translate


def taken(end: DayEnd) -> SheetSection:
    """What each counter took."""
    columns = (
        SheetColumn(translate("day_end", "Counter"), 2),
        SheetColumn(translate("day_end", "With what"), 2),
        SheetColumn(translate("day_end", "Payments"), right=True),
        SheetColumn(translate("day_end", "Amount"), 2, right=True),
    )
    lines = [
        SheetLine((counter, method_words(method), number_words(count), money_words(Money(minor, currency))))
        for counter, method, currency, count, minor in end.taken
    ]
    if len(lines) > 1:
        sums: dict[str, list[int]] = {}
        for _, _, currency, count, minor in end.taken:
            found = sums.setdefault(currency, [0, 0])
            found[0], found[1] = found[0] + count, found[1] + minor
        lines += [
            SheetLine(
                (translate("day_end", "Together"), "", number_words(count), money_words(Money(minor, one))),
                heavy=True,
            )
            for one, (count, minor) in sorted(sums.items())
        ]
    nothing = translate("day_end", "No counter took any money.")
    return SheetSection(translate("day_end", "Money taken"), (), columns, tuple(lines), nothing)


def method_words(method: str) -> str:
    """What was paid with."""
    return {
        Method.CASH.value: translate("day_end", "Cash"),
        Method.CARD.value: translate("day_end", "Card"),
        Method.TRANSFER.value: translate("day_end", "Transfer"),
        Method.MOBILE.value: translate("day_end", "Mobile"),
    }.get(method, method)


def drawers(end: DayEnd) -> SheetSection:
    """The shifts with their counts."""
    columns = (
        SheetColumn(translate("day_end", "Counter"), 1.3),
        SheetColumn(translate("day_end", "Shift"), 2.2),
        SheetColumn(translate("day_end", "Opened with"), 1.5, right=True),
        SheetColumn(translate("day_end", "Should hold"), 1.5, right=True),
        SheetColumn(translate("day_end", "Counted"), 1.5, right=True),
        SheetColumn(translate("day_end", "Difference"), 1.4, right=True),
    )
    lines = tuple(_shift_line(shift, end) for shift in end.facts.shifts)
    notes = [
        SheetNote(_move_words(move, end.facts.zone)) for move in end.facts.moves if _on_day(end, move.at)
    ]
    notes += [SheetNote(f"{shift.counter}: {shift.note}") for shift in end.facts.shifts if shift.note.strip()]
    nothing = translate("day_end", "No drawer was counted.")
    return SheetSection(translate("day_end", "Drawers"), tuple(notes), columns, lines, nothing)


def _on_day(end: DayEnd, at: dt.datetime) -> bool:
    return end.facts.begins <= at < end.facts.ends


def _shift_line(shift: ShiftAt, end: DayEnd) -> SheetLine:
    begun = _by(shift.opened_at, shift.opened_by, end)
    if shift.closed_at is None:
        still = translate("day_end", "{begun}, still open").format(begun=begun)
        return SheetLine((shift.counter, still, _amounts(shift.opened_with), "", "", ""))
    ended = _by(shift.closed_at, shift.closed_by, end)
    off = _amounts(shift.off) if shift.off else translate("day_end", "none")
    cells = (_amounts(shift.opened_with), _amounts(shift.expected), _amounts(shift.counted), off)
    return SheetLine((shift.counter, f"{begun} – {ended}", *cells), wrong=bool(shift.off))


def _by(at: dt.datetime, staff: str, end: DayEnd) -> str:
    """'22:10, Mina'; a shift may have begun on another day."""
    when = moment_words(local(at, end.facts.zone), end.facts.day)
    return translate("day_end", "{time}, {staff}").format(time=when, staff=staff)


def _amounts(amounts: Amounts) -> str:
    told = [money_words(Money(minor, currency)) for currency, minor in amounts.items() if minor]
    return ", ".join(told) or "0"


def _move_words(move: MovedAt, zone: str) -> str:
    words = (
        translate("day_end", "{time} {counter}: {staff} put {amount} into the drawer.")
        if move.money.minor > 0
        else translate("day_end", "{time} {counter}: {staff} took {amount} out of the drawer.")
    )
    amount = money_words(Money(abs(move.money.minor), move.money.currency))
    return words.format(
        time=clock(local(move.at, zone)), counter=move.counter, staff=move.staff, amount=amount
    )


def sales(end: DayEnd) -> SheetSection:
    """What was sold at the counter."""
    columns = (
        SheetColumn(translate("day_end", "Sold at the counter"), 2),
        SheetColumn(translate("day_end", "Orders"), right=True),
        SheetColumn(translate("day_end", "Heads"), right=True),
        SheetColumn(translate("day_end", "Price"), 1.6, right=True),
        SheetColumn(translate("day_end", "Paid"), 1.6, right=True),
        SheetColumn(translate("day_end", "Still due"), 1.6, right=True),
    )
    kinds = (
        (translate("day_end", "Standing"), [one for one in end.facts.sales if one.stands]),
        (translate("day_end", "Cancelled or lapsed"), [one for one in end.facts.sales if not one.stands]),
    )
    lines = []
    for name, sales in kinds:
        for currency in sorted({one.total.currency for one in sales}):
            some = [one for one in sales if one.total.currency == currency]
            sums = (
                money_words(Money(sum(getattr(one, of).minor for one in some), currency))
                for of in ("total", "paid", "due")
            )
            heads = number_words(sum(one.heads for one in some))
            lines.append(SheetLine((name, number_words(len(some)), heads, *sums)))
    nothing = translate("day_end", "Nothing was sold at the counter.")
    return SheetSection(translate("day_end", "Sales"), (), columns, tuple(lines), nothing)


def refunds(end: DayEnd) -> SheetSection:
    """What goes back."""
    columns = (
        SheetColumn(translate("day_end", "Who pays it"), 2),
        SheetColumn(translate("day_end", "Promised"), right=True),
        SheetColumn(translate("day_end", "Amount"), 1.6, right=True),
        SheetColumn(translate("day_end", "Paid back"), right=True),
        SheetColumn(translate("day_end", "Amount"), 1.6, right=True),
    )
    lines = []
    for ours, name in (
        (True, translate("day_end", "We do")),
        (False, translate("day_end", "The channel does")),
    ):
        some = [one for one in end.facts.refunds if one.ours is ours]
        for currency in sorted({one.money.currency for one in some}):
            of = [one for one in some if one.money.currency == currency]
            cells = (*_refunded(of, "promised", currency), *_refunded(of, "paid", currency))
            lines.append(SheetLine((name, *cells)))
    nothing = translate("day_end", "Nothing was refunded.")
    return SheetSection(translate("day_end", "Refunds"), (), columns, tuple(lines), nothing)


def _refunded(refunds: list[RefundAt], which: str, currency: str) -> tuple[str, str]:
    some = [one for one in refunds if getattr(one, which)]
    minor = sum(one.money.minor for one in some)
    return number_words(len(some)), money_words(Money(minor, currency)) if some else ""


def rewards(end: DayEnd) -> SheetSection:
    """What reward codes did; no money came or went for them."""
    columns = (
        SheetColumn(translate("day_end", "Reward codes"), 3),
        SheetColumn(translate("day_end", "Codes"), right=True),
        SheetColumn(translate("day_end", "Amount"), 1.6, right=True),
    )
    kinds = (
        ("spent", translate("day_end", "Taken off at a sale")),
        ("returned", translate("day_end", "Back on the code, the sale was given up")),
        ("given", translate("day_end", "Given for a review")),
        ("revoked", translate("day_end", "Count no more, the order was refunded")),
    )
    lines = []
    for kind, name in kinds:
        for currency in sorted({one.money.currency for one in end.facts.rewards if one.kind == kind}):
            some = [
                one.money for one in end.facts.rewards if (one.kind, one.money.currency) == (kind, currency)
            ]
            minor = sum(one.minor for one in some)
            amount = money_words(Money(minor, currency)) if currency else translate("day_end", "by percent")
            lines.append(SheetLine((name, number_words(len(some)), amount)))
    nothing = translate("day_end", "No reward code was given or used.")
    notes = (SheetNote(translate("day_end", "They lower prices; the drawers hold nothing for them.")),)
    return SheetSection(
        translate("day_end", "Reward codes"), notes if lines else (), columns, tuple(lines), nothing
    )
