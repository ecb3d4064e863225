"""The second screen: it greets guests in their language, tells nothing about anybody, and survives its cable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from controllers import counter
from controllers.desk import Desk
from models.checkin import ADMITTING, Kind
from models.counter_settings import settings_of
from models.tables import Reservation, Traveler
from tests.fakes import FakeScreens
from tests.paper import text_of
from tests.ui.at_a_desk import at_a_desk, shown
from tests.ui.gate_window import GateWindow
from ui import fonts
from ui.guest_card import GuestCard
from ui.guest_face import GuestFace, Mood, guest_face, idle_face
from ui.guest_screen import STAYS_S, GuestScreen
from ui.guest_words import FOLDER, guest_words, languages
from ui.monitors import Monitors, told_apart
from ui.pulse import pulse
from ui.settings import Settings
from ui.settings_guest import GuestPage

DESK, GUESTS = QRect(0, 0, 1366, 768), QRect(1366, 0, 1280, 720)
KINDS = tuple(Kind)


class Facing:
    """A gate whose guests have a screen of their own."""

    def __init__(self, gate: GateWindow) -> None:
        self.gate, self.screens = gate, FakeScreens(desk=DESK, guests=GUESTS)
        counter.set_up_counter(desk=gate.desk, guest_screen="guests")
        self.screen = GuestScreen(gate.at, lambda: gate.window, practice=True, screens=self.screens)  # type: ignore[arg-type]
        gate.at_gate.shown.connect(self.screen.show_verdict)
        gate.at_gate.gone.connect(self.screen.end_verdict)
        gate.at_gate.book.changed.connect(lambda: self.screen.see_scans(gate.at_gate.book.lines))
        gate.quiet()
        self.wake()

    def wake(self) -> None:
        """This platform activates every window that is shown; a real one does not (see the journey)."""
        self.gate.window.activateWindow()
        self.gate.quiet()

    @property
    def face(self) -> GuestFace:
        assert self.screen.face is not None
        return self.screen.face

    @property
    def card(self) -> GuestCard:
        assert self.screen.window is not None
        return self.screen.window.card

    def secrets(self) -> set[str]:
        """Everything about a person or an order that the database knows."""
        found: set[str] = set()
        with self.gate.desk.reading() as look:
            reservation, traveler = Reservation.__table__, Traveler.__table__
            asked = "lead email phone reference request".split()
            for row in look.execute(select(reservation.c.id, *(reservation.c[name] for name in asked))):
                found |= {f"CF-{row.id}", *(str(value) for value in row[1:])}
            for row in look.execute(select(traveler.c.name)):
                found.add(str(row.name))
        words = {part for text in found for part in re.split(r"[\s,]+", text)}
        return {text for text in found | words if len(text) > 2} - {"tell", "the", "guide"}


@pytest.fixture
def facing(gate: GateWindow) -> Iterator[Facing]:
    made = Facing(gate)
    yield made
    made.screen.close()


def pages_of(*paints: Callable[[QPainter], object]) -> list[str]:
    """What can be read on pages that were painted like this, one each."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setPageSize(QPageSize(QSizeF(1920, 1080), QPageSize.Unit.Point))
    painter = QPainter(writer)
    for number, paint in enumerate(paints):
        if number:
            writer.newPage()
        paint(painter)
    painter.end()
    buffer.close()
    return text_of(data.data())


@cache
def tabular_signs() -> dict[str, str]:
    """How the signs that stand under each other are read back: a page names their drawing and not the sign."""

    def write(sign: str, painter: QPainter) -> None:
        painter.setFont(fonts.exact(40, 600))
        painter.drawText(100, 100, sign)

    signs = "0123456789:,.;-()/"
    read = pages_of(
        *(partial(write, f"0{sign}0") for sign in signs)
    )  # a colon is drawn higher between digits
    return {told.strip()[1]: sign for told, sign in zip(read, signs, strict=True)}


def painted(card: GuestCard) -> str:
    """The words that are really painted, read back from a page they were painted on."""
    (told,) = pages_of(lambda painter: card.paint_on(painter, QRectF(0, 0, 1920, 1080)))
    signs = (tabular_signs().get(sign, sign) for sign in told)
    return "".join(sign for sign in signs if sign.isprintable() or sign.isspace())


def bare(text: str) -> str:
    return re.sub(r"[\s…]+", "", text)


def test_every_language_has_the_same_lines_and_blanks() -> None:
    english = guest_words("en")
    assert set(languages()) >= {"en", "ko", "ja", "zh-TW", "zh-CN", "th", "vi", "de", "fr", "es"}
    for language in languages():
        text = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
        keys = re.findall(r"(?m)^(\w+) = ", text)
        assert keys == re.findall(r"(?m)^(\w+) = ", (FOLDER / "en.toml").read_text(encoding="utf-8")), (
            language
        )
        words = guest_words(language)
        assert words.language == language
        for key in keys:
            assert words.say(key, n=3)
        if language != "en":
            assert words.say("welcome") != english.say("welcome")


@pytest.mark.parametrize(
    ("told", "spoken"),
    [("zh-Hant", "zh-TW"), ("zh", "zh-CN"), ("de-AT", "de"), ("pt-BR", "en"), ("", "en"), ("KO", "ko")],
)
def test_a_guest_is_spoken_to_in_the_nearest_language_we_have(told: str, spoken: str) -> None:
    assert guest_words(told).language == spoken


def test_the_letters_of_every_language_are_there(qtbot: QtBot) -> None:
    for language in languages():
        words = guest_words(language)
        metrics = fonts.exact_metrics(40, 700, language)
        for sign in "".join(words.say(key, n=3) for key in ("welcome", "many", "moment", "meet", "hold")):
            assert sign.isspace() or metrics.inFontUcs4(ord(sign)) or _elsewhere(sign, language), (
                language,
                sign,
            )


def _elsewhere(sign: str, language: str) -> bool:
    """One of the families behind the first has it."""
    from PySide6.QtGui import QFont, QFontMetrics

    return any(
        QFontMetrics(QFont(family)).inFontUcs4(ord(sign)) for family in fonts.families(language, display=True)
    )


def test_a_guest_who_comes_in_is_welcomed_with_the_party_and_the_meeting_point(facing: Facing) -> None:
    facing.gate.scan_kind(Kind.ADMIT)
    face = facing.face
    assert (face.mood, face.heads, face.party) == (Mood.WELCOME, "3", "2 adults, 1 child")
    assert (face.tour, face.when) == ("Seoul Palace Walking Tour", "English, 10:30")
    assert face.place_label == "Meeting point"
    assert face.place
    assert "Example" not in facing.card.accessibleName()


def test_the_guest_s_own_language_is_large_and_english_stands_under_it(facing: Facing) -> None:
    facing.gate.scan_kind(Kind.ADMIT)
    judged = facing.gate.at_gate.judged
    assert judged is not None
    assert judged.found is not None
    face = guest_face(replace(judged, found=replace(judged.found, language="zh-TW")))
    assert (face.large, face.line, face.english) == ("歡迎！", "3 位", "Welcome! 3 guests")
    assert face.place_label == "集合地點 · Meeting point"
    assert face.party == "成人 2 位、兒童 1 位"


def test_nothing_personal_is_painted_for_any_verdict(facing: Facing) -> None:
    """Every kind by a real scan; what is read back from the painted page is what the face says, and no more."""
    secrets = facing.secrets()
    assert {"Oliver", "26RZ90000024", "林範例"} <= secrets
    refused = set()
    for kind in KINDS:
        facing.gate.scan_kind(kind)
        facing.card.show_clock("10:24")
        words, face = painted(facing.card), facing.face
        assert [secret for secret in secrets if secret.casefold() in words.casefold()] == [], kind
        rest = bare(words)
        for text in sorted((*face.texts, "10:24"), key=len, reverse=True):
            assert bare(text) in rest, (kind, text)
            rest = rest.replace(bare(text), "", 1)
        assert rest == "", kind
        if kind not in ADMITTING:
            refused.add(face)
        facing.gate.end()
    assert {(face.mood, face.large) for face in refused} == {(Mood.MOMENT, "One moment, please")}
    assert len(refused) == 1, "one refusal must not look different from another"


def test_every_kind_that_lets_nobody_in_reads_one_moment(facing: Facing) -> None:
    facing.gate.scan_kind(Kind.CANCELLED)
    judged = facing.gate.at_gate.judged
    assert judged is not None
    for kind in set(Kind) - ADMITTING:
        face = guest_face(replace(judged, answer=replace(judged.answer, kind=kind, admitted=2)))
        assert face == facing.face, kind


def test_who_is_only_looked_at_waits_and_is_welcomed_when_let_in(facing: Facing) -> None:
    gate = facing.gate
    counter.set_up_counter(desk=gate.desk, look_first=True)
    gate.quiet()
    gate.scan_kind(Kind.ADMIT)
    assert facing.face.mood is Mood.MOMENT
    gate.letter(Qt.Key.Key_Return)
    assert facing.face.mood is Mood.WELCOME


def test_a_tour_that_only_its_channel_calls_so_is_not_shown(facing: Facing) -> None:
    facing.gate.scan_kind(Kind.ADMIT)
    judged = facing.gate.at_gate.judged
    assert judged is not None
    assert judged.found is not None
    judged.found.row.unmatched = True
    face = guest_face(judged)
    assert (face.tour, face.when) == ("", "")


def beat(times: int) -> None:
    for _ in range(times):
        pulse().beat.emit()


def test_the_welcome_goes_after_half_a_minute(facing: Facing) -> None:
    facing.gate.scan_kind(Kind.ADMIT)
    facing.gate.end()
    beat(STAYS_S - 1)
    assert facing.face.mood is Mood.WELCOME
    beat(1)
    assert facing.face.mood is Mood.IDLE


def test_one_moment_stays_while_money_is_taken_and_goes_with_its_verdict(facing: Facing) -> None:
    facing.gate.scan_kind(Kind.COLLECT)
    beat(STAYS_S + 5)
    assert facing.face.mood is Mood.MOMENT
    facing.gate.end()
    assert facing.face.mood is Mood.IDLE


def test_between_guests_it_says_where_to_hold_the_code_and_what_leaves_next(facing: Facing) -> None:
    face = facing.face
    assert (face.mood, face.large) == (Mood.IDLE, "Hold your code here")
    assert ("ko", "여기에 코드를 대 주세요") in face.others
    assert face.departures[0] == ("10:30", "Seoul Palace Walking Tour, English")
    assert len(face.departures) <= 3


def test_a_day_without_departures_only_says_where_to_hold_the_code(facing: Facing) -> None:
    face = idle_face((), facing.gate.clock())
    assert (face.heading, face.departures) == ("", ())


def test_it_lies_over_its_whole_screen_with_stripes_while_practising(facing: Facing) -> None:
    window = facing.screen.window
    assert window is not None
    assert window.isVisible()
    assert window.place == GUESTS
    assert window.isFullScreen()
    assert window.practice
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_a_screen_that_is_pulled_out_takes_its_window_along_and_brings_it_back(facing: Facing) -> None:
    facing.screens.plug("guests", None)
    assert facing.screen.window is None
    facing.wake()
    facing.gate.scan_kind(Kind.ADMIT)  # nobody reads it, and nothing happens
    facing.gate.end()
    facing.screens.plug("guests", QRect(0, 768, 1024, 768))
    window = facing.screen.window
    assert window is not None
    assert window.place == QRect(0, 768, 1024, 768)
    facing.wake()
    facing.gate.scan_kind(Kind.PARTLY_IN)
    assert facing.face.mood is Mood.WELCOME


def test_it_never_lies_over_the_desk(facing: Facing) -> None:
    counter.set_up_counter(desk=facing.gate.desk, guest_screen="desk")
    facing.gate.quiet()
    assert facing.screen.window is None
    counter.set_up_counter(desk=facing.gate.desk, guest_screen="")
    facing.gate.quiet()
    assert facing.screen.window is None


def test_it_makes_room_while_the_desk_is_dragged_onto_it(facing: Facing) -> None:
    assert facing.gate.window in facing.screens.followed
    facing.screens.drag_to("guests")
    assert facing.screen.window is None
    facing.screens.drag_to("desk")
    assert facing.screen.window is not None
    facing.wake()


def test_a_real_window_that_changes_its_screen_is_heard_of(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, monitors = QWidget(), Monitors()
    qtbot.addWidget(window)
    monitors.follow(window)  # not shown yet: there is nothing to follow
    window.show()
    qtbot.waitExposed(window)
    monitors.follow(window)
    heard: list[None] = []
    monitors.changed.connect(lambda: heard.append(None))
    window.move(window.x() + 5, window.y())
    assert heard == [], "it stands on the same one"
    monkeypatch.setattr(monitors, "of", lambda _window: "the other")
    window.move(window.x() + 5, window.y() + 5)
    qtbot.waitUntil(lambda: heard == [None])


def test_two_of_one_model_are_told_apart_and_keep_their_keys() -> None:
    left, right, laptop = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1920, 1080), QRect(0, 1080, 1366, 768)
    with_serials = told_apart(
        [("Example 24", "B2", right), ("Example 24", "A1", left), ("eDP-1", "", laptop)]
    )
    assert [(one.key, one.name, one.turn) for one in with_serials] == [
        ("Example 24 (A1)", "Example 24", 1),
        ("eDP-1", "eDP-1", 0),
        ("Example 24 (B2)", "Example 24", 2),
    ]
    alone = told_apart([("Example 24", "B2", left)])
    assert [(one.key, one.turn) for one in alone] == [("Example 24 (B2)", 0)]
    without = told_apart([("Example 24", "", right), ("Example 24", "", left)])
    assert [(one.key, one.place) for one in without] == [("Example 24 #1", left), ("Example 24 #2", right)]


def test_who_is_taken_back_is_not_welcomed_any_longer(facing: Facing) -> None:
    facing.gate.scan_kind(Kind.ADMIT)
    facing.gate.end()
    assert facing.face.mood is Mood.WELCOME
    facing.gate.at_gate.take_back()
    facing.gate.quiet()
    assert facing.face.mood is Mood.IDLE


def test_a_welcome_stays_while_an_earlier_guest_is_taken_back(facing: Facing) -> None:
    facing.gate.scan_kind(Kind.ADMIT)
    facing.gate.end()
    (earlier,) = [line for line in facing.gate.at_gate.book.lines if line.let_in][:1]
    facing.gate.scan_kind(Kind.PARTLY_IN)
    facing.gate.end()
    facing.gate.at_gate.take_back_line(earlier)
    facing.gate.quiet()
    assert facing.face.mood is Mood.WELCOME


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768), (1080, 1920), (800, 480)])
def test_the_words_of_every_language_fit_on_every_screen(qtbot: QtBot, size: tuple[int, int]) -> None:
    """Nothing is shortened with dots but a tour's name."""
    for language in languages():
        words = guest_words(language)
        face = GuestFace(
            Mood.WELCOME, language, words.say("welcome"), words.guests(12), "Welcome! 12 guests", "Palace", "10:30",
            words.say("meet"), "Gate 2", "12", words.party(8, 3, 1),
        )  # fmt: skip
        card = GuestCard(face)
        qtbot.addWidget(card)
        card.resize(*size)
        assert "…" not in _written(card), language
        card.show_face(replace(face, mood=Mood.MOMENT, large=words.say("moment"), line=words.say("more")))
        assert "…" not in _written(card), language
    card.show_face(idle_face((), None))  # type: ignore[arg-type]
    assert "…" not in _written(card)


def _written(card: GuestCard) -> str:
    """Everything that is written on a picture of the card."""
    told: list[str] = []

    class Listening(QPainter):
        def drawText(self, *what: object) -> None:
            told.append(str(what[-1]))

    picture = card.grab()
    painter = Listening(picture)
    card.paint_on(painter, QRectF(0, 0, card.width(), card.height()))
    painter.end()
    return " ".join(told)


# --- setting it up ---------------------------------------------------------------------------


def test_a_setting_that_is_no_name_is_none() -> None:
    assert settings_of({"guest_screen": 3}).guest_screen == ""
    assert settings_of({"guest_screen": "HDMI-1"}).guest_screen == "HDMI-1"


def test_the_settings_offer_every_screen_but_the_desk_s_own(qtbot: QtBot, a_desk: Desk) -> None:
    with at_a_desk(a_desk) as at:
        counter.set_up_counter(desk=a_desk, guest_screen="HDMI-9")
        screen = Settings(at)
        fakes = FakeScreens(desk=DESK, guests=GUESTS)
        page = GuestPage(screen.kept, fakes)  # type: ignore[arg-type]
        with qtbot.waitSignal(screen.kept.told):
            screen.opened(section="guests")
        assert isinstance(screen.page, GuestPage)
        page = shown(qtbot, page, until=lambda: True)
        assert list(page.rows) == ["", "desk", "guests", "HDMI-9"]
        assert [name for name, row in page.rows.items() if not row.isEnabled()] == ["desk"]
        assert page.rows["HDMI-9"].is_picked
        with qtbot.waitSignal(screen.kept.told):
            page.rows["guests"].click()
        assert counter.counter_settings(desk=a_desk).guest_screen == "guests"
        assert page.rows["guests"].is_picked
        with qtbot.waitSignal(screen.kept.told):
            page.rows["guests"].setFocus()
            qtbot.keyClick(page.rows["guests"], Qt.Key.Key_Up)
        assert counter.counter_settings(desk=a_desk).guest_screen == ""
