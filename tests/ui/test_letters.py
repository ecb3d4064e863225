"""Staff send a letter from a reservation: what cannot leave says why, what leaves was seen before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from controllers.desk import Desk
from models.outbox import Letter, LetterState
from models.reservations import Status
from models.tables import OutboxRow
from tests.builders import a_product, a_reservation, an_operator
from tests.ui.desk_window import DeskWindow
from ui.letter_preview import LetterPreview
from ui.letters_dialog import LettersDialog
from ui.widgets.action_row import ActionRow


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    an_operator(a_desk, name="Example Tours", contact="help@example.com", zone="Asia/Seoul")
    a_product(a_desk, meeting_point="At the blue gate")
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def _letters(desk: Desk, made: int) -> list[tuple[Letter, LetterState]]:
    with desk.reading() as look:
        asked = select(OutboxRow.kind, OutboxRow.state).where(OutboxRow.reservation_id == made)
        return [(row.kind, row.state) for row in look.execute(asked.order_by(OutboxRow.id))]


def _open_letters(here: DeskWindow, made: int) -> dict[str, ActionRow]:
    here.go("details", reservation=made)
    here.quiet()
    here.press(Qt.Key.Key_W)
    here.quiet()
    assert isinstance(here.dialog, LettersDialog)
    return {row.text(): row for row in here.dialog.findChildren(ActionRow)}


def test_a_letter_is_seen_before_it_is_sent(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.UNCONFIRMED, email="anna@example.com")
    rows = _open_letters(here, made)
    assert rows["Order in process"].isEnabled()
    rows["Order in process"].click()
    here.quiet()
    preview = here.dialog
    assert isinstance(preview, LetterPreview)
    assert "Tea House Walk" in preview.view.page.toPlainText()
    assert _letters(here.desk, made) == []
    here.button("Send").click()
    here.quiet()
    assert _letters(here.desk, made) == [(Letter.PROCESSING, LetterState.WAITING)]
    assert "Order in process" in here.toast


def test_a_letter_is_sent_by_keys_alone_and_never_by_the_enter_that_chose_it(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.UNCONFIRMED, email="anna@example.com")
    _open_letters(here, made)
    here.press(Qt.Key.Key_Return)
    here.quiet()
    assert isinstance(here.dialog, LetterPreview)
    here.press(Qt.Key.Key_Return)
    here.quiet()
    assert _letters(here.desk, made) == []
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.quiet()
    assert _letters(here.desk, made) == [(Letter.PROCESSING, LetterState.WAITING)]


def test_a_grey_letter_says_why(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.UNCONFIRMED, email="anna@example.com")
    rows = _open_letters(here, made)
    refund = rows["Refund paid"]
    assert not refund.isEnabled()
    assert refund.accessibleDescription() == "No refund has been paid yet."


def test_the_letter_is_shown_light_dark_and_as_text(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, email="anna@example.com")
    _open_letters(here, made)["Confirmation"].click()
    here.quiet()
    preview = here.dialog
    assert isinstance(preview, LetterPreview)
    view = preview.view
    shown = {}
    for way in range(3):
        view.way.choose(way)
        shown[way] = view.page.toHtml()
        assert "At the blue gate" in view.page.toPlainText()
    assert len(set(shown.values())) == 3
    assert "- Where we meet: At the blue gate" in view.page.toPlainText()
    assert "voucher is enclosed as a PDF" in here.said(preview)
