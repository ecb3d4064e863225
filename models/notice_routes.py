"""How each route of notices is reached, as its settings are kept; and whether a KakaoTalk template is kept to.

KakaoTalk delivers a message only where it equals the approved template letter for letter, its buttons included, and
says so only after it has been accepted: so it is compared here first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

from models.frozen import frozen
from models.refusals import CannotDo

SOLAPI_SERVER = "https://api.solapi.com"
NHN_SERVER = "https://kakaotalk-bizmessage.api.nhncloudservice.com"
NTFY_SERVER = "https://ntfy.sh"
BLANKS = ("event", "number", "product", "departure", "party", "promise", "channel", "link")
"""What an approved template may ask for, as `#{number}`."""
LONGEST = 1000
"""Letters of a KakaoTalk message, its blanks filled."""

_BLANK = re.compile(r"#\{([^{}]*)\}")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@frozen
class Link:
    """A button of a template that opens a page."""

    name: str
    mobile: str
    pc: str = ""


@frozen
class Template:
    """A message as KakaoTalk approved it."""

    text: str = ""
    buttons: tuple[Link, ...] = ()


@frozen
class Kakao:
    """A provider of KakaoTalk messages: `key` stands beside the secret, `sender` is the channel of `template`.

    `ours` is the message as we mean it, `approved` as KakaoTalk approved it.
    """

    server: str = ""
    key: str = ""
    sender: str = ""
    template: str = ""
    ours: Template = Template()
    approved: Template = Template()
    is_on: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether the provider can be asked at all; what it approved is another question."""
        return bool(self.server and self.key and self.sender and self.template)


@frozen
class Solapi(Kakao):
    """Solapi: `key` is the API key, `sender` the channel's pfId, `phone` the registered number."""

    server: str = SOLAPI_SERVER
    phone: str = ""


@frozen
class Nhn(Kakao):
    """NHN Cloud: `key` is the appkey, `sender` the sender key."""

    server: str = NHN_SERVER


@frozen
class Webhook:
    """A channel in the shape of Slack's; its address is the secret, a person may have another."""

    is_on: bool = True

    @property
    def is_complete(self) -> bool:
        """Its address is not told here."""
        return True


@frozen
class Ntfy:
    """ntfy: the server; a token where its topics are protected is the secret."""

    server: str = NTFY_SERVER
    is_on: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether everything is told that a message needs."""
        return bool(self.server)


Settings = Solapi | Nhn | Webhook | Ntfy
KINDS: Mapping[str, type[Settings]] = {"solapi": Solapi, "nhn": Nhn, "webhook": Webhook, "ntfy": Ntfy}
"""The carriers of notices by the name of their row; mail to staff goes as letters do."""


def settings_of(name: str, kept: Mapping[str, Any]) -> Settings:
    """The settings of a carrier as they were kept; what is missing is as usual."""
    kind = KINDS[name]
    told = {key: kept[key] for key in kind.__dataclass_fields__ if key in kept}
    for key in ("ours", "approved"):
        if key in told:
            told[key] = _template(told[key])
    return kind(**told)


def settings_kept(settings: Settings) -> dict[str, Any]:
    """As the database keeps them."""
    return asdict(settings)


def check(settings: Settings) -> None:
    """Raises CannotDo where these settings cannot be right."""
    server = getattr(settings, "server", None)
    if server is not None:
        check_address(server)
    if isinstance(settings, Kakao):
        unknown = sorted(blanks_of(settings.ours) - set(BLANKS))
        if unknown:
            known = ", ".join(f"#{{{one}}}" for one in BLANKS)
            raise CannotDo("blank-unknown", blank=f"#{{{unknown[0]}}}", known=known)
        for button in settings.ours.buttons:
            check_address(_BLANK.sub("0", button.mobile))


def check_address(address: str) -> None:
    """Raises CannotDo("address-not-safe") unless it is https, or this very computer."""
    try:
        parts = urlsplit(address.strip())
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise CannotDo("address-not-safe", address=_without_path(address)) from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not safe or not host or parts.username or not address.isprintable() or " " in address.strip():
        raise CannotDo("address-not-safe", address=_without_path(address))


def blanks_of(template: Template) -> set[str]:
    """The names of a template's blanks, its buttons' included."""
    told = [template.text, *(text for one in template.buttons for text in (one.mobile, one.pc))]
    return {name for text in told for name in _BLANK.findall(text)}


def difference(ours: Template, approved: Template) -> str:
    """Where a message would differ from what was approved; '' where it equals it letter for letter.

    A kind and its facts, which the screen words: "text 3 U+0021 -", "buttons 1 2", "button 1 mobile".
    """
    for number, (mine, theirs) in enumerate(zip_longest(ours.text, approved.text), 1):
        if mine != theirs:
            return f"text {number} {_sign(mine)} {_sign(theirs)}"
    if len(ours.buttons) != len(approved.buttons):
        return f"buttons {len(ours.buttons)} {len(approved.buttons)}"
    for number, (one, other) in enumerate(zip(ours.buttons, approved.buttons, strict=True), 1):
        for part in fields(Link):
            if getattr(one, part.name) != getattr(other, part.name):
                return f"button {number} {part.name}"
    return ""


def filled(template: Template, facts: Mapping[str, str]) -> tuple[Template, dict[str, str]]:
    """The template with its blanks filled, and what stands in each."""
    values: dict[str, str] = {}
    for name in sorted(blanks_of(template)):
        told = " ".join(str(facts.get(name) or "").split())
        values[name] = told.replace(
            "#{", "# {"
        )  # no product's name asks the provider to fill in something else
        if not values[name]:
            values[name] = "-"  # an empty blank would be refused at delivery

    def fill(text: str) -> str:
        return _BLANK.sub(lambda found: values[found[1]], text)

    buttons = tuple(Link(one.name, fill(one.mobile), fill(one.pc)) for one in template.buttons)
    return Template(fill(template.text), buttons), values


def _template(kept: Mapping[str, Any] | Template) -> Template:
    if isinstance(kept, Template):
        return kept
    return Template(kept.get("text", ""), tuple(Link(**one) for one in kept.get("buttons", ())))


def _sign(letter: str | None) -> str:
    return "-" if letter is None else f"U+{ord(letter):04X}"


def _without_path(address: str) -> str:
    """What may be shown of an address that holds a secret."""
    return re.sub(r"(?<=\w)/.*", "/…", address.strip().partition("://")[2] or address.strip())[:80]
