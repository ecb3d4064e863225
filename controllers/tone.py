"""Says whether a new order may be heard at a counter: not in the quiet hours of whoever works there, or unwanted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from controllers.desk import Actor
from models.notices import RIGHTS, Event, Route, by_itself, is_quiet, quiet_told
from models.rights import may
from models.tables import NoticePerson, NoticeRule


def rings_for(actor: Actor, look: Connection, zone: str, now: datetime) -> bool:
    """Whether whoever works here is to hear of a new order at this moment; the same as the tray tells them."""
    me, event, route = actor.staff_id, Event.NEW, Route.TRAY
    mine = NoticeRule.staff_id == me, NoticeRule.event == event, NoticeRule.route == route
    told = look.execute(select(NoticeRule.tells).where(*mine)).scalar()
    if not may(actor.role, RIGHTS[event]) or not (by_itself(event, route) if told is None else told):
        return False
    quiet = look.execute(select(NoticePerson.quiet).where(NoticePerson.staff_id == me)).scalar()
    return not is_quiet(now, quiet_told(quiet), zone)
