"""Brings notices to KakaoTalk through NHN Cloud, which knows a message it is handed twice by its key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any
from urllib.parse import quote

from controllers.carriers.carrier import Parcel, Refused, Unclear
from controllers.carriers.kakao import Fate, Told, dialled, message
from controllers.carriers.web import STEP_S, Talk, line_of, text_in
from models.frozen import frozen
from models.notice_routes import Link, Nhn, Template

_APPROVED = frozenset({"TSC03", "APR"})
_BROUGHT = "MRC01"


@frozen
class NhnCarrier:
    """NHN Cloud as it was set up; `secret` is the secret key."""

    settings: Nhn
    secret: str
    name: str = "nhn"
    step_s: float = STEP_S

    def open(self) -> AbstractContextManager[_Line]:
        """A line to NHN Cloud."""
        return line_of(self.settings, partial(_Line, self), step_s=self.step_s, secret=self.secret)

    def fate_of(self, number: str) -> Told:
        """What became of a message."""
        request, _, seq = number.partition(":")
        path = f"/messages/{quote(request, safe='')}/{quote(seq or '1', safe='')}"
        with self.open() as line:
            return _fate(line.ask("GET", path).get("message") or {})

    def approved(self) -> Template:
        """The template as it was approved."""
        of = f"/senders/{quote(self.settings.sender, safe='')}/templates/{quote(self.settings.template, safe='')}"
        with self.open() as line:
            told = line.ask("GET", of).get("template") or {}
        status = text_in(told, "status") or text_in(told, "templateStatus")
        if status and status not in _APPROVED:
            raise Refused(f"template-not-approved {text_in(told, 'statusName') or status}", again=False)
        return Template(
            text_in(told, "templateContent"), tuple(_button(one) for one in told.get("buttons") or ())
        )


@frozen
class _Line:
    carrier: NhnCarrier
    talk: Talk

    def hand_over(self, parcel: Parcel) -> str:
        """NHN's own number of the message: its request and the place in it.

        Where no answer came the same message is handed over once more at once: its key tells NHN that it is the same.
        """
        made, values = message(self.carrier.settings, parcel)
        one: dict[str, Any] = {
            "recipientNo": dialled(parcel.address),
            "templateParameter": values,
            "resendParameter": {"isResend": False},
        }
        if made.buttons:
            one["buttons"] = [_as_told(n, button) for n, button in enumerate(made.buttons, 1)]
        settings = self.carrier.settings
        told = {"senderKey": settings.sender, "templateCode": settings.template, "recipientList": [one]}
        key = {"X-NC-API-IDEMPOTENCY-KEY": hashlib.sha256(parcel.key.encode()).hexdigest()[:32]}
        try:
            answer = self.ask("POST", "/messages", told, key)
        except Unclear:
            answer = self.ask("POST", "/messages", told, key)
        taken = answer.get("message") or {}
        results = taken.get("sendResults") or [{}]
        code = results[0].get("resultCode", 0)
        if code not in (0, "0"):
            raise Refused(f"{code} {text_in(results[0], 'resultMessage')}".strip(), again=False)
        return f"{text_in(taken, 'requestId')}:{results[0].get('recipientSeq', 1)}"

    def ask(
        self, method: str, path: str, told: Any = None, headers: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        """One call. Raises Refused where its header says that it failed."""
        settings = self.carrier.settings
        of = f"/alimtalk/v2.3/appkeys/{quote(settings.key, safe='')}"
        address = settings.server.rstrip("/") + of + path
        said = {"X-Secret-Key": self.carrier.secret, **(headers or {})}
        answer = self.talk.ask(method, address, told=told, headers=said, sends=method == "POST")
        header = answer.told.get("header") or {}
        if header.get("isSuccessful") is not True:
            words = f"{header.get('resultCode', '')} {header.get('resultMessage', '')}".strip()
            raise Refused(words or "not-understood", again=False)
        return answer.told


def _fate(told: Mapping[str, Any]) -> Told:
    status, code = text_in(told, "messageStatus"), text_in(told, "resultCode")
    words = " ".join(part for part in (code or status, text_in(told, "resultCodeName")) if part)
    if status == "COMPLETED" and code in ("", _BROUGHT):
        return Told(Fate.DELIVERED, words)
    if status in ("COMPLETED", "FAILED", "CANCEL"):
        return Told(Fate.FAILED, words)
    return Told(Fate.ACCEPTED, words)


def _as_told(number: int, one: Link) -> dict[str, Any]:
    return {
        "ordering": number,
        "type": "WL",
        "name": one.name,
        "linkMo": one.mobile,
        **({"linkPc": one.pc} if one.pc else {}),
    }


def _button(told: Mapping[str, Any]) -> Link:
    return Link(text_in(told, "name"), text_in(told, "linkMo"), text_in(told, "linkPc"))
