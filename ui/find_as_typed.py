"""A field that finds reservations while it is typed in: the panel under it, its arrow keys, and what is noted of it.

From the second letter the desk is asked, at once and then as quickly as is useful. A search for a person is noted once
it is over, however many letters it took: when something was opened, when the field was emptied or left, or when the
answer has stood for two seconds.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from controllers.background import Lane
from models.search.finds import Find, Finds
from ui import asking
from ui.at_desk import AtDesk
from ui.question import Question
from ui.screen import KeyHint
from ui.search_panel import SearchPanel
from ui.throttle import Throttle

SHORTEST = 2
_WAIT_MS, _STANDS_MS = 120, 2_000
_WALKS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class FindAsTyped(QObject):
    """`chosen` brings the row that was meant, `wanted_else` the one at Ctrl+Enter, `left` when one goes elsewhere.

    The panel lies in `host` (the window's, where none is told) and is made when the first text is typed; its `hints`
    say what else the keyboard does. Without `leads_to_list` only single ones can be chosen.
    """

    chosen = Signal(object)
    wanted_else = Signal(object)
    left = Signal()

    def __init__(
        self,
        at: AtDesk,
        box: QWidget,
        parent: QObject,
        *,
        host: QWidget | None = None,
        hints: tuple[KeyHint, ...] = (),
        leads_to_list: bool = True,
    ) -> None:
        super().__init__(parent)
        self._desk, self._box, self._host, self._hints = at, box, host, hints
        self._leads_to_list = leads_to_list
        self.throttle = Throttle(_WAIT_MS, self)
        self._finds, self._near = Question(at.background, self), Question(at.background, self)
        self.text = ""
        self.announced = ""
        self._open_when_found = False
        self._chain: tuple[str, int] | None = None
        self.stands = QTimer(self)
        self.stands.setSingleShot(True)
        self.stands.setInterval(_STANDS_MS)
        self._panel: SearchPanel | None = None
        self._connect()

    @property
    def panel(self) -> SearchPanel:
        """The panel under the field."""
        if self._panel is None:
            host = self._host or self._desk.deeds.host or self._box.window()
            self._panel = SearchPanel(self._desk.now, self._box, host, self._hints)
            self._panel.leads_to_list = self._leads_to_list
            self._panel.pressed.connect(self.chosen)
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return self._panel is not None and self._panel.isVisible()

    def close(self) -> None:
        """No panel any more; what was looked for is noted."""
        self.throttle.forget()
        self._finds.forget()
        self._near.forget()
        self.text, self._open_when_found = "", False
        self._note()
        if self._panel is not None:
            self._panel.hide()

    # what is typed

    def type(self, text: str) -> None:
        """Another text stands in the field."""
        if self._chain and not _goes_on(self._chain[0], text):
            self._note()
        self.text, self._open_when_found = text, False
        self.stands.stop()
        if len(text.strip()) < SHORTEST:
            self.close()
            return
        self.panel.wait()
        self.throttle.do(partial(self._ask, text))

    def enter(self, _text: str = "") -> None:
        """Chooses what the cursor is on; the first find when it comes, where it is not there yet."""
        if len(self.text.strip()) < SHORTEST:
            return
        self.throttle.now()
        if self._finds.is_open or self._near.is_open:
            self._open_when_found = True
        else:
            self.chosen.emit(self.panel.row)

    def _ask(self, text: str) -> None:
        self._near.forget()
        self._finds.ask(partial(asking.search, self._desk.desk, text))

    def _show(self, found: Finds) -> None:
        if found.personal:
            self._keep(found)
        elif self._chain is not None and found.items:
            self._forget_beginning(found.text)
        self.panel.show_finds(found)
        self._say(found)
        if not found.items:
            self._near.ask(partial(asking.nearest, self._desk.desk, found.text))
        elif self._open_when_found and not self.throttle.waits:
            self.chosen.emit(self.panel.row)

    def _show_near(self, near: tuple[Find, ...]) -> None:
        self.panel.show_near(near)
        if near and self._chain is not None and not self._chain[1]:
            self._chain = (self._chain[0], len(near))  # they were shown

    # what is noted

    def _keep(self, found: Finds) -> None:
        """The longest text of what is being typed is what was looked for."""
        if self._chain is None or len(found.text) >= len(self._chain[0]):
            self._chain = (found.text, len(found.items))
        self.stands.start()

    def _forget_beginning(self, number: str) -> None:
        """'CF-' on the way to an order's number looked for nobody, where nobody was shown for it."""
        text, shown = self._chain or ("", 0)
        if not shown and number.startswith(text):
            self._chain = None
            self.stands.stop()

    def _note(self) -> None:
        self.stands.stop()
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
                self.wanted_else.emit(self.panel.row)
                return True
        return super().eventFilter(watched, event)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes elsewhere is not looking any more; another window in front is no elsewhere."""
        if new is not None and self.text and not self._box.isAncestorOf(new):
            self.left.emit()

    def _connect(self) -> None:
        self._finds.answered.connect(self._show)
        self._near.answered.connect(self._show_near)
        self._finds.refused.connect(lambda no: self.panel.show_refusal(no))
        self.stands.timeout.connect(self._note)
        (self._box.focusProxy() or self._box).installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

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
