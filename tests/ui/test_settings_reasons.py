"""The page of the reasons for cancelling: written in each language, kept together, never over somebody else's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers import cancel_reasons
from controllers.desk import Desk
from models.cancelling import Reason, usual_reasons
from tests.ui.desk_window import DeskWindow
from ui.settings import Settings
from ui.settings_reasons import ReasonsPage
from ui.widgets.button import Button


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk, {"settings": Settings})
    yield made
    made.close()


def page(here: DeskWindow) -> ReasonsPage:
    here.go("settings", section="reasons")
    found = here.window.findChildren(ReasonsPage)[0]
    here.quiet()
    return found


def test_a_reason_is_written_in_two_languages_and_kept(here: DeskWindow) -> None:
    shown = page(here)
    assert not shown.keep.isEnabled()
    here.click("New reason")
    shown.title.set_text("Strike")
    shown.text.set_text("A strike stops {{ product }}.")
    shown.language.choose(1)
    assert shown.text.text() == ""
    shown.text.set_text("파업으로 {{ product }}을(를) 운영하지 않습니다.")
    here.click("Keep the reasons")
    kept = cancel_reasons.see_reasons(desk=here.desk)[-1]
    assert kept.title == "Strike"
    assert set(kept.texts) == {"en", "ko"}
    here.click("The usual ones again")
    assert cancel_reasons.see_reasons(desk=here.desk)[-1].title == "Strike", "nothing goes by one press"
    here.click("Back to what is kept")
    assert shown.is_changed is False
    here.click("The usual ones again")
    here.click("Keep the reasons")
    assert cancel_reasons.see_reasons(desk=here.desk) == usual_reasons()


def test_the_keyboard_stays_with_the_reasons_when_one_is_chosen_and_when_all_are_kept(
    here: DeskWindow,
) -> None:
    shown = page(here)
    ill = next(one for one in shown.findChildren(Button) if one.accessibleName() == "Our guide is ill")
    ill.setFocus()
    here.press(Qt.Key.Key_Space)
    assert QApplication.focusWidget().accessibleName() == "Our guide is ill"
    shown.text.set_text("Our guide has a cold.")
    shown.keep.setFocus()
    here.press(Qt.Key.Key_Space)
    here.quiet()
    assert cancel_reasons.see_reasons(desk=here.desk)[1].texts["en"] == "Our guide has a cold."
    assert shown.title.isAncestorOf(QApplication.focusWidget())


def test_what_somebody_else_kept_is_not_overwritten_unknowingly(here: DeskWindow) -> None:
    shown = page(here)
    here.click("Our guide is ill")
    shown.text.set_text("Our guide has a cold.")
    theirs = (Reason("Fog", {"en": "There is fog."}),)
    cancel_reasons.keep_reasons(theirs, desk=here.desk)
    here.quiet()
    here.click("Keep the reasons")
    assert "Somebody else changed the reasons" in here.said(shown)
    assert cancel_reasons.see_reasons(desk=here.desk) == theirs
    assert shown.text.text() == "Our guide has a cold."
    here.click("Keep the reasons")
    assert cancel_reasons.see_reasons(desk=here.desk)[1].texts["en"] == "Our guide has a cold."
