"""Forgets the mails that nobody has placed, when the operator's days for remembering travelers are over."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Table, select, update

from controllers.desk import Desk
from controllers.rights import needs
from models.rights import Right
from models.tables import ArrivedMail, Operator

_A: Table = ArrivedMail.__table__  # type: ignore[assignment]
USUAL_DAYS = 365
"""So long where travelers are remembered for ever: a mail that waits for a year waits for nobody."""
_AT_ONCE = 200


@needs(Right.OWN)
def forget_old(*, desk: Desk) -> bool:
    """Takes out of the database what such mails say, some at a time; whether there were any. The mailbox keeps them."""
    with desk.reading() as look:
        days = look.execute(select(Operator.retention_days)).scalar_one()
        before = desk.now() - timedelta(days=USUAL_DAYS if days is None else days)
        asked = select(_A.c.id).where(_A.c.became == "unread", _A.c.at < before).order_by(_A.c.at, _A.c.id)
        old = list(look.execute(asked.limit(_AT_ONCE)).scalars())
    if old:
        with desk.work(by_clock=True) as work:
            nothing = {"became": "ignored", "subject": "", "sender": "", "raw": None}
            of_these = _A.c.id.in_(old), _A.c.became == "unread"
            work.connection.execute(update(_A).where(*of_these).values(**nothing))
            work.changed.add("mails")
    return bool(old)
