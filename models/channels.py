"""The sales channels we know from the start: name, two-letter mark, who takes the money,
and which language its travelers read."""

from __future__ import annotations

from models.frozen import frozen
from models.orders import Collector


@frozen
class ChannelFacts:
    """A channel: `key` is stable, `mark` stands in its thin frame on every row."""

    key: str
    name: str
    mark: str
    collector: Collector
    language: str = ""  # its travelers' own, where an order does not tell


_OTA, _US = Collector.CHANNEL, Collector.US

KNOWN: dict[str, ChannelFacts] = {
    facts.key: facts
    for facts in (
        ChannelFacts("direct", "Direct", "DI", _US),
        ChannelFacts("kkday", "KKday", "KK", _OTA),
        ChannelFacts("rezio", "rezio", "RZ", _US),
        ChannelFacts("myrealtrip", "MyRealTrip", "MR", _OTA, "ko"),
        ChannelFacts("klook", "Klook", "KL", _OTA),
        ChannelFacts("viator", "Viator", "VI", _OTA),
        ChannelFacts("getyourguide", "GetYourGuide", "GY", _OTA),
        ChannelFacts("bokun", "Bókun", "BO", _US),
        ChannelFacts("octo", "OCTO", "OC", _OTA),
        ChannelFacts("fareharbor", "FareHarbor", "FH", _US),
        ChannelFacts("rezdy", "Rezdy", "RE", _US),
        ChannelFacts("roster", "Pasted roster", "RO", _OTA),
    )
}


def channel_facts(key: str) -> ChannelFacts:
    """The facts of a channel; one nobody has met yet is named after its key."""
    known = KNOWN.get(key)
    return known or ChannelFacts(key, key.replace("-", " ").title(), (key[:2] or "??").upper(), _OTA)
