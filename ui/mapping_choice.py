"""What a group of orders means: the product, its option, its units; or the departure that is to be made for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.mapping import unknown_units
from models.products import NO_DATE, NO_DEPARTURE, OptionFacts, ProductFacts
from ui import fonts
from ui.details_rows import FactRow, Stack
from ui.product_entries import at_left
from ui.widgets.button import APART, Button, button_row
from ui.widgets.card import Card
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.wording.channels import channel_name
from ui.wording.dates import clock, day_word
from ui.wording.numbers import number_words
from ui.wording.unmatched import orders_and_travelers, reason_word, what_to_do

if TYPE_CHECKING:
    from controllers.mapping import Unmatched
    from models.mapping import Group, GroupDetails, WantedDeparture


class Choice(Card):
    """`decided` when the meaning is complete and the button is pressed; `departure_wanted` brings one to be made."""

    decided = Signal()
    departure_wanted = Signal(object)
    order_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._around: Unmatched | None = None
        self._group: Group | None = None
        self._details: GroupDetails | None = None
        self.product: ProductFacts | None = None
        self.option: OptionFacts | None = None
        self.units: dict[str, int] = {}
        self.notice = Notice("stop", "")
        self.said = Notice("good", "")
        self._what, self._doing = Label("", 18, 600, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self._facts, self._leaving, self._words = Stack(), Stack(), Stack(spacing=fonts.px(8))
        self._orders = Stack()
        self.pick_product, self.pick_option = FilterButton("", ""), FilterButton("", "")
        self.decide = Button("", "primary", icon="confirm", key="Ctrl Enter", height=40)
        self._build()
        self._connect()

    def show_group(self, group: Group, around: Unmatched) -> None:
        """Show a group; what it means already is chosen."""
        anew = self._group is None or self._group.key != group.key
        self._group, self._around = group, around
        if anew:
            self._details, self.units = None, {}
            self.product = self._known(group.key.product_id)
            self.option = self._option(group.key.option_id)
            self.notice.hide()
        self._show()

    def show_details(self, details: GroupDetails) -> None:
        """Show what was asked beside it."""
        if self._group is not None and details.key == self._group.key:
            self._details = details
            self._show()

    def refuse(self, words: str) -> None:
        """Show what the world said."""
        self.notice.say(words)
        self.notice.show()

    @property
    def is_complete(self) -> bool:
        """Whether there is something to keep."""
        if self._group is None or self.product is None or self._group.key.reason == NO_DATE:
            return False
        key = self._group.key
        known = (self.product.id, self.option.id if self.option else None) == (key.product_id, key.option_id)
        needs_option = self.option is None and len([o for o in self.product.options if o.offered]) != 1
        return (not known or bool(self.units)) and not (needs_option and bool(key.option_text))

    def choose_product(self, product_id: object) -> None:
        """This product is meant; where it has one option, that one."""
        self.product = self._known(product_id)
        offered = [one for one in self.product.options if one.offered] if self.product else []
        self.option = offered[0] if len(offered) == 1 else None
        self.units = {}
        self._show()

    def choose_option(self, option_id: object) -> None:
        """This option is meant."""
        self.option, self.units = self._option(option_id), {}
        self._show()

    def choose_unit(self, word: str, unit_id: object) -> None:
        """This word for travelers means that unit."""
        self.units[word] = int(str(unit_id))
        self._show()

    # building and showing

    def _build(self) -> None:
        for notice in (self.said, self.notice):
            notice.hide()
            self.add(notice)
        self._body.setSpacing(fonts.px(12))
        self.add(self._what)
        self.add(self._doing)
        self.add(self._facts)
        line = QHBoxLayout()
        line.setSpacing(APART)
        line.addWidget(self.pick_product)
        line.addWidget(self.pick_option)
        line.addStretch(1)
        self._means = Label("", 12, 500, "ink2")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._means)
        column.addLayout(line)
        self.add(column)
        self.add(self._words)
        self.add(at_left(self.decide))
        self.add(self._leaving)
        self.add(self._orders)
        self.add_stretch()

    def _connect(self) -> None:
        self.pick_product.chosen.connect(self.choose_product)
        self.pick_option.chosen.connect(self.choose_option)
        self.decide.clicked.connect(self._decide)

    def _decide(self) -> None:
        if self.is_complete:
            self.decided.emit()

    def _show(self) -> None:
        group, around = self._group, self._around
        if group is None or around is None:
            return
        key = group.key
        told = self.tr("“{words}”").format(
            words=key.product_text or key.option_text or self.tr("nothing told")
        )
        self._what.setText(told)
        self._doing.setText(what_to_do(key.reason))
        self._facts.fill(
            FactRow(self.tr("Told by"), channel_name(key.source), reason_word(key.reason), right_ink="act"),
            FactRow(self.tr("Option there"), key.option_text or self.tr("none told")),
            FactRow(
                self.tr("Waiting"),
                orders_and_travelers(group.orders, group.heads),
            ),
        )
        self._means.setText(self.tr("It means"))
        self._show_picks(around)
        self._show_units()
        self._show_departures()
        self._show_orders()
        count = number_words(group.orders)
        words = (
            self.tr("Keep this, try 1 order again")
            if group.orders == 1
            else self.tr("Keep this, try {count} orders again")
        )
        self.decide.set_text(words.format(count=count))
        self._allow(around)

    def _show_picks(self, around: Unmatched) -> None:
        sold = sorted(around.catalogue.products, key=lambda one: (not one.offered, one.name.casefold()))
        self.pick_product.set_choices([(one.name, one.id) for one in sold])
        name = self.product.name if self.product else self.tr("choose")
        self.pick_product.show_value(name, name=self.tr("Product"))
        options = [one for one in self.product.options if one.offered] if self.product else []
        self.pick_option.set_choices([(one.name, one.id) for one in options])
        name = (
            self.option.name
            if self.option
            else self.tr("by its time")
            if self._may_be_timed
            else self.tr("choose")
        )
        self.pick_option.show_value(name, name=self.tr("Option"))
        self.pick_option.setVisible(bool(options))

    @property
    def _may_be_timed(self) -> bool:
        return self._group is not None and not self._group.key.option_text

    def _show_units(self) -> None:
        group, details = self._group, self._details
        if group is None or details is None or self.option is None:
            self._words.fill()
            return
        rows = []
        for word in unknown_units(self.option, group.key, details.units):
            pick = FilterButton(self.tr("“{word}” means").format(word=word), "")
            pick.set_choices([(unit.name, unit.id) for unit in self.option.units])
            chosen = next(
                (u.name for u in self.option.units if u.id == self.units.get(word)), self.tr("one seat each")
            )
            pick.show_value(chosen)
            pick.chosen.connect(partial(self.choose_unit, word))
            rows.append(at_left(pick))
        self._words.fill(*rows)

    def _show_departures(self) -> None:
        """What was booked; where nothing leaves then, each can be made."""
        details, group = self._details, self._group
        if details is None or group is None or not details.departures:
            self._leaving.fill()
            return
        head = Label(self.tr("Booked for"), 12, 500, "ink2")
        rows: list[QWidget] = [head]
        makes = group.key.reason == NO_DEPARTURE and group.key.option_id is not None
        rows += [self._departure(one, makes) for one in details.departures]
        self._leaving.fill(*rows)

    def _departure(self, wanted: WantedDeparture, makes: bool) -> QWidget:
        words = day_word(wanted.day)
        if wanted.starts is not None:
            words = self.tr("{day}, {time}").format(day=words, time=clock(wanted.starts))
        count = orders_and_travelers(wanted.orders, wanted.heads)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(FactRow(words, count, line=True), 1)
        if makes and self._around is not None and self._around.may_change:
            make = Button(self.tr("Make this departure…"), icon="plus", height=28)
            make.clicked.connect(partial(self.departure_wanted.emit, wanted))
            row.addWidget(make, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _show_orders(self) -> None:
        if self._details is None:
            self._orders.fill()
            return
        row = button_row()
        for number in self._details.numbers:
            link = Button(number, "ghost", height=28)
            link.clicked.connect(partial(self.order_wanted.emit, number))
            row.addWidget(link)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        self._orders.fill(Label(self.tr("Some of these orders"), 12, 500, "ink2"), holder)

    def _allow(self, around: Unmatched) -> None:
        if not around.may_change:
            self.decide.forbid(self.tr("Only a manager may say what a channel's words mean"))
        elif not self.is_complete:
            self.decide.forbid(self.tr("Choose what these words mean first"))
        else:
            self.decide.allow()

    def _known(self, product_id: object) -> ProductFacts | None:
        products = self._around.catalogue.products if self._around else ()
        return next((one for one in products if one.id == product_id), None)

    def _option(self, option_id: object) -> OptionFacts | None:
        options = self.product.options if self.product else ()
        return next((one for one in options if one.id == option_id), None)
