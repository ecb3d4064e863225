"""Finds the words of a letter: the product's own, else the house's own, else those that come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, or_, select

from controllers.letter_words.template import Words
from models.outbox import Letter
from models.tables import TemplateRow

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "letters"


@cache
def usual_words(kind: Letter, language: str) -> Words:
    """The words that come with the program."""
    told = (FOLDER / language / f"{kind.value}.txt").read_text(encoding="utf-8")
    subject, text = told.split("\n", 1)
    return Words(subject.removeprefix("Subject:").strip(), text.strip() + "\n")


def words_for(look: Connection, kind: Letter, language: str, product_id: int | None) -> Words:
    """The words of a letter in one language; a product's own come before the house's."""
    asked = select(TemplateRow.subject, TemplateRow.text, TemplateRow.product_id).where(
        TemplateRow.kind == kind,
        TemplateRow.language == language,
        or_(TemplateRow.product_id.is_(None), TemplateRow.product_id == product_id),
    )
    rows = {row.product_id: row for row in look.execute(asked)}
    row = rows.get(product_id) or rows.get(None)
    return Words(row.subject, row.text) if row is not None else usual_words(kind, language)
