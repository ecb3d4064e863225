"""Reads what was printed: the words on each page of a PDF, and its size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument


@contextmanager
def opened(pdf: bytes) -> Iterator[QPdfDocument]:
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    try:
        yield document
    finally:
        document.close()


def text_of(pdf: bytes) -> list[str]:
    """What stands on each page."""
    with opened(pdf) as document:
        return [document.getAllText(page).text() for page in range(document.pageCount())]
