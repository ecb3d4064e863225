"""Keeps the lists a person has made for themselves: their filters, columns, widths and order.

What a view holds (`state`) is the screen's business and told as plain JSON. A search for a person is not kept:
it would be that person's data under another name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from controllers.desk import Desk, Work
from controllers.rights import needs
from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Right
from models.tables import SavedView, Staff

_V: Table = SavedView.__table__  # type: ignore[assignment]
MOST_SIGNS = 80
_OWN = ""
"""Under no name lies how a person has arranged the views everybody has."""


@frozen
class KeptView:
    """One view of a person."""

    id: int
    name: str
    state: dict[str, Any]


@frozen
class KeptViews:
    """What one person has made, from left to right, and how the views everybody has are arranged for them."""

    views: tuple[KeptView, ...] = ()
    arranged: dict[str, Any] | None = None


@needs(Right.OWN)
def see_views(*, desk: Desk) -> KeptViews:
    """The views of whoever is at the desk."""
    with desk.reading() as look:
        rows = look.execute(_mine(desk)).all()
    views = tuple(KeptView(row.id, row.name, row.state) for row in rows if row.name != _OWN)
    arranged = next((row.state for row in rows if row.name == _OWN), None)
    return KeptViews(views, arranged)


@needs(Right.OWN)
def save_view(name: str, state: dict[str, Any], *, desk: Desk) -> KeptView:
    """A new view, at the right of the others.

    Raises CannotDo("view-name-missing") and CannotDo("view-name-taken").
    """
    with desk.work() as work:
        wanted = _free_name(work, name)
        place = len(work.connection.execute(_mine(desk)).all())
        told = {"staff_id": desk.actor.staff_id, "name": wanted, "place": place, "state": state}
        made = work.connection.execute(insert(_V).returning(_V.c.id), told).scalar_one()
        _record(work, made, "save", (wanted, state))
        return KeptView(made, wanted, state)


@needs(Right.OWN)
def change_view(view_id: int, state: dict[str, Any], *, desk: Desk) -> None:
    """What the view holds from now on. Raises CannotDo("view-gone")."""
    with desk.work() as work:
        _change(work, view_id, state=state)
        _record(work, view_id, "change", state)


@needs(Right.OWN)
def rename_view(view_id: int, name: str, *, desk: Desk) -> None:
    """Another name. Raises CannotDo("view-gone"), ("view-name-missing") and ("view-name-taken")."""
    with desk.work() as work:
        wanted = _free_name(work, name, but=view_id)
        _change(work, view_id, name=wanted)
        _record(work, view_id, "rename", wanted)


@needs(Right.OWN)
def move_view(view_id: int, steps: int, *, desk: Desk) -> None:
    """So many places to the right, or to the left below zero. Raises CannotDo("view-gone")."""
    with desk.work() as work:
        _only_me(work)
        order = [row.id for row in work.connection.execute(_mine(desk)) if row.name != _OWN]
        if view_id not in order:
            raise CannotDo("view-gone")
        to = min(len(order) - 1, max(0, order.index(view_id) + steps))
        order.remove(view_id)
        order.insert(to, view_id)
        for place, each in enumerate(order):
            _change(work, each, place=place)
        _record(work, view_id, "move", to)


@needs(Right.OWN)
def delete_view(view_id: int, *, desk: Desk) -> None:
    """It is not wanted any more. Raises CannotDo("view-gone")."""
    with desk.work() as work:
        if not work.connection.execute(delete(_V).where(*_is(desk, view_id))).rowcount:
            raise CannotDo("view-gone")
        _record(work, view_id, "delete")


@needs(Right.OWN)
def arrange(arranged: dict[str, Any], *, desk: Desk) -> None:
    """Keeps how a person has arranged the views everybody has. How wide a column is, is no deed to be journaled."""
    with desk.work() as work:
        _only_me(work)
        mine = (_V.c.staff_id == desk.actor.staff_id, _V.c.name == _OWN)
        done = work.connection.execute(update(_V).where(*mine).values(state=arranged))
        if not done.rowcount:
            told = {"staff_id": desk.actor.staff_id, "name": _OWN, "place": -1, "state": arranged}
            work.connection.execute(insert(_V), told)


def _only_me(work: Work) -> None:
    """Another window of the same person waits, so that no name is given twice."""
    asked = select(Staff.id).where(Staff.id == work.desk.actor.staff_id)
    work.connection.execute(asked.with_for_update(key_share=True))


def _mine(desk: Desk) -> Any:
    return select(_V).where(_V.c.staff_id == desk.actor.staff_id).order_by(_V.c.place, _V.c.id)


def _is(desk: Desk, view_id: int) -> Sequence[Any]:
    return (_V.c.id == view_id, _V.c.staff_id == desk.actor.staff_id, _V.c.name != _OWN)


def _change(work: Work, view_id: int, **values: Any) -> None:
    done = work.connection.execute(update(_V).where(*_is(work.desk, view_id)).values(**values))
    if not done.rowcount:
        raise CannotDo("view-gone")


def _free_name(work: Work, name: str, *, but: int = 0) -> str:
    _only_me(work)
    wanted = " ".join(name.split())[:MOST_SIGNS]
    if not wanted:
        raise CannotDo("view-name-missing")
    if wanted.casefold() in _names(work.connection, work.desk, but):
        raise CannotDo("view-name-taken", name=wanted)
    return wanted


def _names(look: Connection, desk: Desk, but: int) -> set[str]:
    return {row.name.casefold() for row in look.execute(_mine(desk)) if row.id != but}


def _record(work: Work, view_id: int, action: str, told: object = "") -> None:
    """Name and filters stay out, but for a digest: people call views after people, and search for them."""
    work.record(f"view:{view_id}", f"view-{action}", after=work.digest(told))
    work.changed.add("views")
