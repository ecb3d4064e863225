"""By which addresses the channels write: their own, and the relays behind which they hide their travelers.

A relay's address reaches one traveler about one booking; it says nothing about who that is.
"""

from __future__ import annotations

from collections.abc import Mapping

DOMAINS: dict[str, str] = {
    "kkday.com": "kkday",
    "kkday.cn": "kkday",
    "rezio.io": "rezio",
    "rezio.shop": "rezio",
    "myrealtrip.com": "myrealtrip",
    "klook.com": "klook",
    "viator.com": "viator",
    "tripadvisor.com": "viator",
    "getyourguide.com": "getyourguide",
    "bokun.io": "bokun",
    "fareharbor.com": "fareharbor",
    "rezdy.com": "rezdy",
}
"""Domains and all that ends in them, with the channel that writes from there."""

RELAYS = ("reply.getyourguide.com", "expmessaging.tripadvisor.com", "message.kkday.com", "chat.klook.com")
"""Behind these an individual traveler writes."""


def channel_of(address: str, rules: Mapping[str, str] | None = None) -> str | None:
    """The channel a mail address belongs to, None for nobody's.

    `rules` are the operator's own, domain or address to channel: theirs come first.
    """
    own = {name.casefold(): channel for name, channel in (rules or {}).items()}
    if address.casefold() in own:
        return own[address.casefold()]
    domain = _domain(address)
    for known in (own, DOMAINS):
        found = next((known[each] for each in _and_above(domain) if each in known), None)
        if found is not None:
            return found
    return None


def is_relay(address: str) -> bool:
    """Whether a channel passes on there what a traveler writes."""
    domain = _domain(address)
    return any(domain == relay or domain.endswith(f".{relay}") for relay in RELAYS)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold().strip(".")


def _and_above(domain: str) -> list[str]:
    """booking@t1.viator.com is asked for as t1.viator.com, then as viator.com."""
    parts = domain.split(".")
    return [".".join(parts[at:]) for at in range(len(parts) - 1)] if domain else []
