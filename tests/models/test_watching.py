"""What an entry of the journal changed, and which entries were our own."""

from __future__ import annotations

import pytest

from models.watching import EVERYTHING, OwnEntries, kinds_of


def test_looking_changes_nothing() -> None:
    assert kinds_of("reservation:17", "view") == frozenset()
    assert kinds_of("search", "search") == frozenset()
    assert kinds_of("list", "print") == kinds_of("list", "export") == frozenset()


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("reservation:17", "reservations"),
        ("departure:3", "departures"),
        ("import:1", "imports"),
        ("view:2", "views"),
    ],
)
def test_a_subject_names_its_kind(subject: str, kind: str) -> None:
    assert kind in kinds_of(subject, "whatever") < EVERYTHING


def test_what_is_not_known_yet_changes_everything() -> None:
    assert kinds_of("a-new-thing:1", "made") == EVERYTHING


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([], [(1, 9)]),
        ([(1, 9)], []),
        ([(3, 4)], [(1, 2), (5, 9)]),
        ([(1, 2), (8, 12)], [(3, 7)]),
        ([(4, 4), (2, 2)], [(1, 1), (3, 3), (5, 9)]),
        ([(20, 30)], [(1, 9)]),
    ],
)
def test_what_others_wrote_is_what_we_did_not(
    ours: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    own = OwnEntries()
    for first, last in ours:
        own.add(1, first, last)
    assert list(own.others(1, 1, 9)) == theirs
    assert list(own.others(2, 1, 9)) == [(1, 9)]


def test_what_was_not_kept_is_not_ours() -> None:
    own = OwnEntries()
    own.add(1, 1, 3)
    own.add(1, 4, 6)
    own.forget(1, 4)
    assert list(own.others(1, 1, 9)) == [(4, 9)]
