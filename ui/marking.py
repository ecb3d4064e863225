"""Marks words in tables for translation; they are translated where they are shown.

Of the same name as Qt's own, because the collector of translations looks for that name; Qt's
returns `object` to a type checker, ours the words.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, words: str) -> str:
    """The words, unchanged."""
    return words
