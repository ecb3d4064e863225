"""Settings, Staff: what is told once is told to one person, and no group goes by one press."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest
from pytestqt.qtbot import QtBot

from controllers.desk import Desk
from controllers.staff import groups
from controllers.staff.people import Invited
from models.rights import Role
from tests.staff import cheapest_hashes
from tests.ui.desk_window import DeskWindow
from ui.settings import Settings
from ui.settings_staff import StaffPage
from ui.widgets.button import Button

__all__ = ["cheapest_hashes"]


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    groups.keep_group("Pier", (), (), desk=a_desk)
    made = DeskWindow(qtbot, a_desk, {"settings": Settings})
    yield made
    made.close()


def the_page(here: DeskWindow) -> StaffPage:
    here.go("settings", section="staff")
    here.quiet()
    (page,) = here.window.findChildren(StaffPage)
    return page


def test_a_group_is_taken_away_only_after_it_was_said_what_that_means(here: DeskWindow) -> None:
    page = the_page(here)
    for answer, left in (("Leave it", ["Pier"]), ("Take it away", [])):
        away = next(
            one
            for one in page.groups.findChildren(Button)
            if one.accessibleName().startswith("Take the group")
        )
        away.click()
        assert "lets in with every product" in here.said(here.dialog)
        here.click(answer)
        here.quiet()
        assert [one.name for one in groups.see_groups(desk=here.desk)] == left


def test_a_first_password_that_was_shown_is_gone_with_who_saw_it(here: DeskWindow) -> None:
    page = the_page(here)
    until = here.desk.now() + timedelta(days=2)
    page.people.show_given(Invited(1, "Mina Example", Role.FRONT_DESK, "seen-by-one-person", until), UTC)
    assert "seen-by-one-person" in here.said(page.people)
    here.window.hide_personal()
    assert not page.people.given.isVisible()
    assert page.people.given.accessibleName() == ""
