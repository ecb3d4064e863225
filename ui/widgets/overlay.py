"""Something that lies over the window and must be answered before the window goes on.

While it is there the keyboard belongs to it: the window's shortcuts are silent but for the lock, Tab stays
inside, and what had the focus before has it again afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui import actions


class Overlay(QWidget):
    """Covers `host`, whatever its size. `closed` comes once, when it is gone."""

    closed = Signal()

    about: frozenset[str] = frozenset()
    """What it asks about, as the journal names it; whoever opens it says so, and hears what others do to it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None
        self._around: list[QWidget] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open(self, focus: QWidget | None = None) -> None:
        """Lie over the host and take the keyboard; `focus` has it first."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._before = app.focusWidget() or self._host.window().focusWidget()
        self._around = list(_above(self._before)) if self._before is not None else []
        self._host.installEventFilter(self)
        app.focusChanged.connect(self._keep_focus)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        (focus or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Go away and give the focus back."""
        if self.isHidden():
            return
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._keep_focus)
        self._host.removeEventFilter(self)
        now = app.focusWidget()
        had_it = now is None or now is self or self.isAncestorOf(now)
        self._hand_on()
        self.hide()
        back = self._where_it_was() if had_it else None
        if back is not None:
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _where_it_was(self) -> QWidget | None:
        """What had the focus before; where that is gone or grey by now, the nearest thing beside it."""
        before = self._before
        if before is None or (isValid(before) and before.isVisible() and before.isEnabled()):
            return before
        for around in self._around:
            if isValid(around) and around.isVisible():
                if _is_stop(around):
                    return around  # it knows best where its keyboard belongs
                stops = [widget for widget in _below(around) if _is_stop(widget)]
                if stops:
                    return stops[0]
        return None

    def tell_meanwhile(self, words: str) -> None:
        """Another counter changed what this is about: override to show it."""

    def to_be_pressed(self) -> QRect:
        """Where the buttons lie that answer it, in the host: nothing may cover them. None by itself."""
        return QRect()

    def _hand_on(self) -> None:
        """Whoever lies above and would give the focus back to this one gives it to what had it before."""
        for other in self._host.findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly):
            waits = other._before
            if waits is not None and isValid(waits) and (waits is self or self.isAncestorOf(waits)):
                other._before, other._around = self._before, self._around

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and not _locks(event):
            event.accept()  # the key comes here as a key, not to the window as a shortcut
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        now = QApplication.focusWidget()
        at = stops.index(now) if now in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        """What Tab visits inside, in order."""
        return [widget for widget in _below(self) if _is_stop(widget)]

    def _keep_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not isValid(self) or new is self or self.isAncestorOf(new):
            return
        if new.window() is self.window() and not _in_overlay(new):
            (self._stops() or [self])[0].setFocus(Qt.FocusReason.OtherFocusReason)


def stands(overlay: QWidget | None) -> bool:
    """Whether it is still on screen: one that was left is gone, and must not be spoken to."""
    return overlay is not None and isValid(overlay) and not overlay.isHidden()


def _locks(event: QEvent) -> bool:
    """Whoever is called away locks the desk, whatever lies over the window."""
    return isinstance(event, QKeyEvent) and actions.is_pressed("lock", event)


def _below(widget: QWidget) -> Iterator[QWidget]:
    """What lies in a widget, the first made first.

    Not by nextInFocusChain: PySide gives each widget it returns to the one that was asked, and whatever loses its
    true keeper so is thrown away by the next search for garbage, wherever in the window it stands.
    """
    for child in widget.children():
        if isinstance(child, QWidget):
            yield child
            yield from _below(child)


def _above(widget: QWidget) -> Iterator[QWidget]:
    """What a widget lies in, the nearest first."""
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def _is_stop(widget: QWidget) -> bool:
    reachable = widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None
    return reachable and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _in_overlay(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None:
        if isinstance(above, Overlay):
            return True
        above = above.parentWidget()
    return False
