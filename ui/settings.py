"""Sets this counter up: its devices and habits, a tab for each kind of thing. Changes are kept at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.rights import Right, may, who_may
from ui import asking, fonts
from ui.at_desk import AtDesk
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.settings_kept import Kept
from ui.settings_letters import LettersPage
from ui.settings_sections import SECTIONS, Section
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.scrolled import scrolled
from ui.widgets.tabs import Tab, Tabs

WIDEST = 920


class Settings(Screen):
    """`opened(section=…)` shows a section; each page is built when it is first shown."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kept = Kept(at, self)
        self._pages: dict[str, QWidget] = {}
        self._sections: tuple[Section, ...] = SECTIONS
        self._wanted = ""
        self._who = Question(at.background, self)
        self._tabs = Tabs("", margin=24)
        self._stack = QStackedWidget()
        self._notice = Notice("stop", "")
        self._build()
        self.retranslate()
        self._tabs.chosen.connect(self._show)
        self._who.answered.connect(self._offer)
        self._notice.follow(*self.kept.questions, something=lambda: bool(self._pages))
        self.kept.reservation_wanted.connect(self._open_reservation)
        self._show(0)

    def title(self) -> str:
        return self.tr("Settings")

    def about(self) -> frozenset[str]:
        return frozenset(("operator", "operator:1")) | self.kept.about

    def subtitle(self) -> str:
        if self._sections[self._tabs.at].shared:
            return self.tr("for every counter")
        return self.tr("of this counter, kept at once")

    def keys(self) -> tuple[KeyHint, ...]:
        return (KeyHint(("←", "→"), self.tr("section")), KeyHint(("Tab",), self.tr("next")), hint("back"))

    def opened(self, *, section: str = "", product: int | None = None, **_what: Any) -> None:
        words = [one.word for one in self._sections]
        self._wanted = section
        if section in words:
            self._tabs.choose(words.index(section))
        if product is not None and isinstance(self.page, LettersPage):
            self.page.show_ways_of(product)
        self.kept.ask()
        self._who.ask(partial(asking.my_role, self.kept.at.desk))

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"settings", "staff"}:
            self.kept.ask()
            self._who.ask(partial(asking.my_role, self.kept.at.desk))

    def hide_personal(self) -> None:
        """A password that was typed and not kept is nothing for whoever comes next, who could try it elsewhere."""
        self._wanted = ""  # nor is what somebody else asked for refused to them
        self._notice.settle(self._tabs)
        for field in self.findChildren(Field):
            if field.is_secret:
                field.set_text("")
        self.kept.left.emit()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._tabs.set_name(self.tr("Sections of the settings"))
        self._tabs.show_tabs(*(Tab(one.title) for one in self._sections))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages[self._sections[self._tabs.at].word]

    def _show(self, at: int) -> None:
        section = self._sections[at]
        if section.word not in self._pages:
            page = self._pages[section.word] = section.build(self.kept)
            page.setMaximumWidth(fonts.px(WIDEST))
            self._stack.addWidget(scrolled(page))
        self._stack.setCurrentIndex(list(self._pages).index(section.word))
        self.retitled.emit()

    def _offer(self, role: str) -> None:
        """The sections for whoever works here now; the one in front stays where it is offered.

        Where another one was asked for it is said who could open it.
        """
        self._notice.settle(self._tabs)
        needed = next((one.needs for one in SECTIONS if one.word == self._wanted), Right.OWN)
        if not may(role, needed):
            self._notice.refuse(CannotDo("not-allowed", action=needed.value, who=who_may(needed)), self._tabs)
        offered = tuple(one for one in SECTIONS if may(role, one.needs))
        if not offered or offered == self._sections:
            return
        front = self._sections[self._tabs.at]
        self._sections = offered
        self.retranslate()
        at = offered.index(front) if front in offered else 0
        if at == self._tabs.at:
            self._show(at)
        else:
            self._tabs.choose(at)

    def _open_reservation(self, number: int) -> None:
        self.navigate.emit("details", {"reservation": number})

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        inner = QVBoxLayout()
        inner.setContentsMargins(fonts.px(24), fonts.px(16), fonts.px(24), fonts.px(20))
        inner.setSpacing(fonts.px(12))
        inner.addWidget(self._notice)
        inner.addWidget(self._stack, 1)
        column.addLayout(inner, 1)
        self._notice.hide()
        self.setFocusProxy(self._tabs)
