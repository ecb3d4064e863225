"""Says in words what was done with a reservation's papers: vouchers that were opened, and what was printed of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from models.papers import Document
from models.prints import Copy
from ui.history_line import Facts, HistoryWords
from ui.wording.papers import copy_words, document_word

translate = QCoreApplication.translate


def _voucher(who: str, _facts: Facts) -> HistoryWords:
    return HistoryWords("voucher", translate("history", "{who} opened the voucher").format(who=who))


def _printed(who: str, facts: Facts) -> HistoryWords:
    document = Document(facts.get("document", Document.VOUCHER))
    copy = copy_words(Copy(int(facts.get("copy", 1))), document)
    printer = facts.get("printer", "")
    head = translate("history", "{who} printed: {document}")
    if not printer:
        head = translate("history", "{who} saved as a file: {document}")
    told = head.format(who=who, document=document_word(document))
    return HistoryWords("print", told, ", ".join(filter(None, (printer, copy))))


def _not_printed(who: str, facts: Facts) -> HistoryWords:
    document = document_word(Document(facts.get("document", Document.VOUCHER)))
    head = translate("history", "{who} wanted to print, and nothing came out: {document}")
    return HistoryWords("print", head.format(who=who, document=document))


def _perhaps_printed(who: str, facts: Facts) -> HistoryWords:
    document = document_word(Document(facts.get("document", Document.VOUCHER)))
    head = translate("history", "{who} printed, and it is not known whether it came out: {document}")
    return HistoryWords("print", head.format(who=who, document=document))


PAPERS: dict[str, Callable[[str, Facts], HistoryWords]] = {
    "voucher": _voucher,
    "print": _printed,
    "print-failed": _not_printed,
    "print-unsure": _perhaps_printed,
}
"""The words of each deed."""
