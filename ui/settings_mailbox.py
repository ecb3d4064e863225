"""The settings' card of the mailbox: where mails are fetched, what is done with them, and whether it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.mail_server import Tls
from models.mailbox import USUAL_PORTS, Mailbox, rules_of, words_of_rules
from models.refusals import CannotDo
from ui import asking
from ui.mailbox_words import standing_words
from ui.server_card import ServerCard
from ui.settings_kept import Kept
from ui.widgets.button import button_row
from ui.widgets.label import Label, Labelled
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.widgets.text_area import TextArea
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.mailbox.setting_up import MailboxPage as Found

SWITCHES = ("is_on", "plus", "mark_seen")


class MailboxCard(ServerCard):
    """The mailbox travelers and channels write to."""

    texts = ("host", "user", "address", "folder", "since")
    seals = (Tls.FROM_THE_START, Tls.STARTTLS, Tls.NONE)
    ports = USUAL_PORTS

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept, nothing=Mailbox(), icon="import")
        self.rules = TextArea(rows=2)
        self._rules = Labelled("", self.rules)
        self._believed = Label("", 12, 400, "ink2", wrap=True)
        self.switches = {name: Segmented("", "", name="") for name in SWITCHES}
        self._rows = {name: SettingRow(switch) for name, switch in self.switches.items()}
        self._try.answered.connect(self._answered)
        self._try.refused.connect(self._did_not_answer)
        self.begin()

    def retranslate(self) -> None:
        self.set_heading(self.tr("Mailbox"), self.tr("what travelers and channels write arrives here"))
        self._about.setText(
            self.tr("Mails are read and left where they are: nothing is ever deleted from the mailbox.")
        )
        words = {
            "host": self.tr("Server (IMAP)"),
            "port": self.tr("Port"),
            "user": self.tr("User"),
            "password": self.tr("Password"),
            "address": self.tr("Travelers write to"),
            "folder": self.tr("Folder"),
            "since": self.tr("Mails from this day on"),
        }
        examples = {"host": "imap.example.com", "address": "desk@example.com", "folder": "INBOX"}
        self.say_lines(words, examples)
        self._rules.set_text(self.tr("Further senders of orders, one a line"))
        self.rules.setAccessibleName(self.tr("Further senders of orders, one a line"))
        self.rules.set_placeholder("office.example = kkday")
        self._believed.setText(
            self.tr(
                "Your mail server's verdict on a sender decides. Where it gives none, "
                "the From of a channel's own domains and of these senders is believed."
            )
        )
        self._retranslate_switches()
        self.try_button.set_text(self.tr("Try it"))
        super().retranslate()

    def _retranslate_switches(self) -> None:
        told = {
            "is_on": (
                self.tr("Fetch mails"),
                self.tr("Off: what arrives stays in the mailbox, unread by us."),
            ),
            "plus": (
                self.tr("An address for each conversation"),
                self.tr("Answers come to desk+sign@…; off where the provider knows no such addresses."),
            ),
            "mark_seen": (
                self.tr("Mark placed mails as read"),
                self.tr("Off: everything in the mailbox stays as it is."),
            ),
        }
        for name, (head, more) in told.items():
            self.switches[name].set_name(head)
            self.switches[name].set_words(self.tr("On"), self.tr("Off"))
            self._rows[name].say(head, more)

    def asks(self) -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]:
        return asking.mailbox_page, asking.keep_mailbox, asking.try_mailbox

    def kept_in(self, found: Found) -> Mailbox:
        return found.box if found.version else replace(found.box, since=found.today.isoformat())

    def put(self, settings: Mailbox) -> None:
        super().put(settings)
        for name, switch in self.switches.items():
            switch.choose(0 if getattr(settings, name) else 1)
        self.rules.set_text(words_of_rules(settings.rules))

    def typed(self) -> Mailbox:
        on: dict[str, Any] = {name: not switch.at for name, switch in self.switches.items()}
        return Mailbox(rules=rules_of(self.rules.text()), **on, **self.typed_lines())

    def kept_words(self, found: Found) -> str:
        return self.tr("Mails are fetched from {server} now").format(server=found.box.host)

    def said(self, name: str, now: object) -> tuple[str, object]:
        if name in self.switches:
            return self.switches[name].accessibleName(), self.switch_word(now)
        if name == "rules":
            return self.rules.accessibleName(), ", ".join(now) if isinstance(now, dict) else now
        field, said = super().said(name, now)
        return field, self.seal_word(now) if name == "tls" else said

    def being_tried(self) -> tuple[str, tuple[Any, ...]]:
        return self.tr("The mailbox is asked"), ()

    def _answered(self, count: int) -> None:
        self.tried.set_family("good")
        words = self.tr("{count} mails there would be read; nothing was fetched now.")
        self.tried.say(self.tr("The mailbox can be read"), words.format(count=number_words(count)))

    def _did_not_answer(self, no: CannotDo) -> None:
        self.tried.set_family("stop")
        self.tried.refuse(no)

    def how_it_stands(self, found: Found) -> tuple[str, str, str]:
        return standing_words(found)

    def build(self) -> None:
        self.add(self._about)
        self.add(self.standing)
        self.side_by_side("host", "port")
        self.add(self._seal_row)
        self.side_by_side("user", "password")
        self.side_by_side("address", "folder")
        self.side_by_side("since", also=(self._rules,))
        self.add(self._believed)
        self.add(self.root)
        for row in self._rows.values():
            self.add(row)
        for widget in (self.notice, self.theirs, self.tried):
            self.add(widget)
        self.add(button_row(None, self.try_button, self.keep_button))
