"""The journal is a chain: whatever is changed afterwards, in whichever field, no longer fits."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.journal import canonical, canonical_time, keyed_digest, link

ENTRIES = st.lists(
    st.tuples(
        st.datetimes(timezones=st.just(UTC)).map(canonical_time),
        st.one_of(st.none(), st.integers(1, 99)),
        st.sampled_from(["reservation:10001", "import", "search"]),
        st.sampled_from(["confirm", "cancel", "arrive"]),
        st.dictionaries(
            st.text(max_size=8), st.one_of(st.integers(), st.text(max_size=12), st.booleans())
        ).map(canonical),
    ),
    min_size=1,
    max_size=8,
)
FIELDS = ("counter_id", "seq", "at", "staff_id", "subject", "action", "details")


def chained(told: list[tuple], counter: int = 3) -> list[dict]:
    rows, head = [], ""
    for seq, one in enumerate(told, 1):
        row = dict(zip(FIELDS, (counter, seq, *one), strict=True))
        head = link(head, **row)
        rows.append({**row, "hash": head})
    return rows


def is_whole(rows: list[dict]) -> bool:
    head = ""
    for row in rows:
        head = link(head, **{name: row[name] for name in FIELDS})
        if head != row["hash"]:
            return False
    return True


@given(ENTRIES)
def test_what_nobody_touched_is_whole(told: list[tuple]) -> None:
    assert is_whole(chained(told))


@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=15)
@given(ENTRIES, st.data())
def test_changing_any_field_of_any_entry_breaks_the_chain(
    name: str, told: list[tuple], data: st.DataObject
) -> None:
    rows = chained(told)
    row = data.draw(st.sampled_from(rows))
    other = data.draw(
        st.integers(0, 9) if name in ("counter_id", "seq", "staff_id") else st.text(max_size=12)
    )
    assume(other != row[name])
    row[name] = other
    assert not is_whole(rows)


@given(ENTRIES, st.data())
def test_leaving_an_entry_out_or_swapping_two_breaks_the_chain(
    told: list[tuple], data: st.DataObject
) -> None:
    rows = chained(told)
    assume(len(rows) > 1)
    place = data.draw(st.integers(0, len(rows) - 2))
    swapped = [*rows[:place], rows[place + 1], rows[place], *rows[place + 2 :]]
    assert not is_whole(rows[:place] + rows[place + 1 :])
    assert not is_whole(swapped)


def test_facts_are_one_text_whatever_their_order() -> None:
    assert canonical({"b": 1, "a": "차"}) == canonical({"a": "차", "b": 1}) == r'{"a":"\ucc28","b":1}'


def test_an_instant_is_written_the_same_way_in_every_zone() -> None:
    seoul = datetime(2027, 1, 15, 10, tzinfo=ZoneInfo("Asia/Seoul"))
    assert canonical_time(seoul) == canonical_time(seoul.astimezone(UTC)) == "2027-01-15T01:00:00.000000Z"


@pytest.mark.parametrize("value", ["anna@example.com", "", 7])
def test_a_digest_is_comparable_and_tells_nothing(value: object) -> None:
    made = keyed_digest(b"secret", value)
    assert made == keyed_digest(b"secret", value) != keyed_digest(b"another", value)
    assert len(made) == 24
    assert not value or str(value) not in made or value == 7
