"""The cards the dashboard lies on: one with a list, and one whose leaves are turned by tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.widgets.card import Card
from ui.widgets.label import Hairline, Label
from ui.widgets.tabs import Tab, Tabs

_FOOT = 5  # keeps the round corners of a card free


class Leaves(Card):
    """A card with one leaf under a heading, or several that are leafed through by tabs.

    What a leaf shows beside the tabs (`turner`) is seen while the leaf is.
    """

    def __init__(self) -> None:
        super().__init__(padding=0)
        self.tabs = Tabs("", margin=16, bare=True)
        self._pages = QStackedWidget()
        self._head, foot = QWidget(), QWidget()
        self._row = QHBoxLayout(self._head)
        self._row.setContentsMargins(1, 0, 1, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.tabs, 1)
        self._line = Hairline()
        foot.setFixedHeight(_FOOT)
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget, stretch in ((self._head, 0), (self._line, 0), (self._pages, 1), (foot, 0)):
            column.addWidget(widget, stretch)
        self.add(column, 1)
        self.tabs.chosen.connect(self._turn_to)

    @property
    def leaf(self) -> QWidget | None:
        """The one that is seen."""
        return self._pages.currentWidget()

    def set_leaves(self, leaves: Sequence[QWidget]) -> None:
        """Other leaves; one that lay in another card is taken from there."""
        while self._pages.count() and (leaf := self._pages.widget(0)) is not None:
            self._pages.removeWidget(leaf)
        for leaf in leaves:
            self._pages.addWidget(leaf)
            turner = getattr(leaf, "turner", None)
            if turner is not None:
                self._row.addWidget(turner)
        for part in (self._head, self._line):
            part.setVisible(len(leaves) > 1)
        self._turn_to(min(self.tabs.at, max(0, len(leaves) - 1)))

    def set_names(self, names: Sequence[str], together: str) -> None:
        """What the leaves are called by their tabs."""
        self.setAccessibleName(together)
        self.tabs.set_name(together)
        self.tabs.show_tabs(*(Tab(name) for name in names))

    def set_pages_height(self, height: int) -> None:
        """Exactly as high as its leaves need."""
        self._pages.setFixedHeight(height)

    def _turn_to(self, at: int) -> None:
        self._pages.setCurrentIndex(at)
        for number in range(self._pages.count()):
            turner = getattr(self._pages.widget(number), "turner", None)
            if turner is not None:
                turner.setVisible(number == at)


class Steady(QVBoxLayout):
    """A column that is as high as its window: a sentence that may be broken does not make the page scroll."""

    def hasHeightForWidth(self) -> bool:
        return False


class Part(Card):
    """A card with a list, and what stands in its place when the list is empty."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__(padding=0)
        self._pages = QStackedWidget()
        for page in pages:
            self._pages.addWidget(page)
        foot = QWidget()
        foot.setFixedHeight(_FOOT)
        self._body.setSpacing(0)  # rows that go on below end at the edge of the card
        self.add(self._pages, 1)
        self.add(foot)

    @property
    def at(self) -> int:
        """Which page is shown."""
        return self._pages.currentIndex()

    def show_page(self, at: int) -> None:
        """Another page; the keyboard goes along when it was here."""
        before, focus = self._pages.currentWidget(), QApplication.focusWidget()
        had = before is not None and focus is not None and (focus is before or before.isAncestorOf(focus))
        self._pages.setCurrentIndex(at)
        page = self._pages.widget(at)
        if had and page is not None and page is not before:
            page.setFocus()

    def set_pages_height(self, height: int) -> None:
        """Exactly as high as its rows."""
        self._pages.setFixedHeight(height)


def quiet(label: Label) -> QWidget:
    """A quiet sentence in the place of a list."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(20, 0, 20, 0)
    row.addWidget(label)
    return made
