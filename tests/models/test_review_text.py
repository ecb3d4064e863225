"""What is read out of an answer to the comment letter, in four languages: sure, proposed, or nothing."""

from __future__ import annotations

import pytest

from models.review_text import Reading, read


@pytest.mark.parametrize(
    ("text", "rating", "words"),
    [
        ("5", 5, ""),
        ("\uff15", 5, ""),
        ("5/5 loved it", 5, "loved it"),
        ("★★★★☆ nice", 4, "nice"),
        ("⭐⭐⭐⭐⭐\nGreat guide", 5, "Great guide"),
        ("Rating: 4\nGood", 4, "Good"),
        ("1 star. never again", 1, "never again"),
        ("very good 5/5", 5, "very good 5/5"),
        ("별점 5점! 최고", 5, "최고"),
        ("5점 만점에 4점", 4, ""),
        ("5顆星！超棒", 5, "超棒"),
        ("五星推薦", 5, "五星推薦"),
        ("星5つです。また来ます", 5, "星5つです。また来ます"),
        ("評価：5", 5, ""),
        ("☆5", 5, ""),
    ],
)
def test_what_cannot_be_misunderstood_is_sure(text: str, rating: int, words: str) -> None:
    assert read(text) == Reading(rating, words, sure=True)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("5 people came", 5),
        ("5명이 갔어요", 5),
        ("그냥 5", 5),
        ("8/10", 4),
        ("10점 만점에 9점", 5),
        ("4.5/5", 4),
        ("2 stars for food 5 stars for guide", 2),
        ("we want our 5 stars hotel now", 5),
    ],
)
def test_what_may_mean_something_else_is_only_proposed(text: str, rating: int) -> None:
    found = read(text)
    assert found is not None
    assert (found.rating, found.words, found.sure) == (rating, found.words, False)


@pytest.mark.parametrize(
    "text", ["", "hello thanks", "at 3 pm we lost a bag", "17:05 bus", "★★★★★★", "one of the best days"]
)
def test_words_alone_are_never_made_into_a_number(text: str) -> None:
    assert read(text) is None
