"""Keeps what a counter is set up with: its devices and habits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Table, select, update

from controllers.desk import Desk
from controllers.rights import needs
from models.counter_settings import CounterSettings, settings_of
from models.journal import differences
from models.rights import Right
from models.tables import Counter

_C: Table = Counter.__table__  # type: ignore[assignment]


@needs(Right.OWN)
def counter_settings(*, desk: Desk) -> CounterSettings:
    """How this counter is set up."""
    with desk.reading() as look:
        kept = look.execute(select(_C.c.settings).where(_C.c.id == desk.actor.counter_id)).scalar_one()
        return settings_of(kept)


@needs(Right.COUNTER)
def set_up_counter(*, desk: Desk, **changes: Any) -> CounterSettings:
    """Changes some settings of this counter; the others stay. The journal says which, and who did it."""
    with desk.work() as work:
        mine = _C.c.id == desk.actor.counter_id
        kept = work.connection.execute(
            select(_C.c.settings).where(mine).with_for_update(key_share=True)
        ).scalar_one()
        before = settings_of(kept)
        after = replace(before, **changes)
        if after != before:
            work.connection.execute(update(_C).where(mine).values(settings=after.as_kept()))
            told = differences(before.as_kept(), after.as_kept())
            work.record(f"counter:{desk.actor.counter_id}", "set-up", **told)
            work.changed.add("settings")
        return after
