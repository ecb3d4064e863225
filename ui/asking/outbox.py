"""Asks for the outbox and the mail server, and does what a person decides about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.asking.door import as_many

if TYPE_CHECKING:
    from controllers.letters_by_hand import LetterSeen
    from controllers.mail_settings import MailPage
    from controllers.outbox import Outbox
    from models.mail_server import MailServer
    from models.outbox_reading import Key, OutboxLine
    from models.outbox_views import View
    from ui.asking.door import DeskDoor


def outbox(desk: DeskDoor, view: View, after: Key | None = None, *, shown: int = 0) -> Outbox:
    """One page of what is promised, or as much as is shown already, and how the mail server stands."""
    from controllers.outbox import see_outbox
    from models.outbox_reading import PAGE

    return see_outbox(view, desk=desk(), after=after, most=as_many(shown, PAGE))


def decide_letter(desk: DeskDoor, letter_id: int, deed: str) -> OutboxLine:
    """Does what was decided about a letter."""
    from controllers import outbox as box

    deeds = {
        "retry": box.retry,
        "cancel": box.cancel,
        "arrived": box.arrived,
        "again": box.send_again,
        "put-away": box.put_away,
        "put-back": box.put_back,
    }
    return deeds[deed](letter_id, desk=desk())


def read_letter(desk: DeskDoor, letter_id: int) -> LetterSeen:
    """A letter of the outbox as it would leave now."""
    from controllers.outbox import read

    return read(letter_id, desk=desk())


def mail_page(desk: DeskDoor) -> MailPage:
    """How the mail server is set up."""
    from controllers.mail_settings import see_mail

    return see_mail(desk=desk())


def keep_mail(
    desk: DeskDoor, server: MailServer, password: str | None, root_file: str, seen: int
) -> MailPage:
    """Keeps how it is set up."""
    from controllers import mail_settings

    return mail_settings.keep_mail(server, desk=desk(), seen=seen, password=password, root_file=root_file)


def try_mail(desk: DeskDoor, server: MailServer, password: str | None, root_file: str, to: str) -> str:
    """Sends a test letter."""
    from controllers import mail_settings

    return mail_settings.try_mail(server, to, desk=desk(), password=password, root_file=root_file)
