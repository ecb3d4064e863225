"""Asks about what arrived by mail: what waits for a person, and how the mailbox is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.imports import Account
    from controllers.mailbox.setting_up import MailboxPage
    from models.mailbox import Mailbox
    from models.waiting_mail import OpenMail, WaitingMail
    from ui.asking.door import DeskDoor


def waiting_mails(desk: DeskDoor) -> tuple[WaitingMail, ...]:
    """The mails and files that nobody and nothing has placed yet."""
    from controllers.mailbox import looking

    return looking.waiting_mails(desk=desk())


def open_mail(desk: DeskDoor, mail_id: int) -> OpenMail:
    """One of them, to be read."""
    from controllers.mailbox import looking

    return looking.open_waiting(mail_id, desk=desk())


def attach_mail(desk: DeskDoor, mail_id: int, reference: str) -> int:
    """Puts a mail into the conversation of a reservation."""
    from controllers.mailbox import looking

    return looking.attach(mail_id, reference, desk=desk())


def take_mail(desk: DeskDoor, mail_id: int, channel: str) -> Account:
    """Reads a mail or file as the order of a channel."""
    from controllers.mailbox import looking

    return looking.take_as_order(mail_id, channel, desk=desk())


def leave_mail(desk: DeskDoor, mail_id: int) -> None:
    """Leaves a mail alone."""
    from controllers.mailbox import looking

    looking.leave_alone(mail_id, desk=desk())


def mailbox_page(desk: DeskDoor) -> MailboxPage:
    """How the mailbox is set up."""
    from controllers.mailbox import setting_up

    return setting_up.see_mailbox(desk=desk())


def keep_mailbox(
    desk: DeskDoor, box: Mailbox, password: str | None, root_file: str, seen: int
) -> MailboxPage:
    """Keeps how it is set up."""
    from controllers.mailbox import setting_up

    return setting_up.keep_mailbox(box, desk=desk(), seen=seen, password=password, root_file=root_file)


def try_mailbox(desk: DeskDoor, box: Mailbox, password: str | None, root_file: str) -> int:
    """Opens the mailbox as it is typed; how many mails there are to read."""
    from controllers.mailbox import setting_up

    return setting_up.try_as_typed(box, desk=desk(), password=password, root_file=root_file)
