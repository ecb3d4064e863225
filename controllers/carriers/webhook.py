"""Brings notices into a channel that takes them as Slack does: one secret address, a text and its blocks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from controllers.carriers.carrier import NoLine, Parcel, Refused
from controllers.carriers.web import STEP_S, Talk, line_to
from models.frozen import frozen
from models.notice_routes import check_address
from models.refusals import CannotDo


@frozen
class WebhookCarrier:
    """The company's channel; a person may have another, which the parcel names."""

    secret: str
    name: str = "webhook"
    step_s: float = STEP_S

    @contextmanager
    def open(self) -> Iterator[_Line]:
        """Each address gets a line of its own when there is something for it."""
        yield _Line(self.secret, self.step_s)


@frozen
class _Line:
    usual: str
    step_s: float

    def hand_over(self, parcel: Parcel) -> str:
        """Such a channel gives no number. One person's own that is not there keeps nobody else's waiting."""
        own = parcel.facts.get("webhook")
        address = own or self.usual
        try:
            check_address(address)
        except CannotDo as no:
            raise Refused("not-set-up", again=False) from no
        try:
            with line_to(address, step_s=self.step_s) as talk:
                _post(talk, address, parcel)
        except NoLine as no:
            if own:
                raise Refused(no.words, again=no.again) from no
            raise
        return ""


def _post(talk: Talk, address: str, parcel: Parcel) -> None:
    head = f"*{_quiet(parcel.subject)}*"
    told = "\n".join(part for part in (head, _quiet(parcel.text), parcel.link) if part)
    block = {"type": "section", "text": {"type": "mrkdwn", "text": told[:2900]}}
    plain = "\n".join(part for part in (parcel.subject, parcel.text, parcel.link) if part)
    talk.ask("POST", address, told={"text": _quiet(plain)[:2900], "blocks": [block]})


def _quiet(text: str) -> str:
    """Without what such a channel would take for a command: nobody is called by a product's name."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
