"""Fills the words of a letter, and refuses words that ask for more than to be filled.

A template may name placeholders and leave sentences out (`{% if guide %}…{% endif %}`), or a whole line by a question
mark before it (`-? Guide: {{ guide }}`): it stands only where all that it names is known. Everything else that the
template language can do is refused before it is kept and again before it is filled, whoever wrote it: no loops, no
calls, no way to what a value is made of. Filling is sandboxed all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from models.frozen import frozen
from models.letter_text import has_turns, spelled_out, tidy
from models.letters import LONGEST_SUBJECT, LONGEST_TEXT, PLACEHOLDERS
from models.refusals import CannotDo

if TYPE_CHECKING:
    from jinja2 import Template, nodes
    from jinja2.sandbox import SandboxedEnvironment


_TOO_DEEP = "There are too many brackets in one another."
_DEEPEST = 40
"""So many conditions in one another are more than anybody reads, and fewer than the language can bear."""
_KEPT = 256
"""So many templates stay ready; while somebody types, each letter they write is another one."""


@frozen
class Words:
    """The words of one kind of letter, still to be filled."""

    subject: str
    text: str


@frozen
class Filled:
    """What came of it, and the placeholders that were named and had nothing to say."""

    subject: str
    text: str
    missing: tuple[str, ...]


class _Empty:
    """A placeholder without a value: false where it is asked for, noted where it is written."""

    def __init__(self, name: str, noted: list[str], mark: bool) -> None:
        self.name, self.noted, self.mark = name, noted, mark

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other == ""

    def __hash__(self) -> int:
        return hash("")

    def __str__(self) -> str:
        if self.name not in self.noted:
            self.noted.append(self.name)
        return f"‹{self.name}?›" if self.mark else ""


def fill(words: Words, facts: Mapping[str, str], *, mark: bool = False) -> Filled:
    """The words with the facts in them; with `mark` an empty placeholder is shown instead of nothing.

    Raises CannotDo("letter-words-wrong") for words that are broken, and ("letter-subject-wrong").
    """
    check(words)
    noted: list[str] = []
    told = {name: facts.get(name) or _Empty(name, noted, mark) for name in PLACEHOLDERS}
    subject = " ".join(_ready(words.subject).render(told).split(" ")).strip()
    text = tidy(_ready(spelled_out(words.text)).render(told))
    if has_turns(subject) or not subject:
        raise CannotDo("letter-subject-wrong")
    return Filled(subject[: 2 * LONGEST_SUBJECT], text, tuple(noted))


def check(words: Words) -> None:
    """Raises CannotDo("letter-words-wrong") with the line and a sentence, ("letter-subject-wrong"), ("letter-long")."""
    if len(words.subject) > LONGEST_SUBJECT or len(words.text) > LONGEST_TEXT:
        raise CannotDo("letter-long", subject=LONGEST_SUBJECT, text=LONGEST_TEXT)
    if has_turns(words.subject) or not words.subject.strip():
        raise CannotDo("letter-subject-wrong")
    if not words.text.strip():
        raise CannotDo("letter-empty")
    for part, text in (("subject", words.subject), ("text", words.text)):
        found = fault(text)
        if found is not None:
            raise CannotDo("letter-words-wrong", part=part, line=found[0], why=found[1])


@lru_cache(_KEPT)
def fault(text: str) -> tuple[int, str] | None:
    """The line of the first thing that is wrong in a template and a sentence about it, None where all is well."""
    from jinja2 import TemplateSyntaxError

    try:
        tree = _environment().parse(spelled_out(text))
    except TemplateSyntaxError as error:
        return error.lineno, f"{error.message or 'This cannot be read'}."
    except RecursionError:
        return 1, _TOO_DEEP
    return _first_fault(tree)


def _first_fault(tree: nodes.Template) -> tuple[int, str] | None:
    from jinja2 import nodes

    allowed = (
        nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Not, nodes.And, nodes.Or,
        nodes.Const, nodes.Name, nodes.Compare, nodes.Operand,
    )  # fmt: skip
    waiting: list[tuple[Any, int]] = [(tree, 0)]
    while waiting:
        above, deep = waiting.pop()
        for node in above.iter_child_nodes():
            if deep > _DEEPEST:
                return node.lineno, _TOO_DEEP
            if not isinstance(node, allowed):
                return node.lineno, "Only placeholders and {% if … %} can be used in letters."
            if isinstance(node, nodes.Name) and node.name not in PLACEHOLDERS:
                return node.lineno, f"There is no placeholder {node.name}."
            waiting.append((node, deep + 1))
    return None


@lru_cache(_KEPT)
def _ready(text: str) -> Template:
    return _environment().from_string(text)


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    made.globals.clear()
    return made
