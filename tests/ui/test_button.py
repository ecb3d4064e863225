"""Buttons and fields: keyboard, forbidden with a reason, names for those who listen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.details_rows import clear
from ui.paint.text import text_width
from ui.widgets.action_row import ActionRow
from ui.widgets.button import KINDS, Button
from ui.widgets.field import Field
from ui.widgets.filter_button import FilterButton
from ui.widgets.keyboard import keyboard_stays
from ui.widgets.label import Labelled
from ui.widgets.segmented import Segmented
from ui.widgets.stepper import Stepper
from ui.widgets.text_area import TextArea


def in_front(qtbot: QtBot, page: QWidget) -> None:
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def test_a_choice_with_its_name_above_it_still_says_what_is_chosen(qtbot: QtBot) -> None:
    view = Segmented("Month", "Week", name="")
    labelled = Labelled("View", view)
    qtbot.addWidget(labelled)
    assert view.accessibleName() == "View: Month"
    labelled.set_text("보기")
    view.choose(1)
    assert view.accessibleName() == "보기: Week"


def test_space_presses_a_button_and_enter_does_not(qtbot: QtBot) -> None:
    button = Button("Confirm", "primary", key="C")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert not pressed, "a scanner ends with Enter, which must press nothing"
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed


def test_forbidden_button_says_why_and_cannot_be_pressed(qtbot: QtBot) -> None:
    button = Button("Refund", icon="cash")
    qtbot.addWidget(button)
    button.forbid("Needs the right to refund")
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.toolTip() == button.accessibleDescription() == "Needs the right to refund"
    button.allow()
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_button_that_was_grey_for_a_while_has_the_keyboard_again(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    button, other, third = Button("Rehearse a restore"), Button("Back"), Button("Look")
    for one in (button, other, third):
        column.addWidget(one)
    in_front(qtbot, page)
    button.setFocus()
    button.setEnabled(False)
    assert not button.hasFocus()
    button.setEnabled(True)
    assert button.hasFocus()
    button.setEnabled(False)
    third.setFocus()
    button.setEnabled(True)
    assert third.hasFocus(), "somebody went on meanwhile"


def test_what_is_made_anew_keeps_the_keyboard(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for word in "abc":
        column.addWidget(Button(word))
    in_front(qtbot, page)
    page.findChildren(Button)[1].setFocus()
    with keyboard_stays(page):
        clear(column)
        for word in "xyz":
            column.addWidget(Button(word))
            page.findChildren(Button)[-1].show()
    had = QApplication.focusWidget()
    assert isinstance(had, Button)
    assert had.text() == "y"


def test_button_leaves_room_for_its_focus_ring(qtbot: QtBot) -> None:
    for kind in KINDS:
        button = Button("Confirm", kind, icon="confirm", key="Enter")
        qtbot.addWidget(button)
        assert button.sizeHint().height() == 34 + 6
        assert button.accessibleName() == "Confirm (Enter)"
        button.show()
        assert not button.grab().isNull()


def test_field_hands_its_focus_and_name_to_its_line(qtbot: QtBot) -> None:
    field = Field("Find", icon="find", key="Esc")
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    line = field.findChild(QLineEdit)
    assert line is not None
    qtbot.waitUntil(line.hasFocus)
    assert line.accessibleName() == "Find"
    with qtbot.waitSignals([field.changed, field.entered]):
        qtbot.keyClicks(line, "a")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert field.text() == "a"


def test_label_names_its_field(qtbot: QtBot) -> None:
    area = TextArea("What the next person should know")
    labelled = Labelled("Staff note", area)
    qtbot.addWidget(labelled)
    assert area.accessibleName() == "Staff note"


def test_tab_leaves_a_text_area(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    area, button = TextArea("Note"), Button("Save")
    column.addWidget(area)
    column.addWidget(button)
    page.show()
    page.activateWindow()
    area.setFocus()
    focused = area.focusProxy()
    assert focused is not None
    qtbot.waitUntil(focused.hasFocus)
    qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert area.text() == ""
    assert button.hasFocus()


def test_segmented_moves_by_arrow_keys(qtbot: QtBot) -> None:
    view = Segmented("Month", "Week", name="View")
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert chosen.args == [1]
    assert view.accessibleName() == "View: Week"


def test_stepper_stays_within_its_limits(qtbot: QtBot) -> None:
    adults = Stepper("Adults", most=3)
    qtbot.addWidget(adults)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_9, Qt.Key.Key_Plus):
        qtbot.keyClick(adults, key)
    assert adults.value == 3
    adults.set_most(2)
    assert adults.value == 2
    qtbot.keyClick(adults, Qt.Key.Key_Minus)
    assert adults.accessibleName() == "Adults: 1"


def test_filter_is_cleared_by_delete(qtbot: QtBot) -> None:
    button = FilterButton("Departure", "any")
    qtbot.addWidget(button)
    button.show_value("13 to 18 Oct", on=True)
    assert button.accessibleName() == "Departure: 13 to 18 Oct"
    with qtbot.waitSignal(button.cleared):
        qtbot.keyClick(button, Qt.Key.Key_Delete)


def test_the_keys_start_from_what_is_chosen(qtbot: QtBot) -> None:
    button = FilterButton("Role", "Front desk")
    qtbot.addWidget(button)
    button.set_choices([("Owner", "owner"), ("Manager", "manager"), ("Front desk", "front")])
    button.show()
    button.open()
    menu = button.findChild(QMenu)
    assert menu is not None
    assert menu.activeAction().text() == "Front desk"
    with qtbot.waitSignal(button.chosen) as chosen:
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert chosen.args == ["front"]
    qtbot.waitUntil(lambda: button.findChild(QMenu) is None)


def test_action_row_is_pressed_by_enter(qtbot: QtBot) -> None:
    row = ActionRow("Offer 19:30 instead", "9 seats left", key="O")
    qtbot.addWidget(row)
    with qtbot.waitSignal(row.clicked):
        qtbot.keyClick(row, Qt.Key.Key_Return)


@pytest.mark.parametrize("kind", ["plain", "ghost"])
def test_a_button_with_the_keyboard_shows_its_whole_word(
    qtbot: QtBot, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button = Button("Root certificate…", kind, icon="file", key="Esc", parent=page)
    button.resize(button.sizeHint())
    rooms: list[float] = []

    def painted(_painter: object, place: QRectF, text: str, *_how: object) -> float:
        rooms.append(place.width() - text_width(text, 13, 600))
        return text_width(text, 13, 600)

    monkeypatch.setattr("ui.widgets.button.paint_text", painted)
    in_front(qtbot, page)
    for held in (False, True):
        button.setFocus() if held else button.clearFocus()
        button.grab()
        assert rooms.pop() >= 0, held
