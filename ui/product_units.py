"""Who takes part in an option: what they are called, how many seats each of them takes, and the price."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui import fonts
from ui.details_rows import Stack
from ui.product_draft import Draft
from ui.product_entries import (
    BlankEntry,
    NumberEntry,
    Section,
    TextEntry,
    at_left,
    below_label,
    remove_button,
)
from ui.widgets.button import Button
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from controllers.products_file import Path
    from ui.product_asks import Uses


class UnitsPart(Section):
    """Who takes part in the option that is chosen above, how many seats each of them takes, and the price."""

    def __init__(self, draft: Draft, uses: Callable[[], Uses | None]) -> None:
        super().__init__(self.tr("Units and prices"), link=self.tr("Add a unit"))
        self._draft, self._uses = draft, uses
        self._rows = Stack(spacing=fonts.px(8))
        self._same = Button(self.tr("The same in every option"), "ghost", icon="copy", height=30)
        self._same.clicked.connect(self._copy)
        self.add(self._rows)
        self.add(at_left(self._same))
        self.linked.connect(self._add)
        draft.rebuilt.connect(self._rebuild)
        self._rebuild()

    @property
    def _path(self) -> Path:
        return ("option", self._draft.option, "units")

    def _rebuild(self) -> None:
        options = self._draft.get(("option",)) or []
        units = self._draft.get(self._path) or [] if options else []
        name = options[self._draft.option]["name"] if options else ""
        self.set_heading(
            self.tr("Units and prices"),
            name if len(options) > 1 else "",
            self.tr("Add a unit") if options else "",
        )
        self._rows.fill(*(self._row(at) for at in range(len(units))))
        self._same.setVisible(len(options) > 1)

    def _row(self, at: int) -> QWidget:
        path, first = (*self._path, at), not at
        name = TextEntry(
            self._draft,
            (*path, "name"),
            self.tr("Unit") if first else "",
            said=self.tr("Unit"),
            hint=self.tr("Adult"),
        )
        heads = NumberEntry(
            self._draft,
            (*path, "heads"),
            self.tr("Seats each") if first else "",
            said=self.tr("Seats each"),
            wide=84,
        )
        price = BlankEntry(
            self._draft, (*path, "price"), self.tr("Price") if first else "", said=self.tr("Price"),
            hint=self.tr("not told"), wide=120, after=str(self._draft.get(("currency",)) or ""),
        )  # fmt: skip
        price.field.set_numbers()
        remove = remove_button(self.tr("Remove this unit"), partial(self._draft.remove, path))
        uses = self._uses()
        was = (self._draft.get(("option", self._draft.option, "was")), self._draft.get((*path, "was")))
        if uses is not None and was in uses.units:
            remove.forbid(self.tr("Orders were made with it, so it stays."))
        return Flow(name, heads, price, below_label(remove, first), grows=name, spacing=10)

    def _add(self) -> None:
        self._draft.add(self._path, {"name": "", "was": "", "heads": 1, "price": None, "known_as": []})

    def _copy(self) -> None:
        """Names, seats and prices of this option everywhere; a unit that another option has as well keeps its names."""
        shown = self._draft.get(self._path)
        for at, option in enumerate(self._draft.get(("option",))):
            if at != self._draft.option:
                there = {unit["name"]: unit for unit in option["units"]}
                option["units"] = [_like(unit, there.get(unit["name"])) for unit in shown]
        self._draft.rows_changed()


def _like(unit: dict[str, Any], there: dict[str, Any] | None) -> dict[str, Any]:
    told = {key: unit[key] for key in ("name", "heads", "price")}
    kept = there or {"was": "", "known_as": []}
    return {**told, "was": kept.get("was", ""), "known_as": kept.get("known_as", [])}
