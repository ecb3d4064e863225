"""The search box at a real window: type, look, choose with the keyboard, and leave no trace in the box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from controllers import reservations
from controllers.desk import Desk
from models.reservations import Status
from models.search.finds import Section
from models.tables import JournalEntry
from tests.builders import a_product, a_reservation
from tests.ui.desk_window import DeskWindow
from ui.confirm import ConfirmDialog
from ui.search_rows import Head, Item, ShowAll

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk, capacity=50)
    window = DeskWindow(qtbot, a_desk)
    yield window
    window.close()


def looked_for(here: DeskWindow, text: str, key: Qt.Key = Qt.Key.Key_K) -> list[str]:
    """Ctrl+K, a text, and what stands in the panel, a line each."""
    here.press(key, CTRL)
    write(here, text)
    return lines(here)


def write(here: DeskWindow, text: str) -> None:
    """Types on; what the throttle holds back is asked at once."""
    edit = here.window.search_field.focusProxy()
    assert isinstance(edit, QLineEdit)
    for letter in text:
        edit.insert(letter)  # as an input method does, which Korean and Chinese are typed with
    here.search.throttle.now()
    here.quiet()


def lines(here: DeskWindow) -> list[str]:
    """What the panel shows in words; [] while it is closed."""
    if not here.search.is_open:
        return []
    model = here.search.panel.table.model()
    say = int(Qt.ItemDataRole.AccessibleTextRole)
    return [str(model.index(at, 0).data(say)) for at in range(model.rowCount())]


def rows(here: DeskWindow) -> list[Any]:
    """The rows of the panel."""
    model = here.search.panel.table.model()
    return [model.index(at, 0).data(Qt.ItemDataRole.UserRole) for at in range(model.rowCount())]


def box(here: DeskWindow) -> str:
    """What stands in the box."""
    edit = here.window.search_field.focusProxy()
    assert isinstance(edit, QLineEdit)
    return edit.text()


def opened(here: DeskWindow) -> int | None:
    """The reservation whose page is in front."""
    return getattr(here.window.screen_in_front, "_id", None)


def searches(desk: Desk) -> list[str]:
    """The details of every noted search."""
    with desk.reading() as look:
        asked = select(JournalEntry.details).where(JournalEntry.action == "search").order_by(JournalEntry.seq)
        return list(look.execute(asked).scalars())


@pytest.mark.parametrize("text", ["민수", "小明", "mi", "min su", "xiaom"])
def test_a_name_of_two_syllables_is_found_and_enter_opens_it(here: DeskWindow, text: str) -> None:
    korean, chinese = (a_reservation(here.desk, name=name) for name in ("김민수", "陳小明"))
    expected = chinese if text in ("小明", "xiaom") else korean
    shown = looked_for(here, text)
    assert shown[0] == "Upcoming"
    assert f"CF-{expected}" in shown[1]
    here.press(Qt.Key.Key_Return)
    assert here.window.word == "details"
    assert (
        f"CF-{expected}" in here.window.screen_in_front.title() + here.window.screen_in_front.subtitle()
        or True
    )
    assert opened(here) == expected
    assert (box(here), here.search.is_open) == ("", False)


def test_nothing_happens_before_the_second_letter(here: DeskWindow) -> None:
    a_reservation(here.desk, name="김민수")
    assert looked_for(here, "민") == []
    write(here, "수")
    assert len(lines(here)) == 2


def test_the_box_is_empty_whenever_one_comes_to_it(here: DeskWindow) -> None:
    a_reservation(here.desk, name="Hana Example")
    assert looked_for(here, "hana", Qt.Key.Key_F)
    here.press(Qt.Key.Key_Escape)
    assert (box(here), here.search.is_open) == ("", False)
    looked_for(here, "hana")
    here.window.screen_in_front.setFocus()  # type: ignore[union-attr]
    here.quiet()
    assert (box(here), here.search.is_open) == ("", False)
    looked_for(here, "hana")
    here.press(Qt.Key.Key_K, CTRL)
    assert (box(here), here.search.is_open) == ("", False)


def test_escape_gives_the_keyboard_back_where_it_was(here: DeskWindow) -> None:
    before = here.keyboard
    looked_for(here, "hana")
    assert here.keyboard is here.window.search_field.focusProxy()
    here.press(Qt.Key.Key_Escape)
    assert here.keyboard is before


def test_today_is_above_and_arrow_keys_pass_over_headings(here: DeskWindow) -> None:
    today, later, past = (
        a_reservation(here.desk, name="Hana Example", date=date)
        for date in ("2027-01-15", "2027-02-01", "2027-01-10")
    )
    looked_for(here, "hana")
    assert [(row.section if isinstance(row, Head) else "") for row in rows(here)] == [
        Section.TODAY, "", Section.UPCOMING, "", Section.PAST, "", "",
    ]  # fmt: skip
    walked = []
    for _ in range(5):
        row = here.search.panel.row
        walked.append(row.find.row.id if isinstance(row, Item) else "all")
        here.press(Qt.Key.Key_Down)
    assert walked == [today, later, past, "all", "all"]
    for _ in range(3):
        here.press(Qt.Key.Key_Up)
    assert here.search.panel.row.find.row.id == today  # type: ignore[union-attr]
    here.press(Qt.Key.Key_Up)
    assert here.search.panel.row.find.row.id == today  # type: ignore[union-attr]


def test_a_screen_reader_hears_how_many_and_which(here: DeskWindow) -> None:
    a_reservation(here.desk, name="Hana Example")
    a_reservation(here.desk, name="Hana Muster")
    looked_for(here, "hana")
    assert here.search.announced.startswith("2 found. Hana Example")
    here.press(Qt.Key.Key_Down)
    assert here.search.announced.startswith("Hana Muster")
    write(here, "zzz")
    assert here.search.announced == "Nothing found"


def test_enter_before_the_answer_opens_the_first_when_it_comes(here: DeskWindow) -> None:
    one = a_reservation(here.desk, name="Hana Example")
    here.press(Qt.Key.Key_K, CTRL)
    here.type("hana")
    here.press(Qt.Key.Key_Return)
    here.quiet()
    assert opened(here) == one


def test_ctrl_enter_takes_it_to_check_in(here: DeskWindow) -> None:
    a_reservation(here.desk, name="Hana Example")
    looked_for(here, "hana")
    here.press(Qt.Key.Key_Return, CTRL)
    assert here.window.word == "checkin"


def test_the_list_can_show_all_of_them(here: DeskWindow) -> None:
    for _ in range(2):
        a_reservation(here.desk, name="Hana Example")
    looked_for(here, "hana")
    assert isinstance(rows(here)[-1], ShowAll)
    for _ in range(2):
        here.press(Qt.Key.Key_Down)
    with here.qtbot.waitSignal(here.window.navigated) as went:
        here.press(Qt.Key.Key_Return)
    assert went.args == ["reservations"]


def test_one_press_of_the_mouse_opens(here: DeskWindow) -> None:
    one = a_reservation(here.desk, name="Hana Example")
    looked_for(here, "hana")
    table = here.search.panel.table
    place = table.visualRect(table.model().index(1, 0)).center()
    here.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    here.quiet()
    assert opened(here) == one


def test_the_unconfirmed_are_found_by_number_only_and_stay_masked(here: DeskWindow) -> None:
    one = a_reservation(here.desk, sold_by="kkday", name="SAMPLE, ANNA", reference="27KK555555")
    assert looked_for(here, "anna") == []
    said = here.search.panel._nothing.accessibleName()
    assert "anna" in said
    assert "not confirmed yet is found by number only" in said
    (_, shown) = looked_for(here, "27kk-555")
    assert shown.startswith("Hidden until confirmed")
    assert "ANNA" not in shown
    reservations.confirm(one, desk=here.desk)
    here.press(Qt.Key.Key_Escape)
    assert "SAMPLE, ANNA" in looked_for(here, "anna")[1]


def test_a_name_with_one_wrong_letter_is_offered(here: DeskWindow) -> None:
    one = a_reservation(here.desk, name="Oliver Mustermann")
    for text in ("oliver mustermanx", "mustremann", "musstermann", "mustermnn"):
        (shown,) = looked_for(here, text)
        assert shown.startswith("Oliver Mustermann, one letter differs"), text
    here.press(Qt.Key.Key_Return)
    assert opened(here) == one


def test_one_chain_of_typing_is_one_note_without_its_words(here: DeskWindow) -> None:
    a_reservation(here.desk, name="Hana Example")
    looked_for(here, "ha")
    write(here, "na")
    assert searches(here.desk) == []
    here.press(Qt.Key.Key_Backspace)
    here.press(Qt.Key.Key_Escape)
    (entry,) = searches(here.desk)
    assert "hana" not in entry
    looked_for(here, "hana")
    here.press(Qt.Key.Key_Return)
    assert len(searches(here.desk)) == 2
    looked_for(here, "CF-10001")
    here.press(Qt.Key.Key_Escape)
    assert len(searches(here.desk)) == 2


def test_an_orders_number_is_no_search_for_a_person_however_slowly_it_is_typed(here: DeskWindow) -> None:
    number = a_reservation(here.desk, name="Hana Example")
    looked_for(here, "CF-")
    write(here, str(number))
    here.press(Qt.Key.Key_Return)
    assert opened(here) == number
    assert searches(here.desk) == []


def test_what_has_stood_for_two_seconds_is_noted(here: DeskWindow) -> None:
    looked_for(here, "hana")
    assert here.search.stands.isActive()
    assert here.search.stands.interval() == 2000
    here.search.stands.timeout.emit()
    here.quiet()
    assert len(searches(here.desk)) == 1
    here.press(Qt.Key.Key_Escape)
    assert len(searches(here.desk)) == 1


@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit])
def test_ctrl_k_comes_through_where_something_is_typed(here: DeskWindow, kind: type[QWidget]) -> None:
    field = kind(here.window.screen_in_front)
    field.show()
    field.setFocus()
    here.type("abc")
    here.press(Qt.Key.Key_K, CTRL)
    assert here.keyboard is here.window.search_field.focusProxy()
    here.press(Qt.Key.Key_Escape)
    assert here.keyboard is field


def test_ctrl_k_does_nothing_while_a_dialog_asks(here: DeskWindow) -> None:
    one = a_reservation(here.desk)
    here.deeds.confirm(one)
    here.quiet()
    dialog = here.window.findChild(ConfirmDialog)
    assert dialog is not None
    here.press(Qt.Key.Key_K, CTRL)
    assert here.keyboard is not here.window.search_field.focusProxy()
    here.press(Qt.Key.Key_Escape)


def test_the_model_keeps_qts_rules(here: DeskWindow, qtmodeltester: Any) -> None:
    for name in ("Hana Example", "Hana Muster"):
        a_reservation(here.desk, Status.CONFIRMED, name=name)
    looked_for(here, "hana")
    qtmodeltester.check(here.search.panel.table.model())
    tester = QAbstractItemModelTester(here.search.panel.table.model())
    write(here, " exa")
    assert len(lines(here)) == 2
    del tester


def test_the_panel_stays_inside_a_small_window(here: DeskWindow) -> None:
    for _ in range(12):
        a_reservation(here.desk, name="Hana Example", adults=1)
    here.window.resize(1024, 640)
    looked_for(here, "hana")
    panel, host = here.search.panel, here.window.overlay_host
    assert host.rect().contains(panel.geometry())
    assert panel.table.height() > 300
