"""Every verdict: all as full windows in small, and three as they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from models.checkin import Kind
from tests.ui.gallery_parts import Canvas
from ui import theme
from ui.paint.verdict_marks import paint_verdict_tile
from ui.widgets.verdict_card import VerdictCard
from ui.widgets.verdict_face import DepartureLine, VerdictFace, VerdictKey
from ui.wording.numbers import coin_sign
from ui.wording.verdicts import verdict_words

NEXT = VerdictKey("Enter", "Next guest", closes=True)
VIEW = VerdictKey("V", "View", "CF-00001")
UNDO = VerdictKey("U", "Undo", "free until the trip ends")


def face(kind: Kind, *, offline: bool = False) -> VerdictFace:
    """A verdict as the check-in would ask for it, with invented facts."""
    tour = "Example Palace Tour, English, 10:30"
    facts: dict[Kind, tuple[str, ...]] = {
        Kind.ADMIT: ("範例 Example Lin", tour, "Chinese (Taiwan). Stroller: tell the guide."),
        Kind.USED: (
            "First let in 10:12, Counter 1, by Example",
            "Priya Example, all 5 of 5 are in",
            tour,
            "Viator BR-0000000001",
        ),
        Kind.COLLECT: (
            "Oliver Example, 2 adults",
            "₩54,000 paid to GetYourGuide, ₩24,000 open",
            tour,
            "Let in as soon as the money is taken.",
        ),
    }
    keys = {
        Kind.ADMIT: (NEXT, UNDO, VIEW),
        Kind.COLLECT: (
            VerdictKey("P", "Cash", "opens the drawer"),
            VerdictKey("K", "Card", "sends ₩24,000 across"),
            VerdictKey("L", "Let in, pay later", "a right, with a reason"),
            VerdictKey("Esc", "Leave it open", closes=True),
        ),
        Kind.PARTLY_IN: (VerdictKey("Enter", "All of them", closes=True), VerdictKey("1–9", "Some of them")),
    }
    words = verdict_words(
        kind, heads=3 if kind is Kind.ADMIT else 2, party=5, amount="₩24,000", offline=offline,
        when={Kind.USED: "12 min", Kind.OTHER_DAY: "10:00"}.get(kind, "14:30"),
        day="3 May" if kind is Kind.OUT_OF_DATE else "Tomorrow", place="Pier 2",
    )  # fmt: skip
    return VerdictFace(
        kind, words.word, words.line, words.lead,
        facts=facts.get(kind, ("What is the case here", tour, "One more small line.")),
        keys=keys.get(kind, (VIEW, UNDO, NEXT)),
        units=(("2", "adults"), ("1", "child")) if kind is Kind.ADMIT and not offline else (),
        departure=DepartureLine("Palace, English, 10:30", 15, 18, 20),
        counter="Counter 2", clock="10:24:31",
        closes_in_s=None if kind is Kind.COLLECT else 4,
        waits=("", "1 scan is queued behind this") if kind is Kind.COLLECT else ("", ""),
        offline=offline, sign=coin_sign("KRW") if kind is Kind.COLLECT else "",
    )  # fmt: skip


def full(kind: Kind, *, offline: bool = False, width: int = 1366, height: int = 768) -> QWidget:
    """One verdict over a window."""
    host = Canvas()
    host.resize(width, height)
    host.show()
    VerdictCard(face(kind, offline=offline), host).open()
    return host


class Sheet(QWidget):
    """All of them, each as it is but smaller; below them the tiles of the list of last scans."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1920, 1080)
        kinds = [(kind, False) for kind in Kind]
        kinds.insert(3, (Kind.ADMIT, True))
        self._pictures = []
        for kind, offline in kinds:
            host = full(kind, offline=offline)
            self._pictures.append(host.grab())
            host.deleteLater()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = theme.of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        for number, picture in enumerate(self._pictures):
            row, column = divmod(number, 5)
            place = QRectF(16 + column * 380, 16 + row * 224, 370, 208)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
        for number, kind in enumerate(Kind):
            paint_verdict_tile(painter, QRectF(20 + number * 60, 960, 34, 34), kind, colours, sign="₩")
            paint_verdict_tile(painter, QRectF(20 + number * 100, 1000, 70, 70), kind, colours, sign="₩")


PAGES: dict[str, Callable[[], QWidget]] = {
    "verdict-admit": lambda: full(Kind.ADMIT),
    "verdict-used": lambda: full(Kind.USED),
    "verdict-collect": lambda: full(Kind.COLLECT),
    "verdict-offline-large": lambda: full(Kind.ADMIT, offline=True, width=1920, height=1080),
    "verdict-all": Sheet,
}
