"""Settings, Mail: a mail server is set up, tried with a letter to oneself, and never shown its password again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from controllers import mail_settings
from controllers.carriers.keeping import SMTP, password_of
from controllers.desk import Desk
from models.mail_server import MailServer, Tls
from tests.certificates import Root
from tests.peers.smtp import Post, post_office
from tests.ui.at_a_desk import at_a_desk, shown
from ui.at_desk import AtDesk
from ui.settings import Settings
from ui.settings_mail import MailPage, SendingCard

WORKING = MailServer(host="smtp.example.com", sender="desk@example.com", user="desk")


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    root = Root(tmp_path)
    post = Post(user="desk", password="long words")
    certificate = root.vouch("localhost")
    with post_office(post, certificate=certificate, tls=Tls.STARTTLS, root=str(root.file)) as post:
        yield post


def the_card(qtbot: QtBot, at: AtDesk) -> SendingCard:
    screen = at.deeds.host = Settings(at)  # whoever shows it keeps it
    screen.opened(section="mail")
    shown(qtbot, screen, until=lambda: isinstance(screen.page, MailPage))
    page = screen.page
    assert isinstance(page, MailPage)
    qtbot.waitUntil(lambda: page.server.standing.isVisible() and at.background.idle())
    return page.server


def fill(card: SendingCard, post: Post, password: str = "long words") -> None:
    told = {"host": "localhost", "port": str(post.port), "user": "desk", "password": password}
    told |= {"sender": "desk@example.com", "sender_name": "여행 Example", "to": "me@example.org"}
    for name, text in told.items():
        card.fields[name].set_text(text)
    card.root.set_file(post.root)


def test_a_test_letter_goes_as_things_are_typed_and_nothing_is_kept(
    qtbot: QtBot, at: AtDesk, post: Post
) -> None:
    card = the_card(qtbot, at)
    fill(card, post)

    card.try_button.click()
    qtbot.waitUntil(lambda: "took" in card.tried.accessibleName())

    (letter,) = post.taken
    assert letter.to == ["me@example.org"]
    assert letter.mail["From"] == "여행 Example <desk@example.com>"
    assert mail_settings.see_mail(desk=at.desk()).version == 0


def test_a_wrong_password_is_told_in_the_servers_words(qtbot: QtBot, at: AtDesk, post: Post) -> None:
    card = the_card(qtbot, at)
    fill(card, post, password="wrong")

    card.try_button.click()
    qtbot.waitUntil(lambda: "did not take" in card.tried.accessibleName())

    assert "535 5.7.8" in card.tried.accessibleName()


def test_what_is_kept_is_shown_again_without_its_password(qtbot: QtBot, at: AtDesk, post: Post) -> None:
    card = the_card(qtbot, at)
    fill(card, post)

    card.keep_button.click()
    qtbot.waitUntil(lambda: mail_settings.see_mail(desk=at.desk()).version == 1)
    qtbot.waitUntil(lambda: card.fields["password"].text() == "")

    found = mail_settings.see_mail(desk=at.desk())
    assert (found.server.host, found.has_password, found.server.root_name) == ("localhost", True, "root.crt")
    with at.desk().reading() as look:
        assert password_of(look, SMTP) == "long words"
    assert the_card(qtbot, at).fields["host"].text() == "localhost"


def test_what_somebody_else_kept_is_not_overwritten_unseen(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    card = the_card(qtbot, at)
    card.fields["host"].set_text("smtp.example.com")
    card.fields["sender"].set_text("mine@example.com")
    mail_settings.keep_mail(replace(WORKING, sender="theirs@example.com"), desk=a_desk, seen=0)

    card.keep_button.click()
    qtbot.waitUntil(lambda: card.theirs.isVisible())
    assert "theirs@example.com" in card.theirs.notice.accessibleName()
    assert mail_settings.see_mail(desk=a_desk).server.sender == "theirs@example.com"

    card.keep_button.click()
    qtbot.waitUntil(lambda: mail_settings.see_mail(desk=a_desk).server.sender == "mine@example.com")


def test_another_seal_suggests_its_usual_port(qtbot: QtBot, at: AtDesk) -> None:
    card = the_card(qtbot, at)
    assert card.fields["port"].text() == "587"
    card.seal.choose(1)
    assert card.fields["port"].text() == "465"
    card.fields["port"].set_text("2525")
    card.seal.choose(0)
    assert card.fields["port"].text() == "2525"
