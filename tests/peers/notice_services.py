"""Servers on this machine in the shape of each provider of notices, that answer as they are told to.

`answers` are used up one request after another; after the last the usual answer comes. `asked` keeps every request.
A provider of KakaoTalk messages says in `fates` what became of each message it took.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    told: Any


@dataclass(frozen=True)
class Says:
    """One answer. With `hangs` none comes before the test is over; with `cuts` the line is cut instead."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    cuts: bool = False


@dataclass
class Service:
    """A provider."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: list[Says] = field(default_factory=list)
    fates: dict[str, dict[str, Any]] = field(default_factory=dict)
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)
    taken: dict[str, str] = field(default_factory=dict)
    """Idempotency keys and the number each got."""

    def posts(self) -> list[Asked]:
        """What was sent, without the questions."""
        return [one for one in self.asked if one.method == "POST"]

    def usual(self, one: Asked) -> Says:
        """What a service says that has nothing to complain about."""
        return Says(200, {})


class Solapi(Service):
    """Answers success at once; whether it was delivered it says when it is asked."""

    def usual(self, one: Asked) -> Says:
        """Its own answers."""
        if one.path == "/messages/v4/send":
            number = f"M4V{len(self.posts())}"
            return Says(
                200, {"groupId": "G4V1", "messageId": number, "statusCode": "2000", "statusMessage": "접수"}
            )
        if one.path.startswith("/messages/v4/list"):
            number = one.path.rpartition("=")[2]
            fate = self.fates.get(number, {"statusCode": "2000"})
            return Says(200, {"messageList": {number: {"messageId": number, **fate}}})
        if one.path.startswith("/kakao/v2/templates/"):
            found = self.templates.get(one.path.rpartition("/")[2])
            missing = {"errorCode": "TemplateNotFound", "errorMessage": "no such template"}
            return Says(200, found) if found else Says(404, missing)
        return Says(404, {"errorCode": "NotFound", "errorMessage": "no such page"})


class Nhn(Service):
    """Knows a message it is handed twice by its key."""

    def usual(self, one: Asked) -> Says:
        """Its own answers."""
        well = {"isSuccessful": True, "resultCode": 0, "resultMessage": "SUCCESS"}
        if one.method == "POST":
            key = one.headers["x-nc-api-idempotency-key"]
            number = self.taken.setdefault(key, f"R{len(self.taken) + 1}")
            results = [{"recipientSeq": 1, "recipientNo": "-", "resultCode": 0, "resultMessage": "SUCCESS"}]
            return Says(200, {"header": well, "message": {"requestId": number, "sendResults": results}})
        last = one.path.split("/")
        if "templates" in last:
            found = self.templates.get(last[-1])
            return Says(200, {"header": well, "template": found or {}})
        fate = self.fates.get(last[-2], {"messageStatus": "READY"})
        return Says(200, {"header": well, "message": fate})


class Slack(Service):
    """A channel: says ok, in plain letters."""

    def usual(self, one: Asked) -> Says:
        """Its own answer."""
        return Says(200, "ok")


class Ntfy(Service):
    """Gives every notice a number."""

    def usual(self, one: Asked) -> Says:
        """Its own answer."""
        return Says(200, {"id": f"n{len(self.asked)}", "event": "message", **(one.told or {})})


@contextmanager
def serving(service: Service, certificate: Any = None) -> Iterator[Service]:
    """The service at its address, until the block is left."""
    import ssl

    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    server.daemon_threads = True
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.file, certificate.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    service.address = f"{scheme}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *_words: object) -> None:
            """Nobody reads it."""

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            one = Asked(self.command, self.path, headers, json.loads(body) if body else None)
            service.asked.append(one)
            says = service.answers.pop(0) if service.answers else service.usual(one)
            if says.hangs:
                service.over.wait(20)
            if says.hangs or says.cuts:
                self.close_connection = True
                return
            told = says.body.encode() if isinstance(says.body, str) else json.dumps(says.body).encode()
            self.send_response(says.status)
            for name, value in says.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

    return Handler
