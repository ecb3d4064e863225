"""Brings notices to KakaoTalk through Solapi: one call a message, its blanks apart from the approved text."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from controllers.carriers.carrier import NoLine, Parcel, Refused
from controllers.carriers.kakao import Fate, Told, dialled, message
from controllers.carriers.web import STEP_S, Talk, line_to
from models.notice_routes import Link, Solapi, Template

_TAKEN = "2000"
_DELIVERED = "4000"
_UNDER_WAY = frozenset({"2000", "3000"})


@dataclass(frozen=True, slots=True)
class SolapiCarrier:
    """Solapi as it was set up; `secret` is the API secret."""

    settings: Solapi
    secret: str
    name: str = "solapi"
    step_s: float = STEP_S

    @contextmanager
    def open(self) -> Iterator[_Line]:
        """A line to Solapi."""
        if not self.settings.is_complete or not self.secret:
            raise NoLine("not-set-up", again=False)
        with line_to(self.settings.server, step_s=self.step_s) as talk:
            yield _Line(self, talk)

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
        return Template(_text(told, "content"), tuple(_button(one) for one in told.get("buttons") or ()))


@dataclass(frozen=True, slots=True)
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
        code, words = str(answer.get("statusCode", "")), _text(answer, "statusMessage")
        failed = answer.get("failedMessageList") or ()
        if failed:
            code, words = str(failed[0].get("statusCode", "")), _text(failed[0], "statusMessage")
        if code != _TAKEN:
            raise Refused(f"{code} {words}".strip(), again=False)
        return _text(answer, "messageId")

    def ask(self, method: str, path: str, told: Any = None) -> Mapping[str, Any]:
        """One signed call."""
        address = self.carrier.settings.server.rstrip("/") + path
        headers = {"Authorization": signature(self.carrier.settings.key, self.carrier.secret)}
        answer = self.talk.ask(method, address, told=told, headers=headers, sends=method == "POST")
        if not isinstance(answer.body, dict):
            raise Refused(f"not-understood {answer.words}", again=False)
        return answer.body


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
    words = f"{code} {_text(row, 'reason') or _text(row, 'statusMessage')}".strip()
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
    return Link(_text(told, "buttonName"), _text(told, "linkMo"), _text(told, "linkPc"))


def _text(told: Mapping[str, Any], name: str) -> str:
    return str(told.get(name) or "")
