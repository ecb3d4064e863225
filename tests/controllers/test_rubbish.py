"""Damaged files and mails, taken in as people take them: all of it or nothing, and nobody let in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from controllers import imports, journal
from controllers.desk import Desk
from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES
from models.reservations import Status
from models.tables import JournalEntry, Payment, Reservation, Ticket
from tests.builders import a_product
from tests.controllers.test_channels_fuzz import CHANGES, changed

FILES = Path(__file__).resolve().parent.parent / "fixtures" / "channels"
CONTENTS = {path.name: path.read_bytes() for path in sorted(FILES.iterdir())}
T = TypeVar("T")
A_FEW, ALL = 60, 10_000
CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def counted(desk: Desk) -> dict[str, int]:
    """How many rows there are of what an import makes."""
    with desk.reading() as look:
        return {
            table.__tablename__: look.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (Reservation, Ticket, Payment, JournalEntry)
        }


def take_in(desk: Desk, name: str, data: bytes) -> None:
    """Through the real use case; a refusal leaves nothing behind, and nobody is let in by a file."""
    before = counted(desk)
    account = or_refused(lambda: imports.import_file(name, data, desk=desk))
    if isinstance(account, CannotDo):
        assert account.code in SENTENCES
        assert counted(desk) == before, account.code
        return
    told = counted(desk)["reservations"] - before["reservations"]
    assert told == account.taken, (told, account)
    with desk.reading() as look:
        assert not look.execute(select(func.sum(Reservation.arrived_heads))).scalar()


def or_refused(work: Callable[[], T]) -> T | CannotDo:
    """What came of it, or why not; anything else is a fault of ours."""
    try:
        return work()
    except CannotDo as no:
        return no


def whole(desk: Desk) -> None:
    """Every reservation has a status we know, and the chain of the journal holds."""
    with desk.reading() as look:
        assert set(look.execute(select(Reservation.status).distinct()).scalars()) <= set(Status)
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    a_product(desk, capacity=4000)
    return desk


def try_many(desk: Desk, most: int) -> None:
    @settings(max_examples=most, deadline=None, suppress_health_check=CHECKS)
    @given(st.sampled_from(sorted(CONTENTS)), CHANGES)
    def spoilt(name: str, changes: list[tuple[int, int, bytes]]) -> None:
        take_in(desk, name, changed(CONTENTS[name], changes))

    spoilt()
    whole(desk)


def test_damaged_files_and_mails_are_taken_whole_or_not_at_all(open_desk: Desk) -> None:
    try_many(open_desk, A_FEW)


@pytest.mark.soak
def test_ten_thousand_damaged_files_and_mails_are_taken_whole_or_not_at_all(open_desk: Desk) -> None:
    try_many(open_desk, ALL)
