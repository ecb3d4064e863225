"""The mailbox on Dovecot: fetched once each, called at once, and gone on with after the server was away."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from controllers.carriers.keeping import IMAP, keep_carrier
from controllers.desk import Desk
from controllers.mailbox import listening
from controllers.mailbox.fetching import fetch
from controllers.mailbox.listening import ear_of, look_into_mailbox
from models.mailbox import Mailbox
from models.tables import ArrivedMail
from tests.certificates import Root
from tests.conftest import PATIENCE_MS
from tests.mails.building import a_mail
from tests.mails.quoting import CASES
from tests.peers.dovecot import PASSWORD, PROGRAM, USER, running_dovecot


def _count(desk: Desk) -> int:
    with desk.reading() as look:
        return len(look.execute(select(ArrivedMail.id)).all())


@pytest.mark.soak
@pytest.mark.skipif(not PROGRAM, reason="Dovecot is not here; the set-up's soak command installs it")
def test_a_mailbox_on_dovecot_is_fetched_once_and_calls(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_GLANCE_S", 0.2)
    root = Root(tmp_path)
    with running_dovecot(root.vouch("localhost")) as server:
        told = Mailbox("localhost", server.port, user=USER, address="desk@example.com", since="2020-01-01")
        settings = told.told() | {"root": root.file.read_text()}
        keep_carrier(IMAP, settings, desk=desk, seen=0, secret=PASSWORD)
        for number, case in enumerate(CASES):
            server.put(a_mail(case.text, html=case.html), f"{number}.a.localhost")
        server.put(a_mail(files=[("film.bin", "a/b", bytes(30_000_000))]), "large.a.localhost")
        first = fetch(desk=desk)
        assert (first.trouble, first.can_call, len(first.sorted)) == ("", True, len(CASES) + 1)
        assert fetch(desk=desk).sorted == ()
        called = threading.Event()
        desk.listeners.append(lambda changed: called.set() if listening.ARRIVED & changed else None)
        try:
            look_into_mailbox(desk=desk)
            assert called.wait(PATIENCE_MS / 1000)
            look_into_mailbox(desk=desk)
            called.clear()
            server.put(a_mail("At once"), "new.a.localhost")
            assert called.wait(PATIENCE_MS / 1000)
            look_into_mailbox(desk=desk)
            assert _count(desk) == len(CASES) + 2
        finally:
            ear_of(desk=desk).stop(wait=True)
        assert len(list((server.mails / "new").iterdir())) + len(
            list((server.mails / "cur").iterdir())
        ) == _count(desk)
