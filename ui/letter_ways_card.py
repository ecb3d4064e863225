"""Which letters of a product (or of all) go by themselves, and where its comments are left. Kept at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker

from controllers.background import Lane
from models.letters import BY_HAND
from models.outbox import Letter
from models.refusals import CannotDo
from ui import asking
from ui.at_desk import AtDesk
from ui.question import Question
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.wording.letters import letter_word

if TYPE_CHECKING:
    from controllers.letter_ways import WaysPage

_ITSELF, _HAND = range(2)


class LetterWaysCard(Card):
    """A switch for each letter; the address of comments is kept with its button or Enter."""

    def __init__(self, at: AtDesk) -> None:
        super().__init__(padding=20)
        self._at = at
        self._product = 0
        self._page: WaysPage | None = None
        self._moved: dict[str, bool] = {}  # switches that wait for the answer to one moved before
        self._read = Question(at.background, self)
        self._keep = Question(at.background, self, lane=Lane.DESK)
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.switches = {kind: Segmented("", "", name="") for kind in BY_HAND}
        self._rows = {kind: SettingRow(switch) for kind, switch in self.switches.items()}
        self.address, self.keep_button = Field(), Button("")
        self._address = Labelled("", self.address)
        self.notice = Notice("stop", "")
        self.add(self._about)
        for row in self._rows.values():
            self.add(row)
        for widget in (self._address, self.notice):
            self.add(widget)
        self.add(button_row(None, self.keep_button))
        self.notice.hide()
        self._connect()
        self.retranslate()

    def show_product(self, product_id: int) -> None:
        """The switches of another product, 0 for all."""
        self._product, self._page, self._moved = product_id, None, {}
        self.notice.hide()
        self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("What goes by itself"))
        self._say_about()
        for kind, switch in self.switches.items():
            switch.set_words(self.tr("By itself"), self.tr("By hand"))
            switch.set_name(letter_word(kind))
            self._rows[kind].say(letter_word(kind), self._when(kind))
        self._address.set_text(self.tr("Where comments are left, a web address"))
        self.address.setAccessibleName(self.tr("Web address where comments are left"))
        self.address.set_placeholder(self.tr("none"))
        self.keep_button.set_text(self.tr("Keep the address"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _connect(self) -> None:
        self._read.answered.connect(self._show)
        self._keep.answered.connect(self._was_kept)
        for question in (self._read, self._keep):
            question.refused.connect(self._refuse)
        for kind, switch in self.switches.items():
            switch.chosen.connect(partial(self._switch, kind))
        self.address.entered.connect(self._keep_address)
        self.keep_button.clicked.connect(self._keep_address)

    def _ask(self) -> None:
        self._read.ask(partial(asking.letter_ways, self._at.desk, self._product))

    def _say_about(self) -> None:
        self._about.setText(
            self.tr("This product's switches; what is not moved here is as for all products.")
            if self._product
            else self.tr(
                "For all products that say nothing themselves. A person may always send a letter by hand."
            )
        )

    def _show(self, page: WaysPage) -> None:
        if page.product_id != self._product:
            return
        before, self._page = self._page, page
        self._say_about()
        for kind, switch in self.switches.items():
            with QSignalBlocker(switch):
                goes = self._moved.get(kind.value, page.goes(kind))
                switch.choose(_ITSELF if goes else _HAND)
        if before is None or self.address.text() == before.review_address:
            self.address.set_text(page.review_address)  # else somebody is writing another

    def _switch(self, kind: Letter, at: int) -> None:
        self._moved[kind.value] = at == _ITSELF
        self._put_moved()

    def _put_moved(self) -> None:
        """Switches moved while one is being kept are kept after it."""
        page = self._page
        if page is not None and self._moved and not self._keep.is_open:
            switches, self._moved = {**page.switches, **self._moved}, {}
            self._put(page, switches, page.review_address)

    def _keep_address(self) -> None:
        page = self._page
        if page is not None and not self._keep.is_open:
            self._put(page, dict(page.switches), self.address.text())

    def _put(self, page: WaysPage, switches: dict[str, bool], address: str) -> None:
        self.notice.hide()
        told = (page.product_id, switches, address, page.version)
        self._keep.ask(partial(asking.keep_letter_ways, self._at.desk, *told))

    def _was_kept(self, page: WaysPage) -> None:
        if self.address.text().strip() == page.review_address:
            self.address.set_text(page.review_address)
        self._show(page)
        self._put_moved()

    def _refuse(self, no: CannotDo) -> None:
        self._moved = {}
        self.notice.refuse(no)
        if no.code == "letters-kept-meanwhile":
            self._page = None  # what they kept is shown, the address too
        self._ask()

    def _when(self, kind: Letter) -> str:
        return {
            Letter.PAYMENT_AWAITED: self.tr("When we sold seats that are still to be paid."),
            Letter.PROCESSING: self.tr("When an order is held: it tells what is missing."),
            Letter.RECEIPT_DEPOSIT: self.tr("When we took a part of the money."),
            Letter.RECEIPT_TOTAL: self.tr("When we took the last of the money."),
            Letter.CONFIRMATION: self.tr("A minute after it was confirmed, with the voucher."),
            Letter.CHANGE: self.tr("When it was moved or changed after its voucher left."),
            Letter.CANCELLATION: self.tr("When it was cancelled, with the reason."),
            Letter.REFUND_COMING: self.tr("When money goes back, with the days."),
            Letter.REFUND_DONE: self.tr("When the refund was paid."),
            Letter.COMMENT: self.tr("Some hours after the trip; the product says how many."),
        }[kind]
