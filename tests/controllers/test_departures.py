"""A departure can be closed and opened, given other seats and a guide; what is sold stays sold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from controllers import bulk, checkin, departures, reservations, viewing
from controllers.desk import Desk
from models.calendar_facts import DepartureKey
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Departure, JournalEntry, Message
from tests.builders import DAY, DEPARTS, a_product, a_reservation, departure, direct_row, reservation, taken
from tests.fakes import StillClock


def the_key(desk: Desk, at: Any = DEPARTS) -> DepartureKey:
    (line,) = viewing.see_days(DAY, DAY, desk=desk)[DAY].lines
    assert line.option_id is not None
    return DepartureKey(line.option_id, at)


def rows(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        return list(look.execute(select(Departure.__table__)).all())


def entries(desk: Desk, action: str) -> list[Any]:
    with desk.reading() as look:
        asked = select(JournalEntry).where(JournalEntry.action == action).order_by(JournalEntry.seq)
        return list(look.execute(asked).all())


def as_clerk(desk: Desk) -> Desk:
    return replace(desk, actor=replace(desk.actor, role="front-desk"))


def test_closing_makes_the_row_that_only_the_rules_knew(desk: Desk) -> None:
    a_product(desk)
    heard: list[frozenset[str]] = []
    desk.listeners.append(heard.append)
    done = departures.close(the_key(desk), desk=desk)
    (row,) = rows(desk)
    assert (row.id, row.closed, row.capacity, row.departs_on) == (done.id, True, 8, DAY)
    assert row.ends_at == DEPARTS + timedelta(hours=2)
    assert heard[-1] == {"departures"}
    assert entries(desk, "close")[0].subject == f"departure:{row.id}"


def test_a_second_close_changes_and_tells_nothing(desk: Desk) -> None:
    a_product(desk)
    departures.close(the_key(desk), desk=desk)
    departures.close(the_key(desk), desk=desk)
    assert len(entries(desk, "close")) == 1


def test_nobody_is_confirmed_on_a_closed_departure_but_by_a_manager_with_a_reason(desk: Desk) -> None:
    a_product(desk)
    waits = a_reservation(desk, party=2)
    departures.close(the_key(desk), desk=desk)
    with pytest.raises(CannotDo, match="departure-closed"):
        reservations.confirm(waits, desk=desk)
    assert departure(desk, waits).seats_taken == 0
    reservations.confirm(waits, desk=desk, overbook="They are the guide's family")
    assert reservation(desk, waits).status is Status.CONFIRMED
    assert departure(desk, waits).seats_taken == 2


def test_of_several_to_confirm_those_on_a_closed_departure_are_left_out(desk: Desk) -> None:
    a_product(desk)
    a_product(desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    shut, free = a_reservation(desk), a_reservation(desk, product="Echo Walk", option="Night")
    line = viewing.see_days(DAY, DAY, desk=desk)[DAY].lines[0]
    assert line.key is not None
    departures.close(line.key, desk=desk)
    told = bulk.preview_confirm([shut, free], desk=desk)
    assert [row.id for row in told.rows] == [free]
    assert [(one.id, one.no.code) for one in told.left_out] == [(shut, "departure-closed")]
    assert bulk.confirm_all([shut, free], desk=desk).ids == (free,)


def test_the_reason_is_kept_as_a_note(desk: Desk) -> None:
    a_product(desk)
    waits = a_reservation(desk)
    departures.close(the_key(desk), desk=desk)
    reservations.confirm(waits, desk=desk, overbook="They are the guide's family")
    told = viewing.see_details(waits, desk=desk)
    assert told.history[0].facts["closed"] is True
    with desk.reading() as look:
        notes = look.execute(select(Message.body).where(Message.direction == "note")).scalars().all()
    assert notes == ["They are the guide's family"]


def test_opened_again_it_is_confirmed_as_before(desk: Desk) -> None:
    a_product(desk)
    waits = a_reservation(desk)
    departures.close(the_key(desk), desk=desk)
    assert departures.open_(the_key(desk), desk=desk).closed is False
    reservations.confirm(waits, desk=desk)
    assert reservation(desk, waits).status is Status.CONFIRMED


def test_an_instant_order_for_a_closed_departure_waits_for_a_person(desk: Desk) -> None:
    a_product(desk, confirmation="instant")
    departures.close(the_key(desk), desk=desk)
    (one,) = taken(desk, direct_row(status="unconfirmed"))
    assert reservation(desk, one).status is Status.UNCONFIRMED


def test_what_a_channel_has_confirmed_takes_its_seats_on_a_closed_departure_too(desk: Desk) -> None:
    a_product(desk)
    departures.close(the_key(desk), desk=desk)
    one = taken(desk, direct_row(status="confirmed", adults=3))[0]
    assert departure(desk, one).seats_taken == 3


def test_who_was_sold_before_the_close_stays(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    sold = a_reservation(desk, Status.CONFIRMED)
    departures.close(the_key(desk), desk=desk)
    assert departure(desk, sold).seats_taken == 2
    clock.set(DEPARTS)
    assert checkin.scan(f"CF-{sold}", desk=desk).kind == "ADMIT"


def test_seats_below_what_is_sold_are_refused_with_the_number(desk: Desk) -> None:
    a_product(desk)
    sold = a_reservation(desk, Status.CONFIRMED, party=5)
    with pytest.raises(CannotDo) as no:
        departures.change_capacity(the_key(desk), 4, desk=desk)
    assert (no.value.code, no.value.facts["sold"]) == ("capacity-below-sold", 5)
    assert departure(desk, sold).capacity == 8
    assert departures.change_capacity(the_key(desk), 5, desk=desk).capacity == 5
    told = entries(desk, "capacity")
    assert len(told) == 1
    assert '"after":5' in told[0].details
    assert '"before":8' in told[0].details


def test_an_overbooked_departure_may_get_some_of_the_seats_it_lacks(desk: Desk) -> None:
    a_product(desk, capacity=2)
    one = a_reservation(desk, party=6)
    reservations.confirm(one, desk=desk, overbook="a larger boat is asked for")
    assert departures.change_capacity(the_key(desk), 4, desk=desk).capacity == 4
    with pytest.raises(CannotDo, match="capacity-below-sold"):
        departures.change_capacity(the_key(desk), 3, desk=desk)


def test_more_seats_let_more_be_confirmed(desk: Desk) -> None:
    a_product(desk, capacity=2)
    one = a_reservation(desk, party=6)
    departures.change_capacity(the_key(desk), 6, desk=desk)
    reservations.confirm(one, desk=desk)
    assert departure(desk, one).seats_taken == 6


@pytest.mark.parametrize("wrong", [-1, 100_001])
def test_a_number_that_is_no_number_of_seats_is_refused(desk: Desk, wrong: int) -> None:
    a_product(desk)
    with pytest.raises(CannotDo, match="capacity-wrong"):
        departures.change_capacity(the_key(desk), wrong, desk=desk)
    assert rows(desk) == []


def test_seats_are_a_managers_right(desk: Desk) -> None:
    a_product(desk)
    with pytest.raises(CannotDo, match="not-allowed"):
        departures.change_capacity(the_key(desk), 20, desk=as_clerk(desk))
    assert departures.close(the_key(desk), desk=as_clerk(desk)).closed


def test_the_guide_is_written_down_and_the_journal_does_not_name_them(desk: Desk) -> None:
    a_product(desk)
    assert departures.set_guide(the_key(desk), "  Mina   Muster ", desk=desk).guide == "Mina Muster"
    assert rows(desk)[0].guide == "Mina Muster"
    assert "Mina" not in entries(desk, "guide")[0].details
    assert departures.set_guide(the_key(desk), "", desk=desk).guide == ""


def test_a_time_at_which_nothing_leaves_is_refused(desk: Desk) -> None:
    a_product(desk)
    with pytest.raises(CannotDo, match="departure-not-planned"):
        departures.close(the_key(desk, DEPARTS + timedelta(minutes=5)), desk=desk)
    assert rows(desk) == []
