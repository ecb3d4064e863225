"""The part of the tour that talks: a new order rings, a traveler is written to, one is cancelled with its reason, money
goes back, and after the trip a comment is asked for.

Nothing leaves this computer: in practice letters only seem to leave, and wait in the outbox to be read.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.outbox import Letter
from models.references import number_of
from models.refunds import Tab
from models.reservations import Status
from ui import asking
from ui.tour.guide import AFTER, PAID_BACK, REFERENCE, Guide
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.toast import Toast

_KEY = Qt.Key
FULL_BOAT, OUR_BOAT = "VGPDEMO536908", "R2612040007"
_HEADINGS = (
    "Order Number,Order Status,[Code] Product/Option,Customer,Amount,Payment Status,Balance,Source,Order Date,"
    "Departure Date,Person in Charge"
)
_NEW = "26KK900100888"
_ORDER = (
    f'{_NEW},New & Paid,[PAL01] Seoul Palace Walking Tour/English,"EXAMPLE, NORA","TWD 1,600",Paid,TWD 0,KKday,'
    "2026-12-05 09:39,2026-12-08 10:30,"
)


def _order_rang(guide: Guide, number: str) -> str:
    """What was said of a new order; an earlier one, or a promise that runs out, may ring beside it."""
    said = (toast.accessibleName() for toast in _toasts(guide))
    return next((words for words in said if f"New reservation {number}" in words), "")


def hear_of_an_order(guide: Guide) -> str:
    """An order arrives while the dashboard is open: the desk rings, and says it without a name."""
    guide.wait(lambda: "tray" in vars(guide.program.fittings), "the desk listens")
    guide.wait(guide.program.is_quiet, "nothing is asked")
    file = guide.folder / "new-order.csv"
    file.write_text(f"{_HEADINGS}\n{_ORDER}\n", "utf-8")
    guide.here(asking.take_file, file)
    number = number_of(guide.number(_NEW))
    guide.wait(lambda: bool(_order_rang(guide, number)), "the new order rings")
    said = _order_rang(guide, number)
    guide.settle(0.3)
    guide.picture("new-order")
    for toast in _toasts(guide):
        toast.leave()
    guide.settle(0.2)
    return f"A new order rang at the counter, and no name was told: {said}"


def write_before_confirming(guide: Guide) -> str:
    """The chat first: the traveler is written to while nobody may see who it is."""
    number = guide.number(REFERENCE)
    guide.go("messages", reservation=number)
    guide.press(_KEY.Key_R)
    guide.write("Hello, a pushchair is no problem on this walk. We confirm in a moment.")
    guide.settle(0.2)
    guide.picture("message")
    target = QApplication.focusWidget() or guide.window
    QTest.keyClick(target, _KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    guide.wait(lambda: _kinds(guide, number).count(Letter.MESSAGE) == 1, "the message is promised")
    guide.settle(0.3)
    guide.picture("message-written")
    name = "hidden" if not guide.here(asking.details, number).may_reveal else "shown"
    return f"A message to the traveler of {REFERENCE} waits in the outbox; the name is {name}."


def see_letters(guide: Guide) -> str:
    """What the confirmation promised: the letter with its voucher."""
    number = guide.number(REFERENCE)
    kinds = _kinds(guide, number)
    guide.go("letters")
    guide.picture("letters")
    return f"The letter of the confirmation waits a minute in the outbox: {', '.join(kinds)}."


def cancel_with_a_reason(guide: Guide) -> str:
    """A boat that is full: the traveler reads the reason first, then it is cancelled."""
    number = guide.number(FULL_BOAT)
    guide.go("details", reservation=number)
    guide.press(_KEY.Key_X)
    dialog = guide.overlay(Dialog, "the cancel dialog")
    _button(dialog, "The departure is full").click()
    guide.settle(0.2)
    guide.picture("cancel-reason")
    QTest.keyClick(dialog, _KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    guide.wait(lambda: guide.status(number) is Status.CANCELLED, "it is cancelled")
    guide.gone(dialog)
    guide.picture("cancelled-with-reason")
    return f"Another order was cancelled, its reason first: {', '.join(_kinds(guide, number))}."


def owe_a_refund(guide: Guide) -> str:
    """An order of the own booking page is paid by card, then cancelled: its money is ours to give back."""
    number = guide.number(OUR_BOAT)
    deeds = guide.program.fittings.deeds
    deeds.pay(number)
    dialog = guide.overlay(Dialog, "the payment")
    guide.press(_KEY.Key_Return, dialog)
    guide.wait(lambda: guide.status(number) is Status.UNCONFIRMED, "it is paid")
    guide.gone(dialog)
    deeds.cancel(number)
    dialog = guide.overlay(Dialog, "the cancel dialog")
    _button(dialog, "Too few have booked").click()
    guide.settle(0.2)
    guide.picture("cancel-paid-to-us")
    QTest.keyClick(dialog, _KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    guide.wait(lambda: guide.status(number) is Status.CANCELLED, "it is cancelled")
    guide.gone(dialog)
    guide.go("refunds", tab=Tab.DUE.value)
    guide.picture("refund-due")
    (row,) = guide.here(asking.refunds, Tab.DUE).rows
    return f"{row.amount} of {row.number} goes back between {row.expected_from} and {row.expected_to}."


def ask_for_a_comment(guide: Guide) -> str:
    """Hours after the trip the comment letter of who came is due; a no-show gets none."""
    number = guide.number(REFERENCE)
    guide.go("letters")
    guide.picture("comment-letter")
    waiting = [one for one in guide.here(asking.details, number).letters if one.kind is Letter.COMMENT]
    hours = round((waiting[-1].leave_at - AFTER).total_seconds() / 3600)
    return f"The comment letter of {REFERENCE} leaves {hours} hours after the close."


def thank_for_a_review(guide: Guide) -> str:
    """The traveler tells at the counter how it was; a code of the house thanks for it."""
    guide.now = PAID_BACK
    number = guide.number(REFERENCE)
    guide.go("details", reservation=number)
    guide.program.fittings.deeds.review(number)
    dialog = guide.overlay(Dialog, "what they said")
    guide.press(_KEY.Key_5)
    dialog.words.setFocus()
    guide.write("A warm walk, and a patient guide.")
    guide.settle(0.2)
    guide.picture("review")
    QTest.keyClick(dialog, _KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    guide.wait(lambda: guide.here(asking.review_of, number) is not None, "the review is kept")
    guide.gone(dialog)
    guide.go("reviews")
    guide.picture("reviews")
    kept = guide.here(asking.review_of, number)
    return f"The review of {kept.number}: {kept.rating} of 5, thanked for with a code."


def give_the_money_back(guide: Guide) -> str:
    """Two days later the transfer has gone out: D, its number, Enter."""
    guide.now = PAID_BACK
    guide.go("refunds", tab=Tab.DUE.value)
    guide.press(_KEY.Key_D)
    dialog = guide.overlay(Dialog, "how it went back")
    guide.write("2026-1207-0031")
    guide.picture("refund-how")
    guide.press(_KEY.Key_Return, dialog)
    guide.wait(lambda: bool(guide.here(asking.refunds, Tab.DONE).rows), "it is given back")
    guide.gone(dialog)
    guide.go("refunds", tab=Tab.DONE.value)
    guide.picture("refund-done")
    (row,) = guide.here(asking.refunds, Tab.DONE).rows
    return f"{row.amount} was given back under {row.reference}, and its letter waits."


def _kinds(guide: Guide, number: int) -> list[str]:
    """The letters of a reservation, in the order in which they were promised."""
    return [one.kind for one in guide.here(asking.details, number).letters]


def _toasts(guide: Guide) -> list[Any]:
    return [one for one in guide.window.findChildren(Toast) if one.isVisible()]


def _button(dialog: Any, words: str) -> Any:
    return next(one for one in dialog.findChildren(Button) if one.text() == words and one.isVisible())
