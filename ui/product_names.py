"""By which other names the channels know a product, its options and its units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import fonts
from ui.details_rows import Stack
from ui.product_draft import Draft
from ui.product_entries import Section, TextEntry, remove_button
from ui.widgets.filter_button import FilterButton
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.wording.channels import channel_name

if TYPE_CHECKING:
    from controllers.products_file import Path


class NamesPart(Section):
    """One row a name: who writes it, what they write, and what it means here."""

    def __init__(self, draft: Draft, channels: tuple[str, ...]) -> None:
        super().__init__(self.tr("Known as"), note=self.tr("other names, by channel"))
        self._draft, self._channels = draft, channels
        self._rows = Stack(spacing=fonts.px(8))
        self._none = Label(
            self.tr("Only by its own name and code. Names learned from orders that fit nothing stand here, too."),
            13, 400, "ink2", wrap=True,
        )  # fmt: skip
        self._meaning = FilterButton(self.tr("Add a name for"), "")
        self._meaning.chosen.connect(self._add)
        self.add(self._none)
        self.add(self._rows)
        foot = QHBoxLayout()
        foot.addWidget(self._meaning)
        foot.addStretch(1)
        self.add(foot)
        draft.rebuilt.connect(self._rebuild)
        self._rebuild()

    def _rebuild(self) -> None:
        names = list(self._names())
        self._rows.fill(*(self._row(path, meaning) for path, meaning in names))
        self._none.setVisible(not names)
        places: list[tuple[str, object]] = [(meaning, path) for path, meaning in self._places()]
        self._meaning.set_choices(places)
        self._meaning.show_value(self.tr("choose"))

    def _places(self) -> Iterator[tuple[Path, str]]:
        """Everything that can have another name: where its names stand, and what it is."""
        yield ("known_as",), self.tr("the product")
        for at, option in enumerate(self._draft.get(("option",)) or []):
            name = option.get("name") or self.tr("option {number}").format(number=at + 1)
            yield ("option", at, "known_as"), name
            for unit_at, unit in enumerate(option.get("units") or []):
                yield ("option", at, "units", unit_at, "known_as"), f"{name}, {unit.get('name')}"

    def _names(self) -> Iterator[tuple[Path, str]]:
        for path, meaning in self._places():
            for at in range(len(self._draft.get(path) or [])):
                yield (*path, at), meaning

    def _row(self, path: Path, meaning: str) -> QWidget:
        source = FilterButton(self.tr("From"), self._source_word(self._draft.get((*path, "channel"))))
        every: list[tuple[str, object]] = [(self.tr("every source"), "")]
        source.set_choices(every + [(channel_name(key), key) for key in self._channels])
        source.setFixedWidth(fonts.px(176))
        source.chosen.connect(partial(self._name_source, path, source))
        name = TextEntry(
            self._draft, (*path, "name"), "", said=self.tr("Other name"), hint=self.tr("as they write it")
        )
        means = Label(self.tr("means {meaning}").format(meaning=meaning), 13, 400, "ink2")
        remove = remove_button(self.tr("Remove this name"), partial(self._draft.remove, path))
        means.setMinimumWidth(fonts.px(150))
        return Flow(source, name, means, remove, grows=name, spacing=8, middle=True)

    def _source_word(self, key: Any) -> str:
        return channel_name(key) if key else self.tr("every source")

    def _name_source(self, path: Path, button: FilterButton, key: object) -> None:
        self._draft.set((*path, "channel"), key)
        button.show_value(self._source_word(key))

    def _add(self, path: object) -> None:
        self._draft.add(path, {"channel": "", "name": ""})  # type: ignore[arg-type]
