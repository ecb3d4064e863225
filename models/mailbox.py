"""How the operator's mailbox is reached, and what is done with the mails in it. They are never deleted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from datetime import date
from typing import Any

from models.frozen import frozen
from models.mail_server import MailServer, Tls, checked
from models.refusals import CannotDo

USUAL_PORTS = {Tls.FROM_THE_START: 993, Tls.STARTTLS: 143, Tls.NONE: 143}
LARGEST = 40 * 1024 * 1024
"""A mail beyond this is only told: its start is read, and its size."""
ANY = "any"
"""What a rule says of a sender that passes on the orders of several channels."""
_DOMAIN = re.compile(r"(?:[^\s@<>]+@)?[\w-]+(?:\.[\w-]+)+")


@frozen
class Mailbox:
    """The settings of the carrier 'imap'.

    `address` is where travelers write to, `plus` whether the sign of a conversation may stand in it (desk+…@). Only
    mails from `since` on are fetched. `mark_seen` marks a mail as read once it is placed, else none is touched.
    `rules` name further senders of order mails, a domain or an address each, and their channel. `root` is a root
    certificate (PEM) of one's own.
    """

    host: str = ""
    port: int = USUAL_PORTS[Tls.FROM_THE_START]
    tls: Tls = Tls.FROM_THE_START
    user: str = ""
    address: str = ""
    plus: bool = True
    folder: str = "INBOX"
    since: str = ""
    mark_seen: bool = False
    rules: Mapping[str, str] = field(default_factory=dict)
    root: str = ""
    root_name: str = ""
    is_on: bool = True

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Mailbox:
        """As it stands in the database; what is not known there is as in a new one."""
        told = {name: settings[name] for name in cls.__dataclass_fields__ if name in settings}
        if "tls" in told:
            told["tls"] = Tls(told["tls"])
        return cls(**told)

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self) | {"tls": self.tls.value, "rules": dict(self.rules)}

    @property
    def is_set_up(self) -> bool:
        """Whether mails can be fetched from it."""
        return bool(self.host and self.user)

    @property
    def source(self) -> str:
        """A word for this very folder: the numbers of its mails mean nothing in another."""
        told = f"{self.host.casefold()}|{self.user}|{self.folder}"
        return f"mailbox:{hashlib.sha256(told.encode('utf-8')).hexdigest()[:16]}"

    @property
    def first_day(self) -> date | None:
        """The day from which on mails are fetched."""
        try:
            return date.fromisoformat(self.since)
        except ValueError:
            return None


def checked_mailbox(box: Mailbox, *, has_password: bool) -> Mailbox:
    """The same, tidied. Raises CannotDo as for a mail server, or ("mail-rule-wrong") for a sender nobody can be."""
    sender = box.address or box.user
    server = MailServer(box.host, box.port, box.tls, box.user, sender, root=box.root)
    tidy = checked(server, has_password=has_password)
    for rule in box.rules:
        if not _DOMAIN.fullmatch(rule):
            raise CannotDo("mail-rule-wrong", rule=rule)
    if box.since and box.first_day is None:
        raise CannotDo("mail-since-wrong", day=box.since)
    folder = " ".join(box.folder.split()) or "INBOX"
    return replace(box, host=tidy.host, user=tidy.user, address=tidy.sender, folder=folder)


def rules_of(text: str) -> dict[str, str]:
    """Further senders of orders as somebody typed them, one a line: a domain or address, and whose orders it sends.

    `office.example = kkday`; without a channel it may send those of any.
    """
    rules = {}
    for line in text.splitlines():
        sender, _, channel = line.partition("=")
        if sender.strip():
            rules[sender.strip().casefold().removeprefix("@")] = channel.strip().casefold() or ANY
    return rules


def words_of_rules(rules: Mapping[str, str]) -> str:
    """The same as it is typed."""
    return "\n".join(
        sender if channel == ANY else f"{sender} = {channel}" for sender, channel in rules.items()
    )
