"""Reads JSON of reservation systems: finds the bookings wherever they stand, and each value safely.

A field of another type than expected counts as not told: one odd field never loses an order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from controllers.channels.documents import Document, Kind
from controllers.channels.raw import Raw, fingerprint, seed_of
from controllers.channels.text import clean
from models.refusals import CannotDo

if TYPE_CHECKING:
    from models.orders import Order

Object = Mapping[str, Any]

_DEEPEST = 5
_LONGEST_KEPT = 20_000
_MESSAGE_WORDS = ("requestType", "responseType", "gygBookingReference", "ticketCode", "errorCode", "ApiKey")


def dig(value: object, *path: str | int) -> object:
    """What stands at a path, None where the path ends early."""
    for step in path:
        if isinstance(value, Mapping) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def words(value: object, *path: str | int) -> str:
    """The text or number at a path as text, '' for anything else."""
    found = dig(value, *path)
    if isinstance(found, bool) or not isinstance(found, (str, int, Decimal)):
        return ""
    try:
        return clean(str(found))
    except ValueError:  # a whole number too long to be written out
        return ""


def whole(value: object, *path: str | int) -> int | None:
    """The whole number at a path."""
    found = dig(value, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def many(value: object, *path: str | int) -> list[Object]:
    """The objects of the list at a path."""
    found = dig(value, *path)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


@dataclass(frozen=True)
class ObjectReader:
    """How a system's booking object looks. `left_out` names what is not kept: secrets, whole catalogues."""

    key: str
    title: str
    is_order: Callable[[Object], bool]
    parts: Callable[[Object], Iterator[Object]]
    reference: Callable[[Object], str]
    build: Callable[[Object], Order]
    left_out: Callable[[Object], Object]

    def certainty(self, document: Document, headers: Mapping[str, str]) -> int:
        """100 when a booking of this system stands in the file."""
        return 100 * (document.kind is Kind.JSON and next(self._found(document.data), None) is not None)

    def rows(self, document: Document, headers: Mapping[str, str]) -> Iterator[Raw]:
        """The bookings in the order they stand."""
        if document.kind is Kind.JSON and document.data in ([], {}):
            return iter(())
        if not self.certainty(document, headers):
            raise CannotDo("not-what-it-claims", file=document.name, channel=self.title)
        return self._rows(document)

    def _rows(self, document: Document) -> Iterator[Raw]:
        seed = seed_of(self.key)
        for row, found in enumerate(self._found(document.data), 1):
            for part in self.parts(found):
                yield ObjectRow(row, part, self, seed)

    def _found(self, value: object, depth: int = 0) -> Iterator[Object]:
        if isinstance(value, Mapping) and self.is_order(value):
            yield value
        elif depth < _DEEPEST and isinstance(value, (Mapping, list)):
            for each in value.values() if isinstance(value, Mapping) else value:
                yield from self._found(each, depth + 1)


class ObjectRow(Raw):
    """One booking object."""

    __slots__ = ("_content", "_reader")

    def __init__(self, row: int, content: Object, reader: ObjectReader, seed: bytes) -> None:
        self.row = row
        self._content = content
        self._reader = reader
        self.digest = fingerprint(_written(reader.left_out(content)), seed)

    @property
    def cells(self) -> Mapping[str, str]:
        """The object by its own names; what is nested is kept as JSON."""
        kept = self._reader.left_out(self._content)
        return {clean(name): _cell(value) for name, value in kept.items()}

    def _order(self) -> Order:
        return self._reader.build(self._content)

    def _reference(self) -> str:
        return self._reader.reference(self._content)[:120]


def refuse_messages(document: Document) -> None:
    """Says no to what systems tell each other about bookings: it names orders, but holds none."""
    data = document.data
    if document.kind is not Kind.JSON or not isinstance(data, Mapping):
        return
    if "notificationType" in data:
        raise CannotDo("no-orders-of-ours", file=document.name, what="a notification without an order")
    if _is_message(data):
        raise CannotDo("no-orders-of-ours", file=document.name, what="API messages")
    if any(isinstance(each, Mapping) and _is_message(each) for each in data.values()):
        raise CannotDo("no-orders-of-ours", file=document.name, what="API examples")


def _is_message(data: Object) -> bool:
    inner = data.get("data")
    return any(word in data or (isinstance(inner, Mapping) and word in inner) for word in _MESSAGE_WORDS)


def _cell(value: object) -> str:
    return clean(value)[:_LONGEST_KEPT] if isinstance(value, str) else _written(value)[:_LONGEST_KEPT]


def _written(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=True, sort_keys=True, default=str)
    except (ValueError, RecursionError):  # a number too long to be written out, brackets too deep
        return repr(type(value))
