"""Looks at the desk as it stands now: what needs a person, what departs, the week ahead."""

from __future__ import annotations

from controllers.desk import Desk
from models.today import Today, today


def see_today(*, desk: Desk) -> Today:
    """The dashboard."""
    with desk.reading() as look:
        return today(look, desk.now(), desk.operator(look).zone)
