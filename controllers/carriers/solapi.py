"""Brings notices to KakaoTalk through Solapi: one call a message, its blanks apart from the approved text."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from controllers.carriers.carrier import Parcel, Refused
from controllers.carriers.kakao import Fate, Told, dialled, message
from controllers.carriers.web import STEP_S, Talk, line_of, text_in
from models.frozen import frozen
from models.notice_routes import Link, Solapi, Template

_TAKEN = "2000"
_DELIVERED = "4000"
_UNDER_WAY = frozenset({"2000", "3000"})


@frozen
class SolapiCarrier:
    """Solapi as it was set up; `secret` is the API secret."""

    settings: Solapi
    secret: str
    name: str = "solapi"
    step_s: float = STEP_S

    def open(self) -> AbstractContextManager[_Line]:
        """A line to Solapi."""
        return line_of(self.settings, partial(_Line, self), step_s=self.step_s, secret=self.secret)

    def fate_of(self, number: str) -> Told:
        """What became of a message."""
        with self.open() as line:
            return _fate(line.ask("GET", f"/messages/v4/list?messageId={quote(number, safe='')}"), number)

    def approved(self) -> Template:
        """The template as it was approved."""
        with self.open() as line:
            told = line.ask("GET", f"/kakao/v2/templates/{quote(self.settings.template, safe='')}")
        if told.get("status") not in (None, "APPROVED"):
            raise Refused(f"template-not-approved {told.get('status')}", again=False)
        return Template(text_in(told, "content"), tuple(_button(one) for one in told.get("buttons") or ()))


@frozen
class _Line:
    carrier: SolapiCarrier
    talk: Talk

    def hand_over(self, parcel: Parcel) -> str:
        """Solapi's own number of the message."""
        settings = self.carrier.settings
        made, values = message(settings, parcel)
        options: dict[str, Any] = {
            "pfId": settings.sender,
            "templateId": settings.template,
            "variables": {f"#{{{name}}}": value for name, value in values.items()},
            "disableSms": True,
        }
        if made.buttons:
            options["buttons"] = [_as_told(one) for one in made.buttons]
        told = {"to": dialled(parcel.address), "type": "ATA", "kakaoOptions": options}
        if settings.phone:
            told["from"] = dialled(settings.phone)
        answer = self.ask("POST", "/messages/v4/send", {"message": told})
        code, words = str(answer.get("statusCode", "")), text_in(answer, "statusMessage")
        failed = answer.get("failedMessageList") or ()
        if failed:
            code, words = str(failed[0].get("statusCode", "")), text_in(failed[0], "statusMessage")
        if code != _TAKEN:
            raise Refused(f"{code} {words}".strip(), again=False)
        return text_in(answer, "messageId")

    def ask(self, method: str, path: str, told: Any = None) -> Mapping[str, Any]:
        """One signed call."""
        address = self.carrier.settings.server.rstrip("/") + path
        headers = {"Authorization": signature(self.carrier.settings.key, self.carrier.secret)}
        answer = self.talk.ask(method, address, told=told, headers=headers, sends=method == "POST")
        return answer.told


def signature(key: str, secret: str, *, now: datetime | None = None, salt: str = "") -> str:
    """Who asks, proven without the secret itself."""
    date = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    salt = salt or secrets.token_hex(16)
    proof = hmac.new(secret.encode(), (date + salt).encode(), hashlib.sha256).hexdigest()
    return f"HMAC-SHA256 apiKey={key}, date={date}, salt={salt}, signature={proof}"


def _fate(answer: Mapping[str, Any], number: str) -> Told:
    listed = answer.get("messageList") or {}
    rows = list(listed.values()) if isinstance(listed, dict) else list(listed)
    row = next((one for one in rows if one.get("messageId") in (None, number)), None)
    if row is None:
        return Told(Fate.ACCEPTED)
    code = str(row.get("statusCode", ""))
    words = f"{code} {text_in(row, 'reason') or text_in(row, 'statusMessage')}".strip()
    if code == _DELIVERED:
        return Told(Fate.DELIVERED, words)
    return Told(Fate.ACCEPTED if code in _UNDER_WAY else Fate.FAILED, words)


def _as_told(one: Link) -> dict[str, str]:
    return {
        "buttonType": "WL",
        "buttonName": one.name,
        "linkMo": one.mobile,
        **({"linkPc": one.pc} if one.pc else {}),
    }


def _button(told: Mapping[str, Any]) -> Link:
    return Link(text_in(told, "buttonName"), text_in(told, "linkMo"), text_in(told, "linkPc"))
