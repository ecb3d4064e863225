"""Opens a mail: one saved from a mail program, or one whose text somebody pasted into a file.

Out come the few headers that matter and the body as plain lines, whatever the mail was wrapped in.
"""

from __future__ import annotations

import re
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser

from controllers.channels.html_fed import feed
from models.frozen import frozen

_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*)$")
_WRAPPED = re.compile(
    rb"^(MIME-Version|Content-Type|Content-Transfer-Encoding|Received|DKIM-Signature):", re.I | re.M
)
_KEPT = ("From", "To", "Subject", "Date", "Message-ID")
_QUOTE = re.compile(r"^(?:>[ \t]?)+", re.M)
_NEW_LINE = "p div tr li ul ol table br h1 h2 h3 h4 h5 h6 hr section article blockquote pre"
_BREAKING = frozenset(_NEW_LINE.split())
_SILENT = frozenset({"script", "style", "head", "title"})


@frozen
class Letter:
    """A mail, reduced: `headers` by their usual spelling, `body` as lines of text."""

    headers: dict[str, str]
    body: str


def looks_like_mail(text: str) -> bool:
    """Whether the text starts with mail headers, From or Subject among them."""
    found = set()
    for shown in text.lstrip("\ufeff \r\n").splitlines()[:60]:
        if not shown.strip():
            break
        header = _HEADER.match(shown)
        if header:
            found.add(header.group(1).casefold())
        elif not shown.startswith((" ", "\t")):
            break
    return bool(found & {"from", "subject"})


def open_letter(data: bytes, text: str) -> Letter:
    """The mail in `data`; `text` is the same file already decoded, for mails that were pasted."""
    head = data.replace(b"\r\n", b"\n").lstrip().split(b"\n\n", 1)[0]
    if _WRAPPED.search(head):
        wrapped = _wrapped(data.lstrip())
        if wrapped is not None:
            return wrapped
    return _pasted(text)


def _pasted(text: str) -> Letter:
    lines = text.lstrip("\ufeff \r\n").splitlines()
    headers: dict[str, str] = {}
    last = ""
    for index, shown in enumerate(lines):
        header = _HEADER.match(shown)
        if header and not shown[0].isspace():
            last = header.group(1).title().replace("-Id", "-ID")
            headers.setdefault(last, _decoded(header.group(2).strip()))
        elif shown.strip() and last and shown[0].isspace():
            headers[last] += " " + _decoded(shown.strip())
        else:
            return Letter(_kept(headers), unquoted("\n".join(lines[index:])))
    return Letter(_kept(headers), "")


def _kept(headers: dict[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in _KEPT if name in headers}


def _decoded(value: str) -> str:
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, UnicodeError, MessageError, ValueError):
        return value


def _wrapped(data: bytes) -> Letter | None:
    """A mail as mail programs save it. None where the wrapping itself is broken."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        headers = {name: str(message[name]) for name in _KEPT if message[name] is not None}
        return Letter(headers, unquoted(_body(message)))
    except (
        LookupError,
        UnicodeError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        MessageError,
        RecursionError,
    ):
        return None  # the standard parser stumbles in all these ways over forged headers


def _body(message: EmailMessage) -> str:
    plain, html = "", ""
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and not plain.strip():
            plain = _content(part)
        elif kind == "text/html" and not html.strip():
            html = _content(part)
    return plain if plain.strip() else lines_of_html(html)


def _content(part: object) -> str:
    payload = part.get_payload(decode=True)  # type: ignore[attr-defined]
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"  # type: ignore[attr-defined]
    try:
        return payload.decode(charset)
    except (LookupError, UnicodeError):
        return payload.decode("utf-8", "replace")


def unquoted(text: str) -> str:
    """The body of a forwarded mail without its > marks."""
    return _QUOTE.sub("", text.replace("\r\n", "\n"))


def lines_of_html(html: str) -> str:
    """What a reader would see of an HTML mail: a line for a paragraph or a row of a table."""
    reader = _Lines()
    feed(reader, html)
    shown = (re.sub(r"[ \t\xa0]+", " ", shown).strip() for shown in "".join(reader.pieces).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip()


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self.pieces.append("\n" if tag in _BREAKING else " " if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        self.pieces.append("\n" if tag in _BREAKING else "")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))
