"""A link names one reservation by its number; whatever else somebody puts into it is refused."""

from __future__ import annotations

import pytest

from controllers.command_parser import parse
from controllers.notice_words import link_to
from models.link import is_link, reservation_of
from models.refusals import CannotDo


@pytest.mark.parametrize(
    "link",
    [
        "counterfoil://reservation/CF-10012",
        "counterfoil://reservation/10012",
        "COUNTERFOIL://Reservation/cf-10012/",
        link_to(10012),
    ],
)
def test_a_number_is_understood(link: str) -> None:
    assert (is_link(link), reservation_of(link)) == (True, 10012)


@pytest.mark.parametrize(
    "rest",
    [
        "", "//", "//reservation", "//reservation/", "//reservation/CF-", "//reservation/0", "//reservation/-1",
        "//reservation/10012?x=1", "//reservation/10012#y", "//reservation/10012/../1", "//reservation/1 2",
        "//reservation/१२", "//reservation/10012\n", "//reservation/1234567890123456", "//staff/1",
        "//reservation@host/1", "//reservation/TNA-20270101-0001", "//reservation/%31", "10012",
    ],
)  # fmt: skip
def test_anything_else_is_refused(rest: str) -> None:
    assert is_link(f"counterfoil:{rest}")
    with pytest.raises(CannotDo, match="names no reservation"):
        reservation_of(f"counterfoil:{rest}")


def test_nothing_may_hide_behind_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    link = "counterfoil://reservation/1"
    assert parse(["--practice", link]).link == link
    assert parse([]).link == ""
    for words in ([link, "--db", "postgresql://evil/x"], [link, "confirm", "CF-1"], ["list", link]):
        with pytest.raises(SystemExit) as left:
            parse(words)
        assert left.value.code == 2
    assert "nothing may follow a link" in capsys.readouterr().err
