"""Looks the journal over at night, tells who opened travelers' data, and answers what a traveler asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.journal_breaks import JournalState
    from controllers.journal_export import JournalExport, Period, Words
    from controllers.retention import Retention
    from models.opened import Key, OpenedFilter, OpenedPage
    from models.traveler import Person, PersonFound, Preview
    from ui.asking.door import DeskDoor


def journal_state(desk: DeskDoor) -> JournalState:
    """How the journal stands."""
    from controllers import journal_breaks

    return journal_breaks.see_journal(desk=desk())


def acknowledge_break(desk: DeskDoor, break_id: int, reason: str) -> JournalState:
    """Keeps what somebody found who looked into a break."""
    from controllers import journal_breaks

    return journal_breaks.acknowledge(break_id, reason, desk=desk())


def journal_counters(desk: DeskDoor) -> tuple[tuple[int, str], ...]:
    """Every counter that has written into the journal."""
    from controllers import journal_export

    return journal_export.counters(desk=desk())


def export_journal(desk: DeskDoor, wanted: Period, path: Path, words: Words) -> JournalExport:
    """Begins to write the journal into a file."""
    from controllers.journal_export import JournalExport

    return JournalExport(wanted, path, words, desk=desk())


def who_opened(desk: DeskDoor, wanted: OpenedFilter, after: Key | None = None) -> OpenedPage:
    """Who opened travelers' data."""
    from controllers import opened

    return opened.who_opened(wanted, desk=desk(), after=after)


def retention(desk: DeskDoor) -> Retention:
    """How long travelers are remembered."""
    from controllers import retention as retention_

    return retention_.see_retention(desk=desk())


def keep_retention(desk: DeskDoor, days: int | None, night_hour: int, seen: Retention | None) -> Retention:
    """Keeps how long travelers are remembered, if nobody has changed it since it was seen."""
    from controllers import retention as retention_

    return retention_.keep_retention(days, night_hour, desk=desk(), seen=seen)


def count_retained(desk: DeskDoor, days: int) -> int:
    """How many orders' travelers would be forgotten by the next night."""
    from controllers import retention as retention_

    return retention_.count_due(days, desk=desk())


def travelers_found(desk: DeskDoor, text: str) -> tuple[PersonFound, ...]:
    """The people a text finds, for their own request."""
    from controllers import traveler_requests

    return traveler_requests.find_people(text, desk=desk())


def preview_forgetting(desk: DeskDoor, people: Sequence[Person]) -> tuple[Preview, ...]:
    """What erasing would take away, and what must stay."""
    from controllers import traveler_requests

    return traveler_requests.preview(people, desk=desk())


def forget(desk: DeskDoor, shown: Sequence[Preview]) -> int:
    """Erases people, as it was shown before."""
    from controllers import traveler_requests

    return traveler_requests.forget(shown, desk=desk())


def hand_out(desk: DeskDoor, people: Sequence[Person], path: Path) -> int:
    """Writes everything that is known of people into a file."""
    from controllers import traveler_requests

    return traveler_requests.hand_out(people, path, desk=desk())
