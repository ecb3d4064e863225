"""Reads mails and pasted messages: "Label: value" lines, each label known by any of its spellings."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from controllers.channels.documents import Document, Kind
from controllers.channels.raw import Raw, fingerprint, seed_of
from controllers.channels.text import clean, fold
from models.refusals import CannotDo

if TYPE_CHECKING:
    from models.orders import Order

_LABELLED = re.compile(r"^[\s\-•*·▪◦]*+([^:：\n]{1,60}?)\s*[:：](?!//)\s*(.*)$")
_LONGEST_KEPT = 20_000
_LONGEST_LINE = 5000


class LetterRow(Raw):
    """One order told by a mail or a message."""

    __slots__ = ("_body", "_document", "_reader")

    def __init__(self, row: int, document: Document, body: str, reader: LetterReader) -> None:
        self.row = row
        self._document = document
        self._body = body
        self._reader = reader
        self.digest = fingerprint(f"{document.headers.get('Subject', '')}\x1f{body}", seed_of(reader.key))

    @property
    def cells(self) -> Mapping[str, str]:
        """The headers and the words of the mail."""
        kept = {name: clean(value) for name, value in self._document.headers.items()}
        return {**kept, "Text": clean(self._body)[:_LONGEST_KEPT]}

    def _order(self) -> Order:
        return self._reader.order(self._document, self._body)

    def _reference(self) -> str:
        return self._reader.reference(self._document, self._body)


class LetterReader(ABC):
    """How a source's mail or message looks."""

    key: str
    title: str

    @abstractmethod
    def knows(self, document: Document) -> bool:
        """Whether the mail or text is of this source and tells of a booking."""

    @abstractmethod
    def reference(self, document: Document, body: str) -> str:
        """The booking's number, '' where it is not told."""

    @abstractmethod
    def order(self, document: Document, body: str) -> Order:
        """What the mail tells; RowRefused where it cannot be read."""

    def bodies(self, document: Document) -> Iterator[tuple[int, str]]:
        """The line on which each order of the text starts, and its words. A mail tells one."""
        yield 1, document.text

    def certainty(self, document: Document, headers: Mapping[str, str]) -> int:
        """100 when the mail is of this source."""
        return 100 * (document.kind in (Kind.MAIL, Kind.TEXT) and self.knows(document))

    def rows(self, document: Document, headers: Mapping[str, str]) -> Iterator[Raw]:
        """The orders told; CannotDo where the text is not of this source."""
        if not self.certainty(document, headers):
            raise CannotDo("not-what-it-claims", file=document.name, channel=self.title)
        return (LetterRow(row, document, body, self) for row, body in self.bodies(document))


def labelled(
    body: str, labels: Mapping[str, tuple[str, ...]], *, below: tuple[str, ...] = ()
) -> dict[str, str]:
    """The value of each known label, '' where it is missing; the first one told wins.

    For the labels in `below` the value may stand on the next line, as in mails laid out in columns.
    """
    spellings = {fold(name): each for each, names in labels.items() for name in names}
    found: dict[str, str] = {}
    waiting = ""
    for long in body.splitlines():
        shown = long.strip()[:_LONGEST_LINE]  # a line of a million spaces would keep the search busy
        match = _LABELLED.match(shown)
        each = spellings.get(fold(match.group(1) if match else shown[:100]))
        if each is None:
            if waiting and shown:
                found[waiting] = clean(shown)
                waiting = ""
            continue
        value = clean(match.group(2)) if match else ""
        waiting = each if not value and each in below and not found.get(each) else ""
        if not found.get(each):
            found[each] = value
    return {each: found.get(each, "") for each in labels}


def written_at(document: Document) -> datetime | None:
    """When the mail was sent, where its headers tell it with an offset."""
    try:
        sent = parsedate_to_datetime(document.headers["Date"])
    except (KeyError, ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent if sent.tzinfo is not None else None
