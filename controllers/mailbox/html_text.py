"""Turns a mail's HTML into the words a reader sees, with and without what it quotes. Nothing is loaded."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from html.parser import HTMLParser

from controllers.channels.html_fed import feed

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SILENT = frozenset("script style head title template svg iframe object noscript".split())
_LINES = frozenset("div tr ul ol li section article header footer pre dl dt dd center form".split())
_PARAGRAPHS = frozenset("p table blockquote h1 h2 h3 h4 h5 h6 hr".split())
_QUOTES_BY_CLASS = (
    "gmail_quote",
    "gmail_extra",
    "yahoo_quoted",
    "moz-cite-prefix",
    "protonmail_quote",
    "zmail_extra",
)
_ALL_AFTER = frozenset(("divrplyfwdmsg", "appendonsend"))
"""From here on everything is quoted, also what stands beside it."""
_QUOTES_BY_ID = _ALL_AFTER | {
    "isreplycontent",
    "replysplit",
    "originalmessage",
    "mail-editor-reference-message",
}


_MARKED = re.compile(r"<!\[[^<>]{0,200}>")
"""What one mail program says to another (<![if !mso]>): the standard parser gives up over some of it."""


def words_of_html(html: str) -> str:
    """Everything a reader of an HTML mail sees."""
    return _read(html, quotes=True)


def answer_of_html(html: str) -> str:
    """What a reader sees without what the mail program marked as quoted."""
    return _read(html, quotes=False)


def _read(html: str, *, quotes: bool) -> str:
    reader = _Reader(quotes=quotes)
    with suppress(AssertionError, ValueError, RecursionError):
        # The standard parser gives up over broken declarations: what came before is kept.
        feed(reader, _MARKED.sub("", html))
    lines = (
        re.sub(r"[ \t\xa0\u200b\u200c]+", " ", line).strip() for line in "".join(reader.said).split("\n")
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Gathers words and line breaks, and neither what is silent nor, where asked, what is quoted."""

    def __init__(self, *, quotes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._quotes = quotes
        self._within: list[str] = []
        """The open tags from the first one on that is left out."""
        self._open: Counter[str] = Counter()
        """How many of each these are."""
        self._over = False
        self._breaks = 2
        """How many line breaks stand at the end of what was said."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._leave_head()
        if tag == "br":
            self._say("\n")
        elif tag in _VOID:
            self._end_line(tag)
        elif self._within or self._is_left_out(tag, attrs):
            self._within.append(tag)
            self._open[tag] += 1
        else:
            self._end_line(tag)
            self._say({"li": "- ", "td": " ", "th": " "}.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if not self._within:
            self._end_line(tag)
        elif self._open[tag]:
            while (ended := self._within.pop()) != tag:
                self._open[ended] -= 1
            self._open[tag] -= 1

    def _leave_head(self) -> None:
        """A page need not say where its head ends."""
        if self._within[:1] == ["head"]:
            self._within.clear()
            self._open.clear()

    def handle_data(self, data: str) -> None:
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if words != " " or not self._breaks:
            self._say(words)

    def _end_line(self, tag: str) -> None:
        wanted = 2 if tag in _PARAGRAPHS else 1 if tag in _LINES else 0
        self._say("\n" * (wanted - self._breaks))

    def _say(self, piece: str) -> None:
        if piece and not self._within and not self._over:
            self.said.append(piece)
            self._breaks = self._breaks + len(piece) if not piece.strip("\n") else 0

    def _is_left_out(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        if tag in _SILENT:
            return True
        told = {name: (value or "").casefold() for name, value in attrs}
        if "hidden" in told or _is_hidden(told.get("style", "")):
            return True
        if self._quotes:
            return False
        name = told.get("id", "").removeprefix("x_")
        self._over = self._over or name in _ALL_AFTER
        return (
            (tag == "blockquote" and (told.get("type") == "cite" or "cite" in told))
            or any(each in told.get("class", "") for each in _QUOTES_BY_CLASS)
            or name in _QUOTES_BY_ID
        )


def _is_hidden(style: str) -> bool:
    plain = style.replace(" ", "")
    return (
        "display:none" in plain
        or "visibility:hidden" in plain
        or re.search(r"font-size:0(?![.\d])", plain) is not None
    )
