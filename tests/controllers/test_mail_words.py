"""What is shown of a mail: the words its writer wrote now, never an empty message, and all of it one click away."""

from __future__ import annotations

import pytest

from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.cleaning import Words, words_of
from controllers.mailbox.reading import read_mail
from tests.mails.building import a_mail
from tests.mails.programs import PROGRAMS
from tests.mails.quoting import CASES, GMAIL, QUOTED, Case


def _words(text: str = "", html: str = "") -> Words:
    return words_of(read_mail(taken_whole(a_mail(text, html=html))))


@pytest.mark.parametrize("case", [*CASES, *PROGRAMS], ids=lambda case: case.name)
def test_only_what_the_writer_says_now_is_shown(case: Case) -> None:
    words = _words(case.text, case.html)
    assert words.body == case.seen
    if words.whole:
        assert len(words.whole) > len(words.body)


def test_a_mail_that_only_quotes_is_shown_whole() -> None:
    words = _words(f"{GMAIL['ko']}\n\n{QUOTED}")
    assert "Tea House Walk" in words.body


def test_what_was_left_out_is_kept() -> None:
    words = _words(f"Yes\n\n{GMAIL['en']}\n{QUOTED}")
    assert words.body == "Yes"
    assert "Example Tours" in words.whole


def test_nothing_of_a_page_s_program_is_words() -> None:
    words = _words(html="<p>Yes</p><script>alert(1)</script><svg><text>no</text></svg><iframe>no</iframe>")
    assert words.body == "Yes"


def test_a_very_long_mail_is_cleaned_without_waiting() -> None:
    line = "x" * 79 + "\n"
    assert _words(line * 2000 + f"\n{GMAIL['en']}\n{QUOTED}").body == (line * 2000).strip()
