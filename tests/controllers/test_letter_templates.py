"""The operator's own words are kept, refused where they are broken, tried on real travelers, and taken away again."""

from __future__ import annotations

import pytest

from controllers import letter_templates
from controllers.desk import Desk
from controllers.letter_templates import Place
from controllers.letter_words.template import Words, fill
from models.letters import LONGEST_TEXT
from models.outbox import Letter
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import a_product, a_reservation, an_operator, somebody_else, teach_headings

HERE = Place(Letter.PROCESSING, "en")
WORDS = Words("About {{ number }}", "Dear {{ traveler }}, {{ product }} is being looked at.")


@pytest.fixture
def house(desk: Desk) -> Desk:
    an_operator(desk, name="Example Tours", zone="Asia/Seoul")
    a_product(desk)
    teach_headings(desk)
    return desk


def test_own_words_are_kept_and_taken_away_again(house: Desk) -> None:
    usual = letter_templates.see_words(HERE, desk=house)
    kept = letter_templates.keep_words(HERE, WORDS, desk=house, seen=usual.version)
    assert kept.own
    assert HERE in letter_templates.see_templates(desk=house).own
    of_tea = Place(Letter.PROCESSING, "en", 1)
    assert letter_templates.see_words(of_tea, desk=house).words == kept.words
    assert not letter_templates.see_words(of_tea, desk=house).own
    assert letter_templates.reset_words(HERE, desk=house, seen=kept.version).words == usual.words


def test_two_who_write_at_once_do_not_overwrite_each_other(house: Desk) -> None:
    letter_templates.keep_words(HERE, WORDS, desk=house, seen=0)
    with pytest.raises(CannotDo) as refused:
        letter_templates.keep_words(HERE, Words("Other", "words"), desk=house, seen=0)
    assert refused.value.code == "words-kept-meanwhile"
    assert letter_templates.see_words(HERE, desk=house).words.subject == WORDS.subject


def test_broken_words_are_never_kept(house: Desk) -> None:
    for text in ("{{ ''.__class__ }}", "{{ nobody }}", "{% if traveler %}"):
        with pytest.raises(CannotDo) as refused:
            letter_templates.keep_words(HERE, Words("Hi", f"First\n{text}"), desk=house)
        assert refused.value.code == "letter-words-wrong"
        assert refused.value.facts["line"] == 2
    assert not letter_templates.see_templates(desk=house).own


def test_words_are_tried_on_the_newest_fitting_order_with_its_traveler_hidden(house: Desk) -> None:
    nobody = letter_templates.try_words(HERE, WORDS, desk=house)
    assert (nobody.number, "Anna Sample" in nobody.letter.text) == ("", True)
    held = a_reservation(house, Status.UNCONFIRMED, sold_by="kkday")
    a_reservation(house, Status.CONFIRMED)
    seen = letter_templates.try_words(HERE, WORDS, desk=house)
    assert seen.number == f"CF-{held}"
    assert seen.letter.text == "Dear •••, Tea House Walk is being looked at.\n"
    named = letter_templates.try_words(HERE, WORDS, desk=house, number=f"cf {held}")
    assert named.letter == seen.letter
    with pytest.raises(CannotDo, match="Nothing here is called"):
        letter_templates.try_words(HERE, WORDS, desk=house, number="CF-99")


def test_only_who_may_set_up_routes_writes_words(house: Desk) -> None:
    clerk = somebody_else(house, role="order-clerk")
    with pytest.raises(CannotDo) as refused:
        letter_templates.keep_words(HERE, WORDS, desk=clerk)
    assert refused.value.code == "not-allowed"


@pytest.mark.parametrize("deep", [60, 150, 300, 900])
def test_words_in_very_many_conditions_are_refused_in_a_sentence(deep: int) -> None:
    for text in (
        "{% if traveler %}" * deep + "x" + "{% endif %}" * deep,
        "{{ " + "not " * deep + "traveler }}",
        "{{ " + " or ".join(["guide"] * deep) + " }}",
        "{{ " + "1 if traveler else " * deep + "2 }}",
    ):
        with pytest.raises(CannotDo) as no:
            fill(Words("Hello", text[:LONGEST_TEXT]), {"traveler": "Ann"})
        assert no.value.code == "letter-words-wrong"
