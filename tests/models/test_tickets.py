"""How many tickets a party gets, and how heads and visits are counted on them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.products import TicketsPer
from models.tickets import Admission, NewTicket, TicketCount, admissions, remaining, tickets_for

EACH, WHOLE = TicketsPer.PERSON, TicketsPer.RESERVATION


@pytest.mark.parametrize(
    ("per", "party", "lines", "expected"),
    [
        (WHOLE, 3, [("Adult", 2), ("Child", 1)], [(3, "")]),
        (WHOLE, None, [], [(1, "")]),
        (WHOLE, 0, [("Infant", 0)], [(1, "")]),
        (EACH, 3, [("Adult", 2), ("Child", 1)], [(1, "Adult 1"), (1, "Adult 2"), (1, "Child 1")]),
        (EACH, 3, [], [(1, ""), (1, ""), (1, "")]),
        (EACH, 3, [("Adult", 1)], [(1, "Adult 1"), (1, ""), (1, "")]),
        (EACH, 1, [("Adult", 3)], [(1, "Adult 1")]),
        (EACH, None, [], [(1, "")]),
        (EACH, 0, [("Infant", 0)], [(1, "")]),
    ],
)
def test_tickets_of_a_party(per: TicketsPer, party: int | None, lines: list, expected: list) -> None:
    assert tickets_for(per, party, lines) == [NewTicket(*one) for one in expected]


def test_heads_fill_the_tickets_in_order_and_a_full_one_is_spent() -> None:
    counts = [TicketCount(1, 1, 1, 0), TicketCount(2, 3, 1, 1), TicketCount(3, 4, 0, 0)]
    assert remaining(counts) == 3
    assert admissions(counts, 2) == [Admission(1, 1, True), Admission(2, 1, False)]
    assert admissions(counts, 99) == [Admission(1, 1, True), Admission(2, 2, True)]


def test_three_of_five_come_first_and_the_two_others_spend_the_visit() -> None:
    assert admissions([TicketCount(1, 5, 1, 0)], 3) == [Admission(1, 3, False)]
    assert admissions([TicketCount(1, 5, 1, 3)], 5) == [Admission(1, 2, True)]


COUNTS = st.lists(
    st.integers(1, 6).flatmap(
        lambda heads: st.tuples(st.just(heads), st.integers(0, 3), st.integers(0, heads - 1))
    ),
    max_size=5,
).map(lambda made: [TicketCount(n, *one) for n, one in enumerate(made)])


@given(COUNTS, st.integers(0, 40))
def test_never_more_come_in_than_asked_or_than_remain(counts: list[TicketCount], heads: int) -> None:
    made = admissions(counts, heads)
    assert sum(one.heads for one in made) == min(heads, remaining(counts))
    spent = {t.number for t in counts if not t.uses_left}
    assert not spent.intersection(one.number for one in made)
