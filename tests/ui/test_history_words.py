"""Everything that is recorded in the journal is told in words, and nothing personal is recorded."""

from __future__ import annotations

import ast
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from controllers import attention, notes, reservations
from controllers.desk import Desk
from models.details import HistoryLine
from models.journal import differences
from models.reservations import Verb
from models.tables import JournalEntry
from tests.builders import a_product, a_reservation, kkday_row, take, teach_headings
from ui.history_house import HOUSE
from ui.history_words import has_words, history_words

ROOT = Path(__file__).parents[2] / "controllers"
MADE_UP_OF_PARTS = {
    "view-save", "view-change", "view-rename", "view-move", "view-delete", "capacity", "guide", "close", "open",
    "add-departure", "remove-departure", "print-failed",
}  # fmt: skip
"""Actions whose word does not stand beside `record` in the code."""


def recorded() -> set[str]:
    """Every action that stands as a word in a call of `record`."""
    found = set(MADE_UP_OF_PARTS) | {str(verb) for verb in Verb}
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") == "record"
                and len(node.args) > 1
            ):
                words = [one.value for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant)]
                found.update(str(word) for word in words if not str(word).endswith("-"))
    return found


def test_every_recorded_action_has_words() -> None:
    actions = recorded()
    assert {"erase", "sign-in", "set-up", "cancel", "decide-incident"} <= actions
    assert sorted(action for action in actions if not has_words(action)) == []


@pytest.mark.parametrize("action", sorted(HOUSE))
def test_each_sentence_can_be_said(action: str) -> None:
    facts = {"fields": ["status", "zone"]}
    line = HistoryLine(datetime(2027, 1, 15, tzinfo=UTC), "Mina", "Desk", action, facts)
    said = history_words(line)
    assert said.head
    assert "{" not in said.head
    assert said.text == "status, zone"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"heads": 2}, "Mina had let in 2 without the server"),
        ({"heads": 2, "undone_at": "x"}, "Mina had let in 2 without the server, and taken it back"),
        ({"heads": 0}, "Mina had turned somebody away without the server"),
    ],
)
def test_what_was_done_without_the_server_is_told_as_what_it_was(facts: dict[str, object], said: str) -> None:
    told = history_words(HistoryLine(datetime(2027, 1, 15, tzinfo=UTC), "Mina", "Desk", "hand-over", facts))
    assert told.head == said


def test_a_change_tells_before_and_after() -> None:
    told = differences({"name": "A", "zone": "UTC"}, {"name": "B", "zone": "UTC", "new": 1})
    assert told == {
        "fields": ["name", "new"],
        "before": {"name": "A", "new": None},
        "after": {"name": "B", "new": 1},
    }


def test_what_is_personal_stands_in_the_journal_as_a_digest_only(desk: Desk) -> None:
    a_product(desk)
    teach_headings(desk)
    row = kkday_row(name="SAMPLE, QUIRINA", email="quirina@example.com", phone="+82 10-5550-1234")
    take(desk, row)
    take(desk, row | {"email": "q.sample@example.com", "name": "SAMPLE, QUIRINA B"})
    made = a_reservation(desk)
    notes.add_note(made, words="Quirina is late", desk=desk)
    attention.leave_for_gate(made, words="Ask Quirina", desk=desk)
    reservations.hold(made, reason="Quirina's passport", desk=desk)
    with desk.reading() as look:
        entries = look.execute(select(JournalEntry.action, JournalEntry.details)).all()
    told = "\n".join(row.details for row in entries).casefold()
    assert "quirina" not in told
    assert "@" not in told
    (changed,) = [json.loads(row.details) for row in entries if row.action == "channel-told"]
    assert set(changed["before"]) == set(changed["after"]) == {"email", "lead"}
    assert changed["before"]["email"] != changed["after"]["email"]
    (held,) = [json.loads(row.details) for row in entries if row.action == "hold"]
    assert len(held["reason"]) == 24
