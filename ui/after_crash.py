"""Notes what is under way, and says at the next start what was going on when the program ended by itself."""

from __future__ import annotations

import faulthandler
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from controllers.diary import Crash, Diary
    from controllers.journal import Chain
    from ui.at_desk import AtDesk
    from ui.people import People


class AfterCrash:
    """`begin` on the lane that opens the desk, `tell` once everything is shown, `end` when the window is closed."""

    def __init__(self) -> None:
        self._diary: Diary | None = None

    def begin(self, folder: Path) -> None:
        """From now on the next start can say what was going on. A folder that takes no notes keeps no desk closed."""
        from controllers import diary

        try:
            self._diary = diary.Diary(folder)
        except OSError:
            return
        diary.current = self._diary
        faulthandler.enable(self._diary.details)

    def tell(self, at: AtDesk, host: QWidget, people: People) -> None:
        """Where the last program was not closed: look the journal over, and say what is known, to whoever signs in."""
        crash = self._diary.before if self._diary is not None else None
        if crash is None:
            return
        if people.is_locked:
            once = Qt.ConnectionType.SingleShotConnection
            people.came.connect(lambda _: self._look(crash, at, host), once)
        else:
            self._look(crash, at, host)

    @staticmethod
    def _look(crash: Crash, at: AtDesk, host: QWidget) -> None:
        from controllers.background import Lane

        at.background.run(
            Lane.READING, partial(_looked_over, at), lambda told: show_crash(host, crash, *told)
        )

    def end(self) -> None:
        """The program ends as it should."""
        from controllers import diary

        if self._diary is None:
            return
        if diary.current is self._diary:
            diary.current = None
        faulthandler.disable()
        self._diary.close()
        self._diary = None


def _looked_over(at: AtDesk) -> tuple[Chain, str]:
    """On a lane: the end of this counter's journal, and the zone in which times are told here."""
    from ui import asking

    return asking.verify_end(at.desk), at.desk().zone


def show_crash(host: QWidget, crash: Crash, chain: Chain, zone: str) -> None:
    """What was going on, that nothing half done was kept, and where the details are."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QVBoxLayout

    from ui import fonts
    from ui.widgets.dialog import Dialog
    from ui.widgets.label import Label
    from ui.widgets.notice import Notice
    from ui.wording.dates import day_and_time
    from ui.wording.orders import local

    began = _tr("The program that was started {when} was not closed: it broke, was ended, or the power went.")
    began = began.format(when=day_and_time(local(crash.began, zone)))
    going, kept, details = going_words(crash), kept_words(chain), _details(crash)
    where = _tr("The details lie in {file}.").format(file=crash.details) if details else ""
    said: list[QWidget] = [
        Notice("act", *going) if crash.going else Label(going[0], wrap=True),
        Label(kept, wrap=True) if chain.broken_at is None else Notice("stop", *kept.split("\n")),
    ]
    if details:
        said.append(Label(where, 12, 400, "ink2", wrap=True))
    dialog = Dialog(_tr("Counterfoil ended by itself last time"), host, subtitle=began)
    dialog.alone = "It tells what was so before this start."
    column = QVBoxLayout()
    column.setSpacing(fonts.px(12))
    for one in said:
        column.addWidget(one)
    dialog.add(column)
    copy = dialog.add_button(_tr("Copy details"), "plain", key="C")
    deeds = [f"{one.since.isoformat()} {one.name}" for one in crash.going]
    told = "\n".join([began, *going, kept, where, *deeds, details])
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(told))
    close = dialog.add_button(_tr("Go on"), "primary", key="Enter")
    close.clicked.connect(dialog.leave)
    dialog.open()


def going_words(crash: Crash) -> tuple[str, str]:
    """What was under way, in words a colleague understands, and what to do about it."""
    if not crash.going:
        return _tr("Nothing was under way just then."), ""
    deeds = dict.fromkeys(QCoreApplication.translate("rights", one.right) for one in crash.going)
    words = _tr("Under way just then: {deeds}").format(deeds=", ".join(deeds))
    return words, _tr("Look whether it is there; if not, do it again.")


def kept_words(chain: Chain) -> str:
    """What the journal says about it."""
    if chain.broken_at is None:
        words = _tr(
            "What the screen had confirmed is kept, and anything else is not there at all. "
            "The last {count} entries of this counter's journal agree."
        )
        return words.format(count=chain.entries)
    words = _tr(
        "The journal of this counter does not agree from entry {seq} on.\nCall whoever looks after this desk."
    )
    return words.format(seq=chain.broken_at)


def _details(crash: Crash) -> str:
    """What the crash itself left, as far as anybody reads it."""
    try:
        return (
            Path(crash.details).read_text(encoding="utf-8", errors="replace")[:20_000]
            if crash.details
            else ""
        )
    except OSError:
        return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("crash", text)
