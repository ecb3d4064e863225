"""Writes a letter: the words of its kind, filled with what is true of its reservation when it leaves.

`compose` is for whoever sends it, `draft` for whoever looks at it before. A placeholder that would be empty is told in
`missing`; a letter that somebody has seen that way says so in its body ("missing_seen") and leaves all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from controllers.carriers.carrier import Enclosed
from controllers.letter_words.facts import facts_of, reservation
from controllers.letter_words.kept import words_for
from controllers.letter_words.layout import LOGO_ID, page
from controllers.letter_words.sample import sample_facts
from controllers.letter_words.template import Words, fill
from controllers.voucher_looks import read_look
from models.channels import channel_facts
from models.frozen import frozen
from models.letter_text import one_line
from models.letters import HAS_VOUCHER, WITH_VOUCHER, WORDED, letter_language
from models.outbox import Letter
from models.references import number_of
from models.refusals import CannotDo
from models.voucher_looks import VoucherLook


class Promised(Protocol):
    """What a letter's words depend on: a row of the outbox, or a letter somebody thinks of sending."""

    @property
    def kind(self) -> Letter: ...
    @property
    def reservation_id(self) -> int | None: ...
    @property
    def language(self) -> str: ...
    @property
    def body(self) -> Any: ...


@frozen
class Wanted:
    """A letter somebody thinks of sending."""

    kind: Letter
    reservation_id: int
    language: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


@frozen
class Composed:
    """A letter as it leaves. `missing` are the placeholders its words name and nothing is known of."""

    subject: str
    text: str
    html: str
    attachments: tuple[Enclosed, ...] = ()
    missing: tuple[str, ...] = ()
    language: str = "en"
    encloses_voucher: bool = False

    def ready(self) -> Composed:
        """The same, where nothing is missing. Raises CannotDo("letter-incomplete") with what is."""
        if self.missing:
            raise CannotDo("letter-incomplete", missing=", ".join(self.missing))
        return self


@frozen
class _Setting:
    """What stands around the words: the language, the look, and where a comment is left."""

    language: str
    look: VoucherLook
    facts: Mapping[str, str]


def compose(look: Connection, row: Promised) -> Composed:
    """The letter of one row of the outbox, as it leaves now.

    Raises CannotDo("letter-words-wrong") where its own words are broken, and ("not-found").
    """
    found, setting = _setting(look, row)
    words = words_for(look, row.kind, setting.language, found.product_id)
    made = fill(words, setting.facts)
    seen = (row.body or {}).get("missing_seen") or ()
    enclosed = _enclosed(look, row, found, setting.look)
    return Composed(
        made.subject,
        made.text,
        _page(made.subject, made.text, setting),
        enclosed,
        tuple(name for name in made.missing if name not in seen),
        setting.language,
        row.kind in WITH_VOUCHER and any(one.kind == "application/pdf" for one in enclosed),
    )


def draft(
    look: Connection,
    wanted: Promised,
    *,
    own: Words | None = None,
    by_night: bool = False,
    language: str = "",
) -> Composed:
    """The letter as somebody at the desk may see it before it leaves: masked as privacy says, gaps marked.

    `own` are words that are being written and not kept yet. The voucher is only told of, not drawn.
    """
    found, setting = _setting(look, wanted, language=language, masked=True)
    words = own or words_for(look, wanted.kind, setting.language, found.product_id)
    made = fill(words, setting.facts, mark=True)
    return Composed(
        made.subject,
        made.text,
        _page(made.subject, made.text, setting, by_night=by_night),
        _logo(setting.look),
        made.missing,
        setting.language,
        wanted.kind in WITH_VOUCHER and found.status in HAS_VOUCHER,
    )


def sample(
    look: Connection, kind: Letter, language: str, words: Words, now: datetime, *, by_night: bool = False
) -> Composed:
    """The letter to somebody invented, for words that are being written."""
    setting = _Setting(language, read_look(look), sample_facts(look, language, now))
    made = fill(words, setting.facts, mark=True)
    shown = _page(made.subject, made.text, setting, by_night=by_night)
    enclosed, voucher = _logo(setting.look), kind in WITH_VOUCHER
    return Composed(made.subject, made.text, shown, enclosed, made.missing, language, voucher)


def _setting(
    look: Connection, row: Promised, *, language: str = "", masked: bool = False
) -> tuple[Any, _Setting]:
    if row.reservation_id is None or row.kind not in WORDED:
        raise CannotDo("letter-without-words", kind=row.kind)
    found = reservation(look, row.reservation_id)
    told = row.language or found.language
    spoken = language or letter_language(told, channel_facts(found.channel).language, found.languages)
    facts = facts_of(look, found, spoken, row.body or {}, masked=masked)
    return found, _Setting(spoken, read_look(look), facts)


def _page(subject: str, text: str, setting: _Setting, *, by_night: bool = False) -> str:
    facts = setting.facts
    links = (facts["review_address"],) if facts.get("review_address") else ()
    of = facts.get("operator", "")
    return page(subject, text, setting.language, setting.look, operator=of, links=links, by_night=by_night)


def _enclosed(look: Connection, row: Promised, found: Any, dress: VoucherLook) -> tuple[Enclosed, ...]:
    voucher: tuple[Enclosed, ...] = ()
    if row.kind in WITH_VOUCHER and found.status in HAS_VOUCHER:
        from controllers.vouchers import enclosed_voucher

        name = one_line(f"{number_of(found.id)}.pdf")
        voucher = (Enclosed(name, "application/pdf", enclosed_voucher(look, found.id)),)
    return (*voucher, *_logo(dress))


def _logo(dress: VoucherLook) -> tuple[Enclosed, ...]:
    return (Enclosed("logo.png", "image/png", dress.logo, cid=LOGO_ID),) if dress.logo else ()
