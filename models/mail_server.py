"""How the operator's mail server is reached, and which addresses can be written to at all."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any

from models.frozen import frozen
from models.refusals import CannotDo

MAIL_SERVER = "smtp"
"""By this name its settings are kept."""

ADDRESS_LONGEST = 320
_LOCAL = r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}"
_DOMAIN = r"[^\s@<>()\[\]\\,;:\"'`|&*!?/#%$=+{}~^\x00-\x1f\x7f]{1,255}"
_ADDRESS = re.compile(rf"{_LOCAL}@{_DOMAIN}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


class Tls(StrEnum):
    """How the line is sealed: after a word in the clear, from the first byte on, or not at all."""

    STARTTLS = "starttls"
    FROM_THE_START = "tls"
    NONE = "none"


USUAL_PORTS = {Tls.STARTTLS: 587, Tls.FROM_THE_START: 465, Tls.NONE: 25}


@frozen
class MailServer:
    """The settings of the carrier 'smtp'.

    `root` is a root certificate (PEM) of one's own and `root_name` the file it came from; '' for the system's.

    `sender` is who letters are from, `sender_name` how that is called; `is_on` false keeps all letters waiting.
    """

    host: str = ""
    port: int = USUAL_PORTS[Tls.STARTTLS]
    tls: Tls = Tls.STARTTLS
    user: str = ""
    sender: str = ""
    sender_name: str = ""
    root: str = ""
    root_name: str = ""
    is_on: bool = True

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> MailServer:
        """As it stands in the database; what is not known there is as in a new one."""
        told = {name: settings[name] for name in cls.__dataclass_fields__ if name in settings}
        if "tls" in told:
            told["tls"] = Tls(told["tls"])
        return cls(**told)

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @property
    def is_set_up(self) -> bool:
        """Whether letters can leave by it."""
        return bool(self.host and self.sender)


def checked(server: MailServer, *, has_password: bool) -> MailServer:
    """The same, tidied. Raises CannotDo("mail-host-wrong"), ("mail-port-wrong"), ("mail-address-wrong"),

    ("mail-password-open") where a password would travel readable, or ("root-not-readable").
    """
    host, sender = server.host.strip().rstrip("."), server.sender.strip()
    name = " ".join(_printable(server.sender_name).split())[:80]
    if not _HOST.fullmatch(host) and not _is_ip(host):
        raise CannotDo("mail-host-wrong", host=host or "–")
    if not 0 < server.port < 65_536:
        raise CannotDo("mail-port-wrong", port=server.port)
    if not is_address(sender):
        raise CannotDo("mail-address-wrong", address=sender or "–")
    if server.tls is Tls.NONE and has_password and server.user.strip() and not _is_this_computer(host):
        raise CannotDo("mail-password-open")
    if server.root and not _is_certificate(server.root):
        raise CannotDo("mail-root-wrong")
    return replace(server, host=host, sender=sender, sender_name=name, user=server.user.strip())


def is_address(text: str) -> bool:
    """Whether a letter can be written to it: one address and nothing else, with nothing that ends a line."""
    return len(text) <= ADDRESS_LONGEST and _ADDRESS.fullmatch(text) is not None and ".." not in text


def is_local_only(address: str) -> bool:
    """Whether its part before the @ has letters that only some servers understand."""
    return not address.partition("@")[0].isascii()


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_this_computer(host: str) -> bool:
    return host.lower() == "localhost" or (_is_ip(host) and ipaddress.ip_address(host).is_loopback)


def _is_certificate(root: str) -> bool:
    import ssl

    try:
        ssl.create_default_context(cadata=root)
    except (ssl.SSLError, ValueError, OSError):
        return False
    return "BEGIN CERTIFICATE" in root
