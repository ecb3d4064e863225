"""A list of any length: rows are read when they are looked at, ticks are kept by number, nothing moves by itself."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.widgets.row_model import Column
from ui.widgets.snapshot_model import GATHER_MS, KEPT, PAGE, SnapshotModel
from ui.widgets.ticks import Ticks

SAY, ROW = int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Row:
    id: int
    words: str = "as it was"


@pytest.fixture
def model() -> SnapshotModel:
    return SnapshotModel((Column("tick", ""), Column("words", "Words")), lambda row, _key: row.words)


def numbers(first: int, last: int) -> array[int]:
    return array("q", range(first, last + 1))


def asked(qtbot: QtBot, model: SnapshotModel) -> tuple[int, ...]:
    with qtbot.waitSignal(model.rows_wanted) as wanted:
        pass
    return tuple(wanted.args[0])


def test_model_keeps_qts_rules(qtmodeltester: object, qtbot: QtBot, model: SnapshotModel) -> None:
    model.show_ids(numbers(1, 150))
    model.know([Row(1), Row(2)])
    qtmodeltester.check(model, force_py=True)  # type: ignore[attr-defined]
    model.show_ids(numbers(1, 400))
    model.show_ids(numbers(3, 90))
    model.show_columns((Column("words", "Words"),))
    qtmodeltester.check(model, force_py=True)  # type: ignore[attr-defined]


def test_a_row_nobody_has_read_is_asked_for_with_its_page(qtbot: QtBot, model: SnapshotModel) -> None:
    model.show_ids(numbers(1, 1000))
    assert model.data(model.index(450, 1), ROW) is None
    assert model.data(model.index(450, 1), SAY) == ""
    assert asked(qtbot, model) == tuple(range(401, 501))
    model.take_rows([Row(number) for number in range(401, 501)])
    assert model.data(model.index(450, 1), ROW) == Row(451)
    assert model.data(model.index(450, 1), SAY) == "as it was"
    assert not model.is_waiting


def test_dragging_through_a_list_asks_for_where_it_ends(qtbot: QtBot, model: SnapshotModel) -> None:
    model.show_ids(numbers(0, 99_999))
    for at in range(0, 100_000, PAGE):
        model.row(at)
    wanted = asked(qtbot, model)
    assert wanted[:PAGE] == tuple(range(100_000 - PAGE, 100_000))
    assert len(wanted) == 3 * PAGE


def test_one_question_at_a_time(qtbot: QtBot, model: SnapshotModel) -> None:
    model.show_ids(numbers(0, 999))
    model.row(0)
    asked(qtbot, model)
    model.row(500)
    with qtbot.assertNotEmitted(model.rows_wanted, wait=2 * GATHER_MS):
        pass
    model.take_rows([Row(number) for number in range(100)])
    assert asked(qtbot, model)[0] == 500


def test_what_could_not_be_read_can_be_asked_for_again(qtbot: QtBot, model: SnapshotModel) -> None:
    model.show_ids(numbers(0, 9))
    model.row(0)
    asked(qtbot, model)
    model.give_up()
    model.row(0)
    assert asked(qtbot, model) == tuple(range(10))


def test_a_row_that_is_gone_is_not_asked_for_for_ever(qtbot: QtBot, model: SnapshotModel) -> None:
    model.show_ids(numbers(0, 1))
    model.row(0)
    asked(qtbot, model)
    model.take_rows([Row(0)])
    assert model.row(1) is None
    assert not model.is_waiting


def test_only_some_thousand_rows_are_held(model: SnapshotModel) -> None:
    model.show_ids(numbers(0, 9_999))
    for first in range(0, 10_000, PAGE):
        model.know([Row(number) for number in range(first, first + PAGE)])
    assert len(model._known) == KEPT
    assert model.row(9_999) == Row(9_999)


def test_a_change_keeps_the_rows_until_they_are_read_again(qtbot: QtBot, model: SnapshotModel) -> None:
    model.show_ids(numbers(0, 9))
    model.know([Row(number) for number in range(10)])
    model.forget_facts()
    assert model.row(3) == Row(3)
    assert asked(qtbot, model) == tuple(range(10))
    model.take_rows([Row(number, "new" if number == 3 else "as it was") for number in range(10)])
    assert model.row(3) == Row(3, "new")
    assert model.is_fresh(model.row(3))
    assert not model.is_fresh(model.row(4))


def test_what_follows_is_added_below_without_a_new_beginning(qtbot: QtBot, model: SnapshotModel) -> None:
    model.show_ids(numbers(1, 100))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted) as told:
        model.show_ids(numbers(1, 1_000))
    assert tuple(told.args[1:]) == (100, 999)


def test_a_number_is_found_wherever_it_stands(model: SnapshotModel) -> None:
    model.show_ids(array("q", (*range(100, 200), *range(300, 400), 7)))
    assert model.place_of(7, near=150) == 200
    assert model.place_of(350, near=150) == 150
    assert model.place_of(8) == -1


def test_all_but_one_are_ticked_without_remembering_each(model: SnapshotModel) -> None:
    model.show_ids(numbers(1, 100_000))
    model.tick_all(True)
    assert model.all_ticked is True
    model.tick_at(4, False)
    assert (model.ticked_count, model.all_ticked) == (99_999, None)
    assert not model.is_ticked_at(4)
    assert len(model.ticks._these) == 1
    model.tick_all(False)
    assert (model.ticked_count, model.all_ticked) == (0, False)


def test_a_span_is_ticked_besides_what_was_ticked_before(model: SnapshotModel) -> None:
    model.show_ids(numbers(0, 99))
    model.tick_at(50, True)
    before = model.ticks
    model.tick_span(3, 6, before)
    assert model.ticked == {3, 4, 5, 6, 50}
    model.tick_span(3, 2, before)
    assert model.ticked == {2, 3, 50}


def test_ticks_outlive_another_order(model: SnapshotModel) -> None:
    model.show_ids(numbers(0, 9))
    model.tick_at(2, True)
    model.show_ids(array("q", reversed(range(10))))
    assert model.is_ticked_at(7)
    assert model.ticked == {2}


@pytest.mark.parametrize("all_but", [False, True])
def test_ticks_know_what_is_lost(all_but: bool) -> None:
    ticks = Ticks((1, 2, 3), all_but=all_but)
    assert ticks.lost((2, 3, 4)) == {1}
    ticks.forget({1})
    assert ticks == Ticks((2, 3), all_but=all_but)
    assert ticks.count(10) == (8 if all_but else 2)
    assert ticks.among((1, 2, 3)) == ([1] if all_but else [2, 3])
