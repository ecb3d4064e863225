"""A manager writes own words of a letter, sees at once how they read, and says what goes by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import letter_templates, letter_ways
from controllers.desk import Desk
from controllers.letter_templates import Place
from controllers.letter_words.template import Words
from models.outbox import Letter
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import a_product, a_reservation, an_operator
from tests.ui.desk_window import DeskWindow
from tests.ui.slow_lanes import held
from ui.settings import Settings
from ui.settings_letters import LettersPage


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    an_operator(a_desk, name="Example Tours", contact="help@example.com", zone="Asia/Seoul")
    a_product(a_desk, meeting_point="At the blue gate")
    made = DeskWindow(qtbot, a_desk, {"settings": Settings})
    yield made
    made.close()


def _page(here: DeskWindow) -> LettersPage:
    here.go("settings", section="letters")
    here.quiet()
    (page,) = here.window.findChildren(LettersPage)
    return page


def _settle(here: DeskWindow, page: LettersPage) -> None:
    here.quiet()
    here.qtbot.waitUntil(lambda: not page.words._soon.isActive())
    here.quiet()


def test_words_are_shown_on_a_real_order_while_they_are_written_and_then_kept(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, email="anna@example.com")
    page = _page(here)
    card = page.words
    assert "Your voucher is enclosed" in card.text.text()
    card.subject.set_text("See you at {{ meeting_point }}")
    card.text.set_text(": bring water")
    card.text.insert("{{ traveler }}")
    _settle(here, page)
    assert card.view.page.toPlainText().count("Anna Sample: bring water") == 1
    assert f"CF-{made}" in here.said(card)
    assert "Not kept yet" in here.said(card)
    card.keep_button.click()
    _settle(here, page)
    kept = letter_templates.see_words(Place(Letter.CONFIRMATION, "en"), desk=here.desk)
    assert (kept.own, kept.words.subject) == (True, "See you at {{ meeting_point }}")
    assert "Confirmation (own words)" in [word for word, _ in page.choice.kinds.choices]
    card.reset.click()
    _settle(here, page)
    assert "Your voucher is enclosed" in card.text.text()


def test_the_keyboard_stays_at_the_words_when_they_were_kept_or_taken_back(here: DeskWindow) -> None:
    page = _page(here)
    for button, typed in ((page.words.keep_button, "Bring water"), (page.words.reset, "")):
        if typed:
            page.words.text.set_text(typed)
        _settle(here, page)
        button.setFocus()
        here.press(Qt.Key.Key_Space)
        _settle(here, page)
        assert not button.isEnabled()
        assert page.words.text.isAncestorOf(here.keyboard)


def test_what_was_begun_waits_while_one_looks_at_another_letter(here: DeskWindow) -> None:
    page = _page(here)
    page.words.text.set_text("Half a sen")
    page.choice.kinds.chosen.emit(Letter.COMMENT)
    _settle(here, page)
    assert "How was" in page.words.subject.text()
    page.choice.kinds.chosen.emit(Letter.CONFIRMATION)
    _settle(here, page)
    assert page.words.text.text() == "Half a sen"
    page.choice.languages.choose(1)
    _settle(here, page)
    assert "예약 확정" in page.words.subject.text()


def test_broken_words_say_the_line_and_are_not_kept(here: DeskWindow) -> None:
    page = _page(here)
    page.words.text.set_text("One\n{{ ''.__class__ }}")
    _settle(here, page)
    page.words.keep_button.click()
    _settle(here, page)
    assert "line 2" in page.words.notice.accessibleName()
    assert not letter_templates.see_templates(desk=here.desk).own


def test_what_somebody_else_kept_meanwhile_is_not_overwritten_unseen(here: DeskWindow) -> None:
    page = _page(here)
    card, place = page.words, Place(Letter.CONFIRMATION, "en")
    card.text.set_text("Mine")
    _settle(here, page)
    letter_templates.keep_words(place, Words("Theirs", "Their text"), desk=here.desk)
    card.keep_button.click()
    _settle(here, page)
    assert "Somebody else changed these words" in card.notice.accessibleName()
    assert card.text.text() == "Mine"
    card.reset.click()
    _settle(here, page)
    assert card.text.text() == "Their text\n"
    assert letter_templates.see_words(place, desk=here.desk).words.subject == "Theirs"


def test_what_was_kept_while_a_draft_waited_is_not_overwritten_unseen_either(here: DeskWindow) -> None:
    page = _page(here)
    card, place = page.words, Place(Letter.CONFIRMATION, "en")
    card.text.set_text("Mine")
    _settle(here, page)
    here.go("today")
    letter_templates.keep_words(place, Words("Theirs", "Their text"), desk=here.desk)
    _page(here)
    _settle(here, page)
    assert card.text.text() == "Mine"
    card.keep_button.click()
    _settle(here, page)
    assert letter_templates.see_words(place, desk=here.desk).words.subject == "Theirs"
    card.keep_button.click()  # knowing it
    _settle(here, page)
    assert letter_templates.see_words(place, desk=here.desk).words.text == "Mine\n"


def test_switches_moved_quickly_are_all_kept_and_an_address_that_is_begun_stays(here: DeskWindow) -> None:
    page = _page(here)
    _settle(here, page)
    page.ways.address.set_text("https://example.com/half")
    with held(here.background):
        for kind in (Letter.COMMENT, Letter.CHANGE, Letter.CANCELLATION):
            page.ways.switches[kind].choose(1)
    _settle(here, page)
    assert letter_ways.see_ways(0, desk=here.desk).switches == {
        "comment": False, "change": False, "cancellation": False
    }  # fmt: skip
    assert not page.ways.notice.isVisible()
    assert page.ways.address.text() == "https://example.com/half"


def test_a_switch_is_kept_at_once_for_the_product_that_is_chosen(here: DeskWindow) -> None:
    page = _page(here)
    page.choice.products.chosen.emit(1)
    _settle(here, page)
    page.ways.switches[Letter.COMMENT].choose(1)
    _settle(here, page)
    assert letter_ways.see_ways(1, desk=here.desk).switches == {"comment": False}
    assert letter_ways.see_ways(0, desk=here.desk).switches == {}
    page.ways.address.set_text("nonsense")
    page.ways.keep_button.click()
    _settle(here, page)
    assert "no web address" in page.ways.notice.accessibleName()
    with pytest.raises(CannotDo):
        letter_ways.keep_ways(1, {}, "nonsense", desk=here.desk)


def test_a_products_page_leads_to_its_own_switches(here: DeskWindow) -> None:
    here.go("settings", section="letters", product=1)
    (page,) = here.window.findChildren(LettersPage)
    here.qtbot.waitUntil(lambda: "This product's switches" in here.said(page.ways))
    assert page.choice.product_id == 1
    here.qtbot.waitUntil(lambda: page.ways.isAncestorOf(here.keyboard))


def test_the_look_of_a_letter_does_not_hide_why_its_words_were_not_kept(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, email="anna@example.com")
    card = _page(here).words
    _settle(here, _page(here))
    card._keep.refused.emit(CannotDo("words-kept-meanwhile"))
    card._try_now()
    here.quiet()
    assert card.notice.isVisible()
    card._keep.answered.emit(card._page)
    here.quiet()
    assert not card.notice.isVisible()
