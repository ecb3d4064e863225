"""Staff send a letter from a reservation: what cannot leave says why, what leaves was seen before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from controllers import letter_address
from controllers.desk import Desk
from models.outbox import Letter, LetterState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import OutboxRow
from models.vouchers import LANGUAGES
from tests.builders import a_product, a_reservation, an_operator, reservation
from tests.ui.desk_window import DeskWindow
from tests.ui.slow_lanes import held
from ui.letter_address import LetterAddressDialog
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


def test_while_a_letter_leaves_no_other_is_chosen_that_its_answer_could_meet(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.UNCONFIRMED, email="anna@example.com")
    _open_letters(here, made)
    here.press(Qt.Key.Key_Return)
    with held(here.background):
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Escape)
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_W)
    here.quiet()
    assert here.dialog is None
    assert "Order in process" in here.toast


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


def _ask_address(here: DeskWindow, made: int) -> LetterAddressDialog:
    rows = _open_letters(here, made)
    next(row for words, row in rows.items() if words.endswith("e-mail or language…")).click()
    here.quiet()
    assert isinstance(here.dialog, LetterAddressDialog)
    return here.dialog


def test_an_address_that_was_told_by_telephone_lets_the_waiting_voucher_leave(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED)
    assert _letters(here.desk, made) == [(Letter.CONFIRMATION, LetterState.NO_ADDRESS)]
    dialog = _ask_address(here, made)
    assert "Letters leave in English." in here.said(dialog)
    here.type("anna at example")
    here.press(Qt.Key.Key_Return)
    assert "is no e-mail address" in here.notices()
    here.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    here.type("anna@example.com")
    dialog._languages.choose(1 + LANGUAGES.index("ko"))
    here.press(Qt.Key.Key_Return)
    assert here.dialog is None
    assert "go to the new address" in here.toast
    with here.desk.reading() as look:
        row = look.execute(select(OutboxRow.__table__).where(OutboxRow.reservation_id == made)).one()
    assert (row.state, row.address, row.language) == (LetterState.WAITING, "anna@example.com", "ko")


def test_what_is_known_of_an_address_is_not_shown_and_what_others_did_meanwhile_is_told(
    here: DeskWindow,
) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, email="anna@example.com")
    dialog = _ask_address(here, made)
    assert "anna@example.com" not in here.said(dialog)
    letter_address.keep_letter_address(made, "", "ja", desk=here.desk)
    here.type("anna@example.org")
    here.press(Qt.Key.Key_Return)
    assert here.dialog is dialog
    assert here.notices()
    here.press(Qt.Key.Key_Return)
    assert here.dialog is None
    assert reservation(here.desk, made).email == "anna@example.org"


def test_before_confirmation_only_the_language_is_chosen(here: DeskWindow) -> None:
    made = a_reservation(here.desk, sold_by="kkday")
    dialog = _ask_address(here, made)
    assert "hidden until the order is confirmed" in here.said(dialog)
    with pytest.raises(CannotDo, match="letter-address-hidden"):
        letter_address.keep_letter_address(made, "anna@example.com", "", desk=here.desk)
    dialog._languages.choose(1 + LANGUAGES.index("ja"))
    here.press(Qt.Key.Key_Return)
    assert reservation(here.desk, made).language == "ja"
