"""The screen of orders that fit nothing: choose what their words mean, and see what came of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from controllers import mapping
from controllers.desk import Desk
from tests.builders import a_product, reservation, somebody_else, taken
from tests.builders import direct_row as direct
from tests.fakes import StillClock
from tests.ui.at_a_desk import at_a_desk, shown, wanders
from tests.ui.slow_lanes import held
from ui.at_desk import AtDesk
from ui.departure_dialog import DepartureDialog
from ui.mapping import Mapping
from ui.widgets.button import Button
from ui.widgets.filter_button import FilterButton

MORNING = {"name": "Morning", "starts": "10:00", "capacity": 8, "minutes": 60, "units": [{"name": "Adult"}]}
AFTERNOON = MORNING | {"name": "Afternoon", "starts": "14:00", "weekdays": ["mon"], "minutes": 90}


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    a_product(a_desk, options=[MORNING, AFTERNOON])
    with at_a_desk(a_desk) as made:
        yield made


def a_screen(qtbot: QtBot, at: AtDesk) -> Mapping:
    made: Mapping = shown(qtbot, Mapping(at), until=lambda: True)
    quiet(qtbot, made)
    return made


def quiet(qtbot: QtBot, screen: Mapping) -> None:
    questions = [*screen._asks.values(), *screen._deeds.values(), screen.maker]
    for _ in range(3):
        qtbot.waitUntil(lambda: not any(question.is_open for question in questions))
        QApplication.processEvents()


def choices(pick: FilterButton) -> dict[str, object]:
    return dict(pick._choices)


def choose(qtbot: QtBot, pick: FilterButton, word: str) -> None:
    pick.chosen.emit(choices(pick)[word])
    QApplication.processEvents()


def press(qtbot: QtBot, screen: Mapping, key: Qt.Key, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget() or screen.groups.rows, key, held)
    quiet(qtbot, screen)


def test_a_group_is_given_a_meaning_and_its_orders_find_their_places(
    qtbot: QtBot, at: AtDesk, a_desk: Desk
) -> None:
    made = taken(a_desk, *[direct(product="Night Walk", option="Late", date=f"2027-02-0{n}") for n in (1, 8)])
    made += taken(a_desk, direct(product="Night Walk", option="Late", date="2027-02-02"))
    screen = a_screen(qtbot, at)
    ModelTester(None).check(screen.groups.model_)
    assert not screen.choice.decide.isEnabled()
    press(qtbot, screen, Qt.Key.Key_Return)
    assert screen.choice.pick_product.hasFocus()
    choose(qtbot, screen.choice.pick_product, "Tea House Walk")
    assert screen.choice.decide.toolTip() == "Choose what these words mean first"
    choose(qtbot, screen.choice.pick_option, "Afternoon")
    press(qtbot, screen, Qt.Key.Key_Return, ctrl=True)
    assert [reservation(a_desk, one).unmatched for one in made] == ["", "", "no-departure"]
    assert screen.choice.said.accessibleName().startswith("2 orders found their place.")
    assert "1 × no such departure" in screen.choice.said.accessibleName()
    (group,) = mapping.see_unmatched_groups(desk=a_desk).groups
    assert screen.groups.row == group


def test_the_departure_that_is_missing_is_made_from_here(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    made = taken(a_desk, direct(option="Afternoon", date="2027-02-02", time="14:00"))
    screen = a_screen(qtbot, at)
    button = next(b for b in screen.findChildren(Button) if b.text().startswith("Make this departure"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = screen.window().findChild(DepartureDialog)
    assert (dialog.day.text(), dialog.starts.text(), dialog.minutes.text()) == ("2027-02-02", "14:00", "90")
    dialog.capacity.set_text("many")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert reservation(a_desk, made[0]).unmatched == "no-departure"
    dialog.capacity.set_text("6")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    quiet(qtbot, screen)
    assert reservation(a_desk, made[0]).unmatched == ""
    assert screen._nothing.isVisible()
    assert "1 order found its place." in screen._nothing.accessibleName()


def test_unknown_words_for_travelers_can_be_named(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    a_product(a_desk, "BOAT", "Night Boat", options=[MORNING | {"units": [{"name": "Grown-up", "heads": 1}]}])
    taken(a_desk, direct(product="Cruise", option="Morning"))
    screen = a_screen(qtbot, at)
    choose(qtbot, screen.choice.pick_product, "Night Boat")
    picks = [one for one in screen.choice.findChildren(FilterButton) if "Adult" in one.accessibleName()]
    assert picks[-1].accessibleName() == "“Adult” means: one seat each"
    choose(qtbot, picks[-1], "Grown-up")
    screen.choice.decide.click()
    quiet(qtbot, screen)
    known = mapping.see_unmatched_groups(desk=a_desk).catalogue
    boat = next(one for one in known.products if one.code == "BOAT")
    assert ("direct", "adult") in boat.options[0].units[0].names


def test_an_order_opens_and_esc_goes_back(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    made = taken(a_desk, direct(product="Night Walk"))
    screen = a_screen(qtbot, at)
    went = wanders(screen)
    link = next(b for b in screen.findChildren(Button) if b.text() == f"CF-{made[0]}")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went == [("details", {"reservation": f"CF-{made[0]}"})]
    screen.choice.pick_product.setFocus()
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert screen.groups.rows.hasFocus()
    with qtbot.waitSignal(screen.back_wanted):
        qtbot.keyClick(screen.groups.rows, Qt.Key.Key_Escape)


def test_where_nothing_waits_it_says_so(qtbot: QtBot, at: AtDesk) -> None:
    screen = a_screen(qtbot, at)
    assert screen._nothing.isVisible()
    assert screen._nothing.accessibleName().startswith("Every order has its departure")


def test_kept_twice_quickly_the_orders_are_placed_once_and_that_is_said(qtbot: QtBot, at: AtDesk) -> None:
    taken(at.desk(), direct(product="Night Walk", option="Late"))
    screen = a_screen(qtbot, at)
    choose(qtbot, screen.choice.pick_product, "Tea House Walk")
    choose(qtbot, screen.choice.pick_option, "Afternoon")
    with held(at.background):
        screen._keep()
        screen._keep()
    quiet(qtbot, screen)
    assert screen.choice.said.accessibleName() == "1 order found its place."


def test_a_departure_that_is_refused_after_its_dialog_was_left_is_told(qtbot: QtBot, at: AtDesk) -> None:
    taken(at.desk(), direct(product="Night Walk", option="Late"))
    screen = a_screen(qtbot, at)
    screen.maker.open(screen.window(), "Tea House Walk", 1)
    qtbot.keyClick(screen.window().findChildren(DepartureDialog)[-1], Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    screen.maker.remove(99_999)
    quiet(qtbot, screen)
    assert screen.choice.notice.isVisibleTo(screen.choice)


def test_what_another_counter_taught_meanwhile_is_not_taught_anew_unseen(
    qtbot: QtBot, at: AtDesk, a_desk: Desk, a_second_desk: Desk, clock: StillClock
) -> None:
    a_product(a_desk, "BOAT", "Boat Trip", options=[MORNING])
    taken(a_desk, direct(product="Night Walk", option="", date="2027-02-01"))
    screen = a_screen(qtbot, at)
    choose(qtbot, screen.choice.pick_product, "Tea House Walk")
    choose(qtbot, screen.choice.pick_option, "Afternoon")
    assert screen.about() == {"product:1"}
    group = mapping.see_unmatched_groups(desk=a_second_desk).groups[0]
    clock.forward(minutes=1)
    boat = choices(screen.choice.pick_product)["Boat Trip"]
    mapping.map_orders(
        group.key, product_id=int(str(boat)), desk=somebody_else(a_second_desk, role="manager")
    )
    press(qtbot, screen, Qt.Key.Key_Return, ctrl=True)
    said = screen.choice.notice.accessibleName()
    assert "Mina said meanwhile, at Second desk, that these words mean Boat Trip" in said
    known = mapping.see_unmatched_groups(desk=a_second_desk).catalogue
    assert mapping.product_meant(known, group.key) == boat
