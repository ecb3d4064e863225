"""The settings' card of the mailbox: where mails are fetched, what is done with them, and whether it works."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from controllers.background import Lane
from models.mail_server import Tls
from models.mailbox import USUAL_PORTS, Mailbox, rules_of, words_of_rules
from models.refusals import CannotDo
from ui import asking, fonts
from ui.mailbox_words import standing_words
from ui.question import Question
from ui.root_certificate import RootCertificate
from ui.settings_kept import Kept
from ui.settings_theirs import Theirs
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.widgets.text_area import TextArea
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.mailbox.setting_up import MailboxPage as Found

SEALS = (Tls.FROM_THE_START, Tls.STARTTLS, Tls.NONE)
TEXTS = ("host", "user", "address", "folder", "since")
SWITCHES = ("is_on", "plus", "mark_seen")


class MailboxCard(Card):
    """What is typed is kept by its button, never over what others kept unseen, and tried as it is typed."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._at = kept.at
        self._found: Found | None = None
        self._seen = Mailbox()  # what whoever types here knows of
        self._version = 0
        self._look = Question(kept.at.background, self)
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self._try = Question(kept.at.background, self, lane=Lane.NETWORK)
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.fields = {name: Field() for name in (*TEXTS, "port", "password")}
        self._lines = {name: Labelled("", field) for name, field in self.fields.items()}
        self.rules = TextArea(rows=2)
        self._rules = Labelled("", self.rules)
        self.seal = Segmented("", "", "", name="")
        self._seal_row = SettingRow(self.seal)
        self.switches = {name: Segmented("", "", name="") for name in SWITCHES}
        self._rows = {name: SettingRow(switch) for name, switch in self.switches.items()}
        self.root = RootCertificate()
        self.standing, self.notice, self.theirs = Notice("good", ""), Notice("stop", ""), Theirs()
        self.tried = Notice("good", "")
        self.try_button, self.keep_button = Button("", icon="import"), Button("", "primary")
        self._build()
        self._connect(kept)
        self.retranslate()
        self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
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
        for name, label in self._lines.items():
            label.set_text(words[name])
            self.fields[name].setAccessibleName(words[name])
        for name, example in (
            ("host", "imap.example.com"),
            ("address", "desk@example.com"),
            ("folder", "INBOX"),
        ):
            self.fields[name].set_placeholder(example)
        self._rules.set_text(self.tr("Further senders of orders, one a line"))
        self.rules.setAccessibleName(self.tr("Further senders of orders, one a line"))
        self.rules.set_placeholder("office.example = kkday")
        self.seal.set_name(self.tr("How the line is sealed"))
        self.seal.set_words(self.tr("TLS"), self.tr("STARTTLS"), self.tr("Not at all"))
        self._seal_row.say(
            self.tr("How the line is sealed"), self.tr("The server proves who it is by its certificate.")
        )
        self._retranslate_switches()
        self.try_button.set_text(self.tr("Try it"))
        self.keep_button.set_text(self.tr("Keep it"))
        self.root.retranslate()
        self._say_standing()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

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

    # what is kept

    def _ask(self) -> None:
        self._look.ask(partial(asking.mailbox_page, self._at.desk))

    def _show(self, found: Found) -> None:
        """What is kept; as soon as somebody types here, theirs stays until it is kept or given up."""
        if self._found is None or self._typed() == self._seen:
            box = found.box if found.version else replace(found.box, since=found.today.isoformat())
            self._version, self._seen = found.version, box
            self._put(box)
        self._found = found
        kept = self.tr("kept; type to change it") if found.has_password else ""
        self.fields["password"].set_placeholder(kept)
        self._say_standing()

    def _put(self, box: Mailbox) -> None:
        for name in TEXTS:
            self.fields[name].set_text(getattr(box, name))
        self.seal.choose(SEALS.index(box.tls))
        self.fields["port"].set_text(str(box.port))
        for name, switch in self.switches.items():
            switch.choose(0 if getattr(box, name) else 1)
        self.rules.set_text(words_of_rules(box.rules))
        self.root.set_file(box.root_name)

    def _typed(self) -> Mailbox:
        """As it stands in the lines; a port that is no number is told as 0."""
        told = {name: self.fields[name].text().strip() for name in TEXTS}
        port = self.fields["port"].text().strip()
        number = int(port) if port.isascii() and port.isdigit() and len(port) < 7 else 0
        file = self.root.file
        root = self._seen.root if file == self._seen.root_name else ""
        return Mailbox(
            port=number,
            tls=SEALS[self.seal.at],
            rules=rules_of(self.rules.text()),
            root=root,
            root_name=file,
            is_on=not self.switches["is_on"].at,
            plus=not self.switches["plus"].at,
            mark_seen=not self.switches["mark_seen"].at,
            **told,
        )

    @property
    def _as_typed(self) -> tuple[Mailbox, str | None, str]:
        chosen = self.root.file if self.root.file != self._seen.root_name else ""
        return self._typed(), self.fields["password"].text() or None, chosen

    def _keep(self) -> None:
        if self._found is not None and not self._change.is_open:
            self._change.ask(partial(asking.keep_mailbox, self._at.desk, *self._as_typed, self._version))

    def _was_kept(self, found: Found) -> None:
        for widget in (self.notice, self.theirs):
            widget.hide()
        self.fields["password"].set_text("")
        self._found = None
        self._show(found)
        self._at.deeds.tell(self.tr("Mails are fetched from {server} now").format(server=found.box.host))

    def _refuse(self, no: CannotDo) -> None:
        if not self.theirs.refuse(no, self._words):
            self.notice.refuse(no)
            self.notice.show()
            return
        self.notice.hide()
        now = Mailbox.read(no.facts["now"])  # type: ignore[arg-type]  # the settings as they are kept
        self._version = int(str(no.facts["version"]))
        self._seen = replace(self._seen, root=now.root, root_name=now.root_name)

    def _words(self, name: str, now: object) -> str:
        if name in ("root", "root_name"):
            return self.tr("its root certificate is another")
        widgets: dict[str, QWidget] = {**self.fields, **self.switches, "tls": self.seal, "rules": self.rules}
        said = now if not isinstance(now, bool) else self.tr("On") if now else self.tr("Off")
        if name == "rules" and isinstance(now, dict):
            said = ", ".join(now)
        field = widgets[name].accessibleName() if name in widgets else name
        return self.tr("{field} is “{now}” now").format(field=field, now=said)

    def _take_theirs(self) -> None:
        self._found = None
        self._ask()

    # trying it

    def _try_it(self) -> None:
        if self._found is None or self._try.is_open:
            return
        self.tried.set_family("wait")
        self.tried.say(self.tr("The mailbox is asked"))
        self.tried.show()
        self._try.ask(partial(asking.try_mailbox, self._at.desk, *self._as_typed))

    def _answered(self, count: int) -> None:
        self.tried.set_family("good")
        words = self.tr("{count} mails there would be read; nothing was fetched now.")
        self.tried.say(self.tr("The mailbox can be read"), words.format(count=number_words(count)))

    def _did_not_answer(self, no: CannotDo) -> None:
        self.tried.set_family("stop")
        self.tried.refuse(no)

    def _say_standing(self) -> None:
        """Whether mails come in now, in one sentence."""
        if self._found is None:
            self.standing.hide()
            return
        family, head, text = standing_words(self._found)
        self.standing.set_family(family)
        self.standing.say(head, text)
        self.standing.show()

    # building

    def _suggest_port(self, at: int) -> None:
        """The usual port of another seal, where the usual one of a seal stood."""
        if self.fields["port"].text() in {str(port) for port in USUAL_PORTS.values()} | {""}:
            self.fields["port"].set_text(str(USUAL_PORTS[SEALS[at]]))

    def _connect(self, kept: Kept) -> None:
        self._look.answered.connect(self._show)
        self._change.answered.connect(self._was_kept)
        self._try.answered.connect(self._answered)
        self._try.refused.connect(self._did_not_answer)
        for question in (self._look, self._change):
            question.refused.connect(self._refuse)
        for field in self.fields.values():
            field.entered.connect(self._keep)
        self.seal.chosen.connect(self._suggest_port)
        self.keep_button.clicked.connect(self._keep)
        self.try_button.clicked.connect(self._try_it)
        self.theirs.taken.connect(self._take_theirs)
        kept.told.connect(lambda _settings: self._ask())

    def _build(self) -> None:
        self.fields["password"].set_secret(True)
        self.fields["port"].set_numbers()
        self._lines["port"].setFixedWidth(fonts.px(110))
        lines = self._lines
        self.add(self._about)
        self.add(self.standing)
        self.add(_side_by_side(lines["host"], lines["port"]))
        self.add(self._seal_row)
        for pair in (("user", "password"), ("address", "folder")):
            self.add(_side_by_side(*(lines[name] for name in pair)))
        self.add(_side_by_side(lines["since"], self._rules))
        self.add(self.root)
        for row in self._rows.values():
            self.add(row)
        self.add(self.notice)
        self.add(self.theirs)
        self.add(self.tried)
        end = QHBoxLayout()
        end.setSpacing(fonts.px(8))
        end.addStretch(1)
        for button in (self.try_button, self.keep_button):
            end.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self.add(end)
        for widget in (self.standing, self.notice, self.theirs, self.tried):
            widget.hide()


def _side_by_side(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(fonts.px(12))
    for widget in widgets:
        row.addWidget(widget, 0 if widget.maximumWidth() < 200 else 1, Qt.AlignmentFlag.AlignTop)
    return row
