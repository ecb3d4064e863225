"""Says no in a way a person understands and a program can rely on.

`CannotDo` means the world said no (sold out, not allowed, not that kind of file). It is an
answer, not an accident: a stable code, the facts, and one sentence that says what happened
and what to do now. Anything else that is raised is a bug of ours.
"""

from __future__ import annotations


class CannotDo(Exception):
    """The world said no: `code` is stable, `facts` fill the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def sentence(self) -> str:
        """What happened and what to do now, in English, for the command line."""
        return sentence(self.code, self.facts)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(code: str, facts: dict[str, object] | None = None) -> str:
    """The sentence of a code, its blanks filled with `facts`."""
    from models.refusals.sentences import SENTENCES  # late: a desk that starts well has nothing to refuse

    return SENTENCES.get(code, code).format_map(_Blank(facts or {}))
