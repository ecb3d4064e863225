"""Says no in the language of the screen: what happened, and what to do now."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from models.money import Money
from models.papers import Document, Paper
from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES
from models.reservations import Status, Verb
from ui.wording.dates import day_and_time, day_word
from ui.wording.numbers import money_words
from ui.wording.papers import document_word, paper_word
from ui.wording.statuses import status_word, verb_word


def refusal(no: CannotDo) -> str:
    """The sentence of a refusal, its facts in words."""
    sentence = QCoreApplication.translate("refusals", SENTENCES.get(no.code, no.code))
    return sentence.format_map(_Facts({name: _word(fact) for name, fact in no.facts.items()}))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _word(fact: object) -> str:
    if isinstance(fact, Status):
        return status_word(fact)
    if isinstance(fact, Verb):
        return verb_word(fact)
    if isinstance(fact, Paper):
        return paper_word(fact)
    if isinstance(fact, Document):
        return document_word(fact)
    if isinstance(fact, Money):
        return money_words(fact)
    if isinstance(fact, dt.datetime):
        return day_and_time(fact)
    if isinstance(fact, dt.date):
        return day_word(fact)
    if isinstance(fact, (list, tuple, set, frozenset)):
        return ", ".join(_word(one) for one in fact)
    return str(fact)
