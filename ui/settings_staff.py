"""The settings' page of the people: oneself for everybody; the others, their groups and the lock for who may."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from controllers.background import Lane
from models.counter_settings import CounterSettings
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui import asking, fonts
from ui.question import Question
from ui.rename_person import RenameDialog
from ui.settings_kept import Kept
from ui.settings_staff_cards import (
    CHANGE,
    DROP,
    FRESH,
    IDLE,
    RENAME,
    UNLOCK,
    GroupsCard,
    LockCard,
    PeopleCard,
    StaffCard,
    YouCard,
)
from ui.settings_theirs import THEIRS, named
from ui.widgets.dialog import Dialog
from ui.widgets.keyboard import keyboard_stays
from ui.widgets.label import Label
from ui.widgets.overlay import stands
from ui.wording.dates import whole_minute
from ui.wording.roles import role_word

if TYPE_CHECKING:
    from controllers.staff.people import Invited
    from ui.asking.staff import StaffPage as Told


class StaffPage(QWidget):
    """What it may not see of others, it does not show."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        background = kept.at.background
        self._look, self._change = Question(background, self), Question(background, self, lane=Lane.DESK)
        self._asked: StaffCard | None = None
        self._told: Told | None = None
        self._rename: RenameDialog | None = None
        self.you, self.people, self.groups, self.lock = YouCard(), PeopleCard(), GroupsCard(), LockCard()
        self._deeds: dict[str, Any] = {
            "password": asking.choose_password,
            "pin": asking.choose_pin,
            "invite": asking.invite,
            CHANGE: asking.change_person,
            FRESH: asking.give_first_password,
            UNLOCK: asking.let_try_again,
            "keep-group": asking.keep_group,
            DROP: asking.drop_group,
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(12))
        for card in (self.you, self.people, self.groups, self.lock):
            column.addWidget(card)
            card.setVisible(card is self.you)
        column.addStretch(1)
        for card in (self.you, self.people, self.groups):
            card.wanted.connect(partial(self._do, card))
        self._look.answered.connect(self._show)
        self._change.answered.connect(self._was_done)
        self._change.refused.connect(self._refuse)
        self.lock.chosen.connect(lambda minutes: kept.change(idle_minutes=minutes))
        kept.told.connect(self._show_settings)
        kept.left.connect(self._forget)
        self._show_settings(kept.settings)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for card in (self.you, self.people, self.groups, self.lock):
                card.retranslate()
            if self._told is not None:
                self._show(self._told)

    def _show_settings(self, settings: CounterSettings) -> None:
        with QSignalBlocker(self.lock.minutes):  # shown, not chosen
            least = next((n for n, one in enumerate(IDLE) if one >= settings.idle_minutes), len(IDLE) - 1)
            self.lock.minutes.choose(least)
        self._ask()

    def _ask(self) -> None:
        self._look.ask(partial(asking.staff_page, self._kept.at.desk))

    def _show(self, told: Told) -> None:
        before, self._told = self._told, told
        if before is not None and before.you.id != told.you.id:
            self._forget()
        self.you.show_you(told.you)
        self.people.setVisible(told.may_change)
        self.groups.setVisible(told.may_change)
        self.lock.setVisible(told.may_set_up and told.locks)
        with keyboard_stays(self.people):
            self.people.show_people(told.people, told.zone)
        self.groups.show_groups(told.groups, told.people, told.products)

    def _do(self, card: StaffCard, word: str, told: dict[str, Any]) -> None:
        if self._change.is_open:
            return
        if word == RENAME:
            self._ask_name(**told)
        elif word == DROP:
            self._ask_to_drop(**told)
        else:
            self._send(card, word, told)

    def _send(self, card: StaffCard, word: str, told: dict[str, Any]) -> None:
        self._asked = card
        self._change.ask(partial(self._deeds[word], self._kept.at.desk, **told))

    def _ask_name(self, staff_id: int, name: str) -> None:
        at = self._kept.at
        self._rename = dialog = RenameDialog(staff_id, name, at.deeds.host or self.window())
        dialog.accepted.connect(
            lambda: self._do(
                self.people, CHANGE, {"staff_id": staff_id, "name": dialog.name, "seen": dialog.seen}
            )
        )
        dialog.ask()

    def _ask_to_drop(self, group_id: int, name: str) -> None:
        """Whoever was in it may do more without it: that is not done by one press."""
        title = self.tr("Take the group {name} away?").format(name=name)
        dialog = Dialog(title, self._kept.at.deeds.host or self.window())
        dialog.about = subjects("redeem-group", group_id)
        means = self.tr("Whoever is in no other group lets in with every product from then on.")
        dialog.add(Label(means, 13, 400, "ink", wrap=True))
        dialog.add_button(self.tr("Leave it"), key="Esc")
        dialog.add_button(self.tr("Take it away"), "danger")
        dialog.accepted.connect(partial(self._send, self.groups, DROP, {"group_id": group_id}))
        dialog.open()

    def _was_done(self, result: Invited | object) -> None:
        from controllers.staff.people import Invited

        if self._rename is not None and stands(self._rename):
            self._rename.leave()
        self._rename = None
        for card in (self.you, self.people, self.groups):
            card.notice.hide()
        self.people.given.hide()
        if self._asked is self.groups:
            self.groups.name.set_text("")
        if self._asked is self.you:
            self.you.empty()
            self._kept.at.deeds.tell(self.tr("Kept. It counts from now on."))
        if isinstance(result, Invited) and self._told is not None:
            self.people.show_given(result, self._told.zone)
        self._ask()

    def _refuse(self, no: CannotDo) -> None:
        card = self._asked or self.you
        until = no.facts.get("until")
        if until is not None and self._told is not None:
            no = CannotDo(no.code, until=whole_minute(until.astimezone(self._told.zone)))  # type: ignore[attr-defined]
        if no.code == THEIRS:
            no = CannotDo(no.code, **{**no.facts, "fields": named(no, self._words)})
            self._ask()  # theirs is in sight then, and is what a second press knows of
        if self._rename is not None and stands(self._rename):
            self._rename.refuse(no)
        else:
            card.notice.refuse(no)

    def _words(self, name: str, now: object) -> str:
        words = {"people": self.tr("other people"), "products": self.tr("other products")}
        told = {
            "name": self.tr("the name is “{now}” now"),
            "role": self.tr("the role is “{now}” now"),
        }
        return words.get(name) or told[name].format(now=role_word(str(now)) if name == "role" else now)

    def _forget(self) -> None:
        """Somebody else looks now: nothing that was shown or typed to the person before stays."""
        self.you.empty()
        self.people.given.hide()
        self.people.given.say("")
        self.people.name.set_text("")
        for card in (self.you, self.people, self.groups):
            card.notice.hide()
