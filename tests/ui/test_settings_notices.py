"""Settings, Notices: who is told what, the quiet hours, the ways, and whether they work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.background import Lane
from controllers.desk import Desk
from controllers.notice_people import Heard, keep_notices, see_notices
from controllers.notice_routes import keep_route, see_route, send_notices
from models.notice_routes import Ntfy, Solapi, Template
from models.notices import Event, Quiet, Route
from tests.builders import a_product, a_reservation, somebody_else
from tests.peers import notice_services as peers
from tests.peers.notice_services import serving
from tests.ui.at_a_desk import at_a_desk, shown
from tests.ui.slow_lanes import held
from ui.at_desk import AtDesk
from ui.settings import Settings
from ui.settings_notices import NoticesPage
from ui.widgets.tick_grid import TickGrid


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def opened(qtbot: QtBot, at: AtDesk) -> tuple[Settings, NoticesPage]:
    screen = Settings(at)
    screen.resize(1100, 700)
    at.deeds.host = screen
    screen.opened(section="notices")
    shown(qtbot, screen, until=at.background.idle)
    assert isinstance(screen.page, NoticesPage)
    page = screen.page
    qtbot.waitUntil(lambda: page.person.person.choices != [])
    return screen, page


def heard(at: AtDesk) -> Heard:
    desk = at.desk()
    return next(one.heard for one in see_notices(desk=desk).cards if one.staff_id == desk.actor.staff_id)


def test_addresses_ticks_and_quiet_hours_are_kept_by_the_keyboard(qtbot: QtBot, at: AtDesk) -> None:
    _screen, page = opened(qtbot, at)
    card = page.person
    assert card.grid.on == {(row, 0) for row, event in enumerate(Event) if event is not Event.DIGEST}
    qtbot.keyClicks(card.fields["mail"].focusProxy(), "desk@example.com")
    card.grid.setFocus()
    qtbot.keyClick(card.grid, Qt.Key.Key_Right)
    qtbot.keyClick(card.grid, Qt.Key.Key_Space)
    qtbot.keyClicks(card.quiet.starts[0].focusProxy(), "22")
    qtbot.keyClicks(card.quiet.untils[0].focusProxy(), "6:30")
    card.urgent.choose(1)
    qtbot.keyClick(card.quiet.untils[0].focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heard(at).mail == "desk@example.com")
    kept = heard(at)
    assert (Event.NEW, Route.MAIL) in kept.tells
    assert kept.quiet[0] == Quiet(time(22), time(6, 30))
    assert kept.quiet[1] is None
    assert kept.urgent_passes
    qtbot.waitUntil(lambda: card.quiet.starts[0].text() == "22:00")


def test_an_hour_that_is_none_is_refused_beside_it(qtbot: QtBot, at: AtDesk) -> None:
    _screen, page = opened(qtbot, at)
    card = page.person
    card.quiet.starts[2].set_text("late")
    card.keep_button.click()
    assert card.notice.isVisible()
    assert "late" in card.notice.accessibleName()
    assert heard(at).quiet[2] is None


def test_a_manager_chooses_whose_list_it_is_and_others_see_only_their_own(qtbot: QtBot, at: AtDesk) -> None:
    other = somebody_else(at.desk())
    keep_notices(other.actor.staff_id, Heard(mail="mina@example.com"), desk=other)
    _screen, page = opened(qtbot, at)
    card = page.person
    qtbot.waitUntil(card.person.isVisible)
    assert [word for word, _ in card.person.choices] == ["Owner", "Mina"]
    card.person.chosen.emit(other.actor.staff_id)
    assert card.fields["mail"].text() == "mina@example.com"
    assert not card.try_buttons[Route.MAIL].isVisible()  # a notice to try goes to oneself
    assert page.routes["solapi"].isVisible()
    at.desk().actor = other.actor
    page._ask()
    qtbot.waitUntil(lambda: not page.routes["solapi"].isVisible())
    assert not card.person.isVisible()
    assert not page.steps.isVisible()


def test_what_a_manager_kept_meanwhile_is_named_and_not_overwritten(qtbot: QtBot, at: AtDesk) -> None:
    _screen, page = opened(qtbot, at)
    card = page.person
    card.fields["topic"].set_text("mine")
    keep_notices(at.desk().actor.staff_id, Heard(topic="theirs", tells=heard(at).tells), desk=at.desk())
    card.keep_button.click()
    qtbot.waitUntil(card.theirs.isVisible)
    assert "“theirs” now" in card.theirs.notice.accessibleName()
    card.theirs.take.click()
    qtbot.waitUntil(lambda: card.fields["topic"].text() == "theirs")


def test_second_press_keeps_ours_over_theirs(qtbot: QtBot, at: AtDesk) -> None:
    _screen, page = opened(qtbot, at)
    card = page.person
    card.fields["topic"].set_text("mine")
    keep_notices(at.desk().actor.staff_id, Heard(topic="theirs", tells=heard(at).tells), desk=at.desk())
    card.keep_button.click()
    qtbot.waitUntil(card.theirs.isVisible)
    qtbot.waitUntil(at.background.idle)
    card.keep_button.click()
    qtbot.waitUntil(lambda: heard(at).topic == "mine")


def test_one_night_is_every_night_by_one_press(qtbot: QtBot, at: AtDesk) -> None:
    _screen, page = opened(qtbot, at)
    card = page.person
    card.quiet.starts[0].set_text("22")
    card.quiet.untils[0].set_text("7")
    card.quiet.same_button.click()
    card.keep_button.click()
    qtbot.waitUntil(lambda: heard(at).quiet == (Quiet(time(22), time(7)),) * 7)


def test_trying_a_way_says_what_the_other_side_says(qtbot: QtBot, at: AtDesk) -> None:
    with serving(peers.Ntfy()) as service:
        keep_route("ntfy", Ntfy(service.address), desk=at.desk(), seen=0)
        keep_notices(at.desk().actor.staff_id, Heard(topic="desk-topic"), desk=at.desk())
        _screen, page = opened(qtbot, at)
        page.person.try_buttons[Route.NTFY].click()
        qtbot.waitUntil(lambda: "taken" in page.person.good.accessibleName())
        service.answers = [peers.Says(403, {"error": "forbidden"})]
        page.person.try_buttons[Route.NTFY].click()
        qtbot.waitUntil(page.person.notice.isVisible)
    assert "403 forbidden" in page.person.notice.accessibleName()
    assert [one.told["topic"] for one in service.asked] == ["desk-topic"] * 2
    page.person.try_buttons[Route.KAKAO].click()
    qtbot.waitUntil(lambda: "Write it first" in page.person.notice.accessibleName())


def test_way_is_kept_with_its_secret_which_is_never_shown(qtbot: QtBot, at: AtDesk) -> None:
    button = {"buttonType": "WL", "buttonName": "열기", "linkMo": "https://example.com/#{number}"}
    with serving(peers.Solapi()) as service:
        service.templates["T1"] = {"content": "[예시] #{event}", "buttons": [button], "status": "APPROVED"}
        _screen, page = opened(qtbot, at)
        card = page.routes["solapi"]
        qtbot.waitUntil(lambda: card.secret.focusProxy().placeholderText() == "none yet")  # type: ignore[attr-defined]
        assert not card.text.isVisible()
        card.open_button.click()
        assert card.text.isVisible()
        for name, words in (("server", service.address), ("key", "K"), ("sender", "KA"), ("template", "T1")):
            card.fields[name].set_text(words)
        card.secret.set_text("the-secret")
        card.keep_button.click()
        qtbot.waitUntil(lambda: card.secret.focusProxy().placeholderText() == "one is kept")  # type: ignore[attr-defined]
        assert card.secret.text() == ""
        assert "not read yet" in card.standing.accessibleName()
        card.fetch_button.click()
        qtbot.waitUntil(lambda: card.text.text() == "[예시] #{event}")
        card.fields["key"].set_text("K2")
        card.text.set_text("")
        card.fetch_button.click()  # what was typed is kept on the way, not lost
        qtbot.waitUntil(lambda: card.text.text() == "[예시] #{event}")
        assert card.fields["key"].text() == "K2"
    assert card.button["mobile"].text() == "https://example.com/#{number}"
    assert not card.standing.isVisible()
    card.text.set_text("[예시] #{event}!")
    card.keep_button.click()
    qtbot.waitUntil(lambda: "not as it was approved" in card.standing.accessibleName())
    assert "sign 14 of the text is “!”, approved is nothing" in card.standing.accessibleName()
    _, kept = see_route("solapi", desk=at.desk())
    assert isinstance(kept, Solapi)
    assert kept.ours.text.endswith("!")
    assert kept.approved == Template("[예시] #{event}", kept.ours.buttons)


def test_what_others_kept_of_a_way_is_named_and_only_a_second_press_replaces_it(
    qtbot: QtBot, at: AtDesk
) -> None:
    desk = at.desk()
    keep_route("ntfy", Ntfy("https://old.example.com"), desk=desk, seen=0)
    screen, page = opened(qtbot, at)
    card = page.routes["ntfy"]
    qtbot.waitUntil(lambda: card.fields["server"].text() == "https://old.example.com")
    card.fields["server"].set_text("https://mine.example.com")
    keep_route(
        "ntfy", Ntfy("https://theirs.example.com"), desk=desk, seen=see_route("ntfy", desk=desk)[0].version
    )
    screen.opened(section="notices")  # somebody went elsewhere and came back
    qtbot.waitUntil(at.background.idle)
    card.keep_button.click()
    qtbot.waitUntil(card.theirs.isVisible)
    assert see_route("ntfy", desk=desk)[1] == Ntfy("https://theirs.example.com")
    assert "“https://theirs.example.com” now" in card.theirs.notice.accessibleName()
    card.keep_button.click()
    qtbot.waitUntil(lambda: see_route("ntfy", desk=desk)[1] == Ntfy("https://mine.example.com"))
    qtbot.waitUntil(lambda: not card.theirs.isVisible())


def test_theirs_can_be_taken_instead_of_what_was_typed_about_a_way(qtbot: QtBot, at: AtDesk) -> None:
    desk = at.desk()
    _screen, page = opened(qtbot, at)
    card = page.routes["ntfy"]
    qtbot.waitUntil(at.background.idle)
    card.fields["server"].set_text("https://mine.example.com")
    keep_route("ntfy", Ntfy("https://theirs.example.com"), desk=desk, seen=0)
    card.keep_button.click()
    qtbot.waitUntil(card.theirs.isVisible)
    card.theirs.take.click()
    qtbot.waitUntil(lambda: card.fields["server"].text() == "https://theirs.example.com")


def test_what_is_typed_while_the_provider_is_asked_stays(qtbot: QtBot, at: AtDesk) -> None:
    with serving(peers.Solapi()) as service:
        service.templates["T1"] = {"content": "[예시] #{event}", "buttons": [], "status": "APPROVED"}
        told = Solapi(server=service.address, key="K", sender="KA", template="T1", ours=Template("ours", ()))
        keep_route("solapi", told, desk=at.desk(), seen=0, secret="the-secret")
        _screen, page = opened(qtbot, at)
        card = page.routes["solapi"]
        qtbot.waitUntil(lambda: card.text.text() == "ours")
        with held(at.background, Lane.NETWORK):
            card.fetch_button.click()
            card.text.set_text("ours, and more")
        qtbot.waitUntil(lambda: "not as it was approved" in card.standing.accessibleName())
        assert card.text.text() == "ours, and more"
        card.keep_button.click()
        qtbot.waitUntil(lambda: see_route("solapi", desk=at.desk())[1].ours.text == "ours, and more")


def test_secrets_that_were_typed_and_not_kept_are_gone_with_who_typed_them(qtbot: QtBot, at: AtDesk) -> None:
    screen, page = opened(qtbot, at)
    card = page.routes["ntfy"]
    for field in (card.secret, page.person.own, card.fields["server"]):
        field.set_text("typed")
    screen.hide_personal()
    assert (card.secret.text(), page.person.own.text()) == ("", "")
    assert card.fields["server"].text() == "typed"


def test_last_notices_say_what_became_of_each(qtbot: QtBot, at: AtDesk) -> None:
    desk = at.desk()
    a_product(desk)
    with serving(peers.Ntfy()) as service:
        keep_route("ntfy", Ntfy(service.address), desk=desk, seen=0)
        tells = heard(at).tells | {(Event.NEW, Route.NTFY), (Event.CANCEL, Route.NTFY)}
        keep_notices(desk.actor.staff_id, Heard(topic="desk-topic", tells=tells), desk=desk)
        first, second = a_reservation(desk), a_reservation(desk)
        service.answers = [peers.Says(200, {"id": "n1"}), peers.Says(400, {"error": "no such topic"})]
        send_notices(desk=desk.by_the_clock())
        a_reservation(desk)
    _screen, page = opened(qtbot, at)
    qtbot.waitUntil(lambda: len(page.last.lines) == 3)
    newest, failed, sent = page.last.lines
    assert "leaves now" in newest
    assert f"CF-{second}" in failed
    assert failed.endswith("did not arrive 400 no such topic")
    assert f"New reservation CF-{first} Owner, ntfy sent," in sent


def test_reminders_are_kept_as_hours(qtbot: QtBot, at: AtDesk) -> None:
    _screen, page = opened(qtbot, at)
    qtbot.waitUntil(lambda: page.steps.hours.text() == "24 4 1")
    page.steps.hours.set_text("2, 8")
    qtbot.keyClick(page.steps.hours.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: see_notices(desk=at.desk()).steps == (8, 2))
    qtbot.waitUntil(lambda: page.steps.hours.text() == "8 2")
    page.steps.hours.set_text("soon")
    page.steps.keep_button.click()
    assert page.steps.notice.isVisible()


def test_grid_says_where_it_is_and_mouse_ticks_too(qtbot: QtBot) -> None:
    grid: Any = TickGrid()
    qtbot.addWidget(grid)
    grid.set_words("Told of", ["New", "Late"], [("Mail", ""), ("ntfy", "not set up")])
    grid.resize(grid.sizeHint())
    grid.show()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid._box(1, 1).center().toPoint())
    assert grid.on == {(1, 1)}
    assert grid.accessibleName() == "Told of. Late, ntfy: on"
    for _ in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Up)
    assert grid.accessibleName() == "Told of. New, ntfy: off"
