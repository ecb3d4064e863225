"""Sells at the counter on one page: what, how many, who, paid with. Two adults for today are ten keys.

A digit chooses the departure, a digit the number of each unit, Enter goes on, Ctrl+Enter sells and prints. What was
begun stays while somebody looks something up elsewhere. A sale is sent with an id of its own until it is answered, so
that a second press never sells twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from models.rewards import is_whole
from ui import actions, asking
from ui.at_desk import AtDesk
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.sell_draft import Draft, PaidWith
from ui.sell_offers import SellOffers
from ui.sell_page import SellPage
from ui.sell_paid import ACTIONS, SellPaid
from ui.sell_papers import SellPapers
from ui.sell_receipt import SellReceipt
from ui.sell_reward import SellReward
from ui.sell_step import StepHeading
from ui.sell_units import SellUnits
from ui.sell_who import SellWho
from ui.wording.dates import clock
from ui.wording.numbers import money_words
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.sale import Sold, Till
    from models.sale import Offer
    from models.tender import Rates

CONCERNS = frozenset({"reservations", "departures", "products", "settings"})
OVERRULED = frozenset({"no-seats", "departure-closed"})
"""What a manager may overrule with a reason."""
WARNED = "seats-waited-for"
REWARDS = tuple(
    f"reward-{why}" for why in ("mistyped", "unknown", "revoked", "over", "spent", "currency", "changed")
)
REFRESH_MS = 60_000


class Sell(Screen):
    """`opened(day=…)` sells for another day."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._day: date | None = None
        self._till: Till | None = None
        self._terms: object = None
        self._sold: Sold | None = None
        self._sale_id = uuid.uuid4().hex
        self._into_waiting = False
        self._look = Question(at.background, self)
        self._deed = Question(at.background, self, lane=Lane.DESK)
        self._papers = SellPapers(at, self)
        self.offers, self.units, self.who = SellOffers(at.now), SellUnits(), SellWho()
        self.paid, self.reward, self.receipt = SellPaid(), SellReward(at), SellReceipt()
        self._how_many, self._who, self._paid_with = (StepHeading(number) for number in (2, 3, 4))
        self._clock = QTimer(self)
        self._clock.setInterval(REFRESH_MS)
        self._build()
        self._connect()
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Sell")

    def subtitle(self) -> str:
        return self.tr("walk-in or phone")

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("1", "9"), self.tr("departure")),
            KeyHint(("Tab",), self.tr("next field")),
            *(hint(word, rare=word in {"pay-transfer", "pay-mobile"}) for word in ACTIONS.values()),
            hint("deposit", rare=True),
            hint("reward", rare=True),
            hint("next-currency", rare=True),
            hint("finish", self.tr("sell")),
            hint("new-sale", rare=True),
            hint("print", self.tr("print again"), rare=True),
            hint("drawer"),
        )

    def opened(self, *, day: date | None = None, **_what: Any) -> None:
        if day is not None:
            self._day = day
        self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        for part in (self.offers, self.who, self.paid, self.reward, self.receipt):
            part.retranslate()
        self._how_many.say(self.tr("How many"))
        self._who.say(self.tr("Who"), self.tr("only a name is needed"))
        self._paid_with.say(self.tr("Paid with"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # putting it together

    @property
    def draft(self) -> Draft:
        """The sale as it stands on the page."""
        return Draft(
            self.offers.offer,
            self.units.counts,
            self.who.name.text(),
            self.who.phone.text(),
            self.who.email.text(),
            self.who.language,
            self.who.way,
            self.paid.paid_with,
            self.receipt.received.text(),
            self.receipt.currency,
            self.paid.slip.text(),
            self.paid.deposit_typed,
            self.reward.off,
        )

    @property
    def sold(self) -> Sold | None:
        """The sale that is done and still shown."""
        return self._sold

    def _ask(self) -> None:
        self._look.ask(partial(asking.till, self._at.desk, self._day))

    def _show_till(self, till: Till) -> None:
        self._till = till
        self.receipt.set_rates(till.rates)
        self.offers.show_offers(till.day, till.today, till.offers)

    def _choose(self, offer: Offer | None) -> None:
        """Another offer, or the same with other seats: then what was refused or warned of still stands."""
        self.receipt.set_price_in(offer.currency if offer else "")
        self.units.show_offer(offer)
        self._page.give_room()
        terms = offer.terms if offer is not None else None
        if terms == self._terms:
            self._show()
            return
        self._terms = terms
        self._changed()

    def _say_gone(self, offer: Offer) -> None:
        """Never sell another departure because the one that was chosen has left or is not sold any more."""
        if self._sold is None and (self.draft.name.strip() or any(self.units.kept.values())):
            left = offer.departs_at is not None and offer.departs_at <= self._at.now()
            self._refuse(CannotDo("departure-left" if left else "departure-not-planned"))
            self.offers.setFocus()
        elif self.offers.model_.rowCount():
            self.offers.rows.go_to(0)

    def _changed(self) -> None:
        """Another sale than the one that was refused or done: what was said of that no longer counts."""
        if self._sold is not None:
            return
        self._into_waiting = False
        self.receipt.calm()
        self._show()

    def _show(self) -> None:
        """Not while it is sold: the seats that are left then are left after it."""
        if self._sold is not None or self._deed.is_open:
            return
        draft = self.draft
        self.reward.show_total(draft.total())
        self.receipt.show_draft(draft, local(self._at.now(), self._zone))
        self.offers.mark.set_done(draft.offer is not None)
        self._how_many.mark.set_done(bool(draft.units))
        self._who.mark.set_done(bool(draft.name.strip()))
        self._paid_with.mark.set_done(False)
        words, icon = self.tr("Sell and print"), "print"
        if self.paid.paid_with is PaidWith.LATER:
            words, icon = self.tr("Hold the seats"), "hold"
        elif draft.is_short(self._rates):
            words, icon = self.tr("Take a part and hold"), "hold"
        self.receipt.button.set_text(self.tr("Sell all the same") if self._into_waiting else words)
        self.receipt.button.set_icon(icon)

    @property
    def _rates(self) -> Rates | None:
        return self._till.rates if self._till is not None else None

    @property
    def _zone(self) -> str:
        offer = self.offers.offer
        return offer.zone if offer is not None else "UTC"

    # selling

    def finish(self) -> None:
        """Ctrl+Enter: sell, or after a sale begin the next."""
        if self._sold is not None:
            self.begin_anew()
            return
        if self._deed.is_open or self.reward.is_asking:
            return
        draft = self.draft
        try:
            if self.reward.no is not None:
                raise self.reward.no
            sale, deposit, taken = draft.sale(), draft.agreed(), draft.taken(self._rates)
        except CannotDo as no:
            self._refuse(no)
            return
        work = partial(
            asking.sell,
            self._at.desk,
            sale,
            self._sale_id,
            taken,
            deposit=deposit,
            into_waiting=self._into_waiting,
            overbook=self.receipt.reason.text(),
            reward=self.reward.code,
            off=self.reward.off,
        )
        self.receipt.button.setEnabled(False)
        self._deed.ask(work)

    def _after_code(self) -> None:
        """Enter after a code: first everybody sees what it takes off and what is left to pay."""
        if self._sold is not None or self.reward.no is not None:
            self.finish()
        else:
            self.receipt.received.setFocus()

    def takes_scan(self, text: str) -> bool:
        """A reward code, wherever on the page one is: of this sale, or after a sale of the next one."""
        if not is_whole(text):
            return False
        if not self._deed.is_open:  # while it is being sold nothing of the price changes
            self._next_if_done(None)
            self.reward.take(text)
        return True

    def begin_anew(self) -> None:
        """The next guest, for today unless somebody chooses another day again."""
        if not self._deed.is_open:
            self._day = None
            self._clear()

    def _next_if_done(self, _offer: object) -> None:
        """Who chooses a departure after a sale sells to the next guest, on the day that is shown."""
        if self._sold is not None:
            self._clear()

    def _clear(self) -> None:
        self._page.open_steps(True)
        self._sold, self._sale_id, self._into_waiting = None, uuid.uuid4().hex, False
        self.units.clear_counts()
        self.who.clear()
        self.paid.clear()
        self.reward.clear()
        self.receipt.clear()
        self._show()
        self.offers.setFocus()
        self._ask()

    def _was_sold(self, sold: Sold) -> None:
        self._sold = sold
        self._page.open_steps(False)
        self._page.bring_receipt()
        self._may_press()
        self._paid_with.mark.set_done(not sold.due.minor)
        self.receipt.button.set_text(self.tr("Next sale"))
        self.receipt.button.set_icon("plus")
        change = money_words(sold.change) if sold.change.minor else ""
        word = self.tr("Held") if sold.expires_at is not None else self.tr("Sold")
        self.receipt.show_done(word, sold.number, change, self._rest_words(sold))
        self.receipt.button.setFocus()
        self._papers.print(sold.reservation_id, established=sold.is_established)

    def _print_again(self) -> None:
        """P is a letter of a name until the sale is done."""
        if self._sold is not None:
            self._papers.print(self._sold.reservation_id, established=self._sold.is_established, by_hand=True)

    def _say_printed(self, sold: int, words: str, well: bool) -> None:
        """Beside the sale it was for; where the next one has begun, at the foot."""
        if self._sold is None or self._sold.reservation_id != sold:
            self._at.deeds.tell(words)
        elif well:
            self.receipt.add_rest(words)
        else:
            self.receipt.warn(words)

    def _rest_words(self, sold: Sold) -> str:
        if sold.expires_at is not None:
            words = self.tr("Held until {time}; {amount} to pay.")
            at = clock(local(sold.expires_at, self._till.zone if self._till else "UTC"))
            return words.format(time=at, amount=money_words(sold.due))
        if sold.due.minor:
            return self.tr("{amount} to collect when they come.").format(amount=money_words(sold.due))
        return self.tr("Paid and confirmed.")

    def _may_press(self, _error: object = None) -> None:
        self.receipt.button.setEnabled(True)

    def _refuse(self, no: CannotDo) -> None:
        self._may_press()
        self._into_waiting = no.code == WARNED
        self.receipt.refuse(no, asks_reason=no.code in OVERRULED)
        self._show()
        lead_to: dict[str, Callable[[], object]] = {
            "name-missing": self.who.name.setFocus,
            "nobody-chosen": self.units.focus_first,
            "nothing-chosen": self.offers.setFocus,
            "amount-wrong": self._focus_wrong_amount,
            "nothing-handed": self.receipt.received.setFocus,
            "deposit-missing": self.paid.deposit.setFocus,
            "deposit-is-all": self.paid.deposit.setFocus,
            **dict.fromkeys(REWARDS, self.reward.field.setFocus),
            **dict.fromkeys(OVERRULED, self.receipt.reason.setFocus),
        }
        if no.code in lead_to:
            lead_to[no.code]()

    def _focus_wrong_amount(self) -> None:
        try:
            self.draft.agreed()
        except CannotDo:
            self.paid.deposit.setFocus()
        else:
            self.receipt.received.setFocus()

    def _jump(self) -> None:
        from ui.calendar_jump import JumpDialog

        if self._till is not None:
            dialog = JumpDialog(self.window_host, self._till.today)
            dialog.picked.connect(self._go_to)
            dialog.ask()

    def _go_to(self, day: date) -> None:
        self._day = day
        self._ask()

    def _open_drawer(self) -> None:
        from ui.drawer import DrawerDialog

        till = self._till
        if till is not None:
            DrawerDialog(self._at, self.window_host, till.rates).ask()

    @property
    def window_host(self) -> QWidget:
        """What dialogs lie over."""
        return self._at.deeds.host or self.window()

    # building

    def _build(self) -> None:
        steps = ((self._how_many, self.units), (self._who, self.who), (self._paid_with, self.paid))
        self._page = SellPage(self.offers, steps, self.reward, self.receipt)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        self.setFocusProxy(self.offers)

    def _connect(self) -> None:
        self._look.answered.connect(self._show_till)
        self._look.refused.connect(self.receipt.cannot_show)
        self._deed.answered.connect(self._was_sold)
        self._deed.refused.connect(self._refuse)
        self._papers.told.connect(self._say_printed)
        self.offers.moved.connect(self._choose)
        self.offers.rows.moved.connect(self._next_if_done)
        self.offers.gone.connect(self._say_gone)
        self.offers.chosen.connect(self.units.focus_first)
        self.offers.linked.connect(self._jump)
        self.units.entered.connect(self.who.setFocus)
        for part in (self.units, self.who, self.paid, self.reward, self.receipt):
            part.changed.connect(self._changed)
        self.who.entered.connect(self.receipt.received.setFocus)
        self.paid.entered.connect(self.finish)
        self.reward.entered.connect(self._after_code)
        self.receipt.entered.connect(self.finish)
        self.receipt.pressed.connect(self.finish)
        for how, word in ACTIONS.items():
            actions.make(word, self, partial(self.paid.choose, how))
        actions.make("deposit", self, self.paid.toggle_deposit)
        actions.make("reward", self, self.reward.toggle)
        actions.make("next-currency", self, self.receipt.next_currency)
        actions.make("finish", self, self.finish)
        actions.make("jump-to-day", self, self._jump)
        actions.make("drawer", self, self._open_drawer)
        actions.make("new-sale", self, self.begin_anew)
        self._at.background.trouble.connect(self._may_press)
        actions.make("print", self, self._print_again)
        self._clock.timeout.connect(self._ask)
        self._clock.start()
