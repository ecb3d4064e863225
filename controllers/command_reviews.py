"""The commands about reviews: keep what a traveler said, list what was said."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from controllers import viewing
from controllers.command_facts import Facts
from controllers.desk import Desk
from controllers.rights import needs
from models.refusals import CannotDo
from models.review import RATINGS, Source
from models.rights import Right


@needs(Right.LOOK)
def review(desk: Desk, chosen: argparse.Namespace) -> Facts:
    """Keeps one review; the code that thanks for it is told."""
    from controllers import reviews
    from controllers.photos import read_photo

    if chosen.rating not in map(str, RATINGS):
        raise CannotDo("rating-wrong", rating=chosen.rating[:20])
    found = viewing.find(chosen.ref, desk=desk)
    photos = [read_photo(Path(name)) for name in chosen.photo]
    rating, source = int(chosen.rating), Source(chosen.source)
    made = reviews.record(found, rating, chosen.words, desk=desk, photos=photos, source=source)
    return {"number": made.number, "rating": rating, "reward_code": made.code or None}


@needs(Right.LOOK)
def reviews(desk: Desk, chosen: argparse.Namespace) -> list[Facts]:
    """The reviews, the newest first."""
    from controllers.review_list import see_reviews
    from models.review_reading import ReviewFilter, Standing

    standing = Standing.UNANSWERED if chosen.unanswered else Standing.ALL
    wanted = ReviewFilter(standing, guide=chosen.guide, first=chosen.first, last=chosen.last)
    told: list[Facts] = []
    after = None
    while page := see_reviews(wanted, desk=desk, after=after):
        told += [_facts(row) for row in page]
        after = page[-1].place
        if chosen.limit and len(told) >= chosen.limit:
            return told[: chosen.limit]
    return told


def _facts(row: Any) -> Facts:
    return {
        "number": row.number,
        "at": row.at.isoformat(),
        "rating": row.rating,
        "words": row.words,
        "traveler": row.traveler,
        "product": row.product,
        "guide": row.guide,
        "source": row.source.value,
        "waits": row.waits,
        "reply": row.reply or None,
    }
