"""The journal outside the house: an auditor verifies it alone, and nobody else gets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from controllers import list_export, manifest, notes, opened, viewing
from controllers.desk import Desk
from controllers.journal_export import JournalExport, Period
from models.opened import OpenedFilter
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Role
from tests.builders import a_product, a_reservation
from tests.controllers.test_nights import forward, some_notes

RECIPE = re.search(
    r"```python\n(.*?)```", (Path(__file__).parents[2] / "docs/journal.md").read_text("utf-8"), re.DOTALL
)


def exported(desk: Desk, path: Path, **wanted: object) -> list[str]:
    job = JournalExport(Period(**wanted), path, lambda line: f"={line.action}", desk=desk)  # type: ignore[arg-type]
    while not job.is_over:
        job.step()
    job.finish()
    return path.read_text("utf-8-sig").splitlines()


def verified(path: Path) -> int:
    """What the recipe of the documentation says of a file."""
    assert RECIPE is not None
    done = subprocess.run([sys.executable, "-c", RECIPE[1], str(path)], capture_output=True, check=False)
    return done.returncode


def test_the_recipe_of_the_documentation_verifies_a_file(a_desk: Desk, tmp_path: Path) -> None:
    some_notes(a_desk)
    notes.add_note(10001, words="From elsewhere", desk=a_desk.at_counter("Second desk"))
    path = tmp_path / "journal.jsonl"
    lines = exported(a_desk, path)
    assert len(lines) == 8 + 1 + 2
    assert verified(path) == 0
    for broken in (lines[:3] + lines[4:], lines[:7] + lines[8:], lines[:-1]):
        path.write_text("\n".join(broken), "utf-8")
        assert verified(path) == 1
    entry = json.loads(lines[2]) | {"action": "cancel"}
    path.write_text("\n".join([*lines[:2], json.dumps(entry), *lines[3:]]), "utf-8")
    assert verified(path) == 1


def test_a_period_of_one_counter_holds_in_itself(desk: Desk, tmp_path: Path) -> None:
    some_notes(desk)
    forward(desk, days=2)
    day = (desk.now() + timedelta(hours=9)).date()
    notes.add_note(10001, words="Later", desk=desk)
    notes.add_note(10001, words="From elsewhere", desk=desk.at_counter("Second desk"))
    path = tmp_path / "journal.jsonl"
    lines = exported(desk, path, first=day, last=day, counter_id=desk.actor.counter_id)
    assert [json.loads(line)["seq"] for line in lines] == [9, 9]
    assert verified(path) == 0


def test_the_table_for_reading_runs_no_formula(desk: Desk, tmp_path: Path) -> None:
    some_notes(desk)
    lines = exported(desk, tmp_path / "journal.csv")
    assert '"\'=note"' in lines[-1]
    assert lines[0].startswith('"Time"')


def test_only_who_may_read_the_journal_takes_it_out(a_desk: Desk, tmp_path: Path) -> None:
    for role in (Role.FRONT_DESK, Role.CLERK, Role.REDEEM):
        a_desk.actor = replace(a_desk.actor, role=role)
        with pytest.raises(CannotDo, match="not-allowed"):
            exported(a_desk, tmp_path / "journal.jsonl")
    assert not list(tmp_path.iterdir())


# --- who opened travelers' data --------------------------------------------------------------------


def test_who_opened_a_travelers_data_is_told(desk: Desk, tmp_path: Path) -> None:
    a_product(desk)
    one, other = a_reservation(desk, Status.CONFIRMED), a_reservation(desk, Status.CONFIRMED)
    viewing.see_details(one, desk=desk, reveal=True)
    viewing.see_details(other, desk=desk, reveal=True)
    forward(desk, hours=1)
    job = list_export.ListExport(
        [one],
        [list_export.ExportColumn("number", "Number", lambda row: row.number)],
        tmp_path / "a.csv",
        desk=desk,
    )
    job.step()
    job.finish()
    forward(desk, days=1)
    day = desk.now().date()
    manifest.manifest(viewing.see_details(one, desk=desk).row.departs_on, desk=desk)  # type: ignore[arg-type]
    told = opened.who_opened(OpenedFilter(reservation_id=one), desk=desk)
    assert [line.action for line in told.lines] == ["manifest", "export", "view"]
    assert [line.action for line in opened.who_opened(OpenedFilter(first=day), desk=desk).lines] == [
        "manifest"
    ]
    assert len(opened.who_opened(OpenedFilter(staff_id=1), desk=desk).lines) == 4
    assert opened.who_opened(OpenedFilter(staff_id=2), desk=desk).lines == ()


def test_it_comes_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "AT_ONCE", 2)
    a_product(desk)
    made = a_reservation(desk, Status.CONFIRMED)
    for _ in range(5):
        viewing.see_details(made, desk=desk, reveal=True)
    seen, after = [], None
    while True:
        page = opened.who_opened(OpenedFilter(reservation_id=made), desk=desk, after=after)
        seen += [line.key for line in page.lines]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5
