"""Says how the mailbox stands: when it was last read, and what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES
from ui.wording.dates import day_and_time
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.mailbox.setting_up import MailboxPage

translate = QCoreApplication.translate


def standing_words(found: MailboxPage) -> tuple[str, str, str]:
    """Its family, one sentence, and what is behind it."""
    box = found.box
    if not box.is_set_up:
        head = translate("mailbox", "No mailbox is set up, so answers of travelers are not seen here")
        return "act", head, ""
    if not box.is_on:
        return "act", translate("mailbox", "Fetching is switched off"), ""
    if found.trouble:
        head = translate("mailbox", "{server} cannot be read now").format(server=box.host)
        if found.trouble_since:
            words = translate("mailbox", "{server} cannot be read since {when}")
            head = words.format(
                server=box.host, when=day_and_time(found.trouble_since, found.today, inside=True)
            )
        return "stop", head, trouble_words(found)
    if found.read_at is None:
        return "wait", translate("mailbox", "{server} has not been read yet").format(server=box.host), ""
    words = translate("mailbox", "{server} was read {when}")
    when = day_and_time(found.read_at, found.today, inside=True)
    return "good", words.format(server=box.host, when=when), ""


def trouble_words(found: MailboxPage) -> str:
    """What is in the way, with the server's own words."""
    code, _, said = found.trouble.partition(" ")
    if code not in SENTENCES:
        return found.trouble
    return refusal(CannotDo(code, why=said, host=found.box.host, folder=found.box.folder))
