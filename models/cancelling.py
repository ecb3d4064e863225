"""How a traveler is told why an order is cancelled: the ways, and the reasons with their words in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from models.frozen import frozen
from models.refusals import CannotDo

RESOURCES = Path(__file__).resolve().parents[1] / "resources" / "cancel_reasons.toml"
MOST_REASONS, LONGEST_TITLE, LONGEST_TEXT = 30, 60, 2000


class Telling(StrEnum):
    """Which way the reason goes."""

    LETTER = "letter"  # by mail; without an address it waits until one is known
    CHANNEL = "channel"  # in the channel's own chat, which stands as "to do" there
    OURSELVES = "ourselves"  # by phone or in person


@frozen
class Reason:
    """One reason of the list: what staff call it, and what a traveler reads, by language."""

    title: str
    texts: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Its words in a language, else in English, else in the first there is."""
        return self.texts.get(language) or self.texts.get("en") or next(iter(self.texts.values()), "")


@frozen
class Draft:
    """A reason as one traveler would read it; `missing` are the placeholders nobody could fill."""

    title: str
    text: str
    missing: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def usual_reasons() -> tuple[Reason, ...]:
    """The reasons of a house that has written none itself."""
    import tomllib  # with the first reason that is asked for, not with every start

    told = tomllib.loads(RESOURCES.read_text("utf-8"))["reason"]
    return tuple(
        Reason(one["title"], {key: text for key, text in one.items() if key != "title"}) for one in told
    )


def checked(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons as they may be kept. Raises CannotDo("reason-wrong") or ("reason-empty")."""
    made = []
    for one in reasons:
        title = " ".join(one.title.split())
        texts = {key: text.strip() for key, text in one.texts.items() if text.strip()}
        if (
            not title
            or len(title) > LONGEST_TITLE
            or any(len(text) > LONGEST_TEXT for text in texts.values())
        ):
            raise CannotDo("reason-wrong", most=LONGEST_TITLE)
        if not texts:
            raise CannotDo("reason-empty", title=title)
        made.append(Reason(title, texts))
    if len({one.title.casefold() for one in made}) != len(made) or len(made) > MOST_REASONS:
        raise CannotDo("reason-wrong", most=LONGEST_TITLE)
    return tuple(made)
