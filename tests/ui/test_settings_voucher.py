"""The look of vouchers is seen at once, of an invented person, and kept only when somebody keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from controllers import voucher_looks
from controllers.desk import Desk
from models.reservations import Status
from models.voucher_looks import VoucherLook
from tests.builders import a_product, a_reservation
from tests.controllers.test_papers import a_picture
from tests.paper import text_of
from tests.ui.at_a_desk import at_a_desk
from ui.at_desk import AtDesk
from ui.settings_kept import Kept
from ui.settings_voucher import VoucherPage


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


class Look:
    """The page in a window, and what its preview says."""

    def __init__(self, qtbot: QtBot, at: AtDesk, picture: str = "") -> None:
        self.qtbot, self.at, self.pdf = qtbot, at, b""

        def choose(_parent: QWidget, _title: str, chosen: Callable[[str], None]) -> None:
            chosen(picture)

        self.screen = QWidget()  # as the settings hold what their pages show
        qtbot.addWidget(self.screen)
        self.kept = Kept(at, self.screen)
        self.page = VoucherPage(self.kept, choose=choose)
        self.page._draw.answered.connect(self._saw)
        qtbot.addWidget(self.page)
        self.page.resize(920, 700)
        self.page.show()
        self.page.activateWindow()
        self.settle()

    def _saw(self, printed: object) -> None:
        self.pdf = printed.pdf  # type: ignore[attr-defined]

    def settle(self) -> None:
        """Until the preview shows what is chosen."""
        self.qtbot.waitUntil(lambda: not self.page._soon.isActive() and self.at.background.idle())
        self.qtbot.wait(0)

    def type_in(self, widget: QWidget, text: str) -> None:
        widget.setFocus()
        self.qtbot.keyClicks(widget.focusProxy() or widget, text)
        self.settle()


@pytest.fixture
def look(qtbot: QtBot, at: AtDesk) -> Look:
    return Look(qtbot, at)


def test_the_preview_follows_what_is_typed_and_nothing_is_kept_yet(look: Look, at: AtDesk) -> None:
    look.type_in(look.page.terms, "Bring water.")
    assert "Bring water." in text_of(look.pdf)[0]
    look.type_in(look.page.head.field, "#0B3D5C")
    assert look.page.look == VoucherLook(head="#0B3D5C", terms={"en": "Bring water."})
    assert voucher_looks.see_look(desk=at.desk()) == VoucherLook()


def test_the_preview_shows_nobody_real(look: Look, at: AtDesk) -> None:
    a_product(at.desk())
    a_reservation(at.desk(), Status.CONFIRMED, name="Real Person")
    look.type_in(look.page.terms, "x")
    said = text_of(look.pdf)[0]
    assert "Anna Sample" in said
    assert "Real Person" not in said


def test_ctrl_s_keeps_the_look_and_the_next_voucher_wears_it(look: Look, at: AtDesk) -> None:
    look.type_in(look.page.accent.field, "#1D44B0")
    look.qtbot.keyClick(
        look.page.accent.field.focusProxy(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier
    )
    look.settle()
    assert voucher_looks.see_look(desk=at.desk()) == VoucherLook(accent="#1D44B0")
    assert not look.page.keep_button.isEnabled()
    assert look.page._state.text().startswith("Kept.")


def test_a_pale_colour_is_told_and_not_kept(look: Look, at: AtDesk) -> None:
    look.type_in(look.page.accent.field, "#FFD400")
    assert "too pale" in look.page.accent._told.text()
    assert "cannot be read on white" in look.page.notice.accessibleName()
    look.page.keep()
    look.settle()
    assert voucher_looks.see_look(desk=at.desk()) == VoucherLook()


def test_each_language_has_its_own_terms_and_preview(look: Look) -> None:
    look.type_in(look.page.terms, "Bring water.")
    look.qtbot.keyClick(look.page.language, Qt.Key.Key_Right)
    look.settle()
    assert look.page.terms.text() == ""
    look.type_in(look.page.terms, "Mul")
    said = text_of(look.pdf)[0]
    assert "바우처" in said
    assert "Mul" in said
    assert look.page.look.terms == {"en": "Bring water.", "ko": "Mul"}


def test_languages_are_chosen_and_one_is_first(look: Look) -> None:
    look.page.languages.chosen.emit(frozenset({"en", "ko"}))
    look.page.first.chosen.emit("ko")
    assert look.page.look.languages == ("ko", "en")
    look.settle()


def test_a_logo_is_chosen_and_taken_away(qtbot: QtBot, at: AtDesk, tmp_path: Path) -> None:
    picture = tmp_path / "logo.jpg"
    picture.write_bytes(a_picture())
    look = Look(qtbot, at, str(picture))
    qtbot.mouseClick(look.page.logo, Qt.MouseButton.LeftButton)
    look.settle()
    assert look.page.look.logo.startswith(b"\x89PNG")
    assert b"/Subtype /Image" in look.pdf
    qtbot.mouseClick(look.page.no_logo, Qt.MouseButton.LeftButton)
    look.settle()
    assert look.page.look.logo == b""


def test_a_file_that_is_no_picture_is_told(qtbot: QtBot, at: AtDesk, tmp_path: Path) -> None:
    look = Look(qtbot, at, str(tmp_path / "missing.png"))
    qtbot.mouseClick(look.page.logo, Qt.MouseButton.LeftButton)
    look.settle()
    assert "cannot be read as a picture" in look.page.notice.accessibleName()


def test_what_was_begun_is_not_overwritten_by_another_counter(look: Look, at: AtDesk) -> None:
    look.type_in(look.page.terms, "Begun")
    look.page._have_read(VoucherLook(terms={"en": "Theirs"}))
    assert look.page.terms.text() == "Begun"
    look.settle()
