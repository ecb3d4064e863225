"""Who does the work by the clock, and what the clock has done, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.wording.bulk import counted

if TYPE_CHECKING:
    from controllers.by_the_clock import ByTheClock
    from controllers.lease import Holding

translate = QCoreApplication.translate


def worker_words(holding: Holding | None) -> str:
    """For the key bar: this desk, another counter and when it was last heard of, or nobody."""
    if holding is None or not holding.counter:
        return translate("worker", "Worker: nobody")
    if holding.is_ours:
        return translate("worker", "Worker: this desk")
    words = translate("worker", "Worker at {counter}, {seconds} s ago")
    return words.format(counter=holding.counter, seconds=round(holding.ago_s))


def closed_words(did: ByTheClock) -> str:
    """The trips that were closed; '' for none."""
    if not did.closed:
        return ""
    return counted(
        len(did.closed),
        translate("worker", "The clock has closed 1 trip"),
        translate("worker", "The clock has closed {count} trips"),
    )
