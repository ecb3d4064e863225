"""Orders that fit no product are gathered by their words, given a meaning, and find their places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import event, select

from controllers import mapping, products, reservations, schedule
from controllers.desk import Desk
from controllers.mapping import Mapped
from controllers.placing import places
from controllers.rematching import rematch
from models.mapping import Group
from models.refusals import CannotDo
from models.tables import JournalEntry, Spelling
from tests.builders import a_product, departure, kkday_row, reservation, taken, teach_headings
from tests.builders import direct_row as direct

MORNING = {"name": "Morning", "starts": "10:00", "capacity": 8, "minutes": 60, "units": [{"name": "Adult"}]}
AFTERNOON = MORNING | {"name": "Afternoon", "starts": "14:00"}


def groups(desk: Desk) -> tuple[Group, ...]:
    return mapping.see_unmatched_groups(desk=desk).groups


def ids(desk: Desk, product: str = "TEA") -> tuple[int, dict[str, int]]:
    """A product's id and its options' ids by name."""
    known = mapping.see_unmatched_groups(desk=desk).catalogue
    found = next(one for one in known.products if one.code == product)
    return found.id, {option.name: option.id for option in found.options}


def waiting(desk: Desk, made: list[int]) -> list[str]:
    return [reservation(desk, one).unmatched for one in made]


def told(group: Group) -> tuple[Any, ...]:
    return (
        group.key.source,
        group.key.product_text,
        group.key.option_text,
        group.key.reason,
        group.orders,
        group.heads,
    )


def refused(code: str, work: Any) -> None:
    with pytest.raises(CannotDo) as no:
        work()
    assert no.value.code == code


def test_orders_are_gathered_by_words_and_reason_the_next_departure_first(desk: Desk) -> None:
    a_product(desk)
    taken(desk, *[direct(product="Night Walk", date=f"2027-02-0{n}", adults=3) for n in (1, 2)])
    taken(desk, direct(option="Evening", time="20:00", date="2027-01-20"))
    made = taken(desk, direct(product="Night Walk", date="2027-02-03"))
    reservations.cancel(made[0], desk=desk, reason="no guide")  # nobody waits for a cancelled one
    assert [told(group) for group in groups(desk)] == [
        ("direct", "Tea House Walk", "Evening", "no-departure", 1, 2),
        ("direct", "Night Walk", "Afternoon", "unknown-product", 2, 6),
    ]


def test_choosing_a_product_places_the_whole_group_and_whatever_else_it_fits(desk: Desk) -> None:
    a_product(desk)
    made = taken(desk, direct(product="Night Walk"), direct(product="night  WALK", date="2027-02-02"))
    product, options = ids(desk)
    done = mapping.map_orders(
        groups(desk)[0].key, product_id=product, option_id=options["Afternoon"], desk=desk
    )
    assert done.left == ()
    assert waiting(desk, made) == ["", ""]
    assert departure(desk, made[0]).departs_on == date(2027, 2, 1)
    assert groups(desk) == ()


def test_what_was_learned_stands_under_known_as_and_the_next_order_fits(desk: Desk) -> None:
    a_product(desk)
    taken(desk, direct(product="Night Walk", option="Late group"))
    product, options = ids(desk)
    mapping.map_orders(groups(desk)[0].key, product_id=product, option_id=options["Afternoon"], desk=desk)
    content = products.see_product(product, desk=desk).content
    assert content["known_as"] == [{"channel": "direct", "name": "night walk"}]
    assert content["option"][0]["known_as"] == [{"channel": "direct", "name": "late group"}]
    assert waiting(desk, taken(desk, direct(product="Night Walk", option="Late group"))) == [""]


def test_it_is_journaled_without_the_words(desk: Desk) -> None:
    a_product(desk)
    taken(desk, direct(product="Night Walk"))
    product, options = ids(desk)
    mapping.map_orders(groups(desk)[0].key, product_id=product, option_id=options["Afternoon"], desk=desk)
    with desk.reading() as look:
        row = look.execute(select(JournalEntry.details).where(JournalEntry.action == "map")).scalar_one()
    assert '"kept":["product"]' in row.replace(" ", "")
    assert "Night" not in row


def test_an_option_can_be_named_by_the_product_its_channel_sells(desk: Desk) -> None:
    """Many channels sell each option as a product of its own, and tell no option."""
    a_product(desk, options=[MORNING, AFTERNOON])
    made = taken(desk, direct(product="Tea in the morning", option=""))
    product, options = ids(desk)
    mapping.map_orders(groups(desk)[0].key, product_id=product, option_id=options["Morning"], desk=desk)
    assert waiting(desk, made) == [""]
    assert reservation(desk, made[0]).option_id == options["Morning"]


def test_a_word_taught_for_one_source_goes_before_a_name_of_ours(desk: Desk) -> None:
    a_product(desk, options=[MORNING | {"weekdays": ["sun"]}, AFTERNOON])
    made = taken(desk, direct(option="Morning", date="2027-02-01"))  # a Monday
    product, options = ids(desk)
    assert waiting(desk, made) == ["no-departure"]
    done = mapping.map_orders(
        groups(desk)[0].key, product_id=product, option_id=options["Afternoon"], desk=desk
    )
    assert done == Mapped(1, ())
    assert reservation(desk, made[0]).option_id == options["Afternoon"]


def test_unknown_units_are_named_too_and_seats_are_counted_by_them(desk: Desk) -> None:
    teach_headings(desk)
    units = [{"name": "Adult"}, {"name": "Family", "heads": 4}]
    a_product(desk, options=[AFTERNOON | {"units": units}])
    made = taken(desk, kkday_row(product="[X] Night Walk/Afternoon", guests="1 x Clan"))
    (group,) = groups(desk)
    details = mapping.see_group(group.key, desk=desk)
    assert details.units == (("Clan", 1),)
    known = mapping.see_unmatched_groups(desk=desk).catalogue.products[0]
    family = next(unit.id for unit in known.options[0].units if unit.name == "Family")
    mapping.map_orders(
        group.key, product_id=known.id, option_id=known.options[0].id, units={"Clan": family}, desk=desk
    )
    assert reservation(desk, made[0]).heads == 4


def test_what_still_has_no_place_is_told_with_its_reason(desk: Desk) -> None:
    a_product(desk, options=[AFTERNOON | {"weekdays": ["mon"]}])
    taken(
        desk, direct(product="Night Walk", date="2027-02-01"), direct(product="Night Walk", date="2027-02-02")
    )
    product, options = ids(desk)
    done = mapping.map_orders(
        groups(desk)[0].key, product_id=product, option_id=options["Afternoon"], desk=desk
    )
    assert done == Mapped(1, (("no-departure", 1),))
    (group,) = groups(desk)
    details = mapping.see_group(group.key, desk=desk)
    assert [(one.day, one.orders) for one in details.departures] == [(date(2027, 2, 2), 1)]


def test_a_departure_made_by_hand_takes_in_the_orders_that_waited_for_it(desk: Desk) -> None:
    a_product(desk, options=[AFTERNOON | {"weekdays": ["mon"]}])
    made = taken(desk, direct(date="2027-02-02", time="14:00"))
    (group,) = groups(desk)
    assert group.key.option_id is not None
    schedule.add_departure(group.key.option_id, date(2027, 2, 2), time(14), 120, 8, desk=desk)
    assert waiting(desk, made) == [""]


def test_words_given_another_meaning_mean_the_old_one_no_more(desk: Desk) -> None:
    a_product(desk)
    a_product(desk, "BOAT", "Night Boat")
    taken(desk, direct(product="Night Walk", date="2027-02-01", option="", time="09:00"))
    (group,) = groups(desk)
    boat, _ = ids(desk, "BOAT")
    tea, options = ids(desk)
    mapping.map_orders(group.key, product_id=boat, desk=desk)
    (group,) = groups(desk)
    assert (group.product, group.key.reason) == ("Night Boat", "no-departure")
    mapping.map_orders(group.key, product_id=tea, option_id=options["Afternoon"], desk=desk)
    with desk.reading() as look:
        kept = look.execute(select(Spelling.product_id).where(Spelling.name == "night walk")).scalars().all()
    assert set(kept) == {tea}


def test_only_a_manager_gives_words_a_meaning(desk: Desk) -> None:
    a_product(desk)
    taken(desk, direct(product="Night Walk"))
    clerk = Desk(desk.database, replace(desk.actor, role="front-desk"), desk.practice, desk.clock)
    refused("not-allowed", lambda: mapping.map_orders(groups(desk)[0].key, product_id=1, desk=clerk))


def test_without_any_words_there_is_nothing_to_name(desk: Desk) -> None:
    a_product(desk)
    taken(desk, direct(product="Night Walk"))
    key = replace(groups(desk)[0].key, product_text="", option_text="")
    refused("nothing-to-name", lambda: mapping.map_orders(key, product_id=1, desk=desk))


def test_another_counter_gets_in_between_while_a_large_group_is_placed(
    desk: Desk, second_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controllers.mapping.AT_MOST_S", 0.0)
    a_product(desk, capacity=99)
    made = taken(desk, *[direct(product="Night Walk") for _ in range(11)])
    product, options = ids(desk)
    seen: list[int] = []

    def meanwhile(_changed: frozenset[str]) -> None:
        seen.append(len([reason for reason in waiting(desk, made) if reason]))
        if seen[-1] < len(made):
            reservations.confirm(made[len(seen) - 2], desk=second_desk)

    desk.listeners.append(meanwhile)
    done = mapping.map_orders(
        groups(desk)[0].key, product_id=product, option_id=options["Afternoon"], desk=desk
    )
    assert done == Mapped(11, ())
    assert seen == [11, 7, 3, 0]
    assert departure(desk, made[0]).seats_taken == 2 * 3


def test_a_group_whose_placing_broke_off_is_finished_when_it_is_said_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controllers.mapping.AT_MOST_S", 0.0)
    a_product(desk, capacity=99)
    made = taken(desk, *[direct(product="Night Walk") for _ in range(6)])
    product, options = ids(desk)
    key = groups(desk)[0].key

    def say() -> Mapped:
        return mapping.map_orders(key, product_id=product, option_id=options["Afternoon"], desk=desk)

    def break_off(_changed: frozenset[str]) -> None:
        if "" in waiting(desk, made):
            raise KeyboardInterrupt

    desk.listeners.append(break_off)
    with pytest.raises(KeyboardInterrupt):
        say()
    desk.listeners.remove(break_off)
    assert waiting(desk, made) == ["", "", "", "", "unknown-product", "unknown-product"]
    assert say() == Mapped(2, ())


# --- trying again -----------------------------------------------------------------------------------


def test_orders_that_stay_where_they_were_are_not_touched(desk: Desk) -> None:
    a_product(desk, options=[AFTERNOON | {"weekdays": ["mon"]}])
    made = taken(desk, direct(date="2027-02-02", time="14:00"), direct(product="Night Walk"))
    before = [reservation(desk, one) for one in made]
    with desk.work() as work:
        assert rematch(places(work)) == 0
    assert [reservation(desk, one) for one in made] == before


def test_orders_of_the_same_unknown_words_are_looked_at_once(desk: Desk) -> None:
    a_product(desk)
    taken(desk, *[direct(product="Night Walk", date=f"2027-02-{n:02}") for n in range(1, 21)])
    asked: list[str] = []
    engine = desk.database.engine
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    with desk.work() as work:
        where = places(work)
        del asked[:]
        rematch(where)
    assert len(asked) == 2


def test_an_order_of_another_product_is_left_alone_when_one_product_changed(desk: Desk) -> None:
    a_product(desk, options=[AFTERNOON | {"weekdays": ["mon"]}])
    a_product(desk, "BOAT", "Night Boat", options=[AFTERNOON | {"weekdays": ["mon"]}])
    made = taken(desk, direct(date="2027-02-02", time="14:00"))
    boat, _ = ids(desk, "BOAT")
    with desk.work() as work:
        assert rematch(places(work), boat) == 0
    assert waiting(desk, made) == ["no-departure"]
