"""Takes the orders that channels tell by mail, by the same adapters as their files, once each.

Only what comes from a channel's own address counts as an order, or from one that the operator named; and never a
mail that answers another one, for it may quote an order of long ago.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from controllers.channels import ADAPTERS
from controllers.channels.adapter import Adapter
from controllers.channels.documents import Document, Kind
from controllers.channels.mails import unquoted
from controllers.channels.raw import Raw
from controllers.channels.recognition import recognise
from controllers.desk import Work
from controllers.imports import Account, take_rows
from controllers.mailbox.charsets import header_text
from controllers.mailbox.html_text import words_of_html
from controllers.mailbox.reading import Mail
from models.channel_mail import channel_of, is_relay
from models.mailbox import ANY
from models.refusals import CannotDo

_ANSWERS = re.compile(r"^\s*(?:re|aw|sv|antw|답장|회신|回覆|回复|答覆|返信)\s*(?:\[\d+\])?\s*[:：]", re.I)
_FORWARDED = re.compile(r"^\s*(?:fwd?|전달|轉寄|转发|転送)\s*[:：]\s*", re.I)


def adapter_for(mail: Mail, rules: Mapping[str, str]) -> Adapter | None:
    """Who can read this mail as an order; None where it is none, or comes from somebody who sends none."""
    sender = mail.sender.address
    channel = channel_of(sender, rules)
    if channel is None or is_relay(sender) or _ANSWERS.match(mail.subject):
        return None
    document = document_of(mail)
    if channel != ANY:
        adapter = ADAPTERS.get(channel)
        return adapter if adapter is not None and adapter.certainty(document) else None
    try:
        return recognise(document)
    except CannotDo:
        return None


def document_of(mail: Mail) -> Document:
    """The mail as the adapters read it."""
    subject = _FORWARDED.sub("", mail.subject)
    told = {"From": header_text(mail.header("from")), "Subject": subject, "Date": mail.header("date")}
    told |= {"To": header_text(mail.header("to")), "Message-ID": mail.message_id}
    words = mail.text if mail.text.strip() else words_of_html(mail.html)
    name = (subject[:80] or "mail") + ".eml"
    return Document(name, Kind.MAIL, text=unquoted(words), headers={k: v for k, v in told.items() if v})


def rows_of(mail: Mail, adapter: Adapter) -> list[Raw]:
    """The orders a mail tells. Raises CannotDo where it holds none."""
    return list(adapter.rows(document_of(mail)))


def take_order(work: Work, mail: Mail, adapter: Adapter, rows: list[Raw]) -> Account:
    """Imports the orders of a mail; the account tells what became of them."""
    account = Account(document_of(mail).name, adapter.key)
    take_rows(work, rows, account)
    return account
