"""What other servers say is shown without the addresses and numbers they repeat."""

from __future__ import annotations

import pytest

from models.server_words import unnamed

KIM, PHONE = "kim.minji@example.org", "+821012345678"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("550 5.1.1 <kim.minji@example.org>: no such user", "550 5.1.1 <…@…>: no such user"),
        ("550 5.1.1 <KIM.Minji@Example.ORG>: no such user", "550 5.1.1 <…@…>: no such user"),
        ("550 kim.minji: user unknown", "550 …: user unknown"),
        ("550 mailbox Kim.Minji unavailable", "550 mailbox … unavailable"),
        ("452 4.3.1 disk full", "452 4.3.1 disk full"),
        (
            "421 4.7.0 try again in 0300 seconds, id 7F3A.10",
            "421 4.7.0 try again in 0300 seconds, id 7F3A.10",
        ),
    ],
)
def test_the_address_a_letter_went_to_is_not_repeated(said: str, shown: str) -> None:
    assert unnamed(said, KIM) == shown


@pytest.mark.parametrize("told", ["01012345678", "010-1234-5678", "+821012345678", "+82 10 1234 5678"])
def test_the_telephone_number_of_a_colleague_is_not_repeated(told: str) -> None:
    assert unnamed(f"3104 {told} has no KakaoTalk") == "3104 … has no KakaoTalk"


def test_a_short_name_before_the_at_takes_no_word_out_of_a_sentence() -> None:
    assert unnamed("550 is not here", "is@example.org") == "550 is not here"
