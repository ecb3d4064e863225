"""Settings, Mail: a mailbox is set up, tried against a real server, and its trouble told; a folder is watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from controllers.carriers.keeping import IMAP, password_of
from controllers.desk import Desk
from controllers.mailbox import setting_up
from controllers.mailbox.fetching import fetch
from models.mailbox import Mailbox
from tests.certificates import Root
from tests.mails.building import a_mail
from tests.peers.imap import PASSWORD, USER, ImapPeer, running_imap
from tests.ui.at_a_desk import at_a_desk, shown
from ui.at_desk import AtDesk
from ui.settings import Settings
from ui.settings_mail import MailPage
from ui.settings_mailbox import MailboxCard
from ui.widgets.label import Label


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


@pytest.fixture
def peer(root: Root) -> Iterator[ImapPeer]:
    with running_imap(root.vouch("localhost")) as running:
        yield running


def the_page(qtbot: QtBot, at: AtDesk) -> MailPage:
    screen = at.deeds.host = Settings(at)  # whoever shows it keeps it
    screen.opened(section="mail")
    shown(qtbot, screen, until=lambda: isinstance(screen.page, MailPage))
    page = screen.page
    assert isinstance(page, MailPage)
    qtbot.waitUntil(lambda: page.mailbox.standing.isVisible() and at.background.idle())
    return page


def fill(card: MailboxCard, peer: ImapPeer, root: Root, password: str = PASSWORD) -> None:
    told = {"host": "localhost", "port": str(peer.port), "user": USER, "password": password, "address": USER}
    for name, text in told.items():
        card.fields[name].set_text(text)
    card.fields["since"].set_text("2020-01-01")
    card.root.set_file(str(root.file))


def test_what_is_believed_of_a_sender_stands_beside_the_further_senders(qtbot: QtBot, at: AtDesk) -> None:
    card = the_page(qtbot, at).mailbox
    said = [label.text() for label in card.findChildren(Label) if label.isVisible()]
    assert any("mail server's verdict" in text and "believed" in text for text in said)


def test_a_mailbox_is_tried_as_it_is_typed_and_nothing_is_kept(
    qtbot: QtBot, at: AtDesk, a_desk: Desk, peer: ImapPeer, root: Root
) -> None:
    peer.put(a_mail())
    card = the_page(qtbot, at).mailbox
    fill(card, peer, root)
    card.try_button.click()
    qtbot.waitUntil(lambda: "can be read" in card.tried.accessibleName())
    assert "1 mails" in card.tried.accessibleName()
    assert not setting_up.see_mailbox(desk=a_desk).box.is_set_up
    card.fields["password"].set_text("wrong")
    card.try_button.click()
    qtbot.waitUntil(lambda: "does not know this user" in card.tried.accessibleName())


def test_what_is_kept_is_fetched_from_and_the_password_is_never_shown(
    qtbot: QtBot, at: AtDesk, a_desk: Desk, peer: ImapPeer, root: Root
) -> None:
    card = the_page(qtbot, at).mailbox
    fill(card, peer, root)
    card.rules.set_text("Office.example = KKday\nboss@office.example\n")
    card.keep_button.click()
    qtbot.waitUntil(lambda: setting_up.see_mailbox(desk=a_desk).version == 1)
    qtbot.waitUntil(lambda: not card.fields["password"].text())
    with a_desk.reading() as look:
        assert password_of(look, IMAP) == PASSWORD
    kept = setting_up.see_mailbox(desk=a_desk).box
    assert dict(kept.rules) == {"office.example": "kkday", "boss@office.example": "any"}
    peer.put(a_mail())
    assert len(fetch(desk=a_desk).sorted) == 1
    card._ask()
    qtbot.waitUntil(lambda: "was read" in card.standing.accessibleName())


def test_what_is_wrong_is_said_and_not_kept(
    qtbot: QtBot, at: AtDesk, a_desk: Desk, peer: ImapPeer, root: Root
) -> None:
    card = the_page(qtbot, at).mailbox
    for change in ({"host": "no host!"}, {"port": "0"}, {"address": "nobody"}, {"since": "soon"}):
        fill(card, peer, root)
        for name, text in change.items():
            card.fields[name].set_text(text)
        card.keep_button.click()
        qtbot.waitUntil(lambda: card.notice.isVisible() and not card._change.is_open)
        card.notice.hide()
    fill(card, peer, root)
    card.rules.set_text("not a domain = kkday")
    card.keep_button.click()
    qtbot.waitUntil(lambda: "no domain" in card.notice.accessibleName())
    assert setting_up.see_mailbox(desk=a_desk).version == 0


def test_theirs_is_offered_where_somebody_else_was_quicker(
    qtbot: QtBot, at: AtDesk, a_desk: Desk, peer: ImapPeer, root: Root
) -> None:
    card = the_page(qtbot, at).mailbox
    fill(card, peer, root)
    theirs = Mailbox("imap.example.com", user="desk", address="desk@example.com", since="2027-01-01")
    setting_up.keep_mailbox(theirs, desk=a_desk, seen=0, password="secret")
    card.keep_button.click()
    qtbot.waitUntil(card.theirs.isVisible)
    card.theirs.take.click()
    qtbot.waitUntil(lambda: card.fields["host"].text() == "imap.example.com")


def test_the_mailbox_s_trouble_is_told_in_words(
    qtbot: QtBot, at: AtDesk, a_desk: Desk, peer: ImapPeer, root: Root
) -> None:
    box = Mailbox("localhost", peer.port, user=USER, address=USER, since="2020-01-01")
    box = replace(box, root=root.file.read_text(), root_name="root.crt")
    setting_up.keep_mailbox(box, desk=a_desk, seen=0, password="wrong")
    fetch(desk=a_desk)
    card = the_page(qtbot, at).mailbox
    said = card.standing.accessibleName()
    assert "localhost cannot be read since" in said
    assert "does not know this user and password" in said


def test_a_folder_is_chosen_and_watched_no_more(qtbot: QtBot, at: AtDesk, tmp_path: Path) -> None:
    card = the_page(qtbot, at).folder
    card.native_dialogs = False
    card.choose.click()
    dialog = card.window().findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    qtbot.waitUntil(lambda: card.words.text() == str(tmp_path))
    card.forget.click()
    qtbot.waitUntil(lambda: card.words.text() == "No folder is watched")
