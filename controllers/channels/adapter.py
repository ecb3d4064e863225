"""One adapter a source: everything that source is known to send, be it a table, a mail or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from controllers.channels.documents import Document, Kind
from controllers.channels.objects import refuse_messages
from controllers.channels.raw import Raw
from controllers.channels.tables import TableReader
from models.refusals import CannotDo


class Reader(Protocol):
    """Reads one form of a source."""

    def certainty(self, document: Document, headers: Mapping[str, str]) -> int:
        """How sure it is that the document has this form; 0 for not at all."""

    def rows(self, document: Document, headers: Mapping[str, str]) -> Iterator[Raw]:
        """The entries; CannotDo where the document has another form."""


@dataclass(frozen=True)
class Adapter:
    """A source by its `key` (what a person types after --channel) and its `title` (what is shown)."""

    key: str
    title: str
    readers: tuple[Reader, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """What the user's own headings may be mapped to."""
        tables = (reader for reader in self.readers if isinstance(reader, TableReader))
        return tuple(dict.fromkeys(name for reader in tables for name in reader.columns))

    def certainty(self, document: Document, headers: Mapping[str, str] | None = None) -> int:
        """How sure it is that the document comes from this source; 0 for not at all."""
        return max(reader.certainty(document, headers or {}) for reader in self.readers)

    def rows(self, document: Document, headers: Mapping[str, str] | None = None) -> Iterator[Raw]:
        """The entries of the document, in its order. CannotDo, at once, where it is none of this source."""
        refuse_messages(document)
        mapped = headers or {}
        best = max(self.readers, key=lambda reader: reader.certainty(document, mapped))
        if best.certainty(document, mapped):
            return best.rows(document, mapped)
        fitting = [
            reader
            for reader in self.readers
            if isinstance(reader, TableReader) == (document.kind is Kind.TABLE)
        ]
        if fitting:
            return fitting[0].rows(document, mapped)
        raise CannotDo("not-what-it-claims", file=document.name, channel=self.title)
