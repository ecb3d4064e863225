"""What reservations are found by: the people on them as they are compared, in the order of departure."""

from __future__ import annotations

from sqlalchemy import ARRAY, ForeignKey, Index, Integer, Text

from models.base import Base, Holds, Id, column, given_id, told


class SearchText(Base):
    """One reservation's people, folded. `models.search.keeping` alone writes here.

    `place` grows with the departure and then the number, so that an index in this order is read from today
    on. `phone` is the telephone's digits, last first. `grams` are kept here on PostgreSQL; SQLite keeps them
    in `search_grams`, its own full-text index, under the place as the row's number. How PostgreSQL keeps the
    indexes is told in the migration alone: said here it would load that half of the library at every start.
    """

    __tablename__ = "search_texts"
    __table_args__ = (
        Index("ix_search_texts_phone", "phone", "place"),
        Index("ix_search_texts_grams", "grams"),
    )
    place: Holds[int] = given_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"), unique=True)
    text: Holds[str] = told()
    phone: Holds[str] = told(40)
    grams: Holds[list[int] | None] = column(Text().with_variant(ARRAY(Integer), "postgresql"))
