"""What would overwrite what somebody else kept since it was seen, and what would not."""

from __future__ import annotations

import pytest

from models.meanwhile import clashes


@pytest.mark.parametrize(
    ("seen", "now", "wanted", "found"),
    [
        ({"a": 1}, {"a": 1}, {"a": 2}, ()),  # nobody else changed it
        ({"a": 1}, {"a": 2}, {"a": 2}, ()),  # both want the same
        ({"a": 1}, {"a": 2}, {"a": 3}, ("a",)),
        ({"a": 1}, {"a": 2}, {"a": 1}, ("a",)),  # what was left alone here would go back to what it was
        ({}, {"a": 1}, {}, ("a",)),  # theirs is new and would go
        ({"a": 1}, {}, {"a": 2}, ("a",)),  # theirs is gone and would come back
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 2, "b": 2}, ()),
    ],
)
def test_only_what_would_be_overwritten_unseen_is_a_clash(
    seen: dict[str, int], now: dict[str, int], wanted: dict[str, int], found: tuple[str, ...]
) -> None:
    assert clashes(seen, now, wanted) == found
