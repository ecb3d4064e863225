"""What is said at the desk, word by word."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from models.money import Money
from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES
from models.reservations import Status, Verb
from ui import actions
from ui.icons import NAMES
from ui.wording.channels import channel_mark
from ui.wording.dates import day_and_time, day_range, day_word, long_day, time_left, whole_minute
from ui.wording.notices import difference_words, words_of
from ui.wording.numbers import money_words, party_units, party_words, percent
from ui.wording.refusals import refusal
from ui.wording.statuses import verb_word

NOW = dt.datetime(2026, 10, 15, 10, 24, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (9, "9:00"),
        (26, "26 min"),
        (94, "1 h 34"),
        (24 * 60, "1 day"),
        (31 * 60 + 36, "Fri 18:00"),
        (8 * 1440, "23 Oct"),
    ],
)
def test_time_left_is_said_as_narrow_as_it_can_be(minutes: int, said: str) -> None:
    assert time_left(NOW, NOW + dt.timedelta(minutes=minutes)) == said


def test_who_is_told_a_minute_finds_it_is_time_by_then() -> None:
    assert whole_minute(NOW) == NOW
    assert whole_minute(NOW + dt.timedelta(seconds=1)) == NOW + dt.timedelta(minutes=1)


def test_the_hour_that_comes_twice_counts_twice() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    evening = dt.datetime(2027, 10, 30, 23, 0, tzinfo=berlin)
    assert time_left(evening, dt.datetime(2027, 10, 31, 5, 0, tzinfo=berlin)) == "7 h 00"


def test_time_that_is_over_is_late() -> None:
    assert time_left(NOW, NOW - dt.timedelta(minutes=12)) == "12 min late"


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (Money(78000, "KRW"), "₩78,000"),
        (Money(320000, "TWD"), "TWD\u00a03,200"),
        (Money(1250, "EUR"), "€12.50"),
        (Money(-117000, "KRW"), "−₩117,000"),
        (Money(9800, "JPY"), "JPY\u00a09,800"),
    ],
)
def test_money_has_its_sign_or_its_letters(money: Money, said: str) -> None:
    assert money_words(money) == said


def test_party_is_said_by_unit() -> None:
    assert party_words(adults=2, children=1) == "2 adults, 1 child"
    assert party_units(adults=1) == (("1", "adult"),)


def test_days_are_said_as_people_say_them() -> None:
    today = NOW.date()
    assert day_word(today, today) == "Today"
    assert day_and_time(NOW.replace(day=17, hour=17, minute=40), today) == "Sat 17 Oct, 17:40"
    assert long_day(today) == "Thursday 15 October"
    assert day_range(dt.date(2026, 10, 13), dt.date(2026, 10, 18)) == "13 to 18 Oct"


def test_refusal_says_its_facts_in_words() -> None:
    no = CannotDo("move-not-allowed", number="CF-00001", status=Status.REDEEMED, verb=Verb.CANCEL)
    assert refusal(no) == "CF-00001 is Redeemed, so it cannot be changed that way (Cancel)."


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_has_a_sentence(code: str) -> None:
    assert len(refusal(CannotDo(code))) >= 20


@pytest.mark.parametrize("verb", list(Verb))
def test_every_verb_has_a_word(verb: Verb) -> None:
    assert verb_word(verb)


def test_an_unknown_channel_still_has_two_letters() -> None:
    assert channel_mark("kkday") == "KK"
    assert len(channel_mark("somewhere-else")) == 2


def test_percent_keeps_one_decimal_where_it_tells_something() -> None:
    assert percent(0.984) == "98.4 %"
    assert percent(1) == "100 %"


def test_every_action_has_words_and_known_icons() -> None:
    for word, spec in actions.ACTIONS.items():
        assert actions.text(word)
        assert not spec.icon or spec.icon in NAMES, word


def test_keycaps_say_what_stands_on_the_key() -> None:
    assert actions.keys("find") == ("Ctrl", "K")
    assert actions.cap("finish") == "Ctrl Enter"
    assert actions.keys("next-page") == ("PgDn",)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("text 3 U+AC00 U+200B", "sign 3 of the text is “가”, approved is U+200B"),
        ("buttons 1 2", "1 buttons stand here, approved are 2"),
        ("button 2 mobile", "the page of button 2 on a telephone is another one"),
        ("whatever a provider says", "whatever a provider says"),
    ],
)
def test_where_a_notice_is_not_as_it_was_approved_is_said_in_words(told: str, words: str) -> None:
    assert difference_words(told) == words
    assert words_of(f"template-differs {told}").endswith(f": {words}")
