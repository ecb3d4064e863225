"""Answers the search box, and notes in the journal that somebody looked a person up."""

from __future__ import annotations

from controllers.desk import Desk
from models.journal import keyed_digest
from models.search import finding
from models.search.finding import Finds


def find(text: str, *, desk: Desk, limit: int = finding.SHOWN) -> Finds:
    """What a text finds. Nothing is noted yet: whoever types asks many times for one search."""
    with desk.reading() as look:
        return finding.find(look, text, desk.now(), limit=limit)


def note(text: str, found: int, *, desk: Desk) -> None:
    """Notes a search for a person, once: a keyed digest of the text, and how many were found."""
    searched = text.strip().casefold()
    if searched and searched != desk.last_search:
        desk.last_search = searched
        with desk.work() as work:
            work.record("search", "search", text=keyed_digest(desk.digest_secret, searched), found=found)
