"""The operator's own words of letters, and which letters go by themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text

from models.base import Base, Holds, Id, choice, column, index_of, own_id, told
from models.outbox import Letter

OF_ALL = text("product_id IS NULL")
"""Words that serve every product without words of its own; a unique index of them, for NULL is never the same."""


class TemplateRow(Base):
    """The operator's own words of one letter in one language, for one product or (None) for all others."""

    __tablename__ = "templates"
    __table_args__ = (
        UniqueConstraint("kind", "language", "product_id", name="uq_templates_words"),
        index_of("uq_templates_of_all", OF_ALL, "kind", "language", unique=True),
        Index(None, "product_id"),
    )
    id: Holds[int] = own_id()
    kind: Holds[Letter] = column(choice(Letter))
    language: Holds[str] = column(String(20))
    product_id: Holds[int | None] = column(Id, ForeignKey("products.id"))
    subject: Holds[str] = told(200)
    text: Holds[str] = told()
    version: Holds[int] = column(default=1, server_default="1")


class LetterWay(Base):
    """Which letters of a product go by themselves (`switches`: kind to yes or no) and where comments are left.

    The row of product 0 is the house's: it serves what a product does not say.
    """

    __tablename__ = "letter_ways"
    product_id: Holds[int] = column(Id, primary_key=True, autoincrement=False)
    switches: Holds[dict[str, Any]] = column(JSON, default=dict, server_default="{}")
    review_address: Holds[str] = told(500)
    version: Holds[int] = column(default=1, server_default="1")
