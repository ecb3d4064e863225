"""Settings, Backup: a passphrase, a copy, a plan and a rehearsal, by the keyboard, each with its word."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from controllers import backup, keeping, sealed
from controllers.background import Lane
from controllers.desk import Desk
from controllers.today import see_today
from tests.builders import a_product, a_reservation
from tests.fakes import StillClock
from tests.ui.at_a_desk import at_a_desk
from tests.ui.slow_lanes import held
from ui.asking import is_backup_due
from ui.at_desk import AtDesk
from ui.backups_by_clock import BackupsByClock
from ui.settings_backup import BackupsPage
from ui.settings_kept import Kept
from ui.today_chores import matters

PHRASE = "an example phrase"


@pytest.fixture
def at(a_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtDesk]:
    monkeypatch.setattr(sealed, "_COST", 4)
    a_desk.folder = tmp_path / "home"
    with at_a_desk(a_desk) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, at: AtDesk, tmp_path: Path) -> BackupsPage:
    holder = QWidget()
    qtbot.addWidget(holder)

    def choose(_parent: QWidget, _title: str, chosen: Callable[[str], None]) -> None:
        chosen(str(tmp_path / "elsewhere"))

    made = BackupsPage(Kept(at, holder), choose=choose)
    qtbot.addWidget(made)
    made.resize(920, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(at.background.idle)
    qtbot.waitUntil(lambda: made.plan.at.text() == "03:00")
    return made


def type_in(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    qtbot.keyClicks(field.focusProxy(), text)


def set_passphrase(qtbot: QtBot, page: BackupsPage, phrase: str = PHRASE, again: str = "") -> None:
    type_in(qtbot, page.secret.first, phrase)
    qtbot.keyClick(page.secret.first.focusProxy(), Qt.Key.Key_Return)
    qtbot.keyClicks(page.secret.again.focusProxy(), again or phrase)
    qtbot.keyClick(page.secret.again.focusProxy(), Qt.Key.Key_Return)


def test_a_passphrase_is_set_by_the_keyboard_and_a_copy_is_made(
    qtbot: QtBot, page: BackupsPage, at: AtDesk
) -> None:
    assert not page.copies.now.isEnabled() or "passphrase" in page.copies.now.accessibleDescription()
    set_passphrase(qtbot, page)
    qtbot.waitUntil(lambda: "no keyring" in page.secret._about.text())
    assert keeping.kept("backup", at.desk().home).secret == PHRASE
    assert page.secret.first.text() == ""
    qtbot.mouseClick(page.copies.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.copies._rows.count() == 2)
    (file,) = os.listdir(at.desk().home / "backups")
    assert sealed.opens(at.desk().home / "backups" / file, PHRASE)


@pytest.mark.parametrize(
    ("phrase", "again", "words"), [("too short", "", "too short"), (PHRASE, "another phrase", "not the same")]
)
def test_a_passphrase_that_will_not_do_says_why(
    qtbot: QtBot, page: BackupsPage, at: AtDesk, phrase: str, again: str, words: str
) -> None:
    set_passphrase(qtbot, page, phrase, again)
    qtbot.waitUntil(lambda: page.secret.notice.isVisible())
    assert words in page.secret.notice.accessibleName()
    assert keeping.kept("backup", at.desk().home).secret == ""


def test_a_new_passphrase_that_is_begun_stays_while_the_page_is_read_anew(
    qtbot: QtBot, page: BackupsPage, at: AtDesk
) -> None:
    set_passphrase(qtbot, page)
    qtbot.waitUntil(lambda: page.secret.first.text() == "")
    type_in(qtbot, page.secret.first, "half a new phr")
    page.plan.keep.click()
    qtbot.waitUntil(at.background.idle)
    page._kept.ask()
    qtbot.waitUntil(at.background.idle)
    assert page.secret.first.text() == "half a new phr"


def test_after_a_fault_of_ours_another_copy_can_be_begun(qtbot: QtBot, page: BackupsPage, at: AtDesk) -> None:
    set_passphrase(qtbot, page)
    qtbot.waitUntil(lambda: page.copies.now.isEnabled() and at.background.idle())
    with held(at.background, Lane.NETWORK):
        page.copies.now.click()
        assert not page.copies.now.isEnabled()
        page._copy.failed.emit()
    assert page.copies.now.isEnabled()
    assert page.copies.now.text() == "Back up now"


def test_the_plan_is_kept_and_what_cannot_be_says_why(qtbot: QtBot, page: BackupsPage, at: AtDesk) -> None:
    page.plan.at.set_text("25:00")
    page.plan.keep.click()
    qtbot.waitUntil(lambda: page.plan.notice.isVisible())
    page.plan.at.set_text("4:30")
    page.plan.days.set_text("seven")
    page.plan.keep.click()
    qtbot.waitUntil(lambda: "seven" in page.plan.notice.accessibleName())
    page.plan.days.set_text("7")
    page.plan.browse.click()
    qtbot.keyClick(page.plan.daily, Qt.Key.Key_Right)
    page.plan.keep.click()
    qtbot.waitUntil(lambda: not page.plan.notice.isVisible())
    qtbot.waitUntil(lambda: page.plan.at.text() == "04:30")
    kept = backup.see_backups(desk=at.desk()).plan
    assert (kept.daily, kept.at, kept.keep_days) == (False, "04:30", 7)
    assert kept.folder.endswith("elsewhere")


def test_the_rehearsal_tells_what_came_of_it(qtbot: QtBot, page: BackupsPage, at: AtDesk) -> None:
    desk = at.desk()
    a_product(desk)
    a_reservation(desk)
    page.trial.start.click()
    qtbot.waitUntil(lambda: page.trial.notice.isVisible())
    assert (
        "passphrase" in page.trial.notice.accessibleName()
        or "no backup" in page.trial.notice.accessibleName()
    )
    backup.keep_passphrase(PHRASE, desk=desk)
    made = backup.back_up(desk=desk)
    page.trial.start.click()
    qtbot.waitUntil(lambda: page.trial.result.isVisible())
    assert "1 reservations" in page.trial.result.accessibleName()
    file = Path(made.folder) / made.file
    file.write_bytes(file.read_bytes()[:-5])
    page.trial.start.click()
    qtbot.waitUntil(lambda: page.trial._bad.isVisible())
    assert "is damaged" in page.trial._bad.accessibleName()
    assert not page.trial.result.isVisible()


def test_a_copy_that_failed_stands_there_with_its_reason(qtbot: QtBot, page: BackupsPage, at: AtDesk) -> None:
    backup.keep_passphrase(PHRASE, desk=at.desk())
    (at.desk().home / "backups").write_text("in the way")
    page._ask()
    qtbot.waitUntil(lambda: page.copies.now.isEnabled() and page.secret._page is not None)
    qtbot.waitUntil(lambda: page.secret._page.has_passphrase)  # type: ignore[union-attr]
    page.copies.now.click()
    qtbot.waitUntil(lambda: page.copies.notice.isVisible() and page.copies._rows.count() == 2)
    assert page.copies.now.isEnabled()


def test_the_desk_makes_the_daily_copy_by_itself_whoever_is_signed_in(qtbot: QtBot, at: AtDesk) -> None:
    desk = at.desk()
    backup.keep_passphrase(PHRASE, desk=desk)
    desk.actor = replace(desk.actor, role="redeem-only")
    holder = QWidget()
    qtbot.addWidget(holder)
    BackupsByClock(at.background, at.desk, holder).look()
    qtbot.waitUntil(lambda: (desk.home / "backups").is_dir() and not is_backup_due(at.desk))
    qtbot.waitUntil(at.background.idle)
    assert len(os.listdir(desk.home / "backups")) == 1


def test_today_says_that_there_is_no_backup_and_that_the_clock_is_behind(
    at: AtDesk, clock: StillClock
) -> None:
    desk = at.desk()
    desk.practice = False  # practice data may be lost
    a_product(desk)
    assert [one.key for one in matters(see_today(desk=desk), desk.now())] == []
    clock.forward(hours=49)
    (told,) = matters(see_today(desk=desk), desk.now())
    assert (told.key, told.goes, told.to) == ("copies", "settings", {"section": "backup"})
    backup.keep_passphrase(PHRASE, desk=desk)
    backup.back_up(desk=desk)
    assert matters(see_today(desk=desk), desk.now()) == ()
    clock.forward(hours=-1)
    (told,) = matters(see_today(desk=desk), desk.now())
    assert told.sentence == "The clock here is 1 h 00 behind"
