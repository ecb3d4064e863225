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


def recognise(document: Document, headers: Mapping[str, str | Mapping[str, str]] | None = None) -> Adapter:
    """The adapter that knows this document best; CannotDo when none does, or when it holds no orders.

    `headers` are the user's own headings (heading -> field), for every source or by a source's key.
    """
    refuse_messages(document)
    if document.data in ([], {}):
        raise CannotDo("file-empty", file=document.name)
    sure = {key: each.certainty(document, _own(headers, key)) for key, each in ADAPTERS.items()}
    best = max(sure, key=lambda key: sure[key])
    if not sure[best]:
        raise CannotDo("format-unknown", file=document.name)
    return ADAPTERS[best]


def _own(headers: Mapping[str, str | Mapping[str, str]] | None, key: str) -> dict[str, str]:
    told = headers or {}
    of_source = told.get(key)
    shared = {heading: each for heading, each in told.items() if isinstance(each, str)}
    return {**shared, **of_source} if isinstance(of_source, Mapping) else shared


def adapter_named(key: str) -> Adapter:
    """The adapter a person named; CannotDo("channel-unknown") tells which there are."""
    name = key.strip().casefold()
    found = ADAPTERS.get(_ALSO_CALLED.get(name, name))
    if found is None:
        raise CannotDo("channel-unknown", channel=key, known=", ".join(sorted(ADAPTERS)))
    return found
