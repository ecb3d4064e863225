"""The search box: asks while it is being typed in, shows what was found, and opens what is chosen.

The box is empty whenever one comes to it. From the second letter the desk is asked, at once and then as
quickly as is useful. A search for a person is noted once it is over, however many letters it took: when
something was opened, when the box was emptied or left, or when the answer has stood for two seconds.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from controllers.background import Lane
from models.search.finds import Find, Finds
from ui import asking
from ui.at_desk import AtDesk
from ui.main_window import MainWindow
from ui.question import Question
from ui.search_panel import SearchPanel
from ui.search_rows import Item, ShowAll
from ui.throttle import Throttle

SHORTEST = 2
_WAIT_MS, _STANDS_MS = 120, 2_000
_WALKS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Search(QObject):
    """Lives as long as the window. The panel is made when the first text is typed."""

    def __init__(self, at: AtDesk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = at, window
        self._box = window.search_field
        self._throttle = Throttle(_WAIT_MS, self)
        self._finds, self._near = Question(at.background, self), Question(at.background, self)
        self._text = ""
        self._open_when_found = False
        self._chain: tuple[str, int] | None = None
        self._stands = QTimer(self)
        self._stands.setSingleShot(True)
        self._stands.setInterval(_STANDS_MS)
        self._panel: SearchPanel | None = None
        self._connect()

    @property
    def panel(self) -> SearchPanel:
        """The panel under the box."""
        if self._panel is None:
            self._panel = SearchPanel(self._desk.now, self._box, self._window.overlay_host)
            self._panel.pressed.connect(self._choose)
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return self._panel is not None and self._panel.isVisible()

    def leave(self) -> None:
        """Empty the box and close the panel; what was looked for is noted."""
        self._window.empty_search()
        self._close()

    # what is typed

    def type(self, text: str) -> None:
        """Another text stands in the box."""
        if self._chain and not _goes_on(self._chain[0], text):
            self._note()
        self._text, self._open_when_found = text, False
        self._stands.stop()
        if len(text.strip()) < SHORTEST:
            self._close()
            return
        self.panel.wait()
        self._throttle.do(partial(self._ask, text))

    def _enter(self, _text: str) -> None:
        """Opens what the cursor is on; the first find when it comes, where it is not there yet."""
        if len(self._text.strip()) < SHORTEST:
            return
        self._throttle.now()
        if self._finds.is_open or self._near.is_open:
            self._open_when_found = True
        else:
            self._choose(self.panel.row)

    def _ask(self, text: str) -> None:
        self._near.forget()
        self._finds.ask(partial(asking.search, self._desk.desk, text))

    def _show(self, found: Finds) -> None:
        if found.personal:
            self._keep(found)
        self.panel.show_finds(found)
        self._say(found)
        if not found.items:
            self._near.ask(partial(asking.nearest, self._desk.desk, found.text))
        elif self._open_when_found and not self._throttle.waits:
            self._choose(self.panel.row)

    def _show_near(self, near: tuple[Find, ...]) -> None:
        self.panel.show_near(near)

    # what is chosen

    def _choose(self, row: object) -> None:
        text = self._text.strip()
        if isinstance(row, Item):
            self.leave()
            self._window.go("details", reservation=row.find.row.id)
        elif isinstance(row, ShowAll):
            self.leave()
            self._window.go("reservations", text=text)

    def _check_in(self) -> None:
        row = self.panel.row
        if isinstance(row, Item):
            self.leave()
            self._window.go("checkin", text=row.find.row.number)

    # what is noted

    def _keep(self, found: Finds) -> None:
        """The longest text of what is being typed is what was looked for."""
        if self._chain is None or len(found.text) >= len(self._chain[0]):
            self._chain = (found.text, len(found.items))
        self._stands.start()

    def _note(self) -> None:
        self._stands.stop()
        chain, self._chain = self._chain, None
        if chain is not None:
            work = partial(asking.note_search, self._desk.desk, *chain)
            self._desk.background.run(Lane.DESK, work)

    # the keyboard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.is_open:
            key = Qt.Key(event.key())
            if key in _WALKS:
                self.panel.walk(key)
                self._announce(self.panel.words())
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and _with_ctrl(event):
                self._check_in()
                return True
        return super().eventFilter(watched, event)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes elsewhere leaves no name behind in the box; another window in front is no elsewhere."""
        if new is not None and self._text and not self._box.isAncestorOf(new):
            self.leave()

    def _connect(self) -> None:
        self._window.find_typed.connect(self.type)
        self._window.find_entered.connect(self._enter)
        self._finds.answered.connect(self._show)
        self._near.answered.connect(self._show_near)
        self._finds.refused.connect(lambda no: self.panel.show_refusal(no))
        self._stands.timeout.connect(self._note)
        (self._box.focusProxy() or self._box).installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def _close(self) -> None:
        self._throttle.forget()
        self._finds.forget()
        self._near.forget()
        self._text, self._open_when_found = "", False
        self._note()
        if self._panel is not None:
            self._panel.hide()

    # a screen reader

    def _say(self, found: Finds) -> None:
        if not found.items:
            self._announce(self.tr("Nothing found"))
            return
        count = self.tr("More than {count} found") if found.more else self.tr("{count} found")
        self._announce(f"{count.format(count=len(found.items))}. {self.panel.words()}")

    def _announce(self, words: str) -> None:
        self.announced = words
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._box, words))


def _goes_on(before: str, text: str) -> bool:
    """Whether a text is the one before with letters added or taken away at its end."""
    return bool(text) and (text.startswith(before) or before.startswith(text))


def _with_ctrl(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
