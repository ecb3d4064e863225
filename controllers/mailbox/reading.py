"""Opens a mail as it came over the wire: who wrote it, what it says and what hangs on it.

Nothing a stranger sends may end in a fault: what is broken is read as far as it goes. Nothing is loaded from
anywhere, and what is too large is told by its name and size only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import datetime
from email.errors import MessageError
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime

from controllers.mailbox.arriving import Taken
from controllers.mailbox.attaching import Hung, hung_mail, hung_of
from controllers.mailbox.charsets import header_text, text_of
from models.frozen import frozen

MOST_TEXT = 200_000
_PIECE = 256 * 1024
_MOST_HEADERS, _MOST_PARTS, _DEEPEST = 500, 200, 20
_BOUNDARY = re.compile(rb"^--([A-Za-z0-9'()+_,./:=?-]{1,70})\r?\n", re.M)
_STUMBLES = (
    LookupError,
    UnicodeError,
    ValueError,
    TypeError,
    AttributeError,
    MessageError,
    RecursionError,
)
"""How the standard parser stumbles over what is broken on purpose."""


@frozen
class Address:
    """A name and an address as a header tells them; the address in small letters."""

    name: str
    address: str


@frozen
class Mail:
    """A mail, opened. `headers` by their small names, each with everything it says; `within` the mail it gives back."""

    digest: str
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = "text/plain"
    text: str = ""
    html: str = ""
    hung: tuple[Hung, ...] = ()
    report: dict[str, str] = field(default_factory=dict)
    within: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """What the first header of this name says, '' for none."""
        return self.headers.get(name, ("",))[0]

    def addresses(self, *names: str) -> tuple[Address, ...]:
        """Everybody these headers name."""
        told = [value for name in names for value in self.headers.get(name, ())]
        return tuple(_addresses(told))

    @property
    def sender(self) -> Address:
        """Who says to have written it."""
        return next(iter(self.addresses("from")), Address("", ""))

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.header("subject")

    @property
    def message_id(self) -> str:
        """Its own Message-ID, with its angle brackets; '' for none."""
        return next(iter(ids_in(self.header("message-id"))), "")

    @property
    def written_at(self) -> datetime | None:
        """When it says to have been written, where that has an offset."""
        try:
            at = parsedate_to_datetime(self.header("date"))
        except (*_STUMBLES, OverflowError):
            return None
        return at if at.tzinfo is not None else None


def ids_in(value: str) -> tuple[str, ...]:
    """The Message-IDs in a header, in its order."""
    found = (word.strip(",;") for word in value.replace("><", "> <").split())
    return tuple(each[:255] for each in found if each.startswith("<") and each.endswith(">") and "@" in each)


def read_mail(taken: Taken) -> Mail:
    """What a mail says; of a broken one as much as can be read."""
    try:
        return _opened(taken, _parsed(taken.raw))
    except _STUMBLES:
        head, _, body = taken.raw.replace(b"\r\n", b"\n").partition(b"\n\n")
        return Mail(taken.digest, _headers_by_hand(head), text=text_of(body[:MOST_TEXT], ""))


def _parsed(data: bytes) -> Message:
    """By pieces: the standard parser would else hold several copies of the whole."""
    parser = BytesFeedParser(policy=compat32)
    for at in range(0, len(data), _PIECE):
        parser.feed(data[at : at + _PIECE])
    return parser.close()


def _headers_by_hand(head: bytes) -> dict[str, tuple[str, ...]]:
    lines: list[str] = []
    for shown in head[:200_000].decode("utf-8", "surrogateescape").split("\n"):
        if shown[:1] in (" ", "\t") and lines:
            lines[-1] += shown
        else:
            lines.append(shown)
    told: dict[str, tuple[str, ...]] = {}
    for line in lines[:_MOST_HEADERS]:
        name, colon, value = line.partition(":")
        if colon and name.isascii() and " " not in name:
            told[name.casefold()] = (*told.get(name.casefold(), ()), header_text(value))
    return told


def _opened(taken: Taken, message: Message) -> Mail:
    texts: dict[str, str] = {"text/plain": "", "text/html": ""}
    hung: list[Hung] = []
    report: dict[str, str] = {}
    within: dict[str, tuple[str, ...]] = {}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            report |= _report(part)
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/global"):
            within = within or _given_back(part)
            if message.get_content_type() != "multipart/report":
                hung += hung_mail(part, hung)
        elif kind in texts and not _is_attached(part):
            texts[kind] = _joined(texts[kind], _content(part))
        else:
            hung += hung_of(part, hung, taken.left_out)
    return Mail(
        taken.digest,
        _headers(message),
        message.get_content_type(),
        texts["text/plain"][:MOST_TEXT],
        texts["text/html"][: MOST_TEXT * 3],
        tuple(hung),
        report,
        within,
    )


def _parts(message: Message) -> Iterator[Message]:
    """The leaves in their order; a mail that hangs on a mail is one leaf."""
    waiting = [(message, 0)]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), str):
            part = _mended(part)
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart" and depth < _DEEPEST:
            waiting = [(each, depth + 1) for each in payload if isinstance(each, Message)] + waiting
        else:
            yield part


def _mended(part: Message) -> Message:
    """A part whose boundary is another one than it says: by the one its first line shows, or else as mere text."""
    body = str(part.get_payload()).encode("ascii", "surrogateescape")
    found = _BOUNDARY.search(body[:_PIECE])
    head = (
        b'Content-Type: multipart/mixed; boundary="%b"' % found[1] if found else b"Content-Type: text/plain"
    )
    return _parsed(head + b"\r\n\r\n" + body)


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _joined(before: str, more: str) -> str:
    return f"{before}\n{more}" if before.strip() and more.strip() else before or more


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    text = text_of(payload, _charset(part)) if isinstance(payload, bytes) else ""
    if part.get_content_type() == "text/plain" and _told(part, "format") == "flowed":
        return unflowed(text[: MOST_TEXT * 2], joined=_told(part, "delsp") == "yes")
    return text


def _told(part: Message, name: str) -> str:
    try:
        return str(part.get_param(name, "")).casefold()
    except _STUMBLES:
        return ""


def unflowed(text: str, *, joined: bool) -> str:
    """A text as it was written, whose lines were broken for old screens; `joined` where words were cut as well."""
    lines: list[list[str]] = []
    goes_on: str | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        said = line.lstrip(">")
        marks = line[: len(line) - len(said)]
        if goes_on == marks:
            lines[-1].append(said.removeprefix(" "))
        else:
            lines.append([marks, said if marks else said.removeprefix(" ")])
        goes_on = marks if said.endswith(" ") and said.strip() != "--" else None
        if goes_on is not None and joined:
            lines[-1][-1] = lines[-1][-1][:-1]
    return "\n".join("".join(pieces) for pieces in lines)


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except _STUMBLES:
        return ""


def _headers(message: Message) -> dict[str, tuple[str, ...]]:
    told: dict[str, tuple[str, ...]] = {}
    for name, value in list(message.raw_items())[:_MOST_HEADERS]:
        each = str(name).casefold()
        # Addresses stay as they came: a comma in an encoded name must not become one between two people.
        kept = str(value)[:20_000] if each in _OF_PEOPLE else header_text(str(value))
        told[each] = (*told.get(each, ()), kept)
    return told


_OF_PEOPLE = frozenset("from to cc sender reply-to delivered-to x-original-to return-path".split())


def _addresses(told: list[str]) -> Iterator[Address]:
    try:
        found = getaddresses([" ".join(value.split()) for value in told])
    except _STUMBLES:
        return
    for name, address in found[:200]:
        plain = header_text(address).casefold()
        if "@" in plain and " " not in plain and len(plain) <= 320:
            yield Address(header_text(name)[:200], plain)


def _report(part: Message) -> dict[str, str]:
    """Of a report on delivery: what it says of the first address."""
    blocks = part.get_payload()
    told: dict[str, str] = {}
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, Message):
            continue
        for name, values in _headers(block).items():
            told.setdefault(name, values[0])
    return told


def _given_back(part: Message) -> dict[str, tuple[str, ...]]:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return _headers(payload[0])
    return _headers_by_hand(_content(part).replace("\r\n", "\n").encode("utf-8"))
