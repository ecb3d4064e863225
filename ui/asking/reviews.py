"""Asks for reviews and what they come to, and keeps, answers and decides about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.review import Source
from models.review_reading import PAGE
from ui.asking.door import as_many

if TYPE_CHECKING:
    from controllers.reviews import Reviewed
    from controllers.rewards import Off
    from models.money import Money
    from models.review_reading import Place, ReviewFilter, ReviewRow, Tallies
    from ui.asking.door import DeskDoor


def reviews(
    desk: DeskDoor, wanted: ReviewFilter, after: Place | None = None, *, shown: int = 0
) -> tuple[ReviewRow, ...]:
    """A page of the list, or as much as is shown already, the newest first."""
    from controllers.review_list import see_reviews

    return see_reviews(wanted, desk=desk(), after=after, most=as_many(shown, PAGE))


def review_tallies(desk: DeskDoor, wanted: ReviewFilter) -> Tallies:
    """What the reviews of a filter come to."""
    from controllers.review_list import see_tallies

    return see_tallies(wanted, desk=desk())


def review_of(desk: DeskDoor, reservation_id: int) -> ReviewRow | None:
    """The review of one order."""
    from controllers.review_list import see_review

    return see_review(reservation_id, desk=desk())


def review_pictures(desk: DeskDoor, review_id: int) -> tuple[bytes, ...]:
    """The pictures of a review."""
    from controllers.review_list import see_pictures

    return see_pictures(review_id, desk=desk())


def record_review(
    desk: DeskDoor,
    reservation_id: int,
    rating: int,
    words: str,
    photos: Sequence[bytes] = (),
    source: Source = Source.STAFF,
) -> Reviewed:
    """Keeps what a traveler told us, or left at the channel."""
    from controllers.reviews import record

    return record(reservation_id, rating, words, desk=desk(), photos=photos, source=source)


def read_review_photos(files: Sequence[Path]) -> tuple[bytes, ...]:
    """Pictures from files, scaled down."""
    from controllers.photos import read_photo

    return tuple(read_photo(file) for file in files)


def reply_to_review(desk: DeskDoor, review_id: int, words: str, seen: int) -> Reviewed:
    """Answers a review."""
    from controllers.reviews import reply

    return reply(review_id, words, desk=desk(), seen=seen)


def decide_review(desk: DeskDoor, review_id: int, rating: int | None) -> Reviewed:
    """Says of a message that it is a review, or none."""
    from controllers.reviews import decide

    return decide(review_id, rating, desk=desk())


def export_reviews(desk: DeskDoor, wanted: ReviewFilter, path: Path, titles: Sequence[str]) -> int:
    """Writes the list into a file; how many rows."""
    from controllers.review_list import export_reviews as export

    return export(wanted, path, titles, desk=desk())


def reward_off(desk: DeskDoor, code: str, total: Money) -> Off:
    """What a reward code would take off a price."""
    from controllers.rewards import see_off

    return see_off(code, total, desk=desk())
