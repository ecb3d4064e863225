"""Answers the search box, and notes in the journal that somebody looked a person up."""

from __future__ import annotations

from controllers.desk import Desk
from controllers.rights import needs
from models.journal import keyed_digest
from models.rights import Right
from models.search import finding
from models.search.finds import Find, Finds


@needs(Right.LOOK)
def find(text: str, *, desk: Desk, limit: int = finding.SHOWN) -> Finds:
    """What a text finds. Nothing is noted yet: whoever types asks many times for one search."""
    with desk.reading() as look:
        return finding.find(look, text, desk.now(), limit=limit)


@needs(Right.LOOK)
def nearest(text: str, *, desk: Desk) -> tuple[Find, ...]:
    """Who is called so but for one letter."""
    with desk.reading() as look:
        return finding.nearest(look, text, desk.now())


@needs(Right.LOOK)
def note(text: str, found: int, *, desk: Desk) -> None:
    """Notes that somebody looked for a person: a keyed digest of the text, and how many were found.

    The list that shows the same text afterwards does not note it once more.
    """
    searched = text.strip().casefold()
    desk.last_search = (desk.actor.staff_id, searched)
    with desk.work() as work:
        work.record("search", "search", text=keyed_digest(desk.digest_secret, searched), found=found)
