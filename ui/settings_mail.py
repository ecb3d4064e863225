"""The settings' page of mail: the server letters leave by, a test letter, and the mailbox they are answered to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.mail_server import USUAL_PORTS, MailServer, Tls
from models.refusals import CannotDo
from ui import asking, fonts
from ui.outbox_words import trouble_words
from ui.server_card import ServerCard
from ui.settings_folder import FolderCard
from ui.settings_kept import Kept
from ui.settings_mailbox import MailboxCard
from ui.widgets.button import button_row
from ui.widgets.label import Hairline
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from controllers.mail_settings import MailPage as Found


class MailPage(QWidget):
    """A card for each thing mail needs."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.server, self.mailbox, self.folder = SendingCard(kept), MailboxCard(kept), FolderCard(kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(12))
        for card in (self.server, self.mailbox, self.folder):
            column.addWidget(card)
        column.addStretch(1)


class SendingCard(ServerCard):
    """The server letters leave by; a test letter goes as it is typed."""

    texts = ("host", "user", "sender", "sender_name")
    seals = tuple(Tls)
    ports = USUAL_PORTS

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept, "to", nothing=MailServer(), icon="send")
        self.switch = Segmented("", "", name="")
        self._switch_row = SettingRow(self.switch)
        self._try.answered.connect(self._was_taken)
        self._try.refused.connect(self._was_not_taken)
        self.fields["to"].entered.connect(self._try_it)
        self.begin()

    def retranslate(self) -> None:
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
        self.say_lines(words, {"host": "smtp.example.com", "sender": "desk@example.com"})
        self.switch.set_name(self.tr("Letters leave"))
        self.switch.set_words(self.tr("On"), self.tr("Off"))
        self._switch_row.say(self.tr("Letters leave"), self.tr("Off: all letters wait in the outbox."))
        self.try_button.set_text(self.tr("Send it"))
        super().retranslate()

    def asks(self) -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]:
        return asking.mail_page, asking.keep_mail, asking.try_mail

    def kept_in(self, found: Found) -> MailServer:
        return found.server

    def put(self, settings: MailServer) -> None:
        super().put(settings)
        self.switch.choose(0 if settings.is_on else 1)

    def typed(self) -> MailServer:
        return MailServer(is_on=not self.switch.at, **self.typed_lines())

    def kept_words(self, found: Found) -> str:
        return self.tr("Letters leave by {server} now").format(server=found.server.host)

    def said(self, name: str, now: object) -> tuple[str, object]:
        if name == "is_on":
            return self.switch.accessibleName(), self.switch_word(now)
        field, said = super().said(name, now)
        return field, self.seal_word(now) if name == "tls" else said

    def being_tried(self) -> tuple[str, tuple[Any, ...]]:
        to = self.fields["to"].text() or self.fields["sender"].text()
        return self.tr("The test letter is on its way"), (to,)

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

    def how_it_stands(self, found: Found) -> tuple[str, str, str]:
        if found.pretends:
            words = self.tr("With a server here they really leave, to whatever address stands in the order.")
            return "done", self.tr("Practice: letters only seem to leave"), words
        if not found.server.is_set_up:
            return "act", self.tr("No mail server is set up, so all letters wait"), ""
        if not found.server.is_on:
            return "act", self.tr("Sending is switched off, so all letters wait"), ""
        if found.trouble:
            head = self.tr("{server} takes no letters now, so they wait")
            return "stop", head.format(server=found.server.host), trouble_words(found.trouble)
        return "good", self.tr("Letters leave by {server}").format(server=found.server.host), ""

    def build(self) -> None:
        self.add(self._about)
        self.add(self.standing)
        self.side_by_side("host", "port")
        self.add(self._seal_row)
        self.side_by_side("user", "password")
        self.side_by_side("sender", "sender_name")
        for widget in (self.root, self._switch_row, self.notice, self.theirs):
            self.add(widget)
        self.add(button_row(None, self.keep_button))
        self.add(Hairline())
        line = QHBoxLayout()
        line.setSpacing(fonts.px(12))
        line.addWidget(self._lines["to"], 1)
        line.addWidget(self.try_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(line)
        self.add(self.tried)
