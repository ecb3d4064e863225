"""A refusal has one sentence, wherever it stands."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from models import refusals
from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES

TABLES = [
    importlib.import_module(f"models.refusals.{one.name}").SENTENCES
    for one in pkgutil.iter_modules(refusals.__path__)
    if one.name != "sentences"
]


def test_every_sentence_of_every_file_is_told_and_no_code_stands_in_two() -> None:
    codes = [code for table in TABLES for code in table]
    assert sorted(codes) == sorted(SENTENCES)


@pytest.mark.parametrize("code", ["not-found", "no-such-code"])
def test_a_refusal_says_itself_even_without_its_facts(code: str) -> None:
    assert CannotDo(code).sentence == SENTENCES.get(code, code).replace("{reference}", "?")
