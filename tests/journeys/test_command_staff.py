"""A command acts as a person who signs in, or as the owner for who owns the data folder; rights are the same."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import app
from controllers.place import Place
from models.rights import Role
from tests.staff import OWNER, OWNERS_PASSWORD, PASSWORD, cheapest_hashes, with_owner, with_staff

__all__ = ["cheapest_hashes"]
Say = Callable[..., tuple[int, Any]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Says words to the program on a desk of its own, with a line on the standard input."""

    def say(*words: str, line: str = "") -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))
        code = app.main(["--data", str(tmp_path), "--practice", "--json", *words])
        out = capsys.readouterr().out
        return code, json.loads(out) if out.strip() else None

    return say


@pytest.fixture
def staffed(tmp_path: Path) -> None:
    desk = Place(tmp_path, practice=True).open("Desk")
    with_owner(desk)
    with_staff(desk, "Mina Example", Role.REDEEM)
    desk.database.close()


def test_without_passwords_nobody_is_asked(say: Say) -> None:
    assert say("list") == (0, [])


@pytest.mark.usefixtures("staffed")
def test_a_named_person_signs_in_and_may_what_they_may_at_the_desk(say: Say) -> None:
    assert say("--as", "Mina Example", "list", line="not the password")[1]["refused"] == "sign-in-wrong"
    assert say("--as", "mina example", "list", line=PASSWORD)[1]["refused"] == "not-allowed"
    assert say("scan", "CF-1", "--as", "Mina Example", line=PASSWORD)[1][0]["verdict"] == "UNKNOWN"
    assert say("--as", OWNER, "list", line=OWNERS_PASSWORD) == (0, [])


@pytest.mark.usefixtures("staffed")
def test_whoever_owns_the_folder_acts_as_its_owner_and_nobody_else_does(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say("list") == (0, [])
    monkeypatch.setattr("os.getuid", lambda: 4242)
    for words in (
        ("list",),
        ("reset-owner-password",),
        ("reset-owner-password", "--as", OWNER),
        ("restore", "x"),
    ):
        assert say(*words)[1]["refused"] == "machine-not-yours", words
    assert say("--as", OWNER, "list", line=OWNERS_PASSWORD) == (0, [])


@pytest.mark.usefixtures("staffed")
def test_a_lost_owner_password_is_given_anew_to_whoever_has_the_machine(say: Say) -> None:
    code, given = say("reset-owner-password")
    assert (code, given["name"]) == (0, OWNER)
    assert say("--as", OWNER, "list", line=OWNERS_PASSWORD)[1]["refused"] == "sign-in-wrong"
    assert say("--as", OWNER, "list", line=given["first_password"])[1]["refused"] == "password-first"
    assert say("reset-owner-password", "--as", "Nobody Example")[1]["refused"] == "owner-unknown"
