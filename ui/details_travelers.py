"""The left panel of a reservation: who comes and what they asked for, their tickets, letters and words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.checkin import Kind
from models.outbox import LetterState
from models.reservations import GONE
from models.tickets import TicketState
from ui import actions, fonts
from ui.calendar_paint import shown_status
from ui.details_notes import NOTE, NotesPart
from ui.details_rows import FactRow, Heading, Panel, Stack, section_line, wrapped
from ui.outbox_words import trouble_words
from ui.widgets.notice import Notice
from ui.widgets.tip import set_tip
from ui.wording.dates import clock, countdown, day_and_time, day_word
from ui.wording.letters import letter_icon, letter_state_word, letter_word
from ui.wording.orders import hidden_words, local
from ui.wording.verdicts import verdict_name

if TYPE_CHECKING:
    from models.details import Contact, Details, LetterFacts, MessageFacts, ScanFacts, TicketFacts

_FAILED = frozenset({LetterState.FAILED, LetterState.BOUNCED})
_TROUBLED = _FAILED | {LetterState.UNCERTAIN, LetterState.DROPPED, LetterState.PUT_AWAY}


class TravelersPanel(Panel):
    """`reveal_wanted` when somebody asks to see the traveler's data; that is written into the journal.

    `letter_wanted` when somebody wants to send a letter.
    """

    reveal_wanted = Signal()
    letter_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = Heading(key=actions.cap("reveal"), kind="plain", icon="lock", first=True)
        self._people.pressed.connect(self.reveal_wanted)
        self.notes = NotesPart()
        self._who, self._party, self._asked = Stack(), Stack(), Stack(8, above=fonts.px(10))
        self._tickets, self._letters, self._scans, self._said = Stack(), Stack(), Stack(), Stack()
        self.shows_contact = False
        self._waiting: list[tuple[LetterFacts, FactRow]] = []
        for widget in (self._people, section_line(), self._who, self._asked, self._party):
            self.add(widget)
        self._post = Heading(key=actions.cap("letter"), icon="letter")
        self._post.pressed.connect(self.letter_wanted)
        for part in (
            self._tickets,
            self._post,
            section_line(),
            self._letters,
            self.notes,
            self._said,
            self._scans,
        ):
            self.add(part)
        self.add_stretch()
        self._zone, self._today = "UTC", dt.date.min

    def show_details(self, found: Details, contact: Contact | None, now: dt.datetime) -> None:
        """Show a reservation; `contact` is what was revealed of it."""
        self._zone, self._today = found.row.zone, local(now, found.row.zone).date()
        self.shows_contact = contact is not None
        self._show_people(found, contact)
        self._show_requests(found)
        self._section(self._party, self.tr("Party"), self._units(found))
        tickets = [self._ticket(one) for one in found.tickets]
        self._section(self._tickets, self.tr("Tickets"), [*tickets, *self._validity(found)])
        self._show_letters(found, now)
        self.notes.show_details(found, now)
        self._section(self._scans, self.tr("Scans"), [self._scan(one) for one in found.scans])
        messages = [part for one in found.messages if one.direction != NOTE for part in self._message(one)]
        self._section(self._said, self.tr("Messages"), messages)

    def follow_clock(self, now: dt.datetime) -> None:
        """The seconds until each waiting letter leaves."""
        for letter, row in self._waiting:
            row.change(right=self._letter_state(letter, now))

    @staticmethod
    def _section(stack: Stack, title: str, rows: list[QWidget]) -> None:
        stack.fill(*([Heading(title), section_line(), *rows] if rows else []))

    def _show_people(self, found: Details, contact: Contact | None) -> None:
        link = self._people.link
        link.allow()
        self._people.say(self.tr("Travelers"), "" if contact else actions.text("reveal"))
        if not found.may_reveal:
            link.forbid(self.tr("Hidden until the reservation has been confirmed"))
        if contact is not None:
            self._who.fill(*self._contact_rows(found, contact))
            return
        if found.row.traveler is None:
            self._who.fill(FactRow(hidden_words(), "", "", shape="lock", ink="ink3", head_weight=400))
            return
        hidden = self.tr("phone and e-mail on request")
        self._who.fill(self._person(found, found.row.traveler, self.tr("lead"), hidden, faint=True))

    def _contact_rows(self, found: Details, contact: Contact) -> list[QWidget]:
        rows: list[QWidget] = [
            self._person(found, contact.lead or found.row.traveler or "", self.tr("lead"), contact.phone)
        ]
        rows += [self._person(found, name, "", "") for name in contact.companions]
        reach = [(self.tr("E-mail"), contact.email, "letter"), (self.tr("Country"), contact.country, "globe")]
        rows += [FactRow(name, value, shape=shape) for name, value, shape in reach if value]
        return rows

    def _person(self, found: Details, name: str, role: str, right: str, *, faint: bool = False) -> FactRow:
        shape = shown_status(found.row)
        return FactRow(
            name or self.tr("Name not told"),
            role,
            right,
            shape=shape,
            head_weight=600,
            right_ink="ink3" if faint else "ink2",
        )

    def _show_requests(self, found: Details) -> None:
        notes: list[QWidget] = []
        if found.attention:
            notes.append(Notice("act", self.tr("To be read at the gate"), found.attention, shape="checkin"))
        if found.request:
            notes.append(Notice("act", self.tr("Traveler's request"), found.request, shape="note"))
        if found.pickup:
            notes.append(Notice("done", self.tr("Pick-up"), found.pickup, shape="counter"))
        if found.reason and found.row.status == "PENDING":
            notes.append(Notice("wait", self.tr("Held, because"), found.reason, shape="PENDING"))
        elif found.reason and found.row.status in GONE:
            notes.append(Notice("done", self.tr("The traveler was told"), found.reason, shape="messages"))
        self._asked.fill(*notes)

    def _units(self, found: Details) -> list[QWidget]:
        """A line a unit: how many of it, and the seats they take."""
        rows: list[QWidget] = []
        for line in found.lines:
            seats = (
                self.tr("1 seat") if line.heads == 1 else self.tr("{count} seats").format(count=line.heads)
            )
            seats = seats if line.heads else self.tr("no seat")
            rows.append(FactRow(f"{line.quantity} × {line.unit}", "", seats, shape="person"))
        return rows

    def _validity(self, found: Details) -> list[QWidget]:
        """From when until when the tickets are good, where that is not simply their departure."""
        until = found.valid_until
        if not found.tickets or until is None:
            return []
        last = day_word(until, self._today, inside=True)
        if found.valid_from is not None and found.valid_from == until:
            words = self.tr("on {day} only").format(day=last)
        elif found.valid_from is not None:
            words = self.tr("{first} to {last}").format(
                first=day_word(found.valid_from, self._today), last=last
            )
        else:
            words = self.tr("any day until {last}").format(last=last)
        left = (until - self._today).days
        right = self.tr("{count} days left").format(count=left) if left else self.tr("last day")
        over = left < 0
        return [
            FactRow(
                self.tr("Valid"),
                words,
                self.tr("over") if over else right,
                shape="calendar",
                right_ink="stop" if over else "ink2",
            )
        ]

    def _ticket(self, ticket: TicketFacts) -> FactRow:
        if ticket.state is TicketState.VALID:
            stand = self.tr("{spent} of {uses} uses spent").format(
                spent=ticket.uses - ticket.uses_left, uses=ticket.uses
            )
        else:
            stand = self.tr("void") if ticket.state is TicketState.VOID else self.tr("replaced")
        arrived = ticket.arrived if ticket.uses_left else ticket.heads  # a spent use begins a new count
        heads = self.tr("{arrived} of {heads} in").format(arrived=arrived, heads=ticket.heads)
        if ticket.state is not TicketState.VALID:
            heads = ""
        name = ticket.label or self.tr("For the party")
        return FactRow(name, heads, stand, shape="voucher")

    def _show_letters(self, found: Details, now: dt.datetime) -> None:
        rows = [(one, self._letter(one, now)) for one in found.letters]
        self._waiting = [(one, row) for one, row in rows if one.state is LetterState.WAITING]
        self._post.say(self.tr("Letters"), self.tr("Send…"))
        self._post.link.setAccessibleName(actions.text("letter"))
        self._letters.fill(*(row for _, row in rows))

    def _letter(self, letter: LetterFacts, now: dt.datetime) -> FactRow:
        family = "stop" if letter.state in _FAILED else ""
        why = trouble_words(letter.trouble) if letter.state in _TROUBLED else ""
        text = why or self._letter_time(letter, now)
        ink = "stop" if family else "ink2"
        return FactRow(
            letter_word(letter.kind),
            text,
            self._letter_state(letter, now),
            shape=letter_icon(letter.kind),
            family=family,
            right_ink=ink,
        )

    def _letter_time(self, letter: LetterFacts, now: dt.datetime) -> str:
        at = local(letter.leave_at, self._zone)
        when = day_and_time(at, self._today, inside=True)
        if at.date() == self._today:
            when = clock(at, seconds=True)
        if letter.state is LetterState.WAITING and letter.leave_at > now:
            return self.tr("leaves {when}").format(when=when)
        if letter.state is LetterState.SENT:
            left = day_and_time(at, self._today, inside=True)
            return self.tr("left {when}").format(when=left)
        return ""

    def _letter_state(self, letter: LetterFacts, now: dt.datetime) -> str:
        left = int((letter.leave_at - now).total_seconds())
        if letter.state is LetterState.WAITING and 0 < left < 3600:
            return self.tr("waiting, {time} left").format(time=countdown(left))
        return letter_state_word(letter.state)

    def _scan(self, scan: ScanFacts) -> FactRow:
        when = day_and_time(local(scan.at, self._zone), self._today)
        text = f"{when}, {scan.counter}"
        right = self.tr("{count} in").format(count=scan.admitted) if scan.admitted else self.tr("not let in")
        if scan.undone:
            right = self.tr("undone")
        row = FactRow(verdict_name(Kind(scan.kind)), text, right, shape="checkin")
        set_tip(row, scan.message)
        return row

    def _message(self, message: MessageFacts) -> list[QWidget]:
        at = local(message.at, self._zone)
        who = message.author if message.direction == "out" else self.tr("The traveler")
        head = self.tr("{who} wrote").format(who=who or self.tr("The desk"))
        when = clock(at) if at.date() == self._today else f"{day_word(at.date(), self._today)}, {clock(at)}"
        return [FactRow(head, "", when, shape="messages", line=False), wrapped(message.body)]
