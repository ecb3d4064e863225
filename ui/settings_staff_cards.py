"""The cards of the staff page: oneself, everybody, the redemption groups, and when this counter locks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.staff import PEOPLE
from ui import fonts
from ui.details_rows import clear
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.scrolled import bring_into_sight
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.widgets.tip import set_tip
from ui.wording.dates import day_and_time, whole_minute
from ui.wording.roles import role_word

if TYPE_CHECKING:
    from datetime import tzinfo

    from controllers.staff.groups import Group
    from controllers.staff.people import Invited, Oneself, Person

IDLE = (0, 3, 10, 30)
CHANGE, FRESH, UNLOCK, RENAME, DROP = "change", "fresh", "unlock", "rename", "drop-group"


class StaffCard(Card):
    """A card with a notice at its foot; `wanted` asks for a deed by its word and what it needs."""

    wanted = Signal(str, dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, parent=parent)
        self.notice = Notice("stop", "")

    def end(self) -> None:
        """After everything else was added."""
        self.add(self.notice)
        self.notice.hide()


class YouCard(StaffCard):
    """One's own password and PIN; both ask for the password one has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.old, self.new, self.again, self.pin = Field(), Field(), Field(), Field()
        self._lines = [Labelled("", field) for field in (self.old, self.new, self.again, self.pin)]
        self.keep, self.keep_pin = Button(""), Button("")
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self._you: Oneself | None = None
        for field in (self.old, self.new, self.again, self.pin):
            field.set_secret(True)
        self.add(self._about)
        self.add(self._row(*self._lines[:3], self.keep))
        self.add(self._row(self._lines[3], self.keep_pin))
        self.end()
        self.keep.clicked.connect(self._keep)
        self.again.entered.connect(self._keep)
        self.keep_pin.clicked.connect(self._keep_pin)
        self.pin.entered.connect(self._keep_pin)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        told = dict.fromkeys((self._you.name, role_word(self._you.role))) if self._you else ()
        self.set_heading(self.tr("You"), ", ".join(told))
        texts = (
            self.tr("Your password now"),
            self.tr("New password"),
            self.tr("Once more"),
            self.tr("PIN, 4 to 6 digits"),
        )
        for line, text in zip(self._lines, texts, strict=True):
            line.set_text(text)
        has = self._you is not None and self._you.has_password
        self.keep.set_text(self.tr("Change it") if has else self.tr("Choose it"))
        pin = self._you is not None and self._you.has_pin
        self.keep_pin.set_text(self.tr("Change the PIN") if pin else self.tr("Choose the PIN"))
        self._about.setText(
            self.tr(
                "F10 changes the person by PIN, where the password was typed within a week. Ctrl+L locks."
            )
            if has
            else self.tr(
                "There is no password yet: whoever starts this desk works as you. Choose one to invite others."
            )
        )

    def show_you(self, you: Oneself) -> None:
        """Who it is."""
        self._you = you
        self._lines[0].setVisible(you.has_password)
        self._lines[3].setVisible(you.has_password)
        self.keep_pin.setVisible(you.has_password)
        self.retranslate()

    def empty(self) -> None:
        """Nothing secret stays in a field."""
        for field in (self.old, self.new, self.again, self.pin):
            field.set_text("")

    def _keep(self) -> None:
        if self.new.text() != self.again.text():
            self.notice.say(self.tr("The two are not the same."), self.tr("Type both again."))
            self.notice.show()
            return
        if self._has_proof():
            self.wanted.emit("password", {"old": self.old.text(), "new": self.new.text()})

    def _keep_pin(self) -> None:
        if self._has_proof():
            self.wanted.emit("pin", {"password": self.old.text(), "pin": self.pin.text()})

    def _has_proof(self) -> bool:
        """Whoever forgot the field is told which; an empty one is no wrong try."""
        if self.old.text() or self._you is None or not self._you.has_password:
            return True
        self.notice.say(
            self.tr("Type your password now as well."), self.tr("It stands in the first field of this card.")
        )
        self.notice.show()
        self.old.setFocus()
        return False

    @staticmethod
    def _row(*parts: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(fonts.px(12))
        for part in parts:
            wide = isinstance(part, Labelled)
            row.addWidget(part, 1 if wide else 0, Qt.AlignmentFlag.AlignBottom)
        if len(parts) == 2:
            row.addStretch(2)
        return row


class PeopleCard(StaffCard):
    """A row for each person, and a line to invite somebody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QVBoxLayout()
        self.name, self.role, self.invite = (
            Field(icon="person"),
            FilterButton("", "", height=34),
            Button("", icon="plus"),
        )
        self.given = Notice("good", "")
        self._role: str = PEOPLE[2]
        self._is_new = False
        self.add(self.rows)
        line = QHBoxLayout()
        line.setSpacing(fonts.px(12))
        line.addWidget(self.name, 1)
        line.addWidget(self.role)
        line.addWidget(self.invite)
        self.add(line)
        self.add(self.given)
        self.given.hide()
        self.end()
        self.role.chosen.connect(self._choose)
        self.invite.clicked.connect(self._invite)
        self.name.entered.connect(self._invite)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("People"))
        self.name.set_placeholder(self.tr("Name of somebody new"))
        self.name.setAccessibleName(self.tr("Name of somebody new"))
        self.role.set_choices([(role_word(role), role) for role in PEOPLE])
        self.role.show_value(role_word(self._role), name=self.tr("Role"))
        self.invite.set_text(self.tr("Invite"))

    def show_people(self, people: tuple[Person, ...], zone: tzinfo) -> None:
        """Everybody."""
        clear(self.rows)
        for person in people:
            row = self._row(person, zone)
            self.rows.addWidget(row)
            row.show()
        if self._is_new:  # with a row of their own above it
            self._is_new = False
            bring_into_sight(self.given)

    def show_given(self, invited: Invited, zone: tzinfo) -> None:
        """The first password, once; the next person is invited for the front desk again, not for the same role."""
        self.name.set_text("")
        self._choose(PEOPLE[2])
        head = self.tr("First password of {name}: {password}").format(
            name=invited.name, password=invited.password
        )
        text = self.tr(
            "Hand it over now, it is shown only here. It counts until {until}, and is changed at once."
        )
        self.given.say(head, text.format(until=day_and_time(invited.until.astimezone(zone))))
        self.given.show()
        self._is_new = True

    def _row(self, person: Person, zone: tzinfo) -> SettingRow:
        role, more = FilterButton("", "", height=34), FilterButton("", "", height=34)
        role.set_choices([(role_word(one), one) for one in PEOPLE])
        role.show_value(role_word(person.role), name=self.tr("Role"))
        role.setAccessibleName(
            self.tr("Role of {name}: {role}").format(name=person.name, role=role_word(person.role))
        )
        seen = {"role": person.role}
        role.chosen.connect(
            lambda one: self.wanted.emit(CHANGE, {"staff_id": person.id, "role": one, "seen": seen})
        )
        more.set_choices(self._deeds(person))
        more.show_value(self.tr("Change"))
        more.setAccessibleName(self.tr("Change {name}").format(name=person.name))
        more.chosen.connect(lambda deed: self.wanted.emit(*deed))
        both = QWidget()
        both.setLayout(button_row(role, more))
        row = SettingRow(both)
        row.say(person.name, self._about(person, zone))
        return row

    def _deeds(self, person: Person) -> list[tuple[str, object]]:
        who: dict[str, Any] = {"staff_id": person.id}
        found: list[tuple[str, object]] = [(self.tr("Rename"), (RENAME, {**who, "name": person.name}))]
        if person.active:
            found.append((self.tr("New first password"), (FRESH, who)))
            if person.waits_until is not None:
                found.append((self.tr("Let them try again"), (UNLOCK, who)))
            found.append((self.tr("Disable"), (CHANGE, {**who, "active": False})))
        else:
            found.append((self.tr("Let them work again"), (CHANGE, {**who, "active": True})))
        return found

    def _about(self, person: Person, zone: tzinfo) -> str:
        if not person.active:
            return self.tr("Disabled: cannot sign in")
        parts = []
        if person.last_at is not None:
            when = day_and_time(person.last_at.astimezone(zone))
            parts.append(
                self.tr("Last here {when}, {counter}").format(when=when, counter=person.last_counter)
            )
        else:
            parts.append(self.tr("Was never signed in"))
        if person.invited_until is not None:
            until = day_and_time(person.invited_until.astimezone(zone))
            parts.append(self.tr("first password until {until}").format(until=until))
        if person.waits_until is not None:
            until = day_and_time(whole_minute(person.waits_until.astimezone(zone)))
            parts.append(self.tr("wrong too often, waits until {until}").format(until=until))
        if person.has_pin:
            parts.append(self.tr("has a PIN"))
        return ", ".join(parts)

    def _choose(self, role: str) -> None:
        self._role = role
        self.retranslate()

    def _invite(self) -> None:
        self.wanted.emit("invite", {"name": self.name.text(), "role": self._role})


class GroupsCard(StaffCard):
    """A row for each redemption group: its people and its products; and a line to make one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows, self.name, self.make = QVBoxLayout(), Field(), Button("", icon="plus")
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.add(self._about)
        self.add(self.rows)
        line = QHBoxLayout()
        line.setSpacing(fonts.px(12))
        line.addWidget(self.name, 1)
        line.addWidget(self.make)
        self.add(line)
        self.end()
        self.make.clicked.connect(self._make)
        self.name.entered.connect(self._make)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Redemption groups"))
        self._about.setText(
            self.tr(
                "Who is in a group lets in with its products only. Who is in none lets in with everything."
            )
        )
        self.name.set_placeholder(self.tr("Name of a new group"))
        self.name.setAccessibleName(self.tr("Name of a new group"))
        self.make.set_text(self.tr("New group"))

    def show_groups(
        self, groups: tuple[Group, ...], people: tuple[Person, ...], products: Mapping[int, str]
    ) -> None:
        """All of them, with who and what can be chosen."""
        clear(self.rows)
        members = {person.id: person.name for person in people}
        for group in groups:
            row = self._row(group, members, products)
            self.rows.addWidget(row)
            row.show()

    def _row(self, group: Group, members: Mapping[int, str], products: Mapping[int, str]) -> SettingRow:
        inside, sold = frozenset(group.people), frozenset(int(number) for number in group.products)
        who = self._several(self.tr("People"), members, inside, partial(self._keep, group, sold, "people"))
        what = self._several(
            self.tr("Products"), products, sold, partial(self._keep, group, inside, "products")
        )
        away = Button("", icon="delete")
        away.setAccessibleName(self.tr("Take the group {name} away").format(name=group.name))
        set_tip(away, away.accessibleName())
        told = {"group_id": group.id, "name": group.name}
        away.clicked.connect(lambda _checked=False: self.wanted.emit(DROP, told))
        all_three = QWidget()
        all_three.setLayout(button_row(who, what, away))
        row = SettingRow(all_three)
        names = ", ".join(sorted(members[one] for one in inside if one in members)) or self.tr("nobody")
        row.say(group.name, names)
        return row

    @staticmethod
    def _several(
        name: str,
        choices: Mapping[int, str],
        ticked: frozenset[int],
        chosen: Callable[[frozenset[int]], None],
    ) -> FilterButton:
        made = FilterButton("", "", height=34)
        made.set_several([(word, number) for number, word in choices.items()], ticked)
        made.show_value(str(len(ticked)), name=name)
        made.chosen.connect(chosen)
        return made

    def _keep(self, group: Group, others: frozenset[int], which: str, chosen: frozenset[int]) -> None:
        kept = {"people": others, "products": others, which: chosen}
        self.wanted.emit("keep-group", {"name": group.name, "group_id": group.id, "seen": group, **kept})

    def _make(self) -> None:
        self.wanted.emit("keep-group", {"name": self.name.text(), "people": (), "products": ()})


class LockCard(Card):
    """When this counter signs out whoever has left."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, parent=parent)
        self.minutes = Segmented(*[str(one) for one in IDLE], name="")
        self._row = SettingRow(self.minutes)
        self.add(self._row)
        self.minutes.chosen.connect(lambda at: self.chosen.emit(IDLE[at]))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("When nobody touches anything"))
        words = self.tr("{count} min")
        self.minutes.set_words(self.tr("Never"), *(words.format(count=one) for one in IDLE[1:]))
        self.minutes.set_name(self.tr("Lock after"))
        self._row.say(
            self.tr("Lock after"),
            self.tr("The window is covered until somebody signs in. What is open stays."),
        )
