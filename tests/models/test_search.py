"""Any part of a name that can be seen finds it, in its own script and in Latin letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.search.folding import folded, in_latin
from models.search.spellings import as_most_write
from models.search.words import asked, differs_by_one, grams_asked, grams_kept, kept_text, line_of, marks

LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèüöäßñçøåłšžğıő"
HANGUL = "김이박최정강조윤장임한오서신권황안송류홍민지수현영준우하은예주도연진성미경희호재석선혜나"
HAN = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾志明小華美玲家豪淑芬俊傑雅婷建宏怡君陈黄张刘杨许郑谢"
KANA = "あいうえおかきくけこさしすせそハナサクラケンジユイヒナタｻｸﾗ"
OTHER = "ИванПетровсимαβγδÁὀสมชายใจดี"
SCRIPTS = [LATIN, HANGUL, HAN, KANA, OTHER]


def finds(part: str, lead: str, *companions: str, email: str = "") -> bool:
    """Whether a text finds a reservation: its grams are among those kept, and a line holds its words."""
    wanted = asked(part)
    text = kept_text(lead, companions, email)
    kept = set(grams_kept(text))
    return wanted is not None and any(
        kept.issuperset(grams_asked(words)) and line_of(text, words, only_latin=latin) is not None
        for words, latin in wanted.ways
    )


@st.composite
def names_with_a_part(draw: st.DrawFn) -> tuple[str, str]:
    """A name of one to three words in one script, and some neighbouring letters of it, at least two."""
    letters = draw(st.sampled_from(SCRIPTS))
    words = draw(st.lists(st.text(letters, min_size=1, max_size=8), min_size=1, max_size=3))
    name = draw(st.sampled_from([" ", "-", ", ", "·"])).join(words)
    first = draw(st.integers(0, len(name) - 1))
    return name, name[first : draw(st.integers(first + 1, len(name)))]


@given(names_with_a_part())
def test_any_part_of_two_letters_finds_the_name(name_and_part: tuple[str, str]) -> None:
    name, part = name_and_part
    assert finds(part, name) or len(folded(part)) < 2


@given(names_with_a_part())
def test_any_part_of_the_name_in_latin_letters_finds_it(name_and_part: tuple[str, str]) -> None:
    name, part = name_and_part
    spelled = in_latin(part)
    assert finds(spelled, name) or len(spelled) < 2


@given(names_with_a_part(), names_with_a_part())
def test_so_does_a_part_of_a_companions_name_in_capitals(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    name, part = other
    assert (
        finds(part.upper(), one[0], name)
        or len(folded(part.upper())) < 2
        or part.upper().lower() != part.lower()
    )


@given(st.text(LATIN[:26], min_size=3, max_size=10), st.integers(1, 8))
def test_spaces_and_hyphens_do_not_matter(name: str, cut: int) -> None:
    for between in (" ", "-", " - ", "'"):
        assert finds(name[:cut] + between + name[cut:], name)
        assert finds(name, name[:cut] + between + name[cut:])


@given(st.text(HANGUL, min_size=2, max_size=3))
def test_two_korean_syllables_are_found_in_every_spelling_of_ours(given_name: str) -> None:
    name = "김" + given_name
    for part in (given_name, in_latin(given_name), as_most_write(given_name), " ".join(given_name)):
        assert finds(part, name), part
        assert finds(f"kim {part}", name), part
        assert finds(f"{part} gim", name) or not part.isascii(), part


@given(st.text(HANGUL, min_size=2, max_size=2))
def test_who_is_kept_in_latin_letters_is_found_by_their_signs(given_name: str) -> None:
    assert finds("김" + given_name, f"KIM, {in_latin(given_name).upper()}")
    assert finds(given_name, f"{in_latin(given_name).title()} Kim")


@given(st.text(min_size=0, max_size=30), st.text(min_size=0, max_size=30), st.text(min_size=0, max_size=30))
def test_whatever_is_told_or_typed_can_be_kept_and_looked_for(lead: str, companion: str, typed: str) -> None:
    text = kept_text(lead, [companion], typed)
    assert text.count("\n") in (1, 2)
    assert all(-(2**31) <= gram < 2**31 for gram in grams_kept(text))
    wanted = asked(typed)
    for words, _ in wanted.ways if wanted else ():
        assert all(
            sign.isalnum() or sign == "@" or unicodedata.category(sign)[0] in "MN"
            for w in words
            for sign in w
        )
        assert grams_asked(words)


@given(names_with_a_part())
def test_what_was_typed_is_marked_in_the_name(name_and_part: tuple[str, str]) -> None:
    name, part = name_and_part
    wanted = asked(part)
    if wanted is None or unicodedata.normalize("NFKC", name) != name:
        return
    spans = marks(name, wanted.words)
    assert all(0 <= first < after <= len(name) for first, after in spans)
    if len(wanted.words) == 1 and wanted.words[0] in folded(name):
        assert "".join(folded(name[first:after]) for first, after in spans) == wanted.words[0]


def test_people_do_not_run_together() -> None:
    assert not finds("example mira", "Hana Example", "Mira Muster")
    assert not finds("lemi", "Hana Example", "Mira Muster")
    assert finds("muster mira", "Hana Example", "Mira Muster")


@pytest.mark.parametrize(
    ("word", "close"),
    [("hartmann", True), ("harttmann", True), ("hartman", True), ("hatrmann", True), ("hartmaxn", True),
     ("harxxann", False), ("heidmann", False)],
)  # fmt: skip
def test_one_letter_may_differ(word: str, close: bool) -> None:
    assert differs_by_one(word, "oliverhartmann") is close


@pytest.mark.parametrize(
    ("shown", "typed", "marked"),
    [("김민수", "minsu", "민수"), ("김민수", "kim", "김"), ("KIM, MIN-SU", "minsu", "MIN-SU"), ("陳小明", "xiao", "小"),
     ("김수진", "soojin", "수진"), ("PARK HANA", "bak", "PARK"), ("Núñez", "nunez", "Núñez"), ("Anna", "zz", "")],
)  # fmt: skip
def test_the_signs_that_fit_are_marked(shown: str, typed: str, marked: str) -> None:
    assert "".join(shown[first:after] for first, after in marks(shown, (typed,))) == marked
