"""Brings notices to telephones through ntfy: whoever knows the topic's name hears it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from controllers.carriers.carrier import Parcel
from controllers.carriers.web import STEP_S, Talk, line_of
from models.frozen import frozen
from models.notice_routes import Ntfy

_URGENT, _USUAL = 5, 3


@frozen
class NtfyCarrier:
    """The server as it was set up; `secret` is a token where its topics are protected."""

    settings: Ntfy
    secret: str = ""
    name: str = "ntfy"
    step_s: float = STEP_S

    def open(self) -> AbstractContextManager[_Line]:
        """A line to the server."""
        return line_of(self.settings, partial(_Line, self), step_s=self.step_s)


@frozen
class _Line:
    carrier: NtfyCarrier
    talk: Talk

    def hand_over(self, parcel: Parcel) -> str:
        """The server's own number of it."""
        told: dict[str, Any] = {
            "topic": parcel.address,
            "title": parcel.subject,
            "message": parcel.text or parcel.subject,
            "priority": _URGENT if parcel.facts.get("urgent") else _USUAL,
        }
        if parcel.link:
            told["click"] = parcel.link
            told["actions"] = [{"action": "view", "label": parcel.facts.get("open", ""), "url": parcel.link}]
        secret = self.carrier.secret
        headers = {"Authorization": f"Bearer {secret}"} if secret else None
        answer = self.talk.ask("POST", self.carrier.settings.server, told=told, headers=headers)
        return str(answer.body.get("id") or "") if isinstance(answer.body, dict) else ""
