"""The verdict of every row of the table, by a real scan through the real window, with its photograph.

The photographs lie in `screenshots/verdicts/`, by day and by night, at the sizes and text sizes counters have. Each
row is held to what must be said there: word, shape, sound, facts and the one next key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from controllers import counter
from controllers.attention import leave_for_gate
from models.checkin import Kind
from models.tables import Product, Reservation
from tests.ui.gate_window import GateWindow, copied
from ui import language, theme
from ui.paint.verdict_marks import verdict_mark
from ui.widgets.verdict_card import VerdictCard
from ui.widgets.verdict_face import VerdictFace
from ui.widgets.verdict_parts import words_place
from ui.widgets.verdict_words import LEAST, fit_words

SHOTS = Path(__file__).resolve().parents[2] / "screenshots" / "verdicts"
SIZES = ((1366, 768), (1920, 1080))


@dataclass(frozen=True)
class Row:
    """One row of the table: what is scanned, and what must be said. `says` are patterns, each found in a fact."""

    name: str
    kind: Kind
    words: str
    says: tuple[str, ...]
    keys: tuple[str, ...]
    sound: str
    look_first: bool = False
    note: str = ""
    never: tuple[str, ...] = field(default=())


ROWS = (
    Row("valid-with-a-note", Kind.ADMIT, "ADMIT 3 CHECK", ("^One wheelchair: use the west gate$", "Example Lin"),
        ("Enter", "Esc"), "check", note="One wheelchair: use the west gate"),
    Row("valid", Kind.ADMIT, "ADMIT 3", ("^2 adults, 1 child$", "Example Lin", "Palace.*10:30", "Stroller"),
        ("Enter", "U", "V"), "go"),
    Row("partly-in", Kind.PARTLY_IN, "ADMIT 3 of 4", ("In before: 1", "Priya", "10:30"), ("Enter", "U"), "go"),
    Row("partly-in-looked-at", Kind.PARTLY_IN, "ADMIT 3 of 4", ("1 of 4 are in", "Priya", "10:30"),
        ("Enter", "1–9", "Esc"), "go", look_first=True),
    Row("asked-to-cancel", Kind.CHECK, "ADMIT 2 CHECK", ("asked to cancel", "Charlotte"), ("Enter",), "check"),
    Row("balance-due", Kind.COLLECT, "COLLECT ₩24,000",
        ("Oliver", "₩54,000 paid here, ₩24,000 open", "26RZ90000024|Direct|here"), ("P", "Esc"), "money"),
    Row("not-confirmed", Kind.NOT_CONFIRMED, "NOT CONFIRMED",
        ("Ordered yesterday, 18:00", "left to confirm", r"\d+ of \d+ seats"), ("C",), "later"),
    Row("wrong-day", Kind.OTHER_DAY, "TOMORROW 10:30", ("Sat 17 Oct, not for today", r"Today at 10:30: \d+ seats"),
        ("M", "F"), "later"),
    Row("too-early", Kind.TOO_EARLY, "FROM 13:00", ("2 h 36 too early: it is 10:24", "14:00"), ("F",), "later"),
    Row("too-late", Kind.TOO_LATE, "TOO LATE since 08:30", ("Departed 2 h 24 ago, at 08:00",), ("F",), "later"),
    Row("expired", Kind.OUT_OF_DATE, "EXPIRED Sun 4 Oct", ("12 days ago", "Valid 90 days from its purchase: Mon 6 Jul"),
        ("F",), "no"),
    Row("used", Kind.USED, "USED 12 min AGO", ("10:12, Counter 1, by Owner", "all 3 are in"), ("U", "V"), "used",
        never=("F",)),
    Row("no-uses-left", Kind.NO_USES_LEFT, "0 LEFT", ("All 3 visits", "4 Oct", "7 Oct", "14 Oct"), ("V",), "none-left",
        never=("F",)),
    Row("cancelled", Kind.CANCELLED, "CANCELLED", ("by the traveler, Wed 14 Oct", "goes back to them by"), ("V",), "no",
        never=("F", "U")),
    Row("replaced", Kind.REPLACED, "REPLACED", ("newer voucher is valid", "No address|was sent"), ("P",), "no",
        never=("F",)),
    Row("other-counter", Kind.ELSEWHERE, "GO TO PIER 2", ("They meet at Pier 2", "Busan Night Boat"),
        ("Enter",), "later", never=("F",)),
    Row("unknown", Kind.UNKNOWN, "UNKNOWN", ("MyRealTrip", "Read: TNA-20261016-OO417"), ("S",), "unknown"),
    Row("not-ours", Kind.FORGED, "NOT OURS", ("not a voucher of ours",), ("Enter",), "forged", never=("F",)),
    Row("unreadable", Kind.UNREADABLE, "SCAN AGAIN", ("18 of 26 digits",), ("F9",), "unreadable"),
)  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, gate_file: tuple[Path, dict[Kind, str]], tmp_path: Path) -> Iterator[GateWindow]:
    made = GateWindow(qtbot, copied(gate_file[0], tmp_path), gate_file[1])
    made.window.set_practice(True)
    with made.desk.work() as work:  # a place whose name can be read at three metres
        boats = Product.__table__.c.name == "Busan Night Boat"
        work.connection.execute(update(Product.__table__).where(boats).values(meeting_point="Pier 2"))
    yield made
    made.close()


def photograph(window: QWidget, name: str) -> None:
    """A picture of the whole window, to be looked at; hardly packed, since packing takes longer than all else."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    assert window.grab().save(str(SHOTS / f"{name}.png"), "PNG", 90)


def test_every_row_of_the_table_by_a_real_scan(window: GateWindow) -> None:
    window.window.resize(*SIZES[0])
    faces: dict[str, VerdictFace] = {}
    for row in ROWS:
        counter.set_up_counter(desk=window.desk, look_first=row.look_first)
        window.quiet()
        reservation = reservation_of(window, row)
        if row.note:
            leave_for_gate(reservation, desk=window.desk, words=row.note)
        if row.look_first:  # of a party that is still partly outside
            window.at_gate.take_back()
            window.quiet()
        window.loudspeaker.played.clear()
        face = faces[row.name] = window.scan_kind(row.kind)
        photograph(window.window, row.name)
        check(row, face, [word for word, _ in window.loudspeaker.played])
        window.end()
        if row.note:
            leave_for_gate(reservation, desk=window.desk, words="")
    assert {row.kind for row in ROWS} == set(Kind)
    shapes = [verdict_mark(kind) for kind in Kind]
    assert all(one != other for n, one in enumerate(shapes) for other in shapes[n + 1 :])
    show_everywhere(window, faces)


def reservation_of(window: GateWindow, row: Row) -> int:
    """Whose code a row with a note scans."""
    with window.desk.reading() as look:
        named = select(Reservation.__table__.c.id).where(Reservation.__table__.c.lead.contains("Example Lin"))
        return int(look.execute(named).scalar_one()) if row.note else 0


def check(row: Row, face: VerdictFace, heard: list[str]) -> None:
    """What a row must say."""
    assert face.kind is (Kind.CHECK if row.note else row.kind), row.name
    assert not row.words or f"{face.word} {face.line}".strip() == row.words, row.name
    units = ", ".join(f"{count} {unit}" for count, unit in face.units)
    told = [fact for fact in (units, face.note, *face.facts) if fact]
    for pattern in row.says:
        assert any(re.search(pattern, fact) for fact in told), (row.name, pattern, told)
    keys = {cap for key in face.keys for cap in (key.cap, *key.also)}
    assert set(row.keys) <= keys, (row.name, keys)
    assert not set(row.never) & keys, (row.name, keys)
    assert heard == [row.sound], row.name
    assert (face.closes_in_s is not None) is (row.sound == "go" and not row.look_first), row.name


def show_everywhere(window: GateWindow, faces: dict[str, VerdictFace]) -> None:
    """The same verdicts by night, larger and in large letters: nothing is shortened, nothing too small."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for look, (width, height), scale in (
        (theme.Theme.DARK, SIZES[0], 1.25),
        (theme.Theme.LIGHT, SIZES[1], 1.5),
    ):
        theme.apply(app, look)
        language.apply(app, "en", scale=scale)
        window.window.resize(width, height)
        for name, face in faces.items():
            card = VerdictCard(face, window.window.overlay_host)
            card.open()
            assert_readable(name, card)
            photograph(window.window, f"{name}-{width}-{look}-{scale:g}")
            card.leave()


def assert_readable(name: str, card: VerdictCard) -> None:
    """The large words as LOOK wants them, at the card's own size; every other line whole."""
    scale = card._scale
    column = QRectF(56 * scale, 0, card.width() - 460 * scale, card.height())
    place = words_place(column, scale)
    for line in fit_words(card.face, place, scale):
        assert line.size >= LEAST * scale - 1, (name, line.text, line.size)
        assert line.right <= place.right() + 1, (name, line.text)
    written: list[str] = []

    class Listening(QPainter):
        def drawText(self, *what: object) -> None:
            written.extend(part for part in what if isinstance(part, str))

    picture = card.grab()
    painter = Listening(picture)
    paint_body_of(card, painter, column)
    painter.end()
    assert [text for text in written if text.endswith("…")] == [], name


def paint_body_of(card: VerdictCard, painter: QPainter, column: QRectF) -> None:
    """The left part of a card, as it paints it."""
    from ui.widgets.verdict_parts import paint_body

    verdict = theme.verdict_colours(card.face.kind, theme.of(card.palette()))
    paint_body(painter, column, card.face, verdict, card._scale)
