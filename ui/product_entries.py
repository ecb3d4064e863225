"""The fields of a product: each knows its place in the draft, and says beside itself what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import fonts
from ui.product_draft import Draft
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.segmented import Segmented
from ui.widgets.text_area import TextArea
from ui.widgets.tip import set_tip

if TYPE_CHECKING:
    from controllers.products_file import Path


class Section(Card):
    """A section of the page."""

    def __init__(self, title: str, *, note: str = "", link: str = "") -> None:
        super().__init__(title, note=note, link=link)
        self._body.setSpacing(fonts.px(12))


class Entry(QWidget):
    """A name, something to fill in, and the fault below it. Subclasses read from and write into the draft."""

    def __init__(
        self,
        draft: Draft,
        path: Path,
        name: str,
        control: QWidget,
        *,
        after: str = "",
        wide: int = 0,
        left: bool = False,
    ) -> None:
        super().__init__()
        self.draft, self.path, self.control = draft, path, control
        self._label = Label(name, 12, 500, "ink2")
        if not name:
            self._label.hide()
        self._label.setBuddy(control)
        self._fault = Label("", 12, 500, "stop", wrap=True)
        self._fault.hide()
        if wide:
            control.setFixedWidth(fonts.px(wide))
        line = QHBoxLayout()
        line.setSpacing(fonts.px(8))
        line.addWidget(control)
        if after:
            line.addWidget(Label(after, 13, 400, "ink2"))
        if wide or left:
            line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addLayout(line)
        column.addWidget(self._fault)
        self.setFocusProxy(control)
        across = QSizePolicy.Policy.Maximum if wide else QSizePolicy.Policy.Preferred
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        draft.checked.connect(self.show_fault)

    @property
    def fault(self) -> str:
        """What stands below it, '' where nothing is wrong."""
        return self._fault.text()

    def show_fault(self) -> None:
        """Say what is wrong at this place, or that nothing is."""
        words = self._words()
        self._fault.setText(words)
        self._fault.setVisible(bool(words))
        if isinstance(self.control, Field):
            self.control.set_wrong(bool(words))
        self.control.setAccessibleDescription(words)

    def _words(self) -> str:
        return self.draft.fault_at(self.path)

    def write(self, value: Any) -> None:
        """Into the draft."""
        self.draft.set(self.path, value)


class TextEntry(Entry):
    """One line."""

    def __init__(
        self, draft: Draft, path: Path, name: str, *, hint: str = "", said: str = "", **more: Any
    ) -> None:
        self.field = Field(hint, name=said or name, height=34)
        self.field.set_text(self._shown(draft.get(path)))
        self.field.show_start()
        self.field.changed.connect(lambda text: self.write(self._told(text)))
        super().__init__(draft, path, name, self.field, **more)

    def _shown(self, value: Any) -> str:
        return "" if value is None else str(value)

    def _told(self, text: str) -> Any:
        return text


class NumberEntry(TextEntry):
    """A whole number."""

    def __init__(self, draft: Draft, path: Path, name: str, *, wide: int = 84, **more: Any) -> None:
        super().__init__(draft, path, name, wide=wide, **more)
        self.field.set_numbers()

    def _told(self, text: str) -> Any:
        text = text.strip()
        return int(text) if text.isascii() and text.isdecimal() else text


class BlankEntry(TextEntry):
    """A day or an amount; an empty one is not told at all."""

    def _told(self, text: str) -> Any:
        return text.strip() or None


class AreaEntry(Entry):
    """A few lines."""

    def __init__(self, draft: Draft, path: Path, name: str, *, hint: str = "", rows: int = 2) -> None:
        area = TextArea(hint, name=name, rows=rows)
        area.setFixedHeight(area.sizeHint().height())
        area.set_text(str(draft.get(path) or ""))
        area.changed.connect(self.write)
        super().__init__(draft, path, name, area)


class PickEntry(Entry):
    """One of a few words."""

    def __init__(self, draft: Draft, path: Path, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self._values = [value for value, _word in choices]
        picked = Segmented(*(word for _value, word in choices), name=name)
        if draft.get(path) in self._values:
            picked.choose(self._values.index(draft.get(path)))
        picked.chosen.connect(lambda at: self.write(self._values[at]))
        super().__init__(draft, path, name, picked, left=True)


class ListEntry(TextEntry):
    """Several words with commas between them."""

    def _shown(self, value: Any) -> str:
        return ", ".join(value or ())

    def _told(self, text: str) -> Any:
        return [word for word in (part.strip() for part in text.split(",")) if word]

    def _words(self) -> str:
        told = (
            self.draft.fault_at((*self.path, at), of=self.path)
            for at in range(len(self.draft.get(self.path) or ()))
        )
        return super()._words() or next((words for words in told if words), "")


def remove_button(text: str, remove: Callable[[], object]) -> Button:
    """A small button that takes a row away; `text` says which."""
    made = Button("", icon="delete", height=34)
    made.setAccessibleName(text)
    set_tip(made, text)
    made.clicked.connect(lambda _checked=False: remove())
    return made


class Beneath(QWidget):
    """A name above something that names itself to a screen reader."""

    def __init__(self, name: str, widget: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(Label(name, 12, 500, "ink2"))
        column.addWidget(widget)


def at_left(widget: QWidget) -> QWidget:
    """Something at the left, as wide as it wants to be."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return holder


def below_label(widget: QWidget, labelled: bool) -> QWidget:
    """Beside entries whose names stand above them: in one line with what is filled in."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, fonts.px(17) if labelled else 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(widget)
    return holder
