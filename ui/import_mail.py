"""One mail that nobody could place: everything it says, and beside it the three things that can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.channels import KNOWN
from models.refusals import CannotDo
from models.waiting_mail import OpenMail
from ui.import_mails import subject_words, who_words, why_words
from ui.widgets.button import APART, Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.filter_button import FilterButton
from ui.widgets.flow import Flow
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.text_area import TextArea
from ui.wording.channels import channel_name


class MailCard(Card):
    """`attach_wanted` brings a number, `number_typed` what is to be found, `order_wanted` the key of a channel."""

    attach_wanted = Signal(str)
    number_typed = Signal(str)
    number_entered = Signal()
    order_wanted = Signal(str)
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.mail: OpenMail | None = None
        self._channel = ""
        self.why, self.refused = Notice("act", ""), Notice("stop", "")
        self.text = TextArea(rows=8)
        self.text.set_read_only()
        self.hung, self.hidden = Label("", 13, 400, "ink2", wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self.number = Field()
        self._number = Labelled("", self.number)
        self.attach = Button("", "primary", icon="messages")
        self.channel = FilterButton("", "")
        self.order = Button("", icon="import")
        self.leave = Button("")
        self._build()
        self._connect()
        self.retranslate()

    def show_mail(self, mail: OpenMail) -> None:
        """Show a mail; what may be meant is suggested, and decided by nobody but whoever reads it."""
        self.mail = mail
        self.refused.hide()
        self._put(mail.mail.number)
        self._channel = mail.channels[0] if mail.channels else ""
        self.retranslate()

    def forget(self) -> None:
        """No mail is shown, and nothing of one stays."""
        self.mail = None
        self.set_heading("")
        self.why.say("")
        self.text.set_text("")
        for label in (self.hung, self.hidden):
            label.setText("")
        self._put("")

    def refuse(self, no: CannotDo) -> None:
        """Say why it was not done."""
        self.refused.refuse(no)
        self.refused.show()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.text.setAccessibleName(self.tr("What the mail says"))
        self._number.set_text(self.tr("Whose reservation"))
        self.number.setAccessibleName(self.tr("Whose reservation: a number or a name"))
        self.number.set_placeholder(self.tr("A number, or a name to find it by"))
        self.attach.set_text(self.tr("Put it into the conversation"))
        self.order.set_text(self.tr("Take it as an order"))
        self.leave.set_text(self.tr("Leave it alone"))
        self.channel.set_choices([(name, key) for name, key in sorted((channel_name(k), k) for k in KNOWN)])
        if self.mail is not None:
            self._say(self.mail)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _say(self, opened: OpenMail) -> None:
        mail = opened.mail
        self.set_heading(subject_words(mail), who_words(mail))
        self.why.say(why_words(mail))
        self.text.set_text(opened.text)
        self.text.setVisible(bool(opened.text))
        self.hung.setText(self.tr("With it came {names}").format(names=", ".join(opened.hung)))
        self.hung.setVisible(bool(opened.hung))
        self.hidden.setText(self.tr("Who it is about stays hidden until the order is confirmed."))
        self.hidden.setVisible(opened.hidden)
        for widget in (self._number, self.attach):
            widget.setVisible(not mail.is_file)
        shown = channel_name(self._channel) if self._channel else self.tr("choose")
        self.channel.show_value(shown, on=bool(self._channel), name=self.tr("Channel"))
        if self._channel:
            self.order.allow()
        else:
            self.order.forbid(self.tr("Choose whose order it is"))

    def _choose(self, key: str) -> None:
        self._channel = key
        self.retranslate()

    def _connect(self) -> None:
        self.channel.chosen.connect(lambda key: self._choose(str(key)))
        self.channel.cleared.connect(lambda: self._choose(""))
        self.number.changed.connect(self.number_typed)
        self.number.entered.connect(self.number_entered)
        self.attach.clicked.connect(self.attach_typed)
        self.order.clicked.connect(lambda: self.order_wanted.emit(self._channel))
        self.leave.clicked.connect(self.leave_wanted)

    def take_number(self, number: str) -> None:
        """What was found stands in the line; whoever reads the mail still says yes to it."""
        self._put(number)
        self.number.setFocus()

    def _put(self, number: str) -> None:
        with QSignalBlocker(self.number):  # nobody has typed it
            self.number.set_text(number)

    def attach_typed(self) -> None:
        """Puts it into the conversation of what stands in the line."""
        if self.number.text().strip():
            self.attach_wanted.emit(self.number.text().strip())
        else:
            self.number.setFocus()

    def _build(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 14, 16, 4)
        top.setSpacing(12)
        for widget in (self.why, self.refused):
            top.addWidget(widget)
        top.addWidget(self.text, 1)
        for label in (self.hung, self.hidden):
            top.addWidget(label)
        self.add(top, 1)
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 16, 4)
        line.setSpacing(APART)
        line.addWidget(self._number, 1)
        line.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(line)
        below = QMargins(16, 4, 16, 12)
        self.add(Flow(self.channel, self.order, end=(self.leave,), margins=below, spacing=APART, middle=True))
        self.refused.hide()
