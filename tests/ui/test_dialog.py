"""A question inside the window keeps the keyboard until it is answered, and gives it back."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.refusals import CannotDo
from ui import actions
from ui.paint.text import text_width
from ui.trouble import show_trouble
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.toast import Toast


class Window(QWidget):
    """A window with a button that had the focus, and a key of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(900, 700)
        self.behind = Button("Behind")
        QVBoxLayout(self).addWidget(self.behind)
        self.confirmed = 0
        actions.make("confirm", self, self._confirm)

    def _confirm(self) -> None:
        self.confirmed += 1


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.behind.setFocus()
    qtbot.waitUntil(made.behind.hasFocus)
    return made


def ask(window: Window, *, stays: bool = False) -> Dialog:
    dialog = Dialog("Confirm 6 seats?", window, subtitle="Example Night Boat", stays=stays)
    dialog.add_button("Not now", key="Esc")
    dialog.add_button("Hold…", key="H")
    dialog.add_button("Confirm", "primary", key="Enter")
    return dialog


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_where_what_had_the_keyboard_is_grey_by_now_its_neighbour_has_it(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    here, beside = Button("Confirm"), Button("Claim")
    for button in (here, beside):
        row.addWidget(button)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    here.setFocus()
    dialog = Dialog("Sure?", page)
    dialog.add_button("Yes", "primary")
    dialog.open()
    here.setEnabled(False)
    dialog.leave()
    assert QApplication.focusWidget() is beside


@pytest.mark.parametrize("room", range(-1, 4))
def test_a_line_that_just_fits_or_just_does_not_needs_no_scroll_bar(window: Window, room: int) -> None:
    words = "Nothing more is sold or confirmed on it, unless with a reason."
    margins = 2 * 27
    width = math.ceil(text_width(words)) + margins + room
    dialog = Dialog("Close this departure?", window, width=width, stays=True)
    dialog.add(Label(words, wrap=True))
    dialog.add_button("Close", "primary", key="Enter")
    dialog.open()
    QApplication.processEvents()
    (area,) = dialog.findChildren(QScrollArea)
    assert not area.verticalScrollBar().isVisible()
    assert area.widget().height() <= area.viewport().height()
    window.resize(900, 200)
    QApplication.processEvents()
    assert area.verticalScrollBar().isVisible()


def test_no_toast_lies_over_another(window: Window) -> None:
    told = Toast("Olga Example works here now", window)
    newer = Toast("Undone", window)
    assert told.isHidden(), "what only tells something gives way to what is told next"
    undone, rings = Toast("Confirmed", window, take_back=True), Toast("CF-7 came in", window, opens="Open")
    assert newer.isHidden()
    newest = Toast("This needs the right to sell", window)
    standing = (undone, rings, newest)
    assert not any(one.isHidden() for one in standing), "what can be pressed stays"
    places = [one.geometry() for one in standing]
    assert not any(a.intersects(b) for a, b in combinations(places, 2))
    for one in standing:
        one.leave()


def test_what_is_to_be_read_for_longer_stays_beside_a_short_word(window: Window) -> None:
    refused = Toast("This needs the right to see reservations", window, seconds=60)
    greeted = Toast("Bea Example works here now", window)
    assert not refused.isHidden(), "its sixty seconds are not over"
    assert not greeted.isHidden()
    assert not refused.geometry().intersects(greeted.geometry())
    for one in (refused, greeted):
        one.leave()


@pytest.mark.parametrize("opens", ["", "Open"])
def test_a_toast_never_lies_over_the_buttons_of_a_question(window: Window, opens: str) -> None:
    dialog = ask(window)
    tall = QWidget()
    tall.setMinimumHeight(400)
    dialog.add(tall)
    dialog.open()
    QApplication.processEvents()
    toast = Toast("Confirmed CF-7, the letter waits", window, opens=opens)
    for button in dialog.findChildren(Button):
        place = QRect(button.mapTo(window, QPoint()), button.size())
        assert not place.intersects(toast.geometry()), button.text()
    assert window.rect().contains(toast.geometry())
    dialog.leave()
    toast._count_down()
    assert toast.geometry().top() > window.height() // 2, "at the foot again"
    toast.leave()


def test_enter_is_the_right_button(qtbot: QtBot, window: Window) -> None:
    dialog = ask(window)
    dialog.open()
    with qtbot.waitSignals([dialog.accepted, dialog.closed]):
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert window.behind.hasFocus()


def test_escape_is_the_left_button(qtbot: QtBot, window: Window) -> None:
    dialog = ask(window)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.accepted):
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert window.behind.hasFocus()


def test_a_letter_presses_its_button(qtbot: QtBot, window: Window) -> None:
    dialog = ask(window)
    hold = dialog.findChildren(Button)
    dialog.open()
    button = next(one for one in hold if one.key == "H")
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(focused(), Qt.Key.Key_H)


@pytest.mark.parametrize(
    ("key", "text", "cap"), [(Qt.Key.Key_Return, "\r", "Enter"), (Qt.Key.Key_H, "h", "H")]
)
def test_the_key_that_asked_answers_nothing_while_it_is_still_held_down(
    qtbot: QtBot, window: Window, key: Qt.Key, text: str, cap: str
) -> None:
    dialog = ask(window)
    button = next(one for one in dialog.findChildren(Button) if one.key == cap)
    dialog.open()
    held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, True)
    with qtbot.assertNotEmitted(button.clicked):
        QApplication.sendEvent(focused(), held)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(focused(), key)


def test_keys_of_the_window_are_silent_meanwhile(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(focused(), Qt.Key.Key_C)
    assert window.confirmed == 1
    dialog = ask(window)
    dialog.open()
    qtbot.keyClick(focused(), Qt.Key.Key_C)
    assert window.confirmed == 1
    dialog.leave()
    qtbot.keyClick(focused(), Qt.Key.Key_C)
    assert window.confirmed == 2


def test_tab_stays_inside(qtbot: QtBot, window: Window) -> None:
    dialog = ask(window)
    dialog.add(Field("Reason"))
    dialog.open()
    visited = set()
    for _ in range(6):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        assert dialog.isAncestorOf(focused())
        visited.add(focused())
    assert len(visited) == 4
    qtbot.keyClick(focused(), Qt.Key.Key_Backtab)
    assert dialog.isAncestorOf(focused())


def test_focus_that_is_taken_away_comes_back(qtbot: QtBot, window: Window) -> None:
    dialog = ask(window)
    dialog.open()
    window.behind.setFocus()
    assert dialog.isAncestorOf(focused())


def test_typed_letters_stay_in_the_field(qtbot: QtBot, window: Window) -> None:
    dialog = ask(window)
    field = Field("Reason")
    dialog.add(field)
    dialog.open(focus=field)
    qtbot.keyClicks(focused(), "ch")
    assert field.text() == "ch"
    assert window.confirmed == 0


def test_enter_that_is_held_down_in_a_field_is_one_enter(qtbot: QtBot, window: Window) -> None:
    field, entered = Field(), list[str]()
    window.layout().addWidget(field)
    field.entered.connect(lambda: entered.append(field.text()))
    field.setFocus()
    qtbot.keyClicks(focused(), "wrong words")
    for is_repeat in (False, True, True):
        pressed = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", is_repeat
        )
        QApplication.sendEvent(focused(), pressed)
    assert entered == ["wrong words"]


def test_refusal_is_shown_inside_and_the_dialog_stays(qtbot: QtBot, window: Window) -> None:
    dialog = ask(window, stays=True)
    dialog.open()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.refuse(CannotDo("no-seats", short=2, departure="Sat 17 Oct, 17:40"))
    notice = dialog.findChild(Notice)
    assert notice is not None
    assert notice.isVisible()
    assert "Sat 17 Oct, 17:40 is short of seats by 2." in notice.accessibleName()


def test_what_was_written_in_a_question_can_be_sent_again_after_a_fault_of_ours(
    qtbot: QtBot, window: Window
) -> None:
    dialog = ask(window, stays=True)
    primary = next(one for one in dialog.findChildren(Button) if one.key == "Enter")
    dialog.open()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert not primary.isEnabled()
    show_trouble(RuntimeError("broken"), window).leave()
    assert primary.isEnabled()
    assert dialog.isVisible()


def test_dialog_stays_in_a_low_window(qtbot: QtBot, window: Window) -> None:
    window.resize(700, 420)
    dialog = ask(window)
    for number in range(12):
        dialog.add(Field(f"Field {number}"))
    dialog.open()
    assert not dialog.grab().isNull()
    assert all(
        button.mapTo(dialog, button.rect().bottomRight()).y() < 420 for button in dialog.findChildren(Button)
    )


def test_a_dialog_leaves_every_other_widget_with_the_keeper_it_had(window: Window, qtbot: QtBot) -> None:
    """PySide's nextInFocusChain gives what it returns to the one asked; a table once lost its heading so."""
    table = QTableView()
    heading = QHeaderView(Qt.Orientation.Horizontal, table)
    table.setHorizontalHeader(heading)
    window.layout().addWidget(table)
    assert _is_kept_by(heading, table)
    dialog = Dialog("Ask", window)
    dialog.add_button("One", "plain")
    dialog.add_button("Two", "primary")
    dialog.open()
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    dialog.leave()
    assert _is_kept_by(heading, table)


def _is_kept_by(widget: QWidget, keeper: QWidget) -> bool:
    """Whether the binding keeps a widget for just this one."""
    told = next(line for line in shiboken6.dump(widget).splitlines() if line.startswith("parent"))
    return told.endswith(f"at {id(keeper):#x}>")
