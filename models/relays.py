"""Which addresses belong to a sales channel's own mail thread: they reach a traveler and do not name one."""

from __future__ import annotations

from models.channel_mail import channel_of


def relay_of(address: str) -> str:
    """The channel whose relay an address is; '' for anybody's own."""
    return channel_of(address.strip()) or ""


def is_same_person(sender: str, known: str) -> bool:
    """Whether a mail comes from whom we know in this conversation; where nobody is known, nobody is a stranger.

    A channel's relay changes its address from mail to mail and is still the same thread.
    """
    if not sender or not known or sender.strip().casefold() == known.strip().casefold():
        return True
    return relay_of(sender) != "" and relay_of(sender) == relay_of(known)
