"""Gives a page to Python's reader of HTML, but nothing on which a stranger could keep it busy for hours.

That reader looks for the end of a tag that has none, and looks again from each of the tag's signs.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_MOST_TAGS = 60_000
_LONGEST_UNFINISHED = 1_000
_TAG = re.compile(r"<[^<>]*>?")


def feed(reader: HTMLParser, html: str) -> None:
    """The whole page, as far as anybody would write one; of what never ends only the words."""
    reader.feed("<".join(html.split("<", _MOST_TAGS + 1)[: _MOST_TAGS + 1]))
    if len(reader.rawdata) > _LONGEST_UNFINISHED:
        reader.handle_data(_TAG.sub(" ", reader.rawdata))
    else:
        reader.close()
