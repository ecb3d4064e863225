"""Who is in when several counters let people in without knowing of each other: the rule alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from models.offline import RULINGS, Admitted, Clash, Conflict, Taken, Ticket, incident_id, settle

NINE = datetime(2027, 2, 1, 0, 0, tzinfo=UTC)
ONE_FOR_TWO = (Ticket(1, heads=2),)


def at(minute: int, scan_id: str, heads: int = 1, **told: object) -> Admitted:
    """A scan at nine and so many minutes."""
    told = {"people": heads, "most": 4, **told}
    return Admitted(scan_id, NINE + timedelta(minutes=minute), heads, **told)  # type: ignore[arg-type]


def test_who_came_first_by_their_own_clock_is_in_and_the_other_is_one_too_many() -> None:
    found = settle(ONE_FOR_TWO, [at(7, "late", 2), at(3, "soon", 2)])
    assert found.taken == {"soon": (Taken(1, 2, True),), "late": ()}
    assert found.clashes == (Clash(Conflict.TWICE, "late", 2, other="soon"),)
    assert (found.left, found.arrived) == ({1: (0, 0)}, 2)
    assert found.arrived_at == NINE + timedelta(minutes=3)


def test_two_halves_of_a_party_at_two_counters_are_no_conflict() -> None:
    found = settle(ONE_FOR_TWO, [at(1, "a"), at(2, "b")])
    assert (found.clashes, found.arrived, found.spent_by) == ((), 2, "b")


def test_of_more_than_are_left_the_rest_alone_is_too_many() -> None:
    found = settle((Ticket(1, heads=4),), [at(1, "a", 3), at(2, "b", 3)])
    assert found.clashes == (Clash(Conflict.TWICE, "b", 2, other="a"),)
    assert found.arrived == 4


def test_a_whole_order_is_let_in_on_whatever_tickets_are_left() -> None:
    one_each = tuple(Ticket(n) for n in (1, 2, 3, 4))
    found = settle(one_each, [at(1, "two", 2), at(2, "rest", 2), at(3, "mine", ticket=4)])
    assert found.taken["rest"] == (Taken(3, 1, True), Taken(4, 1, True))
    assert found.clashes == (Clash(Conflict.TWICE, "mine", 1, other="rest"),)


def test_a_ticket_for_several_visits_may_be_used_at_two_counters() -> None:
    found = settle((Ticket(1, heads=2, uses=3),), [at(1, "a", 2), at(2, "b", 2)])
    assert (found.clashes, found.left, found.spent_by) == ((), {1: (1, 0)}, "")


def test_who_should_not_have_come_in_counts_for_nobody_until_somebody_says_so() -> None:
    against = at(1, "a", 2, against=Conflict.MOVED)
    found = settle(ONE_FOR_TWO, [against, at(2, "b", 2)])
    assert found.clashes == (Clash(Conflict.MOVED, "a", 2),)
    assert found.taken["b"] == (Taken(1, 2, True),)
    ruled = settle(ONE_FOR_TWO, [at(1, "a", 2, against=Conflict.MOVED, ruled=True)])
    assert ruled.arrived == 2


def test_who_owes_money_is_in() -> None:
    found = settle(ONE_FOR_TWO, [at(1, "a", 2, against=Conflict.UNPAID)])
    assert (found.arrived, found.clashes) == (2, (Clash(Conflict.UNPAID, "a", 2),))


def test_every_conflict_can_be_decided_and_always_left_as_it_is() -> None:
    assert set(RULINGS) == set(Conflict)
    assert all("keep" in offered for offered in RULINGS.values())


def test_a_conflict_has_the_same_number_whenever_it_is_found() -> None:
    assert incident_id(Conflict.TWICE, "a") == incident_id(Conflict.TWICE, "a")
    assert len({incident_id(kind, scan) for kind in Conflict for scan in "ab"}) == 2 * len(Conflict)


tickets = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=4).map(
    lambda made: tuple(Ticket(n, heads, uses) for n, (heads, uses) in enumerate(made, 1))
)


@st.composite
def admissions(draw: st.DrawFn) -> tuple[tuple[Ticket, ...], list[Admitted]]:
    """Tickets, and scans of five counters that overlap in time."""
    valid = draw(tickets)
    against = st.sampled_from((None, None, None, *sorted(set(Conflict) - {Conflict.TWICE})))
    made = []
    for number in range(draw(st.integers(1, 12))):
        ticket = draw(st.sampled_from((None, *valid)))
        most = sum(t.heads for t in valid)
        heads = draw(st.integers(1, ticket.heads if ticket else most))
        told = {"most": most, "ticket": ticket.number if ticket else None, "against": draw(against)}
        made.append(at(draw(st.integers(0, 5)), f"{number:02}", heads, **told))
    return valid, made


@given(told=admissions(), order=st.randoms(use_true_random=False))
def test_whoever_hands_over_first_it_ends_the_same(told, order) -> None:
    valid, made = told
    shuffled = list(made)
    order.shuffle(shuffled)
    assert settle(valid, made) == settle(valid, shuffled)


@given(told=admissions())
def test_no_ticket_lets_in_more_than_it_is_good_for_and_nobody_is_lost(told) -> None:
    valid, made = told
    found = settle(valid, made)
    for ticket in valid:
        came = sum(t.heads for taken in found.taken.values() for t in taken if t.ticket == ticket.number)
        left, within = found.left[ticket.number]
        assert came == (ticket.uses - left) * ticket.heads + within <= ticket.heads * ticket.uses
    too_many = {one.scan_id: one.heads for one in found.clashes if one.kind is Conflict.TWICE}
    for one in made:
        counted = sum(t.heads for t in found.taken[one.scan_id])
        assert counted + too_many.get(one.scan_id, 0) == (0 if one.is_out else one.heads)


@given(told=admissions())
def test_every_conflict_is_listed_once(told) -> None:
    valid, made = told
    numbers = [incident_id(one.kind, one.scan_id) for one in settle(valid, made).clashes]
    assert len(numbers) == len(set(numbers))


@given(told=admissions())
def test_a_scan_without_any_other_is_what_the_gate_said(told) -> None:
    valid, made = told
    for one in made:
        alone = settle(valid, [one])
        assert [c.kind for c in alone.clashes] == ([one.against] if one.against else [])


def test_all_orders_of_three_counters() -> None:
    scans = [at(1, "a", 2), at(1, "b", 1), at(0, "c", 1)]
    results = [settle(ONE_FOR_TWO, list(order)) for order in permutations(scans)]
    assert all(found == results[0] for found in results)
    assert results[0].clashes == (
        Clash(Conflict.TWICE, "a", 1, other="c"),
        Clash(Conflict.TWICE, "b", 1, other="a"),
    )
