"""Says who opened travelers' data in words: what was done, and with which order, day or list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.references import number_of
from ui.wording.bulk import counted
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from models.opened import OpenedLine

translate = QCoreApplication.translate


def deed_words(line: OpenedLine) -> str:
    """What somebody did: opened, printed, took out of the house."""
    found = {
        "view": translate("opened", "Opened the traveler's data"),
        "search": translate("opened", "Looked for a person"),
        "voucher": translate("opened", "Opened a voucher"),
        "vouchers": translate("opened", "Opened vouchers"),
        "print": translate("opened", "Printed"),
        "manifest": translate("opened", "Opened a day sheet"),
        "export": translate("opened", "Exported a list"),
        "hand-out": translate("opened", "Handed out what is known"),
    }
    if line.action == "view" and not line.facts.get("shown", True):
        return translate("opened", "Asked for it, and it stayed hidden")
    return found.get(line.action, line.action)


def about_words(line: OpenedLine) -> str:
    """What it was about."""
    what, _, number = line.subject.partition(":")
    if what == "reservation":
        return number_of(int(number))
    rows = line.facts.get("rows", len(line.facts.get("reservations", ())))
    if what == "search":
        rows = line.facts.get("found", 0)
        return counted(rows, translate("opened", "1 found"), translate("opened", "{count} found"))
    named = {"day": translate("opened", "day {day}"), "departure": translate("opened", "one departure")}
    words = named.get(what, "").format(day=number)
    if not rows:
        return words
    many = translate("opened", "{count} orders").format(count=number_words(rows))
    return ", ".join(part for part in (words, many) if part)
