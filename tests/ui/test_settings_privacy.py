"""Settings, Privacy: how long travelers are remembered, how the journal stands, and what a traveler asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from controllers import journal_breaks, retention, viewing
from controllers.desk import Desk
from controllers.watching import Watch
from models.reservations import Status
from tests.builders import a_product, a_reservation, reservation
from tests.controllers.test_nights import a_night, some_notes, tamper
from tests.ui.at_a_desk import at_a_desk, shown
from ui import asking
from ui.at_desk import AtDesk
from ui.journal_break import BreakDialog
from ui.journal_export import JournalExportDialog
from ui.opened_data import OpenedDialog
from ui.settings import Settings
from ui.settings_journal import BreakLine
from ui.settings_privacy import PrivacyPage
from ui.traveler_request import ForgetDialog, TravelerRequestDialog
from ui.widgets.dialog import Dialog
from ui.working import Working


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def opened(qtbot: QtBot, at: AtDesk) -> tuple[Settings, PrivacyPage]:
    screen = Settings(at)
    screen.resize(1100, 700)
    at.deeds.host = screen
    screen.opened(section="privacy")
    shown(qtbot, screen, until=at.background.idle)
    assert isinstance(screen.page, PrivacyPage)
    return screen, screen.page


def dialog_of(screen: QWidget, kind: type[Dialog]) -> Any:
    return next(one for one in screen.findChildren(kind) if one.isVisible())


def with_an_old_order(qtbot: QtBot, at: AtDesk) -> Any:
    """The card of the days that are kept, where one order is long over."""
    a_product(at.desk())
    a_reservation(at.desk(), Status.REDEEMED)
    at.desk().clock.forward(days=50)  # type: ignore[union-attr]
    _screen, page = opened(qtbot, at)
    card = page.retention
    qtbot.waitUntil(lambda: card.hour.text() == "3")
    return card


def test_what_forgetting_would_mean_is_said_before_it_is_kept(qtbot: QtBot, at: AtDesk) -> None:
    card = with_an_old_order(qtbot, at)
    assert card.days.text() == ""
    qtbot.keyClicks(card.days.focusProxy(), "30")
    qtbot.waitUntil(card.means.isVisible)
    assert "1 order of the past" in card.means.accessibleName()
    assert retention.see_retention(desk=at.desk()).days is None
    qtbot.keyClick(card.days.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: retention.see_retention(desk=at.desk()).days == 30)


def test_nobody_forgets_travelers_in_a_hurry(qtbot: QtBot, at: AtDesk) -> None:
    card = with_an_old_order(qtbot, at)
    qtbot.keyClicks(card.days.focusProxy(), "30")
    qtbot.keyClick(card.days.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(card.means.isVisible)
    qtbot.waitUntil(at.background.idle)
    assert retention.see_retention(desk=at.desk()).days is None, "what it means was not read yet"
    qtbot.keyClick(card.days.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: retention.see_retention(desk=at.desk()).days == 30)
    qtbot.waitUntil(lambda: not card.means.isVisible())
    card.days.set_text("3000")
    card.keep_button.click()
    qtbot.waitUntil(lambda: retention.see_retention(desk=at.desk()).days == 3000)


def test_no_number_is_kept_as_never(qtbot: QtBot, at: AtDesk) -> None:
    retention.keep_retention(30, 3, desk=at.desk())
    _screen, page = opened(qtbot, at)
    card = page.retention
    qtbot.waitUntil(lambda: card.days.text() == "30")
    card.days.set_text("soon")
    card.keep_button.click()
    qtbot.waitUntil(at.background.idle)
    assert retention.see_retention(desk=at.desk()).days == 30
    card.days.set_text("99999")
    card.keep_button.click()
    qtbot.waitUntil(card.notice.isVisible)


def test_the_night_is_done_while_the_desk_is_open(qtbot: QtBot, at: AtDesk) -> None:
    some_notes(at.desk())
    watch = Watch(at.desk())
    working = Working(at.background, at.desk(), watch, at.background)
    working.start()
    qtbot.waitUntil(lambda: journal_breaks.see_journal(desk=at.desk()).entries == 8)
    qtbot.waitUntil(lambda: working.is_through)
    working.close()
    watch.close()


def test_a_break_is_looked_into_with_a_reason(qtbot: QtBot, at: AtDesk) -> None:
    some_notes(at.desk())
    tamper(at.desk(), "update journal set action = 'cancel' where seq = 4")
    a_night(at.desk())
    screen, page = opened(qtbot, at)
    qtbot.waitUntil(lambda: bool(page.journal.findChildren(BreakLine)))
    page.journal.findChild(BreakLine).button.setFocus()
    page.journal.findChild(BreakLine).button.click()
    dialog = dialog_of(screen, BreakDialog)
    assert dialog.accessibleName() == "Desk: entry 4 is not what was written"
    dialog.accepted.emit()
    qtbot.waitUntil(dialog._notice.isVisible)
    dialog.reason.set_text("The disk was repaired")
    dialog.accepted.emit()
    qtbot.waitUntil(lambda: journal_breaks.see_journal(desk=at.desk()).breaks == ())
    qtbot.waitUntil(lambda: not page.journal.lines.count())
    qtbot.waitUntil(lambda: page.journal.isAncestorOf(QApplication.focusWidget() or page))


def test_a_companion_is_found_shown_and_erased(qtbot: QtBot, at: AtDesk) -> None:
    a_product(at.desk())
    made = a_reservation(at.desk(), Status.REDEEMED)
    screen, page = opened(qtbot, at)
    page.request.click()
    dialog = dialog_of(screen, TravelerRequestDialog)
    qtbot.keyClicks(dialog.text.focusProxy(), "Anna")
    qtbot.keyClick(dialog.text.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._model.rowCount() == 1)
    assert dialog.chosen == ()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert len(dialog.chosen) == 1
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in screen.findChildren(ForgetDialog)))
    second = dialog_of(screen, ForgetDialog)
    assert reservation(at.desk(), made).lead == "Anna Sample"
    second.accepted.emit()
    qtbot.waitUntil(lambda: reservation(at.desk(), made).lead == "")
    qtbot.waitUntil(lambda: dialog._model.rowCount() == 0)


def test_what_is_known_goes_into_a_file(qtbot: QtBot, at: AtDesk, tmp_path: Path) -> None:
    a_product(at.desk())
    a_reservation(at.desk(), Status.CONFIRMED)
    screen, _page = opened(qtbot, at)
    file = tmp_path / "known.csv"
    names = iter((str(tmp_path / "known.txt"), str(file)))
    dialog = TravelerRequestDialog(at, screen, ask_file=lambda _parent, _name, chosen: chosen(next(names)))
    dialog.ask()
    dialog.text.set_text("Anna")
    dialog.search.click()
    qtbot.waitUntil(lambda: dialog._model.rowCount() == 1)
    dialog._model.tick_all(True)
    dialog._hand.click()
    qtbot.waitUntil(dialog._notice.isVisible)
    dialog._hand.click()
    qtbot.waitUntil(dialog._done.isVisible)
    assert not dialog._notice.isVisible(), "the refusal before it is over"
    assert "Anna Sample" in file.read_text("utf-8-sig")


def test_who_opened_is_narrowed_to_one_order(qtbot: QtBot, at: AtDesk) -> None:
    a_product(at.desk())
    made = [a_reservation(at.desk(), Status.CONFIRMED) for _ in range(2)]
    for one in made:
        viewing.see_details(one, desk=at.desk(), reveal=True)
    screen, page = opened(qtbot, at)
    page.journal.opened.click()
    dialog = dialog_of(screen, OpenedDialog)
    qtbot.waitUntil(lambda: len(dialog.rows) == 2)
    dialog.order.set_text("nonsense !")
    dialog.order.entered.emit()
    dialog.order.set_text(f"CF-{made[0]}")
    dialog.order.entered.emit()
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    with qtbot.waitSignal(screen.navigate) as gone:
        dialog.accepted.emit()
    assert gone.args == ["details", {"reservation": made[0]}]


def test_an_auditors_file_is_written_from_the_dialog(qtbot: QtBot, at: AtDesk, tmp_path: Path) -> None:
    some_notes(at.desk())
    screen, _page = opened(qtbot, at)
    file = tmp_path / "journal.csv"
    names = iter((str(tmp_path / "journal.txt"), str(file)))
    dialog = JournalExportDialog(at, screen, ask_file=lambda _parent, _name, chosen: chosen(next(names)))
    dialog.ask()
    dialog.kind.choose(1)
    dialog.accepted.emit()
    qtbot.waitUntil(dialog._notice.isVisible)
    assert not dialog._went.isVisible(), "nothing is written"
    dialog.accepted.emit()
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: dialog.job is None)
    assert "Owner added a note" in file.read_text("utf-8-sig")


def test_an_auditors_file_has_its_ending_where_none_was_typed(
    qtbot: QtBot, at: AtDesk, tmp_path: Path
) -> None:
    some_notes(at.desk())
    screen, _page = opened(qtbot, at)
    (tmp_path / "journal.jsonl").write_text("an older one")
    typed = str(tmp_path / "journal")
    dialog = JournalExportDialog(at, screen, ask_file=lambda _parent, _name, chosen: chosen(typed))
    dialog.ask()
    for kind in (1, 0):
        dialog.kind.choose(kind)
    assert dialog.kind.accessibleName().endswith("JSON lines (.jsonl)")
    dialog.accepted.emit()
    qtbot.waitUntil((tmp_path / "journal-2.jsonl").exists)
    qtbot.waitUntil(lambda: dialog.job is None)
    assert (tmp_path / "journal.jsonl").read_text() == "an older one"


def test_an_auditors_file_ends_with_the_operators_day(
    qtbot: QtBot, at: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "here", lambda _desk: (date(2027, 3, 1), "Pacific/Kiritimati"))
    screen, _page = opened(qtbot, at)
    dialog = JournalExportDialog(at, screen)
    dialog.ask()
    qtbot.waitUntil(lambda: dialog.last.day() == date(2027, 3, 1))
    assert dialog.first.day() == date(2027, 1, 29)
