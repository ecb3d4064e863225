"""The bar above a reservation: the way back, what can be done now, and the one likely thing at the right.

What cannot be done is grey and says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.frozen import frozen
from models.refusals import CannotDo
from models.reservations import GONE, HOLDERS, Status, Verb
from ui import actions, fonts, theme
from ui.deeds import Deeds
from ui.details_deeds import DeedsDialog
from ui.screen import is_offered
from ui.widgets.button import APART, Button
from ui.widgets.label import Label
from ui.widgets.tip import set_tip
from ui.wording.deeds import why_words
from ui.wording.numbers import money_words
from ui.wording.orders import local
from ui.wording.refusals import refusal
from ui.wording.statuses import verb_word

if TYPE_CHECKING:
    from models.details import Details


@frozen
class Likely:
    """The one likely thing: its words, its action (which knows key and icon) and what it does."""

    text: str
    action: str
    deed: Callable[[int], object]


class ActionBar(QWidget):
    """`back_pressed` for the way back, `talk_wanted` for the chat.

    `checkin_wanted` brings the number of who is to be let in.
    """

    back_pressed = Signal()
    checkin_wanted = Signal(str)
    talk_wanted = Signal()

    def __init__(self, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._found: Details | None = None
        self._likely: Likely | None = None
        self._back = Button("", "ghost", icon="back", key=actions.cap("back"))
        self._place = Label("", 13, 400, "ink2")
        self._more = Button("", icon="more", key=actions.cap("all-deeds"))
        self._talk = Button("", icon="messages", key=actions.cap("message"))
        self._voucher = Button("", icon="print", key=actions.cap("print"))
        self._hold = Button("", icon="hold", key=actions.cap("hold"))
        self._cancel = Button("", "danger", icon="cancel", key=actions.cap("cancel"))
        self._button = Button("", "primary")
        self._button.hide()
        self._button.clicked.connect(self._press_likely)
        row = QHBoxLayout(self)
        row.setContentsMargins(fonts.px(17), fonts.px(5), fonts.px(20), fonts.px(6))
        row.setSpacing(APART)
        row.addWidget(self._back)
        row.addSpacing(4)
        row.addWidget(self._place)
        row.addStretch(1)
        for button in (self._more, self._talk, self._voucher, self._hold, self._cancel):
            row.addWidget(button)
        row.addWidget(self._button)
        self._back.clicked.connect(self.back_pressed)
        self._more.clicked.connect(self.all_deeds)
        self._talk.clicked.connect(self.talk_wanted)
        for button, deed in (
            (self._voucher, self.voucher),
            (self._hold, self.hold),
            (self._cancel, self.cancel),
        ):
            button.clicked.connect(deed)
        self.retranslate()

    # what keys and buttons do

    def all_deeds(self) -> None:
        """Show everything that can be done, and why the rest cannot."""
        if self._found is not None and self._deeds.host is not None:
            dialog = DeedsDialog(self._found, self._deeds.host)
            dialog.chosen.connect(partial(self._do, self._found.row.id))
            dialog.ask()

    def walk(self, place: str) -> None:
        """Another reservation is on its way: nothing can be pressed but the way back."""
        self._found = self._likely = None
        self._place.setText(place)
        for button in (self._more, self._talk, self._voucher, self._hold, self._cancel, self._button):
            button.setEnabled(False)

    def voucher(self) -> None:
        """Show the voucher."""
        self._press(self._voucher, self._deeds.voucher)

    def hold(self) -> None:
        """Keep it waiting."""
        self._press(self._hold, self._deeds.hold)

    def cancel(self) -> None:
        """End it, or answer the traveler who asks for that."""
        self._press(self._cancel, self._deeds.cancel)

    @property
    def likely_action(self) -> str:
        """The action of the likely thing, '' where there is none or it has no key."""
        return self._likely.action if self._likely is not None else ""

    @property
    def can_cancel(self) -> bool:
        """Whether it can be ended now."""
        return self._found is not None and self._cancel.isEnabled()

    @property
    def can_print(self) -> bool:
        """Whether there is a voucher."""
        return self._found is not None and self._voucher.isEnabled()

    def likely(self, action: str) -> None:
        """A key of the likely thing; another key does nothing now, but that of check-in goes there or says why not."""
        if self._likely is not None and self._found is not None and self._likely.action == action:
            self._likely.deed(self._found.row.id)
        elif action == "open-checkin":
            self._to_checkin()

    # what is shown

    def show_details(self, found: Details, now: dt.datetime, place: str = "") -> None:
        """Offer what can be done with this reservation now; `place` says where it stands in its list."""
        self._found = found
        self._place.setText(place or found.number)
        self._more.setEnabled(True)
        self._talk.setEnabled(True)
        self._settle_voucher(found)
        self._settle_hold(found)
        self._settle_cancel(found)
        self._likely = self._likely_thing(found, now)
        self._show_likely()
        self._make_room()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        set_tip(self._more, actions.text("all-deeds"))
        self._more.setAccessibleName(actions.text("all-deeds"))
        set_tip(self._talk, actions.text("message"))
        self._talk.setAccessibleName(actions.text("message"))
        self._hold.set_text(self.tr("Hold…"))
        self._cancel.set_text(self.tr("Cancel…"))
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard; one that is held down since the list presses nothing."""
        button = self.focusWidget()
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not isinstance(button, Button):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() and button.isEnabled():
            button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where it is tight the number goes first, which stands in the header as well; then words, then pictures."""
        self._say_plain(self.tr("Back"), self.tr("Voucher"))
        self._set_icons("hold", "cancel", self._likely_icon())
        self._voucher.show()
        self._place.setVisible(self._room() >= self._place.sizeHint().width())
        if self._room() < 0:
            self._say_plain("", "")
        if self._room() < 0:
            self._set_icons("", "", "")
        self._voucher.setVisible(
            self._room() >= 0 or self._voucher.isEnabled()
        )  # P still says why there is none

    def _set_icons(self, *icons: str) -> None:
        for button, icon in zip((self._hold, self._cancel, self._button), icons, strict=True):
            button.set_icon(icon)

    def _likely_icon(self) -> str:
        spec = actions.ACTIONS.get(self._likely.action) if self._likely is not None else None
        return spec.icon if spec else ""

    def _room(self) -> int:
        """What is left beside the buttons."""
        buttons = (self._back, self._more, self._talk, self._voucher, self._hold, self._cancel, self._button)
        wide = sum(one.sizeHint().width() + APART for one in buttons if not one.isHidden())
        return self.width() - fonts.px(37) - 20 - wide

    def _say_plain(self, back: str, voucher: str) -> None:
        """Their words, or their pictures alone; whoever listens hears the words."""
        if (self._back.text(), self._voucher.text()) == (back, voucher):
            return
        self._back.set_text(back)
        self._voucher.set_text(voucher)
        for button, word in ((self._back, self.tr("Back")), (self._voucher, self.tr("Voucher"))):
            button.setAccessibleName(f"{word} ({button.key})")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)

    def _press(self, button: Button, deed: Callable[[int], object]) -> None:
        """What a key cannot do now says why, as the grey button does."""
        if self._found is None or (button.isHidden() and button is not self._voucher):
            return
        if button.isEnabled():
            deed(self._found.row.id)
        elif button.toolTip():
            self._deeds.tell(button.toolTip())

    def _settle_voucher(self, found: Details) -> None:
        status = found.row.status
        self._voucher.allow()
        if status not in HOLDERS:
            code = "voucher-no-more" if status in GONE else "voucher-not-yet"
            self._voucher.forbid(refusal(CannotDo(code, number=found.number, status=status)))

    def _settle_hold(self, found: Details) -> None:
        self._hold.setVisible(found.row.status in (Status.UNCONFIRMED, Status.PENDING))
        self._settle(self._hold, found, Verb.HOLD)

    def _settle_cancel(self, found: Details) -> None:
        status = found.row.status
        words = self.tr("Withdraw…") if status is Status.AWAITING_PAYMENT else self.tr("Cancel…")
        self._cancel.set_text(words)
        self._cancel.setVisible(status is not Status.CANCEL_REQUESTED)
        self._settle(self._cancel, found, Verb.WITHDRAW if found.can(Verb.WITHDRAW) else Verb.CANCEL)

    @staticmethod
    def _settle(button: Button, found: Details, verb: Verb) -> None:
        """Usable, or grey with the reason."""
        button.allow()
        if not found.can(verb):
            button.forbid(why_words(found.why_not[verb], verb, found.number, found.row.status))

    def _likely_thing(self, found: Details, now: dt.datetime) -> Likely | None:
        row, deeds = found.row, self._deeds
        if found.can(Verb.CONFIRM):
            heads = "" if row.party is None else f" {row.party}"
            return Likely(f"{verb_word(Verb.CONFIRM)}{heads}", "confirm", deeds.confirm)
        if row.status is Status.AWAITING_PAYMENT:
            return Likely(self.tr("Take payment"), "pay", deeds.pay)
        if row.status is Status.CANCEL_REQUESTED:
            return Likely(self.tr("Answer the traveler…"), "cancel", deeds.cancel)
        if row.due is not None and row.status in HOLDERS:
            return Likely(self.tr("Take {amount}").format(amount=money_words(row.due)), "pay", deeds.pay)
        if found.can(Verb.RETURN):
            return Likely(verb_word(Verb.RETURN), "", partial(deeds.do, Verb.RETURN))
        if row.status is Status.REDEEMED and not found.reviewed:
            return Likely(self.tr("Keep a review…"), "review", deeds.review)
        today = local(now, row.zone).date()
        if found.can(Verb.NO_SHOW) and row.departs_on is not None and row.departs_on < today:
            return Likely(verb_word(Verb.NO_SHOW), "", partial(deeds.do, Verb.NO_SHOW))
        if found.can(Verb.REDEEM) and row.departs_on == today and is_offered(self, "checkin"):
            return Likely(actions.text("open-checkin"), "open-checkin", self._to_checkin)
        return None

    def _to_checkin(self, _reservation_id: int = 0) -> None:
        """With the order in hand, where it can be let in at all."""
        found = self._found
        if found is not None and found.can(Verb.REDEEM):
            self.checkin_wanted.emit(found.number)
        elif found is not None:
            code, status = found.why_not[Verb.REDEEM], found.row.status
            why = why_words(code, Verb.REDEEM, found.number, status)
            self._deeds.tell(self.tr("No check-in: {why}").format(why=why))

    def _show_likely(self) -> None:
        """One button that changes its words, so that the focus stays on it."""
        if self._likely is None:
            if self._button.hasFocus():
                self._back.setFocus()
            self._button.hide()
        else:
            spec = actions.ACTIONS.get(self._likely.action)
            self._button.set_text(self._likely.text)
            self._button.set_icon(self._likely_icon())
            self._button.set_key(actions.cap(self._likely.action) if spec else "")
            self._button.setEnabled(True)
            self._button.show()
        self.setFocusProxy(self._back if self._likely is None else self._button)

    def _press_likely(self) -> None:
        if self._likely is not None and self._found is not None:
            self._likely.deed(self._found.row.id)

    def _do(self, reservation_id: int, verb: Verb) -> None:
        if verb is Verb.REDEEM:
            self._to_checkin()
        else:
            self._deeds.do(verb, reservation_id)
