"""Who of the staff is told what, how each way is reached, and whether it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.carriers.keeping import KeptCarrier
    from controllers.last_notices import LastNotice
    from controllers.notice_people import Heard, NoticesPage
    from controllers.notice_routes import Tried
    from models.notice_routes import Settings
    from models.notices import Route
    from ui.asking.door import DeskDoor


def notices(desk: DeskDoor) -> NoticesPage:
    """Who hears what: oneself, and everybody for whoever sets up the ways."""
    from controllers import notice_people

    return notice_people.see_notices(desk=desk())


def keep_notices(desk: DeskDoor, staff_id: int, heard: Heard, seen: Heard | None) -> NoticesPage:
    """Keeps how one person is told, if nobody has changed it since it was seen."""
    from controllers import notice_people

    return notice_people.keep_notices(staff_id, heard, desk=desk(), seen=seen)


def keep_own_webhook(desk: DeskDoor, staff_id: int, address: str) -> NoticesPage:
    """Keeps a person's own address of a channel."""
    from controllers import notice_people

    return notice_people.keep_own_webhook(staff_id, address, desk=desk())


def keep_steps(desk: DeskDoor, hours: tuple[int, ...]) -> NoticesPage:
    """Keeps how many hours before a promise staff are reminded."""
    from controllers import notice_people

    return notice_people.keep_steps(hours, desk=desk())


def try_route(desk: DeskDoor, route: Route) -> Tried:
    """Sends a notice to whoever asks."""
    from controllers import notice_routes

    return notice_routes.try_route(route, desk=desk())


def notice_route(desk: DeskDoor, name: str) -> tuple[KeptCarrier, Settings]:
    """How a way of notices is set up."""
    from controllers import notice_routes

    return notice_routes.see_route(name, desk=desk())


def keep_notice_route(
    desk: DeskDoor, name: str, settings: Settings, seen: int, secret: str | None
) -> tuple[KeptCarrier, Settings]:
    """Keeps how a way of notices is reached."""
    from controllers import notice_routes

    return notice_routes.keep_route(name, settings, desk=desk(), seen=seen, secret=secret)


def fetch_approved(desk: DeskDoor, name: str) -> tuple[KeptCarrier, Settings]:
    """Reads the template as it was approved."""
    from controllers import notice_routes

    return notice_routes.fetch_approved(name, desk=desk())


def last_notices(desk: DeskDoor) -> tuple[LastNotice, ...]:
    """The newest notices and what became of each."""
    from controllers.last_notices import see_last

    return see_last(desk=desk())
