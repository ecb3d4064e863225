"""Lists: a cursor by keyboard, ticks by identity, rows that change without jumping."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.ui.sample_rows import COLUMNS, ROWS, Rows, say
from ui.widgets.list_table import ListTable
from ui.widgets.row_model import RowModel


@pytest.fixture
def model() -> RowModel:
    made = RowModel(COLUMNS, lambda row: row.number, say)
    made.show_rows(ROWS[:4])
    return made


@pytest.fixture
def table(qtbot: QtBot, model: RowModel) -> ListTable:
    made = ListTable(model, Rows(), name="Reservations")
    qtbot.addWidget(made)
    made.resize(1282, 500)
    made.show()
    made.setFocus()
    made.go_to(0)
    return made


def test_model_keeps_qts_rules(model: RowModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.append_rows(ROWS[4:], more=True)
    model.show_rows([replace(ROWS[0], pax="9"), *ROWS[1:]])
    model.tick_all(True)
    model.show_rows(ROWS[2:5])
    model.fetchMore(model.index(-1, -1))
    assert tester.model() is model


def test_every_cell_can_be_said(model: RowModel) -> None:
    for column in range(model.columnCount()):
        said = model.data(model.index(0, column), Qt.ItemDataRole.AccessibleTextRole)
        assert isinstance(said, str)
    assert model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Unconfirmed"


def test_j_and_k_move_the_cursor(qtbot: QtBot, table: ListTable) -> None:
    qtbot.keyClick(table, Qt.Key.Key_J)
    qtbot.keyClick(table, Qt.Key.Key_J)
    qtbot.keyClick(table, Qt.Key.Key_K)
    assert table.row.number == ROWS[1].number
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.row.number == ROWS[3].number
    qtbot.keyClick(table, Qt.Key.Key_J)
    assert table.row.number == ROWS[3].number


def test_enter_opens_and_space_ticks(qtbot: QtBot, table: ListTable, model: RowModel) -> None:
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].number == ROWS[0].number
    with qtbot.waitSignal(model.ticks_changed):
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert model.ticked == {ROWS[0].number}
    assert model.all_ticked is None
    table.tick_all()
    assert model.all_ticked is True


def test_letters_are_not_a_search_in_the_list(qtbot: QtBot, table: ListTable) -> None:
    qtbot.keyClick(table, Qt.Key.Key_C)
    assert table.row.number == ROWS[0].number


def test_cursor_stays_on_its_row_when_rows_come_before_it(table: ListTable, model: RowModel) -> None:
    table.go_to(1)
    model.show_rows([ROWS[5], ROWS[6], *ROWS[:4]])
    assert table.row.number == ROWS[1].number


def test_changed_row_changes_in_place_and_is_marked(qtbot: QtBot, model: RowModel) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_rows([replace(ROWS[0], pax="9"), *ROWS[1:4]])
    assert model.is_fresh(model.row(0))
    assert not model.is_fresh(model.row(1))


def test_ticks_outlive_another_page(model: RowModel) -> None:
    model.tick(ROWS[0], True)
    model.show_rows(ROWS[4:8])
    assert model.ticked == {ROWS[0].number}
    assert model.all_ticked is False


def test_next_page_is_asked_for_once(qtbot: QtBot, model: RowModel) -> None:
    model.show_rows(ROWS[:4], more=True)
    root = model.index(-1, -1)
    assert model.canFetchMore(root)
    with qtbot.waitSignal(model.more_wanted):
        model.fetchMore(root)
    assert not model.canFetchMore(root), "it was asked for and is not there yet"
    model.append_rows(ROWS[4:6], more=False)
    assert model.rowCount() == 6
    assert not model.canFetchMore(root)


def test_rows_are_all_of_one_height_and_paint(table: ListTable) -> None:
    assert {table.rowHeight(row) for row in range(4)} == {44}
    assert not table.grab().isNull()


def test_click_on_the_box_of_the_heading_ticks_all(qtbot: QtBot, table: ListTable, model: RowModel) -> None:
    heading = table.horizontalHeader().viewport()
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton, pos=QPoint(18, 17))
    assert model.all_ticked is True
