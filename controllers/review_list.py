"""Shows reviews: the list, what they come to, one order's, their pictures, and the list as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from controllers.desk import Desk
from controllers.exporting import Cell, moment, open_draft
from controllers.rights import needs
from models.privacy import may_see
from models.refusals import CannotDo
from models.review_reading import (
    PAGE,
    Place,
    ReviewFilter,
    ReviewRow,
    Tallies,
    review_of,
    review_rows,
    tallies,
)
from models.rights import Right, may
from models.tables import Reservation, Review, ReviewPhoto


@needs(Right.LOOK)
def see_reviews(
    wanted: ReviewFilter, *, desk: Desk, after: Place | None = None, most: int = PAGE
) -> tuple[ReviewRow, ...]:
    """A page of the list, the newest first; with the codes that thanked for them to whoever may thank."""
    with desk.reading() as look:
        zone = desk.operator(look).zone
        today = desk.now().astimezone(ZoneInfo(zone)).date() if may(desk.actor.role, Right.TALK) else None
        return review_rows(look, wanted, zone, after, most, rewards_on=today)


@needs(Right.LOOK)
def see_tallies(wanted: ReviewFilter, *, desk: Desk) -> Tallies:
    """What the reviews of a filter come to."""
    with desk.reading() as look:
        return tallies(look, wanted, desk.operator(look).zone)


@needs(Right.LOOK)
def see_review(reservation_id: int, *, desk: Desk) -> ReviewRow | None:
    """The review of one order, None where there is none."""
    with desk.reading() as look:
        return review_of(look, reservation_id)


@needs(Right.LOOK)
def see_pictures(review_id: int, *, desk: Desk) -> tuple[bytes, ...]:
    """The pictures of a review; none where the traveler may not be seen. Raises CannotDo("review-decided")."""
    with desk.reading() as look:
        asked = select(Reservation.first_confirmed_at, Reservation.channel, Reservation.via)
        row = look.execute(
            asked.join(Review, Review.reservation_id == Reservation.id).where(Review.id == review_id)
        ).first()
        if row is None:
            raise CannotDo("review-decided")
        if not may_see(row.first_confirmed_at, row.channel, row.via):
            return ()
        photos = select(ReviewPhoto.image).where(ReviewPhoto.review_id == review_id).order_by(ReviewPhoto.id)
        return tuple(bytes(one) for one in look.execute(photos).scalars())


EXPORTED = (
    "number", "at", "product", "departs_at", "guide", "traveler", "rating", "words", "reply", "reply_at", "source",
)  # fmt: skip
"""What stands in a file of reviews, column by column."""


@needs(Right.EXPORT)
def export_reviews(wanted: ReviewFilter, path: Path, titles: Sequence[str], *, desk: Desk) -> int:
    """Writes the list into an Excel or CSV file, masked as on screen; how many rows. `titles` head the columns."""
    draft = open_draft(path)
    rows = 0
    try:
        draft.write([list(titles)])
        after: Place | None = None
        while page := see_reviews(wanted, desk=desk, after=after):
            draft.write([_cells(row) for row in page])
            rows, after = rows + len(page), page[-1].place
        with desk.work() as work:
            work.record("list", "export", rows=rows, columns=list(EXPORTED), kind=draft.kind, of="reviews")
        draft.finish()
    except BaseException:
        draft.abandon()
        raise
    return rows


def _cells(row: ReviewRow) -> list[Cell]:
    told: dict[str, Cell] = {name: getattr(row, name) for name in EXPORTED}
    for name in ("at", "departs_at", "reply_at"):
        at = getattr(row, name)
        told[name] = moment(at, row.zone) if at is not None else ""
    return [told[name] for name in EXPORTED]
