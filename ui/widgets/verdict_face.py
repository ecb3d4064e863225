"""What the full-window answer to a scan says: words and numbers only, nothing of how they are found."""

from __future__ import annotations

from models.checkin import Kind
from models.frozen import frozen


@frozen
class VerdictKey:
    """A key on the stub: its cap, what it does, a small line, and whether it ends the verdict.

    The cap '1–9' stands for nine digits; `also` are caps that press it, too.
    """

    cap: str
    text: str
    small: str = ""
    closes: bool = False
    also: tuple[str, ...] = ()


@frozen
class DepartureLine:
    """The departure on the stub: its name, who is in, who is expected, how many seats it has."""

    name: str
    arrived: int
    expected: int
    capacity: int


@frozen
class VerdictFace:
    """One verdict as it is shown.

    `word` and `line` are the two large lines and `lead` says which is larger ('word' or 'line').
    `units` stand beside a large number ('2', 'adults'). At most four `facts`; a `note` is read first, and larger
    than they are. It closes after
    `closes_in_s` seconds, or waits for a key where that is None; `waits` are the words then.
    """

    kind: Kind
    word: str
    line: str = ""
    lead: str = "word"
    facts: tuple[str, ...] = ()
    note: str = ""
    keys: tuple[VerdictKey, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    departure: DepartureLine | None = None
    counter: str = ""
    clock: str = ""
    closes_in_s: int | None = None
    waits: tuple[str, str] = ("", "")
    offline: bool = False
    sign: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        units = ", ".join(f"{count} {unit}" for count, unit in self.units)
        said = (f"{self.word} {self.line}".strip(), units, self.note, *self.facts)
        return ". ".join(part.rstrip(".") for part in said if part)
