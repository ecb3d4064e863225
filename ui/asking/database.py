"""Asks where the data are, moves them to a server, and lets further counters join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.frozen import frozen

if TYPE_CHECKING:
    from controllers.joining import Code, CounterLine
    from controllers.place import Place
    from controllers.relocating import Moved, Progress
    from ui.asking.door import DeskDoor


@frozen
class DatabasePage:
    """Where the data are, where the password lies ('' for none), and the counters a manager sees.

    `way` says how safe the way there is: see `models.address.way_to`.
    """

    where: str
    is_file: bool
    is_practice: bool
    way: str
    password_in: str
    zone: str
    may_move: bool
    may_join: bool
    counters: tuple[CounterLine, ...]


def database_page(desk: DeskDoor, place: Place) -> DatabasePage:
    """What the settings show of the database."""
    from controllers import joining
    from models import address
    from models.rights import Right, may

    at, url = desk(), desk().database.url
    lets_in = may(at.actor.role, Right.JOINING)
    return DatabasePage(
        at.database.where,
        at.database.is_sqlite,
        at.practice,
        address.Way.LOCAL if at.database.is_sqlite else address.way_to(url),
        place.password_kept,
        at.zone,
        may(at.actor.role, Right.DATABASE),
        lets_in,
        joining.see_counters(desk=at) if lets_in else (),
    )


def try_server(desk: DeskDoor, address: str, password: str, root: str) -> str:
    """Whether the desk could move there; the server in words."""
    from controllers import relocating

    return relocating.try_server(address, desk=desk(), password=password, root=root)


def new_progress() -> Progress:
    """What the move writes down and the screen reads."""
    from controllers.relocating import Progress

    return Progress()


def move_to(
    desk: DeskDoor, place: Place, address: str, password: str, root: str, progress: Progress
) -> Moved:
    """Moves everything to a server."""
    from controllers import relocating

    told = {"password": password, "root": root}
    return relocating.move_to(address, desk=desk(), place=place, progress=progress, **told)


def make_code(desk: DeskDoor, counter: str) -> Code:
    """A one-time code for a further counter."""
    from controllers import joining

    return joining.make_code(counter, desk=desk())


def end_access(desk: DeskDoor, counter_id: int) -> None:
    """A counter gets in no more."""
    from controllers import joining

    joining.end_access(counter_id, desk=desk())
