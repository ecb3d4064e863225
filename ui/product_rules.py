"""When an option leaves: its rules, one below the other, and the days on which they do not run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.schedule import WEEKDAYS
from ui import fonts
from ui.product_draft import Draft
from ui.product_entries import (
    Entry,
    ListEntry,
    NumberEntry,
    TextEntry,
    at_left,
    below_label,
    remove_button,
)
from ui.widgets.button import Button
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.widgets.weekdays import Weekdays

if TYPE_CHECKING:
    from controllers.products_file import Path

NEW_RULE: dict[str, Any] = {
    "starts": ["10:00"],
    "minutes": 120,
    "capacity": 20,
    "weekdays": list(WEEKDAYS),
    "season": None,
}


class FaultLine(Label):
    """What is wrong with a whole option: two rules that leave together, for example."""

    def __init__(self, draft: Draft, path: Path) -> None:
        super().__init__("", 12, 500, "stop", wrap=True)
        self._draft, self._path = draft, path
        self.hide()
        draft.checked.connect(self._show)

    def _show(self) -> None:
        words = self._draft.fault_under(self._path)
        self.setText(words)
        self.setVisible(bool(words))


class RuleRow(QWidget):
    """One rule: its times, its days, its season, how long it takes and how many may come."""

    def __init__(self, draft: Draft, path: Path, *, last: bool) -> None:
        super().__init__()
        self._draft, self._path = draft, path
        remove = remove_button(self.tr("Remove this rule"), partial(draft.remove, path))
        if last:
            remove.hide()  # shown before it has a parent, it would be a window of its own for a moment
        times = ListEntry(draft, (*path, "starts"), self.tr("Leaves at"), hint=self.tr("10:00, 14:00"))
        minutes = NumberEntry(draft, (*path, "minutes"), self.tr("Takes"), after=self.tr("min"), wide=64)
        seats = NumberEntry(draft, (*path, "capacity"), self.tr("Seats"), wide=64)
        first = Flow(times, minutes, seats, below_label(remove, True), grows=times)
        season = draft.get((*path, "season")) or [None, None]
        self._season = [str(day or "") for day in season]
        second = Flow(DaysEntry(draft, (*path, "weekdays")), *self._season_entries())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(10))
        column.addWidget(first)
        column.addWidget(second)

    def _season_entries(self) -> list[QWidget]:
        names = (self.tr("Season from"), self.tr("until"))
        return [_SeasonDay(self._draft, (*self._path, "season"), at, name) for at, name in enumerate(names)]


class DaysEntry(Entry):
    """The days of the week on which a rule runs."""

    def __init__(self, draft: Draft, path: Path) -> None:
        days = Weekdays(self.tr("Weekdays"))
        told = draft.get(path) or list(WEEKDAYS)
        days.show_days(tuple(name in told for name in WEEKDAYS))
        days.changed.connect(self._tell)
        super().__init__(draft, path, self.tr("On"), days, left=True)

    def _tell(self, on: tuple[bool, ...]) -> None:
        self.write([name for name, day in zip(WEEKDAYS, on, strict=True) if day])


class _SeasonDay(TextEntry):
    """One end of a season; with both ends empty it runs all the year."""

    def __init__(self, draft: Draft, path: Path, at: int, name: str) -> None:
        self._at = at
        super().__init__(draft, path, name, hint=self.tr("all year"), wide=108)

    def _shown(self, value: Any) -> str:
        return str(value[self._at] or "") if value else ""

    def write(self, value: Any) -> None:
        ends = list(self.draft.get(self.path) or ["", ""])
        ends[self._at] = str(value).strip()
        super().write(ends if any(ends) else None)

    def _words(self) -> str:
        return super()._words() or self.draft.fault_at((*self.path, self._at), of=self.path)


class Exceptions(QWidget):
    """Days on which the rules do not run, or not at some times, each with its reason."""

    def __init__(self, draft: Draft, path: Path) -> None:
        super().__init__()
        self._draft, self._path = draft, (*path, "exceptions")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(8))
        days = draft.get(self._path) or []
        column.addWidget(Label(self.tr("Days on which it does not run"), 12, 500, "ink2"))
        for at in range(len(days)):
            column.addWidget(self._row(at))
        more = Button(self.tr("Skip a day"), "ghost", icon="plus", height=30)
        more.clicked.connect(partial(draft.add, self._path, {"day": "", "starts": None, "reason": ""}))
        column.addWidget(at_left(more))

    def _row(self, at: int) -> QWidget:
        path = (*self._path, at)
        day = TextEntry(
            self._draft, (*path, "day"), "", said=self.tr("Day"), hint=self.tr("2027-02-01"), wide=128
        )
        starts = _SkippedTimes(
            self._draft,
            (*path, "starts"),
            "",
            said=self.tr("Only what leaves at"),
            hint=self.tr("all times"),
            wide=118,
        )
        reason = TextEntry(self._draft, (*path, "reason"), "", said=self.tr("Reason"), hint=self.tr("why"))
        remove = remove_button(self.tr("Run on this day after all"), partial(self._draft.remove, path))
        return Flow(day, starts, reason, remove, grows=reason, spacing=10)


class _SkippedTimes(ListEntry):
    """The times of a day that do not run; where none is told, none of them does."""

    def write(self, value: Any) -> None:
        super().write(value or None)
