"""Prints a test page for a printer: every script, both codes, a length to be measured, and the edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo

from controllers.counter import counter_settings
from controllers.desk import Desk
from controllers.printing import Draft
from controllers.rights import needs
from controllers.voucher_pdf import Printed
from models.frozen import frozen
from models.papers import Document, Paper
from models.prints import Copy, Order
from models.rights import Right
from models.trial_words import TrialWords
from models.vouchers import voucher_language

USUAL = TrialWords()


@frozen
class TrialPage:
    """Where it is printed, and when (in the operator's zone)."""

    operator: str
    counter: str
    printer: str
    paper: str
    at: datetime
    words: TrialWords


@needs(Right.COUNTER)
def trial_draft(paper: Paper, *, desk: Desk, words: TrialWords = USUAL, paper_word: str = "") -> Draft:
    """The test page of a paper, for the printer this counter has for it."""
    printer = counter_settings(desk=desk).printer_of(paper)
    with desk.reading() as look:
        operator = desk.operator(look)
    at = desk.now().astimezone(ZoneInfo(operator.zone))
    page = TrialPage(operator.name, desk.actor.counter, printer or "-", paper_word or paper.value, at, words)
    order = Order(Document.TEST, f"test:{uuid4().hex}", "test")
    return Draft((order,), paper, partial(_drawn, page))


def _drawn(page: TrialPage, _copies: tuple[Copy, ...], paper: Paper) -> Printed:
    from controllers.voucher_pdf import fonts, one_at_a_time, paint, text, trial_layout

    language = voucher_language(page.words.language)
    with one_at_a_time:
        fonts.require(language)
        setter = text.Typesetter(language)
        pages = trial_layout.pages(page, setter, paper)
        drawn = paint.pdf_of(pages, title=page.words.title, author=page.operator, language=language)
    return replace(drawn, missing=setter.missing)
