"""Types what nobody should type into every field of the real window, and uses it: a text stays a text.

Nothing here knows which fields there are: they are found by looking, on every screen, in every section of the settings
and in every dialog that a key opens. What lies deeper is opened one by one (`DEEPER`). A file of ours that makes a
field which was never met fails the test.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMetaMethod, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import inspect, select

import app
import ui
from controllers import journal
from models.base import Base
from tests.controllers.test_texts_stay_texts import same, visible
from tests.journeys.test_walk import Walk, _actions, busy_desk
from tests.journeys.walking import Cuts, leave_native_dialogs, no_native_dialogs
from tests.staff import cheapest_hashes
from tests.ui.test_meanwhile_everywhere import CASES, two
from tests.ui.two_desks import Two
from ui import language
from ui.opened_data import OpenedDialog
from ui.product_dialogs import LeaveDialog
from ui.settings_sections import SECTIONS
from ui.sign_in import SignIn
from ui.welcome import Welcome
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.day_field import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.overlay import Overlay
from ui.widgets.tabs import Tabs
from ui.widgets.text_area import TextArea

__all__ = ["busy_desk", "cheapest_hashes", "two"]
UI = Path(ui.__file__).parent
MARK = "Zq7"
NASTY = {
    "all at once": MARK + "'; DROP TABLE staff;--<b>{0}{name}%s&lt;\u202eשל\u2069\x07",
    "sql": MARK + '\' OR 1=1; DROP TABLE reservations; -- "" /* :name ? \\',
    "markup": MARK + "<img src='file:///etc/passwd'><b>&lt;</b><br><a href='x'>y</a>",
    "braces": MARK + "{0} {name} {{}} %(x)s %1 $x {self.__class__}",
    "control": MARK + "a\x01b\x07c\x1b[31md\x7f",
    "right to left": MARK + "abc\u202eשלום\u2066ok\u2069",
    "long": MARK + "가" * 9_997,
}
DIALOGS = {
    "bulk_message.py": "several cancelled",
    "departure_dialog.py": "a new departure",
    "journal_break.py": "a broken journal",
    "letter_address.py": "letter address",
    "messages_replies.py": "a kept reply",
    "pay.py": "pay",
    "refund_dialogs.py": "a refund given back",
    "rename_person.py": "another name for somebody",
    "review_dialog.py": "review",
    "traveler_request.py": "a traveler's request",
}
"""Where a field is that no key opens on a practice desk, and how its dialog is opened."""
NEEDS_MORE = {
    "opened_data.py": "it is opened below",
    "checkin_move.py": "seats must be missing",
    "confirm.py": "seats must be missing",
    "settings_counters.py": "a shared database",
    "settings_database.py": "a shared database",
    "sign_in.py": "it is opened below",
    "take_theirs.py": "seats must be missing",
    "trouble.py": "it cannot be written in",
    "welcome.py": "it is opened below",
}
"""Fields that this walk does not reach, and why."""
EDITS = (QLineEdit, QTextEdit, QPlainTextEdit)
MAKERS = {f"{one.__module__.rsplit('.', 1)[1]}.py" for one in (Field, TextArea, DayField)}


class Typist(Walk):
    """Walks as somebody who types the same text wherever something can be typed."""

    words = ""

    def __init__(self, *given: Any) -> None:
        self.typed_in: set[str] = set()
        self.tried: set[str] = set()
        self.trouble: list[Exception] = []
        super().__init__(*given)
        self.program.background.trouble.connect(self.trouble.append)

    def go(self, word: str) -> QWidget:
        """To a screen; what was typed on the one before and not kept is thrown away."""
        super().go(word)
        for over in self.overlays:
            self.leave(over, word)
        assert self.window.word == word
        assert self.window.screen_in_front is not None
        return self.window.screen_in_front

    def type_everywhere(self, place: QWidget, name: str) -> list[QWidget]:
        """Every field in sight is typed in and holds what was typed, or what it held; they are answered."""
        edits = _written_in(place)
        for edit in edits:
            self.typed_in.add(_made_in(edit))
            before = _text(edit)
            edit.setFocus()
            edit.selectAll()
            edit.insert(self.words) if isinstance(edit, QLineEdit) else edit.insertPlainText(self.words)
            after = _text(edit)
            if after != before and not same(after, self.words) and not _is_choosy(edit):
                self.complaints.append(f"{name}: a field makes {after[:60]!r} of it")
        self.quiet()
        return edits

    def use(self, place: QWidget, name: str) -> None:
        """Types everywhere, then Enter in each field and each button beside one."""
        for edit in self.type_everywhere(place, name):
            if isValid(edit) and edit.isVisible() and _hears_enter(edit):
                QTest.keyClick(edit, Qt.Key.Key_Return)
                self.settle(name)
        for button in self._beside(place):
            if isValid(button) and button.isVisible() and button.isEnabled():
                button.click()
                self.settle(name)

    def settle(self, name: str) -> None:
        """What it opened is typed in, too, and left; then everything is looked at."""
        self.quiet()
        leave_native_dialogs()
        while self.overlays:
            self.answer(self.overlays[-1], name)
        self.look_at_texts(name)

    def answer(self, over: Overlay, name: str) -> None:
        """Types into a question, presses what it is for, and leaves it."""
        self.type_everywhere(over, name)
        button = over._primary if isinstance(over, Dialog) else None
        if button is not None and button.isEnabled():
            button.click()
            self.quiet()
        leave_native_dialogs()
        self.look_at_texts(name)
        self.window.activateWindow()
        for left in reversed(self.overlays):
            self.leave(left, name)

    def leave(self, over: Overlay, name: str) -> None:
        """Whatever it takes: that Esc leaves everything is looked at by the other walk."""
        if not isValid(over) or not over.isVisible():
            return
        if isinstance(over, LeaveDialog):
            over._throw_away()
        elif isinstance(over, Dialog):
            over._reject()
        if isValid(over) and over.isVisible():
            over.leave()
        self.quiet()

    def look_behind_keys(self, word: str) -> None:
        """Every dialog that a key opens, each once."""
        for action in _actions(self.go(word)):
            kind = action.objectName()
            if not isValid(action) or not action.isEnabled() or kind in self.tried:
                continue
            self.tried.add(kind)
            action.trigger()
            self.settle(f"{word}-{kind}")
            self.go(word)

    def look_at_texts(self, name: str) -> None:
        """No label takes a person's words for markup or for a form to be filled in."""
        for trouble in self.trouble:
            self.complaints.append(f"{name}: {trouble!r}"[:300])
        self.trouble.clear()
        for label in self.window.findChildren(QLabel):
            if MARK not in label.text():
                continue
            if label.textFormat() is not Qt.TextFormat.PlainText:
                self.complaints.append(f"{name}: a label reads markup in {label.text()[:60]!r}")
            if "…" not in label.text() and self._start() not in label.text():
                self.complaints.append(f"{name}: a label says {label.text()[:80]!r}")

    def _start(self) -> str:
        return self.words[:20]

    def _beside(self, place: QWidget) -> list[Button]:
        cards = {card for edit in _written_in(place) for card in _cards(edit)}
        return [one for card in cards for one in card.findChildren(Button) if one.isVisible()]


def _written_in(place: QWidget) -> list[QWidget]:
    """The fields of a place, also those further down its page."""
    every = place.findChildren(QWidget)
    return [
        one
        for one in every
        if isinstance(one, EDITS) and one.isVisible() and one.isEnabled() and not one.isReadOnly()
    ]


def _is_choosy(edit: QWidget) -> bool:
    """Whether it takes no more than it needs: days, numbers, so many letters."""
    return isinstance(edit, QLineEdit) and (edit.validator() is not None or edit.maxLength() < 10_000)


def _hears_enter(edit: QWidget) -> bool:
    """Whether somebody listens for Enter in it."""
    field = edit.parentWidget()
    return isinstance(field, Field) and field.isSignalConnected(QMetaMethod.fromSignal(field.entered))


def _text(edit: QWidget) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()  # type: ignore[attr-defined]


def _made_in(edit: QWidget) -> str:
    above: QWidget | None = edit
    while above is not None and not above.property("made in"):
        above = above.parentWidget()
    return str(above.property("made in")) if above is not None else type(edit).__name__


def _cards(edit: QWidget) -> Iterator[Card]:
    above = edit.parentWidget()
    while above is not None:
        if isinstance(above, Card):
            yield above
            return
        above = above.parentWidget()


def remember_who_makes_fields(patch: pytest.MonkeyPatch) -> None:
    """Each field says in which file it was made."""
    for kind in (Field, TextArea, DayField):

        def made(self: Any, *given: Any, _first: Callable[..., None] = kind.__init__, **more: Any) -> None:
            _first(self, *given, **more)
            frame = sys._getframe(1)
            while Path(frame.f_code.co_filename).name in MAKERS and frame.f_back is not None:
                frame = frame.f_back
            self.setProperty("made in", Path(frame.f_code.co_filename).name)

        patch.setattr(kind, "__init__", made)


def files_with_fields() -> set[str]:
    """Every file of ours in which a field is made."""
    words = ("Field(", "TextArea(", "QLineEdit(", "QTextEdit(", "QPlainTextEdit(")
    return {
        path.name
        for path in UI.rglob("*.py")
        if path.name not in MAKERS and any(f" {w}" in path.read_text("utf-8") for w in words)
    }


@pytest.fixture
def typist(
    qtbot: QtBot, busy_desk: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Typist]:
    """Somebody who types the text of this name."""
    no_native_dialogs(monkeypatch)
    remember_who_makes_fields(monkeypatch)
    made = Typist(qtbot, busy_desk, Cuts(monkeypatch), request.config)
    made.words = NASTY[request.param]
    yield made
    made.window.go("today")
    for left in made.overlays:
        made.leave(left, "")
    made.window.close()
    language.apply(made.program.app, "en", scale=1.0)


def read_a_mail(typist: Typist) -> None:
    """What nobody could place is opened, and its reservation looked for."""
    screen: Any = typist.go("imports")
    mails = screen.post.list.mails
    typist.wait(lambda: mails.model_.rowCount())
    mails.opened.emit(mails.model_.row(0))
    typist.quiet()
    typist.use(screen.post.card, "a mail")


def pay_with_everything(typist: Typist) -> None:
    """At the till: a reward code, a deposit, and the number of a slip."""
    screen: Any = typist.go("sell")
    screen.reward.toggle()
    screen.paid.toggle_deposit()
    typist.type_everywhere(screen, "sell, paid")
    typist.settle("sell, paid")


def walk_over(typist: Typist) -> None:
    read_a_mail(typist)
    pay_with_everything(typist)
    typist.use(typist.window, "above every screen")
    for word in app.SCREENS:
        if word == "settings":
            continue
        typist.use(typist.go(word), word)
        for tabs in typist.window.findChildren(Tabs):
            for at in range(1, len(tabs._tabs) if isValid(tabs) and tabs.isVisible() else 0):
                tabs.choose(at)
                typist.quiet()
                typist.use(typist.window, f"{word} {at}")
        typist.look_behind_keys(word)
    typist.go("settings")
    for section in SECTIONS:
        typist.window.go("settings", section=section.word)
        typist.quiet()
        typist.use(typist.window, f"settings {section.word}")


def kept(typist: Typist) -> dict[str, list[str]]:
    """Every text of the database that holds what was typed, by its column."""
    found: dict[str, list[str]] = {}
    with typist.program.desk().reading() as look:
        for table in Base.metadata.sorted_tables:
            for row in look.execute(select(table)).mappings():
                for column, value in row.items():
                    found.setdefault(f"{table.name}.{column}", []).extend(
                        one for one in _texts(value) if MARK in one
                    )
    return {where: texts for where, texts in found.items() if texts}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("{"):
        yield from _texts(json.loads(value))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def check(typist: Typist) -> dict[str, list[str]]:
    """Nothing went wrong, all tables are there, and what is kept is what was typed."""
    desk = typist.program.desk()
    with desk.reading() as look:
        assert {table.name for table in Base.metadata.sorted_tables} <= set(inspect(look).get_table_names())
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))
    held = kept(typist)
    for where, texts in held.items():
        for one in texts:
            told = one[one.index(MARK) :]
            if not same(told, typist.words) and not visible(told).startswith(visible(typist.words)):
                typist.complaints.append(f"{where} holds {one[:80]!r}")
    assert not typist.complaints, "\n".join(dict.fromkeys(typist.complaints))
    return held


@pytest.mark.parametrize("typist", ["all at once"], indirect=True)
def test_what_is_typed_into_any_field_is_a_text_and_stays_one(typist: Typist) -> None:
    walk_over(typist)
    held = check(typist)
    assert set(held) >= {"departures.guide", "messages.body", "reservations.reason", "saved_views.name"}
    forgotten = files_with_fields() - typist.typed_in - set(DIALOGS) - set(NEEDS_MORE)
    assert not forgotten, sorted(forgotten)


@pytest.mark.soak
@pytest.mark.parametrize("typist", [name for name in NASTY if name != "all at once"], indirect=True)
def test_each_kind_of_text_typed_into_any_field_is_a_text_and_stays_one(typist: Typist) -> None:
    walk_over(typist)
    check(typist)


def test_what_is_typed_to_find_who_opened_what_stays_a_text(two: Two) -> None:
    OpenedDialog(two.here.at, two.over).ask()
    two.here.quiet()
    type_and_use(two)


def test_what_is_typed_to_sign_in_stays_a_text(two: Two) -> None:
    signing = SignIn(two.here.background, two.here.door, two.over, two.over, shut=True)
    signing.begin("Gate")
    type_and_press(two, signing, signing.enter)
    signing.leave()


def test_what_is_typed_on_the_first_start_stays_a_text(two: Two) -> None:
    welcome = Welcome(two.here.background, two.over, again="postgresql://desk@example.com/tours")
    welcome.open()
    type_and_press(two, welcome, welcome._try)
    welcome.leave()


@pytest.mark.parametrize("file", DIALOGS)
def test_what_is_typed_into_a_dialog_that_no_key_opens_stays_a_text(two: Two, file: str) -> None:
    kind, ask, *_ = CASES[DIALOGS[file]]
    ask(two)
    two.here.quiet()
    assert isinstance(two.here.dialog, kind)
    type_and_use(two)


def type_and_use(two: Two) -> None:
    """Into every field of the open question, and press what it is for."""
    dialog = two.here.dialog
    assert dialog is not None
    type_and_press(two, dialog, dialog._primary)


def type_and_press(two: Two, place: QWidget, button: Button | None) -> None:
    """The same, wherever it is asked."""
    edits = _written_in(place)
    assert edits
    for words in (NASTY["long"], NASTY["all at once"]):
        for edit in edits:
            edit.selectAll()  # type: ignore[attr-defined]
            edit.insert(words) if isinstance(edit, QLineEdit) else edit.insertPlainText(words)  # type: ignore[attr-defined]
            assert same(_text(edit), words) or _is_choosy(edit)
    if button is not None:
        button.click()
    two.here.quiet()
    assert not two.here.trouble
    for label in two.here.window.findChildren(QLabel):
        if MARK in label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText
            assert NASTY["all at once"][:20] in label.text()
