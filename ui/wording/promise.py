"""The sum behind a promise, in words: the days that count, and the closed ones that were skipped."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.products import ConfirmFrom
from models.promise import Promise

translate = QCoreApplication.translate


def promise_sum(promise: Promise, counts_from: ConfirmFrom) -> str:
    """'3 working days, 2 closed days skipped'; counted from the order unless it says otherwise."""
    if not promise.days and not promise.skipped:
        return translate("promise", "within the same day")
    if counts_from is ConfirmFrom.ORDER:
        one = translate("promise", "1 working day")
        many = translate("promise", "{count} working days")
    else:
        one = translate("promise", "1 working day before the departure")
        many = translate("promise", "{count} working days before the departure")
    days = one if promise.days == 1 else many.format(count=promise.days)
    return f"{days}, {_skipped(promise.skipped)}"


def _skipped(count: int) -> str:
    if not count:
        return translate("promise", "no closed day skipped")
    if count == 1:
        return translate("promise", "1 closed day skipped")
    return translate("promise", "{count} closed days skipped").format(count=count)
