"""A product while it is being edited: what is written so far, what of it is not saved, and what is wrong.

It holds one product as a products file would write it. Entries write into it by path; the rule that checks a
products file checks it at every letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.meanwhile import subjects

if TYPE_CHECKING:
    from controllers.products_file import Fault, Path
    from models.product_rows import ByHand, ProductPage

KEEP = "keep"
Content = dict[str, Any]


class Draft(QObject):
    """`changed` comes with every letter, `rebuilt` when rows came or went, `checked` when faults may be others."""

    changed = Signal()
    rebuilt = Signal()
    checked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.product_id: int | None = None
        self.seen = ""
        self.photo: bytes | None = None
        self.new_photo: bytes | str | None = KEEP
        self.content: Content = {}
        self.option = 0
        """The option whose times and units are shown."""
        self.options: dict[str, int] = {}
        self.by_hand: tuple[ByHand, ...] = ()
        self._kept: Content = {}
        self._sent: tuple[Content, bytes | str | None] = ({}, KEEP)
        self._touched: set[Path] = set()
        self._tried = False
        self._faults: dict[Path, Fault] = {}
        self._refused: dict[Path, str] = {}

    # what is shown

    def show_page(self, page: ProductPage) -> None:
        """Edit this product."""
        same = page.id == self.product_id
        self.options, self.by_hand = page.options, page.by_hand
        self._start(page.id, page.seen, page.content, page.photo, self.option if same else 0)

    def show_new(self, content: Content) -> None:
        """Edit a product that is not there yet."""
        self.options, self.by_hand = {}, ()
        self._start(None, "", content, None, 0)

    def discard(self) -> None:
        """Back to what is kept."""
        self._start(self.product_id, self.seen, self._kept, self.photo, self.option)

    def show_departures(self, page: ProductPage) -> None:
        """Other departures by hand; what is written on the page stays."""
        self.by_hand = page.by_hand
        self.rebuilt.emit()

    def send(self) -> tuple[Content, bytes | str | None]:
        """What is to be saved, as it stands now; whoever types on changes none of it."""
        self._sent = deepcopy(self.content), self.new_photo
        return self._sent

    def keep(self, product_id: int) -> None:
        """What was sent is saved; it is read again, and `seen` tells then."""
        content, photo = self._sent
        self.product_id, self._kept, self.seen = product_id, content, ""
        if self.new_photo == photo:
            self.new_photo = KEEP
        self.changed.emit()

    def show_kept(self, page: ProductPage) -> None:
        """What was saved, read again; what somebody has written since stands on it."""
        written, photo = tuple(_differences(self._kept, self.content)), self.new_photo
        self.show_page(page)
        for path, value in written:
            if self.get(path[:-1]) is not None:
                self.set(path, value)
        if photo != KEEP:
            self.set_photo(photo)  # type: ignore[arg-type]

    def forget(self) -> None:
        """Nothing is edited."""
        self._start(None, "", {}, None, 0)

    @property
    def kept_name(self) -> str:
        """What it is called where it is kept, '' for a new one."""
        return str(self._kept.get("name") or "")

    @property
    def is_new(self) -> bool:
        """Whether the product is not kept yet."""
        return self.product_id is None

    @property
    def changes(self) -> tuple[str, ...]:
        """The fields that are not saved."""
        told = {*self.content, *self._kept}
        fields = sorted(name for name in told if self.content.get(name) != self._kept.get(name))
        return (*fields, *(("photo",) if self.new_photo != KEEP else ()))

    @property
    def is_dirty(self) -> bool:
        """Whether something would be lost."""
        return bool(self.changes)

    @property
    def about(self) -> frozenset[str]:
        """How the journal names the product that is changed here."""
        return subjects("product", self.product_id)

    @property
    def shown_photo(self) -> bytes | None:
        """The picture as it would be kept."""
        return self.photo if self.new_photo == KEEP else self.new_photo  # type: ignore[return-value]

    # reading and writing

    def get(self, path: Path) -> Any:
        """What stands at a path; None where nothing does."""
        at: Any = self.content
        for step in path:
            if isinstance(at, dict):
                at = at.get(step)
            elif isinstance(at, list) and isinstance(step, int) and step < len(at):
                at = at[step]
            else:
                return None
        return at

    def set(self, path: Path, value: Any) -> None:
        """Write something at a path."""
        if self.get(path) == value:
            return
        self.get(path[:-1])[path[-1]] = value
        self._touched.add(path)
        self._refused.pop(path, None)
        self._check()

    def set_photo(self, photo: bytes | None) -> None:
        """Another picture, or none."""
        self.new_photo = KEEP if photo == self.photo else photo
        self._check()

    def add(self, path: Path, value: Any) -> None:
        """Another row at the end of a list."""
        self.get(path).append(value)
        self.rows_changed()

    def remove(self, path: Path) -> None:
        """A row less."""
        del self.get(path[:-1])[path[-1]]
        self.rows_changed()

    def choose_option(self, at: int) -> None:
        """Show the times and the units of another option."""
        self.option = max(0, min(at, len(self.content.get("option", ())) - 1))
        self.rebuilt.emit()
        self.checked.emit()

    def rows_changed(self) -> None:
        """Rows came or went: whoever shows them builds them anew."""
        self.option = max(0, min(self.option, len(self.content.get("option", ())) - 1))
        self._refused.clear()
        self.rebuilt.emit()
        self._check()

    # what is wrong

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong now, whether it is shown yet or not."""
        return tuple(self._faults.values())

    def fault_at(self, path: Path, of: Path | None = None) -> str:
        """What to say beside a field; nothing before somebody has written there or has tried to save.

        `of` is the field that was written in, where the fault is of one word in it.
        """
        if path in self._refused:
            return self._refused[path]
        fault = self._faults.get(path)
        if fault is None or not (self._tried or self._has_touched(of or path)):
            return ""
        from ui.wording.products import fault_words

        return fault_words(fault)

    def fault_under(self, path: Path) -> str:
        """What is wrong with a whole row and with no field of it."""
        return self.fault_at(path)

    def try_to_save(self) -> bool:
        """From now on everything that is wrong is shown; whether nothing is."""
        self._tried = True
        self.checked.emit()
        return not self._faults

    def refuse(self, path: Path, words: str) -> None:
        """What the world said about a field, when it was to be saved."""
        self._refused[path] = words
        self.checked.emit()

    def _has_touched(self, path: Path) -> bool:
        return any(touched[: len(path)] == path for touched in self._touched)

    def _start(
        self, product_id: int | None, seen: str, content: Content, photo: bytes | None, option: int
    ) -> None:
        self.product_id, self.seen, self.photo, self.new_photo = product_id, seen, photo, KEEP
        self._kept, self.content = deepcopy(content), deepcopy(content)
        self._touched, self._tried, self._refused = set(), False, {}
        self.option = max(0, min(option, len(self.content.get("option", ())) - 1))
        self.rows_changed()

    def _check(self) -> None:
        from controllers.products_file import faults_of

        found = faults_of(self.content) if self.content else ()
        self._faults = {fault.path: fault for fault in found}
        self.changed.emit()
        self.checked.emit()


def _differences(before: Any, after: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Where two contents differ, as deep as they are alike, and what stands there afterwards."""
    steps: Iterable[Any] = ()
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        steps = before
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        steps = range(len(before))
    elif before != after:
        yield path, after
    for step in steps:
        yield from _differences(before[step], after[step], (*path, step))
