"""The conversations with invented travelers in the real window, by day, by night and with large letters.

python tests/ui/gallery_messages.py FOLDER
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from controllers import conversations, messages, notes, reservations
from controllers.background import Background
from controllers.conversations import File
from controllers.desk import Desk, open_desk
from models.database import sqlite_url
from models.outbox import LetterState
from models.reservations import Status
from models.tables import OutboxRow
from tests.builders import a_product, a_reservation
from tests.conftest import NOW
from tests.fakes import StillClock
from tests.ui.gallery_today import save, settle
from ui import fonts, language, theme
from ui.at_desk import AtDesk
from ui.deeds import Deeds
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.screen import Screen
from ui.screens import IN_RAIL, plan

PEOPLE = (
    ("예시하나", "MyRealTrip", "네, 감사합니다"),
    ("Lena Muster", "KKday", "We are bringing a stroller. Is the route free of stairs?"),
    ("Bo Beispiel", "Klook", "Thank you! Then we will be there at 10:20."),
    ("范例 Fanli", "KKday", "我們會帶嬰兒車，路線沒有樓梯嗎？"),
    ("Example Six", "Viator", "I must cancel, my flight was moved"),
)


def a_picture() -> File:
    """A small picture without anything on it."""
    image = QImage(640, 420, QImage.Format.Format_RGB32)
    image.fill(0x88AACC)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    data = bytes(buffer.data().data())
    return File("meeting point.png", "image/png", len(data), data)


def heard(desk: Desk, one: int, body: str, **told: object) -> None:
    """A traveler writes."""
    with desk.work() as work:
        conversations.heard(work, one, body=body, **told)


def a_talking_desk(folder: Path) -> tuple[Desk, int]:
    """A desk with some conversations, and the one that has everything in it."""
    clock = StillClock(NOW - dt.timedelta(hours=20))
    desk = open_desk(sqlite_url(folder / "talk.sqlite"), practice=True, clock=clock)
    a_product(desk, capacity=60, meeting_point="Exit 2")
    made = []
    for number, (name, channel, words) in enumerate(PEOPLE):
        status = Status.UNCONFIRMED if number == 3 else Status.CONFIRMED
        one = a_reservation(
            desk, status, sold_by=channel.casefold(), name=name, email=f"guest{number}@example.com"
        )
        made.append(one)
        clock.forward(minutes=47)
        heard(desk, one, words, sender=f"guest{number}@example.com")
    one = made[1]
    clock.forward(minutes=5)
    messages.answer(one, desk=desk, words="There is a lift at the west gate, so a stroller is fine. " * 2)
    _settle(desk, one, LetterState.SENT)
    clock.forward(minutes=3)
    notes.add_note(one, desk=desk, words="The lift is closed on Mondays: ask the guide.")
    heard(desk, one, "I am away until Monday.", auto=True)
    clock.set(NOW - dt.timedelta(minutes=70))
    heard(desk, one, "Here is a picture.", files=[a_picture()], sender="guest1@example.com")
    heard(
        desk,
        one,
        "I come along, too. Where do we meet?",
        whole="I come along, too. Where do we meet?\n\n> On Monday you wrote:\n> There is a lift.",
        sender="friend@example.org",
        sender_name="Max Beispiel",
    )
    clock.set(NOW - dt.timedelta(minutes=50))
    messages.answer(one, desk=desk, words="At exit 2, ten minutes early.")
    _settle(desk, one, LetterState.FAILED, "550 5.1.1 mailbox unavailable")
    messages.complain(made[0], desk=desk)
    messages.answer(made[2], desk=desk, words="See you then!")
    clock.set(NOW - dt.timedelta(minutes=26))
    heard(desk, one, "Is it far from the station?", sender="guest1@example.com")
    clock.set(NOW)
    reservations.hold(made[3], desk=desk, reason="one more name")
    return desk, one


def _settle(desk: Desk, one: int, state: LetterState, trouble: str = "") -> None:
    with desk.work() as work:
        of_it = update(OutboxRow).where(OutboxRow.reservation_id == one, OutboxRow.kind == "message")
        work.connection.execute(
            of_it.where(OutboxRow.state == "WAITING").values(state=state, trouble=trouble)
        )


def a_window(desk: Desk, width: int = 1366, height: int = 768) -> tuple[MainWindow, Background]:
    """The real window with this screen."""
    background = Background()
    deeds = Deeds(background, lambda: desk, desk.now)
    at = AtDesk(background, lambda: desk, deeds, desk.now)
    builders = dict.fromkeys(IN_RAIL, Screen) | {"messages": lambda: Messages(at)}
    window = MainWindow(plan(builders), now=lambda: NOW)
    deeds.setParent(window)
    deeds.host = window.overlay_host
    window.resize(width, height)
    window.show_person("예", "Example Person")
    return window, background


def pictures(desk: Desk, one: int, folder: Path, end: str, size: tuple[int, int] = (1366, 768)) -> None:
    """The room, what is hidden, a begun answer, the kept replies, and the empty list."""
    window, background = a_window(desk, *size)
    window.show()
    window.go("messages", reservation=one)
    save(window, background, folder / f"room-{end}.png")
    screen = window.screen_in_front
    assert isinstance(screen, Messages)
    screen.compose.area.set_text(
        "It is five minutes on foot.\nThere is a café beside it.\n{{ guide }} knows it."
    )
    QTest.keyClick(screen.compose.area.focusProxy(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    save(window, background, folder / f"begun-{end}.png")
    screen.compose.area.set_text("")
    screen.compose.toggle_note()
    screen.compose.add_files(())
    save(window, background, folder / f"note-{end}.png")
    screen.compose.toggle_note()
    QTest.keyClick(screen.compose.area.focusProxy(), Qt.Key.Key_Slash)
    save(window, background, folder / f"replies-{end}.png")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    save(window, background, folder / f"reply-{end}.png")
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        settle(background)
    hidden = next(row.id for row in screen.board.model_.rows if row.row.traveler is None)
    window.go("messages", reservation=hidden)
    save(window, background, folder / f"hidden-{end}.png")
    screen.tabs.choose(0)
    save(window, background, folder / f"waiting-{end}.png")
    window.close()
    background.close()
    window.deleteLater()


def main(folder: Path) -> None:
    """All pictures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        desk, one = a_talking_desk(Path(place))
        for name, scale in ((theme.Theme.LIGHT, 1.0), (theme.Theme.DARK, 1.0), (theme.Theme.DARK, 1.5)):
            theme.apply(app, name)
            fonts.load()
            language.apply(app, "en")
            fonts.apply(app, "en", scale)
            pictures(
                desk, one, folder, f"{name}-{round(scale * 100)}", (1366, 768) if scale == 1 else (1600, 900)
            )
        desk.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
