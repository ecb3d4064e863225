"""Views a person keeps: saved, renamed, moved, deleted, and nobody else's business."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from controllers.desk import Desk
from controllers.views import arrange, change_view, delete_view, move_view, rename_view, save_view, see_views
from models.refusals import CannotDo
from models.tables import JournalEntry, Staff

MINE = {"columns": ["status", "customer"], "widths": {"status": 150}}


def names(desk: Desk) -> list[str]:
    return [view.name for view in see_views(desk=desk).views]


def somebody_else(desk: Desk) -> Desk:
    with desk.database.transaction() as connection:
        made = connection.execute(insert(Staff).returning(Staff.id), {"name": "Example Other"}).scalar_one()
    return Desk(desk.database, replace(desk.actor, staff_id=made), clock=desk.clock)


def test_a_view_keeps_what_it_was_given(desk: Desk) -> None:
    save_view("  Boats,  next week ", MINE, desk=desk)
    (kept,) = see_views(desk=desk).views
    assert (kept.name, kept.state) == ("Boats, next week", MINE)


def test_a_view_can_hold_something_else_later(desk: Desk) -> None:
    made = save_view("Boats", MINE, desk=desk)
    change_view(made.id, {"columns": []}, desk=desk)
    assert see_views(desk=desk).views[0].state == {"columns": []}


def test_views_stand_in_the_order_their_person_gives_them(desk: Desk) -> None:
    made = {name: save_view(name, {}, desk=desk).id for name in "ABC"}
    move_view(made["C"], -2, desk=desk)
    assert names(desk) == ["C", "A", "B"]
    move_view(made["A"], 9, desk=desk)
    assert names(desk) == ["C", "B", "A"]
    save_view("D", {}, desk=desk)
    assert names(desk) == ["C", "B", "A", "D"]


def test_a_name_is_used_once_however_it_is_written(desk: Desk) -> None:
    boats = save_view("Boats", {}, desk=desk)
    other = save_view("Walks", {}, desk=desk)
    with pytest.raises(CannotDo, match="view-name-taken"):
        save_view("boats", {}, desk=desk)
    with pytest.raises(CannotDo, match="view-name-taken"):
        rename_view(other.id, "BOATS", desk=desk)
    rename_view(boats.id, "BOATS", desk=desk)
    assert names(desk) == ["BOATS", "Walks"]


def test_a_view_without_a_name_is_refused(desk: Desk) -> None:
    with pytest.raises(CannotDo, match="view-name-missing"):
        save_view("   ", {}, desk=desk)


def test_views_belong_to_one_person(desk: Desk) -> None:
    mine = save_view("Boats", {}, desk=desk)
    other = somebody_else(desk)
    assert names(other) == []
    save_view("Boats", {}, desk=other)
    for deed in (delete_view, lambda i, desk: rename_view(i, "Walks", desk=desk)):
        with pytest.raises(CannotDo, match="view-gone"):
            deed(mine.id, desk=other)
    assert names(desk) == ["Boats"]


def test_a_deleted_view_is_gone(desk: Desk) -> None:
    made = save_view("Boats", {}, desk=desk)
    delete_view(made.id, desk=desk)
    assert names(desk) == []
    for deed in (lambda: delete_view(made.id, desk=desk), lambda: move_view(made.id, 1, desk=desk)):
        with pytest.raises(CannotDo, match="view-gone"):
            deed()


def test_how_everybodys_views_are_arranged_is_kept_apart(desk: Desk) -> None:
    assert see_views(desk=desk).arranged is None
    arrange({"": MINE}, desk=desk)
    arrange({"": {"columns": ["number"]}}, desk=desk)
    save_view("Boats", {}, desk=desk)
    assert see_views(desk=desk).arranged == {"": {"columns": ["number"]}}
    assert names(desk) == ["Boats"]


def test_the_journal_does_not_tell_what_a_view_is_called(desk: Desk) -> None:
    save_view("Orders of Anna Sample", {}, desk=desk)
    with desk.reading() as look:
        told = look.execute(select(JournalEntry.details).where(JournalEntry.action == "view-save")).scalars()
        assert "Anna" not in "".join(map(str, told))
