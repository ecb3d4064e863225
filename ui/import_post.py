"""The mails' half of the import screen: what waits for a person, the one that is read, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from controllers.background import Lane
from models.references import number_of
from models.refusals import CannotDo
from models.waiting_mail import OpenMail, WaitingMail
from ui import asking
from ui.at_desk import AtDesk
from ui.find_as_typed import FindAsTyped
from ui.import_mail import MailCard
from ui.import_mails import Mails
from ui.question import Question
from ui.search_rows import Item
from ui.widgets.card import Card
from ui.wording.numbers import number_words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.imports import Account


class ListCard(Card):
    """The list under its heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.mails = Mails()
        self.add(self.mails, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.mails.setAccessibleName(self.tr("Mails to look at"))
        self.set_heading(self.tr("Mails to look at"), number_words(self.mails.model_.rowCount()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class Post(QObject):
    """`came`: the list is another. `read`: a mail is opened. `done`: it is no longer shown."""

    came = Signal()
    read = Signal()
    done = Signal()

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self.list, self.card = ListCard(), MailCard()
        self._look = Question(at.background, self)
        self._open = Question(at.background, self, lane=Lane.DESK)  # who reads what is noted
        self._deed = Question(at.background, self, lane=Lane.DESK)
        self._waiting: tuple[WaitingMail, ...] = ()
        self.finder = FindAsTyped(at, self.card.number, self, leads_to_list=False)
        self.list.hide()
        self.card.hide()
        self._connect()

    @property
    def waits(self) -> bool:
        """Whether anything waits for a person."""
        return bool(self._waiting)

    @property
    def is_read(self) -> bool:
        """Whether a mail is shown."""
        return not self.card.isHidden()

    @property
    def has_keyboard(self) -> bool:
        """Whether somebody is at the list or at a mail."""
        return self.list.mails.hasFocus() or self.is_read

    def ask(self) -> None:
        """Look again what waits."""
        self._look.ask(partial(asking.waiting_mails, self._at.desk))

    def close(self) -> None:
        """Show no mail any more."""
        self._open.forget()
        self.finder.close()
        self.card.hide()
        self.card.forget()
        self.list.mails.light(read=False)

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._look.refused.connect(lambda _no: self._show(()))
        self._open.answered.connect(self._show_mail)
        self._open.refused.connect(self._gone)
        self._deed.answered.connect(self._did)
        self._deed.refused.connect(self._refuse)
        self.list.mails.opened.connect(self._read)
        self.card.attach_wanted.connect(self._attach)
        self.card.number_typed.connect(self.finder.type)
        self.card.number_entered.connect(self._enter)
        self.finder.chosen.connect(self._found)
        self.finder.left.connect(self.finder.close)
        self.card.order_wanted.connect(self._order)
        self.card.leave_wanted.connect(self._leave)

    def _show(self, waiting: tuple[WaitingMail, ...]) -> None:
        self._waiting = waiting
        self.list.mails.model_.show_rows(waiting)
        self.list.retranslate()
        self.list.setVisible(bool(waiting))
        shown = self.card.mail
        if self.is_read and shown is not None and shown.mail.id not in {mail.id for mail in waiting}:
            self.close()
            self.done.emit()
        self.came.emit()

    def _read(self, mail: WaitingMail) -> None:
        self._open.ask(partial(asking.open_mail, self._at.desk, mail.id))

    def _show_mail(self, opened: OpenMail) -> None:
        self.list.mails.light(read=True)
        self.card.show_mail(opened)
        self.card.show()
        self.read.emit()
        (self.card.number if not opened.mail.is_file else self.card.leave).setFocus()

    def _gone(self, no: CannotDo) -> None:
        self._at.deeds.tell(refusal(no))
        self.ask()

    def _enter(self) -> None:
        """Enter chooses what was found; a number that stands there already is taken."""
        if self.finder.is_open:
            self.finder.enter()
        else:
            self.card.attach_typed()

    def _found(self, row: object) -> None:
        self.finder.close()
        if isinstance(row, Item):
            self.card.take_number(row.find.row.number)
        else:
            self.card.attach_typed()

    def _attach(self, number: str) -> None:
        self._do(partial(asking.attach_mail, self._at.desk, self._shown, number))

    def _order(self, channel: str) -> None:
        self._do(partial(asking.take_mail, self._at.desk, self._shown, channel))

    def _leave(self) -> None:
        self._do(partial(asking.leave_mail, self._at.desk, self._shown))

    @property
    def _shown(self) -> int:
        return self.card.mail.mail.id if self.card.mail is not None else 0

    def _do(self, work: Callable[[], object]) -> None:
        if self.is_read and not self._deed.is_open:
            self._deed.ask(work)

    def _did(self, what: int | Account | None) -> None:
        if isinstance(what, int):
            words = self.tr("The mail stands in the conversation of {number}").format(number=number_of(what))
        elif what is None:
            words = self.tr("The mail is left alone; it stays in the mailbox")
        else:
            words = self.tr("The order was taken")
        self._at.deeds.tell(words)
        self.close()
        self.list.mails.setFocus()
        self.done.emit()
        self.ask()

    def _refuse(self, no: CannotDo) -> None:
        if no.code == "mail-placed-meanwhile":
            self.close()
            self.done.emit()
            self._gone(no)
        else:
            self.card.refuse(no)
