"""Everything that is told to travelers and staff, in the real window: letters, mails, refunds, reviews, notices.

    python tests/ui/gallery_letters.py FOLDER [light-100-1366] [dark-150-1024] ...

Without a look every usual one is drawn. Every name in the pictures is invented.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

import app as counterfoil
from controllers.place import Place
from models.reservations import Status
from models.rows import Filter
from tests.conftest import NOW
from tests.ui.a_talking_house import a_talking_house
from ui import asking, fonts, language, theme
from ui.program import Program
from ui.widgets.overlay import Overlay

LOOKS = (
    "light-100-1366",
    "dark-100-1366",
    "light-100-1024",
    "dark-125-1366",
    "light-150-1366",
    "dark-150-1024",
)
HEIGHTS = {1366: 768, 1024: 640, 1920: 1080}
SECTIONS = ("notices", "mail", "letters", "reasons")


class Pictures:
    """One window in one look; each page leaves its picture."""

    def __init__(self, folder: Path, place: Path, look: str, made: dict[str, int]) -> None:
        kind, scale, width = look.split("-")[:3]
        tongue = look.split("-")[3] if look.count("-") > 2 else "en"
        self.folder, self.look, self.made = folder, look, made
        self.program = Program(Place(place), counterfoil.SCREENS)
        self.program._greet = lambda: None  # type: ignore[method-assign]  # nothing leaves, nothing is fetched
        theme.apply(self.program.app, theme.Theme(kind))
        language.apply(self.program.app, tongue, int(scale) / 100)
        self.window = self.program.window
        self.window.resize(int(width), HEIGHTS[int(width)])
        self.program.show()
        self.window.resize(int(width), HEIGHTS[int(width)])
        self.until(lambda: self.program.is_open)
        self.program.desk().clock = lambda: NOW
        self.window.activateWindow()
        self.quiet()

    def until(self, so: Callable[[], bool]) -> None:
        """Wait until it is so."""
        ends = time.monotonic() + 20
        while not so() and time.monotonic() < ends:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def quiet(self) -> None:
        """Until every answer has come and is painted."""
        for _ in range(4):
            self.until(self.program.is_quiet)
            ends = time.monotonic() + 0.08
            while time.monotonic() < ends:
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    def go(self, word: str, **what: Any) -> Any:
        """To a screen."""
        for _ in range(3):
            for over in self.window.findChildren(Overlay):
                if isValid(over) and over.isVisible():
                    getattr(over, "_reject", over.leave)()
        self.window.go(word, **what)
        self.quiet()
        return self.window.screen_in_front

    def keep(self, name: str) -> None:
        """The window as it is."""
        self.quiet()
        self.window.grab().save(str(self.folder / f"{name}-{self.look}.png"))

    def keep_whole(self, page: QWidget, name: str) -> None:
        """A page that is longer than the window, from its head to its foot."""
        self.quiet()
        page.grab().save(str(self.folder / f"{name}-{self.look}.png"))

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.quiet()

    def close(self) -> None:
        """The window goes."""
        self.window.close()
        self.program.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


Page = Callable[[Pictures], None]


def outbox(one: Pictures) -> None:
    """Each tab of the outbox."""
    screen = one.go("letters")
    one.keep("outbox-1-needs-you")
    for at in range(1, len(screen.tabs._tabs)):
        screen.tabs.choose(at)
        one.keep(f"outbox-{at + 1}")


def refunds(one: Pictures) -> None:
    """Each part of the refunds, and both questions."""
    for tab in ("due", "overdue", "failed", "done", "theirs"):
        one.go("refunds", tab=tab)
        one.keep(f"refunds-{tab}")
    one.go("refunds", tab="due")
    one.key(Qt.Key.Key_D)
    one.keep("refund-done-dialog")
    one.go("refunds", tab="overdue")
    one.key(Qt.Key.Key_F)
    one.keep("refund-failed-dialog")


def reviews(one: Pictures) -> None:
    """The list, one with a picture, one that is not sure, and keeping one."""
    screen = one.go("reviews")
    one.keep("reviews")
    for at in range(1, min(6, screen.board.model_.rowCount())):
        screen.board.go_to(at)
        one.keep(f"reviews-{at}") if at in (1, 4) else None
    one.go("details", reservation=one.made["redeemed"])
    one.program.fittings.deeds.review(one.made["redeemed"])
    one.keep("review-dialog")


def settings(one: Pictures) -> None:
    """The pages of talking, in the window and whole."""
    for section in SECTIONS:
        screen = one.go("settings", section=section)
        one.keep(f"settings-{section}")
        one.keep_whole(screen.page, f"settings-{section}-whole")


def mails(one: Pictures) -> None:
    """Mails nobody could place, and one of them read."""
    screen = one.go("imports")
    one.keep("imports-mails")
    listed = screen.post.list.mails
    for at in range(min(2, listed.model_.rowCount())):
        listed.setFocus()
        listed.go_to(at)
        one.key(Qt.Key.Key_Return)
        one.keep(f"imports-mail-{at}")


def details(one: Pictures) -> None:
    """Reservations that something was told to, the letters' menu, and a letter before it leaves."""
    for name in ("refund", "failed", "done", "FAILED", "reviewed", "masked"):
        one.go("details", reservation=one.made[name])
        one.keep(f"details-{name}")
    one.go("details", reservation=one.made["confirmed"])
    one.keep("details-confirmed")
    one.key(Qt.Key.Key_W)
    one.keep("letters-menu")
    one.key(Qt.Key.Key_Return)
    one.keep("letter-preview")


def cancelling(one: Pictures) -> None:
    """One cancelled with its message first, confirmed or not, and several."""
    for name in ("open", "masked", "confirmed"):
        one.go("details", reservation=one.made[name])
        one.program.fittings.deeds.cancel(one.made[name])
        one.keep(f"cancel-{name}")
    one.go("reservations", wanted=Filter(), title="All")
    wanted = Filter(statuses=frozenset((Status.UNCONFIRMED, Status.CONFIRMED)))
    ids = [row.id for row in asking.page(one.program.desk, wanted).rows][:6]
    one.program.fittings.deeds.cancel_all(ids)
    one.keep("cancel-several")


def others(one: Pictures) -> None:
    """The dashboard, the products, the till with a reward code, and the quiet screens."""
    one.go("today")
    one.keep("today")
    screen = one.go("products")
    one.keep("products")
    for area in screen.findChildren(QScrollArea):
        if area.widget() is not None and area.widget().height() > area.height():
            one.keep_whole(area.widget(), "products-whole")
    screen = one.go("sell")
    with suppress(AttributeError):
        screen.reward.toggle()
        screen.reward.field.set_text("ABCDE-FGHJK")
    one.keep("sell-reward")
    for word in ("incidents", "trips", "holidays"):
        one.go(word)
        one.keep(word)


def talks(one: Pictures) -> None:
    """The conversations, and one that is about nothing yet."""
    one.go("messages")
    one.keep("messages")
    one.go("messages", reservation=one.made["refund"])
    one.keep("messages-cancelled")
    screen = one.go("messages", reservation=one.made["masked"])
    one.keep("messages-masked")
    screen.tabs.choose(0)
    one.keep("messages-waiting")
    screen.tabs.choose(2)
    one.keep("messages-failed")


PAGES: tuple[Page, ...] = (outbox, refunds, reviews, settings, mails, details, cancelling, others, talks)


def chosen(words: list[str]) -> Iterator[str]:
    """The looks that were asked for, or all."""
    yield from words or LOOKS


def main(folder: Path, looks: list[str], pages: tuple[Page, ...] = PAGES) -> None:
    """All pictures of all looks."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts.load()
    with tempfile.TemporaryDirectory() as place:
        made = a_talking_house(Path(place))
        for look in chosen(looks):
            one = Pictures(folder, Path(place), look, made)
            for page in pages:
                page(one)
            one.close()
            print(look, flush=True)


if __name__ == "__main__":
    named = {page.__name__: page for page in PAGES}
    words = sys.argv[2:]
    wanted = tuple(named[word] for word in words if word in named) or PAGES
    main(Path(sys.argv[1]), [word for word in words if word not in named], wanted)
