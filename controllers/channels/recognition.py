"""Decides from which source a file comes, by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping

from controllers.channels import (
    bokun,
    direct,
    fareharbor,
    getyourguide,
    kkday,
    klook,
    myrealtrip,
    octo,
    rezdy,
    rezio,
    roster,
    viator,
)
from controllers.channels.adapter import Adapter
from controllers.channels.documents import Document
from controllers.channels.objects import refuse_messages
from models.refusals import CannotDo

_SOURCES = (
    rezio,
    kkday,
    myrealtrip,
    getyourguide,
    viator,
    klook,
    bokun,
    octo,
    fareharbor,
    rezdy,
    roster,
    direct,
)
ADAPTERS: dict[str, Adapter] = {source.ADAPTER.key: source.ADAPTER for source in _SOURCES}
_ALSO_CALLED = {
    "gyg": "getyourguide",
    "mrt": "myrealtrip",
    "bókun": "bokun",
    "ventrata": "octo",
    "tripadvisor": "viator",
}


def recognise(document: Document, headers: Mapping[str, str] | None = None) -> Adapter:
    """The adapter that knows this document best; CannotDo when none does, or when it holds no orders."""
    refuse_messages(document)
    if document.data in ([], {}):
        raise CannotDo("file-empty", file=document.name)
    best = max(ADAPTERS.values(), key=lambda adapter: adapter.certainty(document, headers))
    if not best.certainty(document, headers):
        raise CannotDo("format-unknown", file=document.name)
    return best


def adapter_named(key: str) -> Adapter:
    """The adapter a person named; CannotDo("channel-unknown") tells which there are."""
    name = key.strip().casefold()
    found = ADAPTERS.get(_ALSO_CALLED.get(name, name))
    if found is None:
        raise CannotDo("channel-unknown", channel=key, known=", ".join(sorted(ADAPTERS)))
    return found
