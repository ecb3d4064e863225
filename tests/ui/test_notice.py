"""One notice serves several questions: what one was refused stays said though another is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from controllers.desk import Desk
from models.refusals import CannotDo
from tests.builders import a_product, a_reservation
from tests.ui.desk_window import DeskWindow
from ui.calendar import Calendar
from ui.refunds import Refunds
from ui.reservations import Reservations
from ui.reviews import Reviews
from ui.settings import Settings
from ui.today import Today
from ui.widgets.notice import Notice

AWAY = CannotDo("not-found", reference="CF-99")


class Asked(QObject):
    """What is asked, as a notice hears it."""

    answered = Signal(object)
    refused = Signal(object)


def test_an_answer_hides_only_what_its_own_question_was_refused(qtbot: QtBot) -> None:
    notice, first, second = Notice("stop", ""), Asked(), Asked()
    qtbot.addWidget(notice)
    notice.follow(first, second)
    first.refused.emit(AWAY)
    second.answered.emit(1)
    assert notice.isVisible()
    assert "CF-99" in notice.accessibleName()
    first.answered.emit(1)
    assert not notice.isVisible()


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    a_reservation(a_desk)
    screens = {"today": Today, "reviews": Reviews, "refunds": Refunds, "settings": Settings}
    made = DeskWindow(qtbot, a_desk, screens)
    yield made
    made.close()


Do = Callable[[Any], Any]
EVERYTHING = frozenset(("reservations", "reviews", "payments", "settings", "products", "views"))
PLACES: dict[str, tuple[type, Do, Do]] = {
    "calendar": (
        Calendar,
        lambda one: one._asked_choices,
        lambda one: one._ask_month(one._chosen.replace(day=1)),
    ),
    "today": (Today, lambda one: one._of_figures, lambda one: one._question.answered.emit(one._facts)),
    "reviews": (Reviews, lambda one: one._write, lambda one: one.refresh(EVERYTHING)),
    "refunds": (Refunds, lambda one: one._more, lambda one: one.refresh(EVERYTHING)),
    "settings": (Settings, lambda one: one.kept.questions[1], lambda one: one.refresh(EVERYTHING)),
    "reservations": (Reservations, lambda one: one.keeping, lambda one: one.refresh(EVERYTHING)),
}


@pytest.mark.parametrize("word", PLACES)
def test_what_was_refused_stays_said_when_something_else_is_answered(here: DeskWindow, word: str) -> None:
    kind, refused, answer_another = PLACES[word]
    here.go(word)
    screen: Any = here.window.screen_in_front
    assert isinstance(screen, kind)
    notice = getattr(screen, "notice", None) or screen._notice
    refused(screen).refused.emit(AWAY)
    assert notice.isVisible()
    answer_another(screen)
    here.quiet()
    assert notice.isVisible()
    assert "CF-99" in notice.accessibleName()
