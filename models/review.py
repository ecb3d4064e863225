"""What a review is: one to five, from somebody who was there, once an order; and what many of them come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from models.frozen import frozen
from models.refusals import CannotDo
from models.reservations import Status

RATINGS = (1, 2, 3, 4, 5)
MOST_WORDS = 4000
MOST_PHOTOS = 6


class Source(StrEnum):
    """Where a review came from."""

    STAFF = "staff"
    MAIL = "mail"
    CHANNEL = "channel"


def refuse_no_review(number: str, status: Status, arrived: int, rating: int, words: str) -> None:
    """Raises why this is no review: nobody was there, or no rating from 1 to 5."""
    was_there = status is Status.REDEEMED or (status is Status.CONFIRMED and arrived > 0)
    if not was_there:
        raise CannotDo("review-not-there", number=number)
    if rating not in RATINGS:
        raise CannotDo("rating-wrong", rating=rating)
    if len(words) > MOST_WORDS:
        raise CannotDo("review-too-long", count=len(words), most=MOST_WORDS)


@frozen
class Tally:
    """How many gave which rating."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def count(self) -> int:
        """How many reviews."""
        return sum(self.counts)

    @property
    def average(self) -> float | None:
        """Their mean, None of none."""
        if not self.count:
            return None
        return sum(rating * many for rating, many in zip(RATINGS, self.counts, strict=True)) / self.count

    def __add__(self, other: Tally) -> Tally:
        one, two, three, four, five = (a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Tally((one, two, three, four, five))


NO_TALLY = Tally()


def tally_of(many: Mapping[int, int]) -> Tally:
    """From how many gave each rating."""
    one, two, three, four, five = (many.get(rating, 0) for rating in RATINGS)
    return Tally((one, two, three, four, five))


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    return sum(tallies, NO_TALLY)
