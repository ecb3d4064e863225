"""The ways to take a product, one at a time: what it is called, when it leaves, and whether it is offered."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import fonts
from ui.details_rows import Stack
from ui.product_by_hand import DeparturesByHand
from ui.product_draft import Draft
from ui.product_entries import Section, TextEntry, at_left, remove_button
from ui.product_rules import NEW_RULE, Exceptions, FaultLine, RuleRow
from ui.widgets.button import Button
from ui.widgets.drafts import Drafts
from ui.widgets.label import Hairline, Label

if TYPE_CHECKING:
    from controllers.products_file import Path
    from ui.product_asks import Uses


class OptionsPart(Section):
    """Buttons to choose an option; below, the one that is chosen.

    Departures by hand are made and taken away at once: `departure_wanted` and `departure_unwanted`.
    """

    departure_wanted = Signal()
    departure_unwanted = Signal(int)

    def __init__(self, draft: Draft, uses: Callable[[], Uses | None]) -> None:
        super().__init__(self.tr("Options and times"), link=self.tr("Add an option"))
        self._draft, self._uses = draft, uses
        self._picker, self._one = Stack(), Stack(spacing=fonts.px(12))
        self.add(self._picker)
        self.add(self._one)
        self.linked.connect(self._add)
        draft.rebuilt.connect(self._rebuild)
        self._rebuild()

    def _rebuild(self) -> None:
        options = self._draft.get(("option",)) or []
        self._picker.fill(*([_Picker(self._draft, options)] if len(options) > 1 else []))
        if not options:
            words = self.tr("Without an option nothing can be booked. Add one.")
            self._one.fill(Label(words, 13, 400, "ink2", wrap=True))
            return
        self._one.fill(*self._option(self._draft.option))

    def _option(self, at: int) -> list[QWidget]:
        path = ("option", at)
        head = QWidget()
        name = TextEntry(self._draft, (*path, "name"), self.tr("Option"), hint=self.tr("English, or Sunset"))
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(fonts.px(8))
        line.addWidget(name, 1)
        for button in self._deeds(at):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        rules = self._draft.get((*path, "rules")) or []
        made: list[QWidget] = [head, FaultLine(self._draft, path)]
        for number in range(len(rules)):
            made += [Hairline(), RuleRow(self._draft, (*path, "rules", number), last=len(rules) == 1)]
        more = Button(self.tr("Another time or season"), "ghost", icon="plus", height=30)
        more.clicked.connect(partial(self._add_rule, path))
        return [
            *made,
            at_left(more),
            Hairline(),
            Exceptions(self._draft, path),
            Hairline(),
            self._by_hand(at),
        ]

    def _by_hand(self, at: int) -> QWidget:
        part = DeparturesByHand(self._draft, at)
        part.wanted.connect(self.departure_wanted)
        part.unwanted.connect(self.departure_unwanted)
        return part

    def _deeds(self, at: int) -> list[Button]:
        path = ("option", at)
        offered = bool(self._draft.get((*path, "offered")))
        stop = Button(self.tr("Stop offering") if offered else self.tr("Offer again"), height=34)
        stop.clicked.connect(partial(self._turn, path, not offered))
        remove = remove_button(self.tr("Remove this option"), partial(self._draft.remove, path))
        uses = self._uses()
        if uses is not None and self._draft.get((*path, "was")) in uses.options:
            remove.forbid(self.tr("It was sold before. Stop offering it instead."))
        return [stop, remove]

    def _turn(self, path: Path, offered: bool) -> None:
        self._draft.set((*path, "offered"), offered)
        self._draft.rebuilt.emit()

    def _add(self) -> None:
        options = self._draft.get(("option",))
        like = options[self._draft.option]["units"] if options else [ADULT]
        units = [{**unit, "was": "", "known_as": []} for unit in like]
        self._draft.add(("option",), new_option(units))
        self._draft.choose_option(len(options) - 1)

    def _add_rule(self, path: Path) -> None:
        rules = self._draft.get((*path, "rules"))
        self._draft.add(
            (*path, "rules"),
            {**NEW_RULE, **({k: rules[-1][k] for k in ("minutes", "capacity")} if rules else {})},
        )


ADULT: dict[str, Any] = {"name": "Adult", "was": "", "heads": 1, "price": None, "known_as": []}


def new_option(units: list[dict[str, Any]]) -> dict[str, Any]:
    """An option that runs every day at ten, until somebody says otherwise."""
    return {
        "name": "",
        "was": "",
        "offered": True,
        "rules": [deepcopy(NEW_RULE)],
        "exceptions": [],
        "known_as": [],
        "units": units,
    }


class _Picker(QWidget):
    """One button an option; a stopped one says so."""

    def __init__(self, draft: Draft, options: list[dict[str, Any]]) -> None:
        super().__init__()
        words = [self._word(at, option) for at, option in enumerate(options)]
        self.buttons = Drafts(tuple(words), name=self.tr("Options"))
        for at, button in enumerate(self.buttons.findChildren(Button)):
            button.set_kind("on" if at == draft.option else "plain")
            button.clicked.connect(partial(draft.choose_option, at))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.buttons)

    def _word(self, at: int, option: dict[str, Any]) -> str:
        name = option.get("name") or self.tr("option {number}").format(number=at + 1)
        return str(name) if option.get("offered", True) else self.tr("{name}, stopped").format(name=name)


def new_product(zone: str, currency: str) -> dict[str, Any]:
    """What a product is until somebody says otherwise: as a products file that tells only code and name."""
    return {
        "code": "",
        "name": "",
        "zone": zone,
        "currency": currency,
        "offered": True,
        "confirmation": "manual",
        "confirm_within": {"days": 1, "from": "order"},
        "redeem": "after trip",
        "tickets": "per reservation",
        "uses": 1,
        "validity": "departure",
        "valid_days": 90,
        "valid_from": None,
        "valid_until": None,
        "admission": {"opens_minutes_before": 60, "closes_minutes_after": 30},
        "meeting_point": "",
        "languages": [],
        "trip_closes": "staff",
        "trip_grace_minutes": 60,
        "comment_hours": 2,
        "reward": {"gives": "nothing", "amount": "0", "percent": 10, "valid_days": 180},
        "refund": [{"until_days": 1, "percent": 100, "fee": "0"}],
        "known_as": [],
        "option": [new_option([dict(ADULT)])],
    }
