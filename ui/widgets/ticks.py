"""Which rows of a list are ticked, by what stays the same about them; "all but these" needs no more room than "all"."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


class Ticks:
    """Knows nothing of rows: `total` is told where it matters."""

    def __init__(self, these: Iterable[Hashable] = (), *, all_but: bool = False) -> None:
        self._these, self._all_but = set(these), all_but

    def has(self, identity: Hashable) -> bool:
        """Whether this one is ticked."""
        return (identity in self._these) is not self._all_but

    def put(self, identity: Hashable, on: bool) -> None:
        """Tick one, or take its tick away."""
        (self._these.add if on is not self._all_but else self._these.discard)(identity)

    def put_all(self, identities: Iterable[Hashable]) -> None:
        """Tick these, too."""
        (self._these.difference_update if self._all_but else self._these.update)(identities)

    def count(self, total: int) -> int:
        """How many of `total` are ticked."""
        return total - len(self._these) if self._all_but else len(self._these)

    def among(self, identities: Iterable[int]) -> list[int]:
        """Those of these that are ticked, in their order."""
        these = self._these
        if self._all_but:
            return [one for one in identities if one not in these]
        return [one for one in identities if one in these] if these else []

    def chosen(self, identities: Iterable[int]) -> list[int]:
        """Those that are ticked, in any order; quick where few are."""
        return self.among(identities) if self._all_but else sorted(self._these)  # type: ignore[arg-type]

    def lost(self, identities: Iterable[Hashable]) -> frozenset[Hashable]:
        """What it knows of and none of these is."""
        return frozenset(self._these.difference(identities)) if self._these else frozenset()

    def forget(self, identities: Iterable[Hashable]) -> None:
        """These are no more."""
        self._these.difference_update(identities)

    def copy(self) -> Ticks:
        """The same, to come back to."""
        return Ticks(self._these, all_but=self._all_but)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ticks) and (self._these, self._all_but) == (other._these, other._all_but)

    def __bool__(self) -> bool:
        return self._all_but or bool(self._these)

    __hash__ = None  # type: ignore[assignment]  # it changes
