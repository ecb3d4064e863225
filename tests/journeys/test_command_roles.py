"""Every command as every role, signed in by name with a password, on both databases: it is let in as the table says.

What a command needs is written down here once more, as the people would say it; whether somebody may is the table's
word alone. A command that is let in may still be refused for another reason: there is no such order, no such file.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

import app
from controllers import command_line
from controllers.place import Place
from controllers.staff import signing_in
from models.reservations import Status
from models.rights import TABLE, Right, Role, who_may
from models.tables import JournalEntry
from tests.builders import a_product, a_reservation
from tests.conftest import DATABASES, NOW
from tests.staff import OWNER, OWNERS_PASSWORD, PASSWORD, cheapest_hashes, with_owner, with_staff

__all__ = ["cheapest_hashes"]
PEOPLE = [role for role in Role if role is not Role.PROGRAM]
ORDER = "CF-10001"

REASON = "The boat is in dock."
NEEDS: dict[tuple[str, ...], tuple[Right, ...]] = {
    ("products",): (Right.LOOK,),
    ("products", "FILE"): (Right.CATALOGUE,),
    ("import", "FILE"): (Right.FILES,),
    ("list",): (Right.LOOK,),
    ("show", ORDER): (Right.LOOK, Right.TRAVELERS),
    ("confirm", ORDER): (Right.LOOK, Right.ORDERS),
    ("unconfirm", ORDER): (Right.LOOK, Right.ORDERS),
    ("confirm", ORDER, "--overbook", REASON): (Right.LOOK, Right.OVERRULE),
    ("hold", ORDER, "--reason", REASON): (Right.LOOK, Right.ORDERS),
    ("cancel", ORDER, "--reason", REASON): (Right.LOOK, Right.ORDERS),
    ("withdraw", ORDER): (Right.LOOK, Right.ORDERS),
    ("request-cancel", ORDER): (Right.LOOK, Right.ORDERS),
    ("accept", ORDER): (Right.LOOK, Right.ORDERS),
    ("decline", ORDER): (Right.LOOK, Right.ORDERS),
    ("no-show", ORDER): (Right.LOOK, Right.ORDERS),
    ("return", ORDER): (Right.LOOK, Right.ORDERS),
    ("pay", ORDER, "--method", "cash", "--amount", "1"): (Right.LOOK, Right.SELL),
    ("undo", ORDER): (Right.LOOK, Right.SCAN),
    ("undo", "11111111-0000-4000-8000-000000000001"): (Right.ORDERS,),
    ("close-trips",): (Right.TRIPS,),
    ("reviews",): (Right.LOOK,),
    ("review", ORDER, "--rating", "5"): (Right.LOOK, Right.TALK),
    ("refunds",): (Right.LOOK,),
    ("refund-done", ORDER, "--method", "transfer"): (Right.LOOK, Right.REFUND),
    ("refund-failed", ORDER, "--reason", REASON): (Right.LOOK, Right.REFUND),
    ("refund-again", ORDER): (Right.LOOK, Right.REFUND),
    ("expire",): (Right.OWN,),  # only what the clock would do by itself
    ("voucher", ORDER, "--out", "OUT"): (Right.LOOK, Right.PRINT),
    ("scan", ORDER): (Right.SCAN,),
    ("scan", ORDER, "--force", REASON): (Right.SCAN, Right.OVERRULE),
    ("verify",): (Right.JOURNAL,),
    ("backup", "OUT"): (Right.BACKUP,),
    ("counter-code", "Pier"): (Right.JOINING,),
    ("rehearse-restore",): (Right.BACKUP,),
    ("move-to", "postgresql://nobody@127.0.0.1:1/nothing"): (Right.DATABASE,),
    ("practice-data", "--rows", "1"): (Right.DATABASE,),
}
"""The rights somebody needs for each way of saying a command."""


class Teller:
    """Says commands to the program, with a line on the standard input; hears exit code, answer and complaint."""

    def __init__(self, folder: Path, address: str, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._address, self._capsys, self._patch = folder, address, capsys, monkeypatch

    @property
    def place(self) -> Place:
        """Where its data are."""
        return Place(self.folder, practice=True, told_database=self._address)

    def say(self, *words: str, line: str = "", as_json: bool = True) -> tuple[int, Any, str]:
        """One command."""
        self._patch.setattr("sys.stdin", io.StringIO(f"{line}\n"))
        where = ["--db", self._address] if self._address else []
        given = ["--data", str(self.folder), "--practice", *where, *(["--json"] if as_json else [])]
        code = app.main([*given, *(self._file(word) for word in words)])
        out, err = self._capsys.readouterr()
        return code, json.loads(out) if out.strip() and as_json else out, err

    def hire(self, role: Role) -> None:
        """Somebody of this role, called after it."""
        desk = self.place.open("Desk")
        signing_in.sign_in(OWNER, OWNERS_PASSWORD, desk=desk)
        with_staff(desk, f"{role} Example", role)
        desk.database.close()

    def _file(self, word: str) -> str:
        return {"FILE": str(self.folder / "none.csv"), "OUT": str(self.folder / "out")}.get(word, word)


@pytest.fixture(params=DATABASES)
def teller(
    tmp_path: Path, request: pytest.FixtureRequest, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> Teller:
    """A desk with an owner and one order."""
    address = request.getfixturevalue("fresh_postgresql")() if request.param == "postgresql" else ""
    made = Teller(tmp_path, address, capsys, monkeypatch)
    desk = made.place.open("Desk")
    desk.clock = lambda: NOW
    with_owner(desk)
    a_product(desk)
    assert a_reservation(desk, Status.UNCONFIRMED) == 10001
    desk.database.close()
    return made


def outcome(told: Any) -> str:
    """Why not, '' where it was done."""
    one = told[0] if isinstance(told, list) and told else told
    return str(one.get("refused", "")) if isinstance(one, dict) else ""


def entries(teller: Teller) -> int:
    """How long the journal is, without who came in."""
    desk = teller.place.open("Command line")
    try:
        with desk.reading() as look:
            asked = select(func.count()).select_from(JournalEntry).where(JournalEntry.action != "sign-in")
            return int(look.execute(asked).scalar_one())
    finally:
        desk.database.close()


def test_every_command_is_looked_at() -> None:
    assert {words[0] for words in NEEDS} == set(command_line.COMMANDS) - {"reset-owner-password"}


def is_let_in(role: Role, rights: tuple[Right, ...]) -> bool:
    return all(role in TABLE[right] for right in rights)


@pytest.mark.parametrize("role", PEOPLE)
def test_a_command_lets_in_whom_the_table_lets_in(teller: Teller, role: Role) -> None:
    teller.hire(role)
    wrong, before = [], entries(teller)
    for allowed in (False, True):
        for words in (words for words, rights in NEEDS.items() if is_let_in(role, rights) is allowed):
            code, told, _ = teller.say(*words, "--as", f"{role} example", line=PASSWORD)
            no = outcome(told)
            if (no != "not-allowed") != allowed or (code == app.REFUSED) != bool(no):
                wrong.append(f"{role} {' '.join(words)}: {code} {no or 'done'}")
        if not allowed and entries(teller) != before:
            wrong.append(f"{role}: something that was refused is in the journal")
    assert not wrong, "\n".join(wrong)


def test_without_a_name_only_the_owner_of_the_folder_is_let_in(
    teller: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = (("list",), ("scan", ORDER), ("restore", "FILE"), ("unlock", "FILE", "OUT"))
    for words in ways:
        assert outcome(teller.say(*words)[1]) not in ("not-allowed", "machine-not-yours")
    monkeypatch.setattr("os.getuid", lambda: 4242)
    before = entries(teller)
    sentence = f"{teller.folder} belongs to somebody else. Sign in with --as NAME. [machine-not-yours]\n"
    for words in ways:
        code, told, _ = teller.say(*words)
        assert (code, told["refused"]) == (app.REFUSED, "machine-not-yours")
        assert teller.say(*words, as_json=False) == (app.REFUSED, "", sentence)
    assert entries(teller) == before


def test_a_refusal_is_a_sentence_that_says_whom_to_ask(teller: Teller) -> None:
    teller.hire(Role.REDEEM)
    code, out, complaint = teller.say(
        "confirm", ORDER, "--as", f"{Role.REDEEM} example", line=PASSWORD, as_json=False
    )
    told = f"This needs the right to {Right.LOOK.value}. Ask {who_may(Right.LOOK)}."
    assert code == app.REFUSED
    assert told in out + complaint
    code, out, complaint = teller.say("list", "--as", OWNER, line="not the password", as_json=False)
    assert (code, out) == (app.REFUSED, "")
    assert complaint.startswith("Name and password do not go together.")
    assert teller.say("list", "--as", OWNER, line=OWNERS_PASSWORD, as_json=False)[0] == app.DONE
