"""The settings' page of mail: the server letters leave by, a test letter, and the mailbox they are answered to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.mail_server import USUAL_PORTS, MailServer, Tls
from models.refusals import CannotDo
from ui import asking, fonts
from ui.outbox_words import trouble_words
from ui.question import Question
from ui.root_certificate import RootCertificate
from ui.settings_folder import FolderCard
from ui.settings_kept import Kept
from ui.settings_mailbox import MailboxCard
from ui.settings_theirs import Theirs
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Hairline, Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from controllers.mail_settings import MailPage as Found

SEALS = tuple(Tls)
TEXTS = ("host", "user", "sender", "sender_name")


class MailPage(QWidget):
    """A card for each thing mail needs."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.server, self.mailbox, self.folder = ServerCard(kept), MailboxCard(kept), FolderCard(kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(12))
        for card in (self.server, self.mailbox, self.folder):
            column.addWidget(card)
        column.addStretch(1)


class ServerCard(Card):
    """What is typed is kept by its button, never over what others kept unseen; a test letter goes as it is typed."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._at = kept.at
        self._found: Found | None = None
        self._seen = MailServer()  # what whoever types here knows of
        self._version = 0
        self._look = Question(kept.at.background, self)
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self._try = Question(kept.at.background, self, lane=Lane.NETWORK)
        self._about = Label("", 13, 400, "ink2", wrap=True)
        names = ("host", "port", "user", "password", "sender", "sender_name", "to")
        self.fields = {name: Field() for name in names}
        self._lines = {name: Labelled("", field) for name, field in self.fields.items()}
        self.seal = Segmented("", "", "", name="")
        self.switch = Segmented("", "", name="")
        self._seal_row, self._switch_row = SettingRow(self.seal), SettingRow(self.switch)
        self.root = RootCertificate()
        self.standing, self.notice, self.theirs = Notice("good", ""), Notice("stop", ""), Theirs()
        self.tried = Notice("good", "")
        self.try_button, self.keep_button = Button("", icon="send"), Button("", "primary")
        self._build()
        self._connect(kept)
        self.retranslate()
        self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Mail server"), self.tr("letters to travelers leave by it"))
        self._about.setText(
            self.tr(
                "For every counter and the worker. Nothing is lost while it is away: letters wait and are shown."
            )
        )
        words = {
            "host": self.tr("Server"),
            "port": self.tr("Port"),
            "user": self.tr("User"),
            "password": self.tr("Password"),
            "sender": self.tr("Letters come from"),
            "sender_name": self.tr("Name of the sender"),
            "to": self.tr("Try it: send a test letter to"),
        }
        for name, label in self._lines.items():
            label.set_text(words[name])
        for name, example in (("host", "smtp.example.com"), ("sender", "desk@example.com")):
            self.fields[name].set_placeholder(example)
        self.seal.set_name(self.tr("How the line is sealed"))
        self.seal.set_words(self.tr("STARTTLS"), self.tr("TLS"), self.tr("Not at all"))
        self._seal_row.say(
            self.tr("How the line is sealed"), self.tr("The server proves who it is by its certificate.")
        )
        self.switch.set_name(self.tr("Letters leave"))
        self.switch.set_words(self.tr("On"), self.tr("Off"))
        self._switch_row.say(self.tr("Letters leave"), self.tr("Off: all letters wait in the outbox."))
        self.try_button.set_text(self.tr("Send it"))
        self.keep_button.set_text(self.tr("Keep it"))
        self.root.retranslate()
        self._say_standing()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # what is kept

    def _ask(self) -> None:
        self._look.ask(partial(asking.mail_page, self._at.desk))

    def _show(self, found: Found) -> None:
        """What is kept; as soon as somebody types here, theirs stays until it is kept or given up."""
        if self._found is None or self._typed() == self._seen:
            self._version, self._seen = found.version, found.server
            self._put(found.server)
        self._found = found
        kept = self.tr("kept; type to change it") if found.has_password else ""
        self.fields["password"].set_placeholder(kept)
        self._say_standing()

    def _put(self, server: MailServer) -> None:
        for name in TEXTS:
            self.fields[name].set_text(getattr(server, name))
        self.fields["port"].set_text(str(server.port))
        self.seal.choose(SEALS.index(server.tls))
        self.fields["port"].set_text(str(server.port))  # another seal has put its usual one
        self.switch.choose(0 if server.is_on else 1)
        self.root.set_file(server.root_name)

    def _typed(self) -> MailServer:
        """As it stands in the lines; a port that is no number is told as 0."""
        told = {name: self.fields[name].text() for name in TEXTS}
        port = self.fields["port"].text().strip()
        number = int(port) if port.isascii() and port.isdigit() and len(port) < 7 else 0
        file = self.root.file
        root = self._seen.root if file == self._seen.root_name else ""
        seal = SEALS[self.seal.at]
        return MailServer(port=number, tls=seal, root=root, root_name=file, is_on=not self.switch.at, **told)

    @property
    def _root_file(self) -> str:
        """A file that was chosen here and not read yet."""
        return self.root.file if self.root.file != self._seen.root_name else ""

    @property
    def _password(self) -> str | None:
        return self.fields["password"].text() or None

    def _keep(self) -> None:
        if self._found is not None and not self._change.is_open:
            told = (self._typed(), self._password, self._root_file, self._version)
            self._change.ask(partial(asking.keep_mail, self._at.desk, *told))

    def _was_kept(self, found: Found) -> None:
        for widget in (self.notice, self.theirs):
            widget.hide()
        self.fields["password"].set_text("")
        self._found = None
        self._show(found)
        self._at.deeds.tell(self.tr("Letters leave by {server} now").format(server=found.server.host))

    def _refuse(self, no: CannotDo) -> None:
        if not self.theirs.refuse(no, self._words):
            self.notice.refuse(no)
            return
        self.notice.hide()
        now = MailServer.read(no.facts["now"])  # type: ignore[arg-type]  # the settings as they are kept
        self._version = int(str(no.facts["version"]))
        self._seen = replace(self._seen, root=now.root, root_name=now.root_name)

    def _words(self, name: str, now: object) -> str:
        said = {"tls": self._seal_words, "is_on": self._switch_words}.get(name, str)(now)
        if name in ("root", "root_name"):
            return self.tr("its root certificate is another")
        field = self._lines[name].accessibleName() if name in self._lines else ""
        field = (
            self.fields[name].accessibleName() if name in self.fields else field or self.seal.accessibleName()
        )
        return self.tr("{field} is “{now}” now").format(field=field, now=said)

    def _seal_words(self, now: object) -> str:
        return {Tls.STARTTLS: "STARTTLS", Tls.FROM_THE_START: "TLS"}.get(Tls(str(now)), self.tr("Not at all"))

    def _switch_words(self, now: object) -> str:
        return self.tr("On") if now else self.tr("Off")

    def _take_theirs(self) -> None:
        self._found = None
        self._ask()

    # a test letter

    def _send_test(self) -> None:
        if self._found is None or self._try.is_open:
            return
        self.tried.set_family("wait")
        self.tried.say(self.tr("The test letter is on its way"))
        self.tried.show()
        to = self.fields["to"].text() or self.fields["sender"].text()
        told = (self._typed(), self._password, self._root_file, to)
        self._try.ask(partial(asking.try_mail, self._at.desk, *told))

    def _was_taken(self, words: str) -> None:
        self.tried.set_family("good")
        self.tried.say(self.tr("The mail server took the test letter"), words)

    def _was_not_taken(self, no: CannotDo) -> None:
        self.tried.set_family("stop")
        if no.code == "mail-try-failed":
            why = trouble_words(str(no.facts["why"]))
            self.tried.say(self.tr("The mail server did not take the test letter"), why)
        else:
            self.tried.refuse(no)

    def _say_standing(self) -> None:
        """Whether letters can leave now, in one sentence."""
        found = self._found
        if found is None:
            self.standing.hide()
            return
        family, head, text = "good", self.tr("Letters leave by {server}"), ""
        if found.pretends:
            family, head = "done", self.tr("Practice: letters only seem to leave")
            text = self.tr("With a server here they really leave, to whatever address stands in the order.")
        elif not found.server.is_set_up:
            family, head = "act", self.tr("No mail server is set up, so all letters wait")
        elif not found.server.is_on:
            family, head = "act", self.tr("Sending is switched off, so all letters wait")
        elif found.trouble:
            family, head = "stop", self.tr("{server} takes no letters now, so they wait")
            text = trouble_words(found.trouble)
        self.standing.set_family(family)
        self.standing.say(head.format(server=found.server.host), text)
        self.standing.show()

    # building

    def _suggest_port(self, at: int) -> None:
        """The usual port of another seal, where the usual one of a seal stood."""
        if self.fields["port"].text() in {str(port) for port in USUAL_PORTS.values()} | {""}:
            self.fields["port"].set_text(str(USUAL_PORTS[SEALS[at]]))

    def _connect(self, kept: Kept) -> None:
        self._look.answered.connect(self._show)
        self._change.answered.connect(self._was_kept)
        self._try.answered.connect(self._was_taken)
        self._try.refused.connect(self._was_not_taken)
        for question in (self._look, self._change):
            question.refused.connect(self._refuse)
        for name, field in self.fields.items():
            field.entered.connect(self._send_test if name == "to" else self._keep)
        self.seal.chosen.connect(self._suggest_port)
        self.keep_button.clicked.connect(self._keep)
        self.try_button.clicked.connect(self._send_test)
        self.theirs.taken.connect(self._take_theirs)
        kept.told.connect(lambda _settings: self._ask())

    def _build(self) -> None:
        self.fields["password"].set_secret(True)
        self.fields["port"].set_numbers()
        self._lines["port"].setFixedWidth(fonts.px(110))
        self.add(self._about)
        self.add(self.standing)
        self.add(_side_by_side(self._lines["host"], self._lines["port"]))
        self.add(self._seal_row)
        self.add(_side_by_side(self._lines["user"], self._lines["password"]))
        self.add(_side_by_side(self._lines["sender"], self._lines["sender_name"]))
        self.add(self.root)
        self.add(self._switch_row)
        self.add(self.notice)
        self.add(self.theirs)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignRight)
        self.add(end)
        self.add(Hairline())
        line = _side_by_side(self._lines["to"])
        line.addWidget(self.try_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(line)
        self.add(self.tried)
        for widget in (self.standing, self.notice, self.theirs, self.tried):
            widget.hide()


def _side_by_side(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(fonts.px(12))
    for widget in widgets:
        row.addWidget(widget)
    return row
