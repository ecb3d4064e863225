"""Papers, documents and copies in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.papers import Document, Paper
from models.prints import MARKED, Copy

translate = QCoreApplication.translate


def paper_word(paper: Paper) -> str:
    """'A4', 'A5', '80 mm roll'."""
    return {
        Paper.A4: translate("papers", "A4"),
        Paper.A5: translate("papers", "A5"),
        Paper.ROLL: translate("papers", "80 mm roll"),
    }[paper]


def document_word(document: Document) -> str:
    """What a document is called."""
    return {
        Document.VOUCHER: translate("papers", "Voucher"),
        Document.RECEIPT: translate("papers", "Receipt"),
        Document.MANIFEST: translate("papers", "Day sheet"),
        Document.LIST: translate("papers", "List"),
        Document.TEST: translate("papers", "Test page"),
        Document.REPORT: translate("papers", "Report"),
    }[document]


def copy_words(copy: Copy, document: Document) -> str:
    """'copy 2, marked as a reprint', '' on a first one."""
    if not copy.is_reprint or document not in MARKED:
        return ""
    return translate("papers", "copy {number}, marked as a reprint").format(number=copy.number)
