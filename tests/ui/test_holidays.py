"""The screen of office holidays: a year by the keyboard, a country by its name, own days, and what moves by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from controllers import holidays
from controllers.background import Lane
from controllers.desk import Desk
from models.refusals import CannotDo
from tests.builders import a_product, a_reservation, reservation
from tests.ui.at_a_desk import at_a_desk, shown
from tests.ui.slow_lanes import held
from ui import asking
from ui.at_desk import AtDesk
from ui.holiday_country import CountryDialog
from ui.holidays import Holidays
from ui.widgets.notice import Notice

SATURDAY, NEW_YEAR = date(2027, 1, 16), date(2027, 2, 7)


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    QLocale.setDefault(QLocale("en_US"))
    with at_a_desk(a_desk) as made:
        yield made


def opened(qtbot: QtBot, at: AtDesk) -> Holidays:
    screen = Holidays(at)
    screen.opened()
    return shown(qtbot, screen, until=lambda: screen._shown is not None)


def quiet(qtbot: QtBot, screen: Holidays) -> None:
    asked = (screen._look, screen._change, screen._choices, screen._regions)
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not any(question.is_open for question in asked))


def press(qtbot: QtBot, screen: Holidays, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget() or screen, key)
    quiet(qtbot, screen)


def rows(screen: Holidays) -> list[tuple[str, ...]]:
    model = screen.list.model_
    say = int(Qt.ItemDataRole.AccessibleTextRole)
    return [tuple(model.data(model.index(at, n), say) for n in range(4)) for at in range(model.rowCount())]


def said(screen: Holidays) -> str:
    return " ".join(one.accessibleName() for one in screen.findChildren(Notice) if one.isVisible())


def test_a_year_is_read_month_by_month_from_today_on(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, qtmodeltester: ModelTester
) -> None:
    holidays.observe("KR", desk=a_desk)
    holidays.close_day(SATURDAY, "Moving house", desk=a_desk)
    screen = opened(qtbot, at)
    assert rows(screen)[:3] == [
        ("January", "Friday 1 January", "New Year's Day", "public holiday"),
        ("January", "Saturday 16 January", "Moving house", "our own"),
        ("February", "Saturday 6 February", "The day preceding Korean New Year", "public holiday"),
    ]
    assert screen.list.chosen is not None
    assert screen.list.chosen.day == SATURDAY  # the next one from the 15th on
    press(qtbot, screen, Qt.Key.Key_PageDown)
    assert (screen._name.text(), rows(screen)[0][1]) == ("2028", "Saturday 1 January")
    qtmodeltester.check(screen.list.model_)


def test_an_office_that_never_rests_is_offered_a_country(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    assert "open on every day of 2027" in screen.empty.accessibleName()
    press(qtbot, screen, Qt.Key.Key_O)
    dialog = screen.findChild(CountryDialog)
    assert dialog is not None
    qtbot.keyClicks(QApplication.focusWidget(), "korea")
    assert [dialog.list.model().row(at).name for at in range(dialog.list.model().rowCount())] == [
        "North Korea",
        "South Korea",
    ]
    press(qtbot, screen, Qt.Key.Key_Down)
    press(qtbot, screen, Qt.Key.Key_Return)
    assert holidays.see(2027, desk=a_desk).calendar == "KR"
    assert len(rows(screen)) > 10
    assert "South Korea" in screen.side._country.text()


def test_a_country_with_regions_asks_which(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    press(qtbot, screen, Qt.Key.Key_O)
    qtbot.keyClicks(QApplication.focusWidget(), "germany")
    press(qtbot, screen, Qt.Key.Key_Return)
    dialog = screen.findChild(CountryDialog)
    assert dialog is not None
    assert dialog.accessibleName() == "Which part of Germany?"
    assert holidays.see(2027, desk=a_desk).calendar == ""
    qtbot.keyClicks(QApplication.focusWidget(), "bay")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert holidays.see(2027, desk=a_desk).calendar == "DE-BY"
    assert screen.side._country.text() == "Germany, Bayern"


def test_a_day_is_closed_with_a_name_and_the_promises_that_move_are_told(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk, confirm_within={"days": 2})
    waiting = a_reservation(a_desk)
    before = reservation(a_desk, waiting).confirm_by
    screen = opened(qtbot, at)
    qtbot.keyClick(screen, Qt.Key.Key_N)
    screen.side.day.show_day(SATURDAY)
    screen.side.name.setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "Moving house")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert rows(screen) == [("January", "Saturday 16 January", "Moving house", "our own")]
    assert said(screen) == "Sat 16 Jan is closed. Promises of waiting orders that moved: 1."
    assert reservation(a_desk, waiting).confirm_by > before
    assert QApplication.focusWidget() is screen.list
    press(qtbot, screen, Qt.Key.Key_Delete)
    assert rows(screen) == []
    assert reservation(a_desk, waiting).confirm_by == before


def test_a_day_that_is_closed_already_is_refused_beside_the_form(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    holidays.close_day(SATURDAY, "Moving house", desk=a_desk)
    screen = opened(qtbot, at)
    screen.close_day(SATURDAY, "Again")
    quiet(qtbot, screen)
    assert said(screen) == "2027-01-16 is closed already (Moving house)."
    assert len(rows(screen)) == 1


def test_the_office_works_on_a_holiday_and_rests_after_all(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    holidays.observe("KR", desk=a_desk)
    screen = opened(qtbot, at)
    screen.list.go_to_day(NEW_YEAR)
    assert not screen.remove.isEnabled()
    press(qtbot, screen, Qt.Key.Key_W)
    assert ("February", "Sunday 7 February", "Korean New Year", "we work that day") in rows(screen)
    assert screen.work.text() == "We rest"
    press(qtbot, screen, Qt.Key.Key_W)
    assert ("February", "Sunday 7 February", "Korean New Year", "public holiday") in rows(screen)


def test_who_may_not_change_it_sees_it_and_is_told_whom_to_ask(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    holidays.observe("KR", desk=a_desk)
    clerk = replace(at, desk=lambda: replace(a_desk, actor=replace(a_desk.actor, role="front-desk")))
    screen = opened(qtbot, clerk)
    assert len(rows(screen)) > 10
    assert not any(
        button.isEnabled() for button in (screen.work, screen.remove, screen.side.add, screen.side.choose)
    )
    assert "manager" in screen.side.add.toolTip()


def test_esc_leaves_the_form_first_and_then_the_screen(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    holidays.observe("KR", desk=a_desk)
    screen = opened(qtbot, at)
    left: list[bool] = []
    screen.back_wanted.connect(lambda: left.append(True))
    press(qtbot, screen, Qt.Key.Key_N)
    assert screen.side.isAncestorOf(QApplication.focusWidget())
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert (QApplication.focusWidget() is screen.list, left) == (True, [])
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert left == [True]


def test_what_another_counter_closes_is_shown(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    holidays.close_day(SATURDAY, "Moving house", desk=a_desk)
    screen.refresh(frozenset({"holidays"}))
    quiet(qtbot, screen)
    assert [row[2] for row in rows(screen)] == ["Moving house"]


# --- answers that come late -------------------------------------------------------------------------


def test_a_name_that_is_being_typed_stays_when_another_day_is_changed(qtbot: QtBot, at: AtDesk) -> None:
    holidays.observe("KR", desk=at.desk())
    screen = opened(qtbot, at)
    screen.side.name.set_text("Team outing")
    screen.work_day()
    quiet(qtbot, screen)
    assert screen.side.name.text() == "Team outing"


def test_a_day_taken_away_with_two_quick_presses_is_not_refused(qtbot: QtBot, at: AtDesk) -> None:
    holidays.close_day(SATURDAY, "Inventory", desk=at.desk())
    screen = opened(qtbot, at)
    screen.list.go_to_day(SATURDAY)
    with held(at.background):
        screen.remove_day()
        screen.remove_day()
    quiet(qtbot, screen)
    assert "is open again" in said(screen)


def test_the_question_for_a_region_that_was_left_is_not_spoken_to(qtbot: QtBot, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    press(qtbot, screen, Qt.Key.Key_O)
    (dialog,) = screen.window().findChildren(CountryDialog)
    dialog.field.set_text("Germany")
    with held(at.background, Lane.READING):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    quiet(qtbot, screen)
    assert screen.list.isVisible() or screen.empty.isVisible()


def test_regions_that_cannot_be_read_are_told_and_can_be_asked_for_again(
    qtbot: QtBot, at: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(qtbot, at)
    press(qtbot, screen, Qt.Key.Key_O)
    (dialog,) = screen.window().findChildren(CountryDialog)
    dialog.field.set_text("Germany")

    def away(*_told: object) -> None:
        raise CannotDo("database-busy")

    with monkeypatch.context() as patched:
        patched.setattr(asking, "calendar_regions", away)
        press(qtbot, screen, Qt.Key.Key_Return)
    assert "Another counter has been writing" in dialog._notice.accessibleName()
    press(qtbot, screen, Qt.Key.Key_Return)
    assert "Which part of Germany?" in dialog.accessibleName()
    press(qtbot, screen, Qt.Key.Key_Escape)
