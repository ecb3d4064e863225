"""Walks about a screen as somebody who sees little, hears a screen reader or has only keys, and complains.

Nothing here knows which screens there are: what is in sight is asked, and every text that is painted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPixmap, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.modeltest import ModelTester

from ui import fonts
from ui.widgets.segmented import Segmented
from ui.widgets.tabs import Tabs

_SAID = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_WHOLE = (QAbstractButton, QHeaderView, Tabs, Segmented)
"""What must always be readable whole: words of ours, not names and titles of unknown length."""

_SLACK = 1.0


class Cuts:
    """Remembers every text that was shortened while something was painted."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.found: list[str] = []
        patch.setattr("ui.paint.text.fonts", self)

    def __getattr__(self, name: str) -> Any:
        return getattr(fonts, name)

    def metrics(self, *args: Any) -> Any:
        return _Metrics(fonts.metrics(*args), self.found)


class _Metrics:
    def __init__(self, real: QFontMetricsF, found: list[str]) -> None:
        self._real, self._found = real, found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def elidedText(self, text: str, *args: Any) -> str:
        self._found.append(text)
        return self._real.elidedText(text, *args)


def in_sight(place: QWidget) -> Iterator[QWidget]:
    """A place and every widget of it that somebody sees."""
    for widget in (place, *place.findChildren(QWidget)):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def nameless(place: QWidget) -> list[str]:
    """What the keyboard reaches and a screen reader cannot name."""
    return [
        f"{_called(widget)} has the keyboard and no name"
        for widget in in_sight(place)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not _name(widget)
    ]


def cut_off(place: QWidget, cuts: Cuts) -> list[str]:
    """Texts that are not readable whole, neither in sight nor in words."""
    found = []
    for widget in in_sight(place):
        found += _lines_cut(widget)
        cuts.found.clear()
        if widget.size().isEmpty():
            continue
        paper = QPixmap(widget.size())
        widget.render(paper, QPoint(), QRegion(), QWidget.RenderFlag.DrawWindowBackground)
        shortened = set(cuts.found)
        if not shortened:
            continue
        strict = isinstance(widget, _WHOLE) or isinstance(widget.parentWidget(), _WHOLE)
        told = "" if strict else _told_of(widget)
        found += [
            f"{_called(widget)} shortens '{text}'" for text in sorted(shortened) if strict or text not in told
        ]
    return found


def faulty_models(place: QWidget, config: pytest.Config) -> list[str]:
    """Item models that break Qt's rules."""
    found = []
    for model in place.findChildren(QAbstractItemModel):
        tester = ModelTester(config)
        try:
            tester.check(model, force_py=True)
        except AssertionError as error:
            found.append(f"{type(model).__name__} breaks a rule of item models: {error}")
        finally:
            tester._cleanup()
    return found


def _lines_cut(widget: QWidget) -> list[str]:
    """Text of Qt's own widgets that has no room."""
    if isinstance(widget, QLabel) and widget.text():
        room, metrics = widget.contentsRect(), QFontMetricsF(widget.font())
        if widget.wordWrap():
            needs = widget.heightForWidth(widget.width())
            flags = int(Qt.TextFlag.TextWordWrap)
            widest = metrics.boundingRect(QRect(0, 0, room.width(), 9_999), flags, widget.text()).width()
            fits = needs <= widget.height() + _SLACK and widest <= room.width() + _SLACK
        else:
            lines = widget.text().split("\n")
            fits = (
                max(map(metrics.horizontalAdvance, lines)) <= room.width() + _SLACK
                and metrics.height() * len(lines) <= widget.height() + 2 * _SLACK
            )
        return (
            []
            if fits or widget.text() in _tips(widget)
            else [f"{_called(widget)} has no room for '{widget.text()}'"]
        )
    if isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        room = widget.contentsRect().width()
        needs = QFontMetricsF(widget.font()).horizontalAdvance(widget.placeholderText())
        if needs > room + _SLACK and widget.placeholderText() not in _tips(widget):
            return [f"{_called(widget)} has no room for '{widget.placeholderText()}'"]
    return _out_of_reach(widget)


def _out_of_reach(widget: QWidget) -> list[str]:
    """What lies beside a page that cannot be moved sideways."""
    if not isinstance(widget, QScrollArea) or widget.widget() is None:
        return []
    stuck = widget.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    over = widget.widget().width() - widget.viewport().width()
    return [f"{_called(widget)} hides {over} pixels at its right"] if stuck and over > _SLACK else []


def _told_of(widget: QWidget) -> str:
    """Everything a screen reader or a tooltip tells about a widget, or about the rows in sight of a list."""
    told = [_tips(widget)]
    view = widget.parentWidget()
    if isinstance(view, QAbstractItemView) and view.viewport() is widget:
        told += _words_of_rows(view)
    elif isinstance(view, QAbstractScrollArea):
        told.append(_tips(view))
    return "\n".join(told)


def _words_of_rows(view: QAbstractItemView) -> list[str]:
    model = view.model()
    top, bottom = (
        view.indexAt(QPoint(2, 2)).row(),
        view.indexAt(QPoint(2, view.viewport().height() - 2)).row(),
    )
    last = model.rowCount() - 1 if bottom < 0 else bottom
    return [
        str(model.index(row, column).data(role) or "")
        for row in range(max(0, top), last + 1)
        for column in range(model.columnCount())
        for role in _SAID
    ]


def _tips(widget: QWidget) -> str:
    return "\n".join((widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()))


def _name(widget: QWidget) -> str:
    """What a screen reader says, as it asks for it."""
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name) if face is not None else widget.accessibleName()


def _called(widget: QWidget) -> str:
    """A widget so that it can be found: its kind, its name, and whose it is."""
    owners, above = [], widget
    while above is not None and len(owners) < 4:
        owners.append(type(above).__name__)
        above = above.parentWidget()
    name = widget.accessibleName()
    return " in ".join(owners) + (f" ('{name[:40]}')" if name else "")


def no_native_dialogs(patch: pytest.MonkeyPatch) -> None:
    """Those windows of the system's that would wait for an answer give none."""
    nothing: dict[str, object] = {
        "getOpenFileName": ("", ""),
        "getOpenFileNames": ([], ""),
        "getSaveFileName": ("", ""),
        "getExistingDirectory": "",
    }
    for name, answer in nothing.items():
        patch.setattr(f"PySide6.QtWidgets.QFileDialog.{name}", lambda *_args, answer=answer, **_more: answer)


def leave_native_dialogs() -> bool:
    """Closes those of the system's windows that were opened; whether there were any."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    for dialog in found:
        dialog.reject()
    return bool(found)
