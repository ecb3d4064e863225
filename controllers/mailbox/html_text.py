"""Turns a mail's HTML into the words a reader sees, with and without what it quotes. Nothing is loaded from anywhere."""

from __future__ import annotations

from html.parser import HTMLParser

from controllers.channels.mails import lines_of_html

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SILENT = frozenset("script style head title template svg iframe object noscript".split())
_QUOTES_BY_CLASS = ("gmail_quote", "gmail_extra", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "zmail_extra")
_QUOTES_BY_ID = ("divrplyfwdmsg", "appendonsend", "isreplycontent", "replysplit", "originalmessage", "mail-editor-reference-message")
_ALL_AFTER = ("divrplyfwdmsg", "appendonsend")
"""From here on everything is quoted, also what stands beside it."""


def words_of_html(html: str) -> str:
    """Everything a reader of an HTML mail sees."""
    return lines_of_html(_stripped(html, quotes=True))


def answer_of_html(html: str) -> str:
    """What a reader sees without what the mail program marked as quoted."""
    return lines_of_html(_stripped(html, quotes=False))


def _stripped(html: str, *, quotes: bool) -> str:
    reader = _Cut(quotes=quotes)
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        pass  # the standard parser gives up over broken declarations: what came before is kept
    return "".join(reader.kept)


class _Cut(HTMLParser):
    """Passes words and line breaks on, and neither what is silent nor, where asked, what is quoted."""

    def __init__(self, *, quotes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._quotes = quotes
        self._within: list[str] = []
        """The open tags from the first one on that is left out."""
        self._over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._over or tag in _VOID:
            self._pass(f"<{tag}>" if tag in ("br", "hr") else "")
        elif self._within or self._is_left_out(tag, attrs):
            self._within.append(tag)
        else:
            self._pass(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if not self._within:
            self._pass(f"</{tag}>" if tag not in _VOID else "")
        elif tag in self._within:
            while self._within.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._pass(data.replace("&", "&amp;").replace("<", "&lt;"))

    def _pass(self, piece: str) -> None:
        if piece and not self._within and not self._over:
            self.kept.append(piece)

    def _is_left_out(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        if tag in _SILENT:
            return True
        told = {name: (value or "").casefold() for name, value in attrs}
        if _is_hidden(told.get("style", "")):
            return True
        if self._quotes:
            return False
        self._over = told.get("id", "").removeprefix("x_") in _ALL_AFTER
        return (
            (tag == "blockquote" and (told.get("type") == "cite" or "cite" in told))
            or any(each in told.get("class", "") for each in _QUOTES_BY_CLASS)
            or told.get("id", "").removeprefix("x_") in _QUOTES_BY_ID
        )


def _is_hidden(style: str) -> bool:
    plain = style.replace(" ", "")
    return "display:none" in plain or "visibility:hidden" in plain or "font-size:0" in plain.replace("0.", "")
