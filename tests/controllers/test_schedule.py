"""Departures by rules and by hand: orders find the right one, and what is sold is never taken away.

Rules and excepted days are saved as the products screen saves them: with the whole product.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from controllers import products, reservations, schedule, viewing
from controllers.command_words import lines_of
from controllers.desk import Desk
from controllers.journal import verify
from controllers.products_file import ProductForm, faults_of
from controllers.today import see_week
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Departure, JournalEntry, Option
from tests.builders import (
    DAY,
    a_product,
    a_reservation,
    departure,
    direct_row,
    everything,
    kkday_row,
    reservation,
    taken,
    teach_headings,
)

TUESDAY = date(2027, 2, 2)
TWICE = {"name": "Afternoon", "starts": ["10:00", "14:00"], "capacity": 8, "minutes": 120}
TEN, TWO, FOUR = (datetime(2027, 2, 1, hour, 0, tzinfo=UTC) for hour in (1, 5, 7))
"""10:00, 14:00 and 16:00 in Seoul."""


def a_tour(desk: Desk, **told: Any) -> int:
    """A tour of one option; the option's number."""
    a_product(desk, options=[TWICE | told])
    with desk.reading() as look:
        return look.execute(select(Option.id)).scalar_one()


def save(desk: Desk, **told: Any) -> products.SavedProduct:
    """Saves the tour again, and tells of its option something else."""
    content = products.see_product(1, desk=desk).content
    form = ProductForm.model_validate(content | {"option": [content["option"][0] | told]})
    return products.save_product(form, desk=desk, product_id=1)


def rule(starts: str, minutes: int = 120, capacity: int = 8) -> dict[str, Any]:
    """A rule for every day."""
    return {"starts": starts, "minutes": minutes, "capacity": capacity}


def refused(code: str, work: Any) -> CannotDo:
    with pytest.raises(CannotDo) as no:
        work()
    assert no.value.code == code
    assert "?" not in no.value.sentence
    return no.value


def one(desk: Desk, **told: Any) -> Any:
    """The reservation of one new order."""
    return reservation(desk, taken(desk, direct_row(**told))[0])


def lines(desk: Desk, day: date = DAY) -> list[tuple[str, int, int]]:
    """Start time, capacity and heads that want a seat, of every departure of a day."""
    shown = viewing.see_days(day, day, desk=desk)[day].lines
    return [(line.starts, line.capacity, line.confirmed + line.unconfirmed) for line in shown]


# --- orders find their departure ----------------------------------------------------------------


def test_the_time_of_an_order_chooses_among_the_departures_of_its_day(desk: Desk) -> None:
    a_tour(desk)
    morning, afternoon = one(desk, time="10:00"), one(desk, time="14:00")
    assert (morning.departs_at, afternoon.departs_at) == (TEN, TWO)
    assert morning.departure_id != afternoon.departure_id
    for made in (morning, afternoon):
        reservations.confirm(made.id, desk=desk)
        assert departure(desk, made.id).seats_taken == 2
    assert lines(desk) == [("10:00", 8, 2), ("14:00", 8, 2)]


def test_an_order_without_a_time_is_unmatched_where_several_leave_and_placed_where_one_does(
    desk: Desk,
) -> None:
    weekend = {"starts": "17:00", "weekdays": ["tue"]}
    a_tour(desk, starts=None, rules=[{"starts": ["10:00", "14:00"], "weekdays": ["mon"]}, weekend])
    several, only = one(desk), one(desk, date="2027-02-02")
    assert (several.unmatched, several.departs_at, several.departure_id) == ("no-departure", None, None)
    assert (only.unmatched, only.departs_at) == ("", datetime(2027, 2, 2, 8, 0, tzinfo=UTC))


def test_a_time_at_which_nothing_leaves_is_unmatched_and_kept(desk: Desk) -> None:
    a_tour(desk)
    made = one(desk, time="12:00")
    assert (made.unmatched, made.departs_at) == ("no-departure", datetime(2027, 2, 1, 3, 0, tzinfo=UTC))


def test_the_season_decides_the_time_of_the_only_departure(desk: Desk) -> None:
    winter = {"starts": "11:00", "season": [date(2026, 11, 1), date(2027, 2, 1)]}
    a_tour(desk, starts=None, rules=[winter, {"starts": "10:00", "season": [date(2027, 2, 2), ""]}])
    last, first = one(desk), one(desk, date="2027-02-02")
    assert last.departs_at == datetime(2027, 2, 1, 2, 0, tzinfo=UTC)
    assert first.departs_at == datetime(2027, 2, 2, 1, 0, tzinfo=UTC)


def test_nothing_leaves_on_an_excepted_day(desk: Desk) -> None:
    a_tour(desk, exceptions=[DAY])
    assert one(desk, time="14:00").unmatched == "no-departure"
    assert [line for line in lines(desk) if line[0]] == []
    assert one(desk, time="14:00", date="2027-02-02").unmatched == ""


def test_a_night_tour_finds_its_departure_when_the_clocks_change(desk: Desk) -> None:
    night = {"name": "Night", "starts": "02:30", "capacity": 8}
    a_product(desk, "AUR", "Aurora", zone="Europe/Oslo", options=[night])
    told = {"product": "Aurora", "option": "Night"}
    as_planned = one(desk, date="2027-03-28", time="02:30", **told)
    as_shown = one(desk, date="2027-03-28", time="03:30", **told)
    autumn = one(desk, date="2027-10-31", time="02:30", **told)
    assert as_planned.departure_id == as_shown.departure_id is not None
    assert as_planned.departs_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert autumn.departs_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert lines(desk, date(2027, 3, 28)) == [("03:30", 8, 4)]


def test_a_week_has_a_line_for_each_start_time(desk: Desk, clock: Any) -> None:
    a_tour(desk, exceptions=[TUESDAY])
    a_reservation(desk, Status.CONFIRMED, time="14:00")
    clock.set(datetime(2027, 2, 1, 0, 0, tzinfo=UTC))
    week = see_week(desk=desk).lines
    assert [(line.starts, line.cells[0].taken, line.cells[1]) for line in week] == [
        ("10:00", 0, None),
        ("14:00", 2, None),
    ]


# --- other rules --------------------------------------------------------------------------------


def test_another_capacity_counts_for_departures_that_still_have_the_old_one(desk: Desk) -> None:
    a_tour(desk)
    made = one(desk, time="14:00"), one(desk, time="14:00", date="2027-02-02")
    with desk.work() as work:
        by_hand = Departure.__table__.update().where(Departure.id == made[1].departure_id).values(capacity=5)
        work.connection.execute(by_hand)
    save(desk, rules=[rule("10:00"), rule("14:00", capacity=12)])
    assert [departure(desk, row.id).capacity for row in made] == [12, 5]


def test_a_capacity_below_what_is_sold_is_refused_with_the_first_day(desk: Desk) -> None:
    a_tour(desk)
    for day, party in (("2027-02-03", 7), ("2027-02-02", 6), ("2027-02-01", 4)):
        a_reservation(desk, Status.CONFIRMED, time="14:00", date=day, party=party)
    before = everything(desk)
    rules = [rule("10:00"), rule("14:00", capacity=5)]
    no = refused("below-sold", lambda: save(desk, rules=rules))
    assert (no.facts["sold"], no.facts["day"], no.facts["departures"]) == (6, "2027-02-02", 2)
    assert everything(desk) == before
    save(desk, rules=[rule("14:00", capacity=7), rules[0]])


def test_an_overbooked_departure_may_grow_without_reaching_what_is_sold(desk: Desk) -> None:
    a_tour(desk)
    teach_headings(desk)
    made = taken(desk, kkday_row(status="Confirmed", guests="12 x Adult"))[0]
    assert departure(desk, made).seats_taken == 12
    save(desk, rules=[rule("10:00"), rule("14:00", capacity=10)])
    assert departure(desk, made).capacity == 10


def test_a_longer_tour_ends_later_for_those_who_have_it(desk: Desk) -> None:
    a_tour(desk)
    made = one(desk, time="14:00")
    save(desk, rules=[rule("10:00"), rule("14:00", minutes=180)])
    ends = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
    assert departure(desk, made.id).ends_at == reservation(desk, made.id).ends_at == ends


def test_a_departure_that_was_promised_stays_when_its_rule_is_gone(desk: Desk) -> None:
    a_tour(desk)
    kept, empty = one(desk, time="14:00"), one(desk, time="14:00", date="2027-02-02")
    reservations.cancel(empty.id, desk=desk, reason="the guide is ill")
    save(desk, rules=[rule("10:00")])
    assert lines(desk) == [("10:00", 8, 0), ("14:00", 8, 2)]
    assert lines(desk, TUESDAY) == [("10:00", 8, 0)]
    assert reservation(desk, kept.id).departs_at == TWO
    assert one(desk, time="14:00").unmatched == "no-departure"


def test_a_new_rule_finds_the_orders_that_waited_for_it(desk: Desk) -> None:
    a_tour(desk)
    waiting = one(desk, time="16:00")
    assert save(desk, rules=[rule(starts) for starts in ("10:00", "14:00", "16:00")]).matched == 1
    assert reservation(desk, waiting.id).departs_at == FOUR


def test_rules_that_clash_are_refused(desk: Desk) -> None:
    a_tour(desk)
    rules = [rule("10:00"), rule("10:00", 60, 4)]
    assert refused("rules-clash", lambda: save(desk, rules=rules)).facts == {"starts": "10:00"}


# --- by hand ------------------------------------------------------------------------------------


def test_an_order_takes_a_departure_that_was_added_by_hand(desk: Desk) -> None:
    option = a_tour(desk)
    waiting = one(desk, time="16:00")
    added = schedule.add_departure(option, DAY, time(16), 90, 5, desk=desk)
    assert added.matched == 1
    later = one(desk, time="16:00")
    assert {reservation(desk, row.id).departure_id for row in (waiting, later)} == {added.departure_id}
    assert (later.departs_at, later.ends_at) == (FOUR, datetime(2027, 2, 1, 8, 30, tzinfo=UTC))
    assert lines(desk) == [("10:00", 8, 0), ("14:00", 8, 0), ("16:00", 5, 4)]


def test_a_departure_by_hand_runs_on_an_excepted_day_and_outlives_other_rules(desk: Desk) -> None:
    option = a_tour(desk, exceptions=[DAY])
    schedule.add_departure(option, DAY, time(14), 90, 5, desk=desk)
    save(desk, rules=[rule("09:00", 60, 3)])
    assert lines(desk) == [("14:00", 5, 0)]
    assert one(desk).departs_at == TWO


@pytest.mark.parametrize("capacity", [-1, 2**40])
def test_a_departure_by_hand_has_a_believable_number_of_seats(desk: Desk, capacity: int) -> None:
    option = a_tour(desk)
    refused("capacity-wrong", lambda: schedule.add_departure(option, DAY, time(16), 90, capacity, desk=desk))


@pytest.mark.parametrize("starts", [time(10), time(16)])
def test_a_second_departure_at_the_same_instant_is_refused(desk: Desk, starts: time) -> None:
    option = a_tour(desk)
    schedule.add_departure(option, DAY, time(16), 90, 5, desk=desk)
    no = refused("departure-exists", lambda: schedule.add_departure(option, DAY, starts, 90, 5, desk=desk))
    assert no.sentence.startswith(f"Afternoon leaves at 2027-02-01 {starts:%H:%M} already.")


def test_a_departure_that_lost_its_rule_can_be_sold_again(desk: Desk) -> None:
    option = a_tour(desk)
    made = a_reservation(desk, Status.CONFIRMED, time="14:00", party=6)
    save(desk, rules=[rule("10:00")])
    refused("below-sold", lambda: schedule.add_departure(option, DAY, time(14), 90, 5, desk=desk))
    added = schedule.add_departure(option, DAY, time(14), 90, 9, desk=desk)
    assert added.departure_id == departure(desk, made).id
    assert lines(desk) == [("10:00", 8, 0), ("14:00", 9, 6)]


def test_a_departure_by_hand_is_taken_away_again_but_not_from_people(desk: Desk) -> None:
    option = a_tour(desk)
    added = schedule.add_departure(option, DAY, time(16), 90, 5, desk=desk).departure_id
    made = one(desk, time="16:00")
    no = refused("departure-reserved", lambda: schedule.remove_departure(added, desk=desk))
    assert no.sentence.startswith("1 reservations stand on 2027-02-01 16:00.")
    reservations.cancel(made.id, desk=desk, reason="the guide is ill")
    schedule.remove_departure(added, desk=desk)
    assert lines(desk) == [("10:00", 8, 0), ("14:00", 8, 0)]
    assert reservation(desk, made.id).departs_at == FOUR


def test_a_departure_of_the_rules_is_not_taken_away(desk: Desk) -> None:
    a_tour(desk)
    made = one(desk, time="14:00")
    refused("departure-of-rules", lambda: schedule.remove_departure(made.departure_id, desk=desk))
    refused("not-found", lambda: schedule.remove_departure(999, desk=desk))


# --- days that are skipped ----------------------------------------------------------------------


def test_a_day_with_people_is_not_skipped(desk: Desk) -> None:
    a_tour(desk)
    made = one(desk, time="14:00")
    storm = [{"day": DAY, "reason": "storm"}]
    no = refused("day-reserved", lambda: save(desk, exceptions=storm))
    assert no.facts == {"day": "2027-02-01", "reservations": 1}
    reservations.cancel(made.id, desk=desk, reason="a storm")
    save(desk, exceptions=storm)
    assert lines(desk) == []


def test_a_skipped_day_runs_again_and_finds_who_waited(desk: Desk) -> None:
    a_tour(desk)
    save(desk, exceptions=[{"day": DAY, "reason": "storm"}])
    waiting = one(desk, time="14:00")
    assert products.see_product(1, desk=desk).content["option"][0]["exceptions"] == [
        {"day": "2027-02-01", "starts": None, "reason": "storm"}
    ]
    assert save(desk, exceptions=[]).matched == 1
    assert reservation(desk, waiting.id).departs_at == TWO


def test_one_of_two_departures_of_a_day_is_skipped_and_the_other_runs(desk: Desk) -> None:
    a_tour(desk, exceptions=[{"day": DAY, "starts": "10:00", "reason": "storm"}])
    assert lines(desk) == [("14:00", 8, 0)]
    assert lines(desk, TUESDAY) == [("10:00", 8, 0), ("14:00", 8, 0)]
    waiting, placed = one(desk, time="10:00"), one(desk, time="14:00")
    assert (waiting.unmatched, placed.departs_at) == ("no-departure", TWO)
    assert products.see_product(1, desk=desk).content["option"][0]["exceptions"] == [
        {"day": "2027-02-01", "starts": ["10:00"], "reason": "storm"}
    ]
    assert save(desk, exceptions=[]).matched == 1
    assert reservation(desk, waiting.id).departs_at == TEN


def test_only_the_people_of_a_skipped_time_stand_in_its_way(desk: Desk) -> None:
    a_tour(desk)
    one(desk, time="14:00")
    morning = {"day": DAY, "starts": ["10:00"]}
    save(desk, exceptions=[morning])
    for refusing in (
        [{"day": DAY, "starts": ["14:00"]}],
        [morning, {"day": DAY, "starts": ["14:00"]}],
        [DAY],
    ):
        skipped = [day if isinstance(day, dict) else {"day": day} for day in refusing]
        refused("day-reserved", lambda: save(desk, exceptions=skipped))  # noqa: B023
    assert lines(desk) == [("14:00", 8, 2)]


def test_what_is_told_twice_of_a_day_counts_together(desk: Desk) -> None:
    a_tour(desk)
    storm = {"day": DAY, "starts": ["10:00"], "reason": "storm"}
    save(desk, exceptions=[storm, {"day": DAY, "starts": ["14:00"], "reason": "repair"}])
    assert lines(desk) == []
    (kept,) = products.see_product(1, desk=desk).content["option"][0]["exceptions"]
    assert (kept["starts"], kept["reason"]) == (["10:00", "14:00"], "storm; repair")
    save(desk, exceptions=[storm, {"day": DAY}])
    (kept,) = products.see_product(1, desk=desk).content["option"][0]["exceptions"]
    assert kept["starts"] is None


def test_a_file_cannot_skip_a_day_with_people_either(desk: Desk) -> None:
    a_tour(desk)
    one(desk, time="14:00")
    refused("day-reserved", lambda: a_tour(desk, exceptions=[{"day": DAY, "reason": "storm"}]))


# --- who may, and what is written down ----------------------------------------------------------


def test_only_a_manager_changes_departures(desk: Desk) -> None:
    option = a_tour(desk)
    clerk = Desk(desk.database, replace(desk.actor, role="front-desk"), desk.practice, desk.clock)
    for work in (
        lambda: save(clerk, rules=[rule("10:00")]),
        lambda: schedule.add_departure(option, DAY, time(16), 90, 5, desk=clerk),
        lambda: schedule.remove_departure(1, desk=clerk),
    ):
        refused("not-allowed", work)


def test_what_managers_do_to_departures_is_announced_and_journaled(desk: Desk) -> None:
    option = a_tour(desk)
    heard: list[frozenset[str]] = []
    desk.listeners.append(heard.append)
    added = schedule.add_departure(option, DAY, time(16), 90, 5, desk=desk).departure_id
    schedule.remove_departure(added, desk=desk)
    save(desk, exceptions=[{"day": DAY}])
    departures = frozenset({"products", "departures"})
    assert heard == [departures, departures, departures | {"reservations"}]
    actions = [row[3] for row in _entries(desk)][-3:]
    assert actions == ["add-departure", "remove-departure", "product"]
    assert all(chain.broken_at is None for chain in verify(desk=desk))


def _entries(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        asked = select(JournalEntry.seq, JournalEntry.at, JournalEntry.subject, JournalEntry.action)
        return list(look.execute(asked.order_by(JournalEntry.seq)))


# --- the products file --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "told", "code"),
    [
        (("starts",), {"starts": None}, "missing"),
        (("capacity",), {"capacity": None}, "missing"),
        (("capacity",), {"starts": None, "capacity": None, "rules": [{"starts": "10:00"}]}, "missing"),
        (("starts",), {"rules": [{"starts": "10:00"}]}, "in-rules"),
        (("weekdays",), {"starts": None, "weekdays": ["mon"], "rules": []}, "in-rules"),
        (("rules", 0, "starts"), {"starts": None, "rules": [{}]}, "missing"),
        (("rules", 0, "starts", 0), {"starts": None, "rules": [{"starts": "26:00"}]}, "string_pattern_mismatch"),
        (("starts",), {"starts": ["10:00", "10:00"]}, "rules-clash"),
        (
            ("rules", 1, "starts"),
            {"starts": None, "rules": [{"starts": "10:00", "weekdays": ["mon"]}, {"starts": "10:00"}]},
            "rules-clash",
        ),
        (("season",), {"season": ["2027-03-01", "2027-02-01"]}, "ends-before"),
        (("exceptions", 0, "day"), {"exceptions": ["soon"]}, "date_from_datetime_parsing"),
        (("exceptions", 0, "starts", 0), {"exceptions": [{"day": DAY, "starts": "ten"}]}, "string_pattern_mismatch"),
    ],
)  # fmt: skip
def test_a_fault_in_the_times_says_where_it_is(
    path: tuple[Any, ...], told: dict[str, Any], code: str
) -> None:
    content = {"code": "TEA", "name": "Tea", "option": [TWICE | told]}
    assert [(one.path, one.code) for one in faults_of(content)] == [(("option", 0, *path), code)]


def test_the_list_of_products_tells_the_rules(desk: Desk) -> None:
    a_tour(desk, exceptions=[DAY], season=[date(2027, 1, 1), ""], weekdays=["sat", "sun"])
    (option,) = products.listed(desk=desk)[0]["options"]
    assert option["exceptions"] == ["2027-02-01"]
    assert option["rules"][1] == {
        "starts": "14:00",
        "minutes": 120,
        "capacity": 8,
        "weekdays": ["sat", "sun"],
        "season": ["2027-01-01", None],
    }


def test_the_command_line_lists_a_rule_a_line(desk: Desk) -> None:
    skipped = [DAY, {"day": TUESDAY, "starts": "10:00"}]
    a_tour(desk, exceptions=skipped, season=["", date(2027, 3, 31)], weekdays=["sat", "sun"])
    assert list(lines_of(products.listed(desk=desk)))[1:] == [
        "  Afternoon  10:00  120 min  8 seats  sat sun  until 2027-03-31",
        "  Afternoon  14:00  120 min  8 seats  sat sun  until 2027-03-31",
        "  Afternoon  not on 2027-02-01, 2027-02-02 10:00",
    ]
