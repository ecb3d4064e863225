"""Practice data: invented, the same again for the same seed, and believable for a small and a large operator."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from controllers import practice
from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import GONE, Status
from models.tables import Departure, Option, Reservation


def statuses(desk: Desk) -> dict[Status, int]:
    with desk.reading() as look:
        asked = select(Reservation.status, func.count()).group_by(Reservation.status)
        return dict(look.execute(asked).all())  # type: ignore[arg-type]


def names(desk: Desk) -> list[str]:
    with desk.reading() as look:
        return list(look.execute(select(Reservation.lead).order_by(Reservation.id)).scalars())


def test_the_same_seed_invents_the_same_travelers(a_desk: Desk, second_desk_file: Desk) -> None:
    practice.fill(desk=a_desk, rows=40, seed=7)
    practice.fill(desk=second_desk_file, rows=40, seed=7)
    assert names(a_desk) == names(second_desk_file)
    assert len(set(names(a_desk))) > 20


def test_a_morning_has_something_to_confirm_and_somebody_to_welcome(desk: Desk) -> None:
    assert practice.fill(desk=desk, rows=200) == 200
    found = statuses(desk)
    assert found[Status.UNCONFIRMED] >= 5
    assert found[Status.CONFIRMED] >= 80


def test_a_large_operator_has_more_tours_and_most_travelers_find_a_seat(a_desk: Desk) -> None:
    heard: list[int] = []
    practice.fill(desk=a_desk, rows=6_000, progress=heard.append)
    found = statuses(a_desk)
    assert sum(n for status, n in found.items() if status in GONE) < 0.15 * 6_000
    assert heard == [5_000, 6_000]
    with a_desk.reading() as look:
        assert look.execute(select(func.count()).select_from(Option)).scalar_one() > 10
        over = select(func.count()).where(Departure.seats_taken > Departure.capacity)
        assert look.execute(over).scalar_one() == 0


def test_real_data_is_never_filled(a_desk: Desk) -> None:
    a_desk.practice = False
    with pytest.raises(CannotDo) as no:
        practice.fill(desk=a_desk, rows=1)
    assert no.value.code == "not-practice"
    assert names(a_desk) == []


@pytest.fixture
def second_desk_file(fresh_sqlite, clock) -> Desk:  # type: ignore[no-untyped-def]
    """A desk on another file, at the same time."""
    from controllers.desk import open_desk

    return open_desk(fresh_sqlite(), practice=True, clock=clock)
