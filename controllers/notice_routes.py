"""Sends notices by the ways that are set up, tries a way out, and asks the providers what became of what they took.

Nothing here happens within a transaction but the writing down: whoever is asked may take their time.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from controllers import notice_words
from controllers.carriers.carrier import Carrier, Parcel, Refused, Unclear
from controllers.carriers.kakao import Fate, TellsFates, Told
from controllers.carriers.keeping import KeptCarrier, keep_carrier, kept, password_of, see_carrier
from controllers.desk import Desk, Work
from controllers.mail_route import LETTERS
from controllers.notices import (
    address_of,
    carrier_of,
    carriers_here,
    notice_parcel,
    parcel_of,
    people,
)
from controllers.rights import needs
from controllers.sending import Route as Way
from controllers.sending import new_message_id, send_due
from controllers.sending_rest import try_again_now
from models import notice_routes
from models.frozen import frozen
from models.notice_routes import KINDS, Kakao, Nhn, Ntfy, Settings, Solapi, settings_kept, settings_of
from models.notices import KAKAO, Route
from models.outbox import MAIL, LetterState
from models.refusals import CannotDo
from models.rights import Right
from models.server_words import unnamed
from models.tables import NoticeDelivery, OutboxRow
from models.tables.notices import STILL_ON_ITS_WAY

_D: Table = NoticeDelivery.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_PAUSES = tuple(timedelta(seconds=s) for s in (5, 15, 60, 300, 900, 3600, 6 * 3600, 17 * 3600))
"""Between one question about a message's fate and the next; after the last it is not asked about any more."""
UNKNOWN = "unknown"
_MOST = 30
_ASKED_S = 20.0
"""A provider that takes its time over each answer keeps no notice waiting for longer."""
_TRIES, _BETWEEN_S = 4, 0.75


@frozen
class Tried:
    """What came of trying a way: the provider's own words, and whether it says that it arrived."""

    words: str
    fate: Fate = Fate.ACCEPTED


@needs(Right.ROUTES)
def send_notices(*, desk: Desk) -> bool:
    """Sends the notices that are due by every way; whether there were any. Mail to staff goes with the letters."""
    did = False
    for way in WAYS.values():
        did |= send_due(way, desk=desk)
    return did


@needs(Right.ROUTES)
def ask_fates(*, desk: Desk) -> bool:
    """Asks the providers what became of what they took: accepted is not delivered. Whether there is more to ask."""
    with desk.reading() as look:
        due = select(_D).where(STILL_ON_ITS_WAY, _D.c.ask_at <= desk.now())
        rows = look.execute(due.order_by(_D.c.ask_at).limit(_MOST)).all()
        carriers = {name: carrier(look, name) for name in {row.carrier for row in rows}}
    until = time.monotonic() + _ASKED_S
    for n, row in enumerate(rows, 1):
        _keep_fate(desk, row, _asked(carriers[row.carrier], row.number))
        if n < len(rows) and time.monotonic() > until:
            return True
    return len(rows) == _MOST


@needs(Right.ROUTES)
def next_question(*, desk: Desk) -> datetime | None:
    """When a provider is asked next; None where none has anything to tell."""
    with desk.reading() as look:
        return look.execute(
            select(_D.c.ask_at).where(STILL_ON_ITS_WAY).order_by(_D.c.ask_at).limit(1)
        ).scalar()


@needs(Right.OWN)
def try_route(route: Route, *, desk: Desk) -> Tried:
    """Sends a notice to whoever asks, at once; the provider's own words for it, also for what became of it.

    Raises CannotDo("route-not-set-up"), ("route-no-address"), ("route-refused") or ("route-unclear").
    """
    with desk.reading() as look:
        me = next(iter(people(look, only=desk.actor.staff_id)), None)
        address = address_of(me, route) if me else ""
        name = carrier_of(route, carriers_here(look))
        way = _mail(look, desk) if name == MAIL else carrier(look, name) if name else None
        if me is None or not address:
            raise CannotDo("route-no-address")
        if way is None:
            raise CannotDo("route-not-set-up")
        said = notice_words.said_to_try(me.language)
        key = new_message_id(0, "counterfoil.invalid")
        told = {"key": key, "address": address, "message_id": key if name == MAIL else ""}
        parcel = parcel_of(look, me, route, said, facts={}, **told)
    number = _handed_over(way, parcel)
    if name in KAKAO:
        return _tried(way, number)  # type: ignore[arg-type]
    return Tried(number)


@needs(Right.ROUTES)
def see_route(name: str, *, desk: Desk) -> tuple[KeptCarrier, Settings]:
    """How a way of notices is set up, without its secret."""
    found = see_carrier(name, desk=desk)
    return found, settings_of(name, found.settings)


@needs(Right.ROUTES)
def keep_route(
    name: str, settings: Settings, *, desk: Desk, seen: int, secret: str | None = None
) -> tuple[KeptCarrier, Settings]:
    """Keeps how a way of notices is reached. Raises CannotDo where it cannot be right, or was changed meanwhile.

    What was approved stays as the provider told it, unless it is another template now.
    """
    notice_routes.check(settings)
    if secret and name == "webhook":
        notice_routes.check_address(secret)
    before = settings_of(name, see_carrier(name, desk=desk).settings)
    if isinstance(settings, Kakao) and isinstance(before, Kakao):
        same = (before.template, before.sender) == (settings.template, settings.sender)
        settings = replace(settings, approved=before.approved if same else notice_routes.Template())
    keep_carrier(name, settings_kept(settings), desk=desk, seen=seen, secret=secret)
    try_again_now(name, database=desk.database)
    return see_route(name, desk=desk)


@needs(Right.ROUTES)
def fetch_approved(name: str, *, desk: Desk) -> tuple[KeptCarrier, Settings]:
    """Reads the template as KakaoTalk approved it from the provider, and keeps it to compare every message with.

    Where we have no words of our own yet, they become ours. Raises CannotDo("route-refused").
    """
    with desk.reading() as look:
        way = carrier(look, name)
        found = kept(look, name)
    settings = settings_of(name, found.settings)
    if way is None or not isinstance(settings, Kakao):
        raise CannotDo("route-not-set-up")
    try:
        approved = way.approved()  # type: ignore[attr-defined]
    except (Refused, Unclear) as no:
        raise CannotDo("route-refused", words=no.words) from no
    ours = settings.ours if settings.ours.text else approved
    after = replace(settings, approved=approved, ours=ours)
    keep_carrier(name, settings_kept(after), desk=desk, seen=found.version)
    try_again_now(name, database=desk.database)
    return see_route(name, desk=desk)


def carrier(look: Connection, name: str) -> Carrier | None:
    """A way of notices as it is set up; None where it is not, or is switched off."""
    if name not in carriers_here(look):
        return None
    settings, secret = settings_of(name, kept(look, name).settings), password_of(look, name)
    if isinstance(settings, Solapi):
        from controllers.carriers.solapi import SolapiCarrier

        return SolapiCarrier(settings, secret)
    if isinstance(settings, Nhn):
        from controllers.carriers.nhn import NhnCarrier

        return NhnCarrier(settings, secret)
    if isinstance(settings, Ntfy):
        from controllers.carriers.ntfy import NtfyCarrier

        return NtfyCarrier(settings, secret)
    from controllers.carriers.webhook import WebhookCarrier

    return WebhookCarrier(secret)


def _way(name: str) -> Way:
    return Way(
        name,
        name,
        lambda look, _desk: carrier(look, name),
        lambda look, desk, row: notice_parcel(look, row, desk.now()),
        _keep_number,
    )


def _mail(look: Connection, desk: Desk) -> Carrier | None:
    return LETTERS.carrier(look, desk)


def _keep_number(work: Work, row: Any, _parcel: Parcel, number: str) -> None:
    """A provider of KakaoTalk messages is asked about this one later."""
    if row.carrier not in KAKAO or not number:
        return
    told = {
        "outbox_id": row.id,
        "carrier": row.carrier,
        "number": number[:120],
        "state": Fate.ACCEPTED,
        "at": work.now,
        "ask_at": work.now + _PAUSES[0],
    }
    if not work.connection.execute(
        update(_D).where(_D.c.outbox_id == row.id).values({**told, "asked": 0, "words": ""})
    ).rowcount:
        work.connection.execute(insert(_D), told)


def _asked(way: Carrier | None, number: str) -> Told:
    """What the provider says; where it cannot be asked, nothing is known yet."""
    if way is None:
        return Told(Fate.ACCEPTED)
    try:
        return way.fate_of(number)  # type: ignore[attr-defined, no-any-return]
    except (Refused, Unclear) as no:
        return Told(Fate.ACCEPTED, no.words)


def _keep_fate(desk: Desk, row: Any, told: Told) -> None:
    asked, words = row.asked + 1, unnamed(told.words)[:500]
    state = told.fate.value
    if told.fate is Fate.ACCEPTED and asked >= len(_PAUSES):
        state = UNKNOWN
    with desk.work(by_clock=True) as work:
        pause = _PAUSES[min(asked, len(_PAUSES) - 1)]
        values = {"state": state, "words": words, "asked": asked, "ask_at": work.now + pause}
        work.connection.execute(update(_D).where(_D.c.outbox_id == row.outbox_id).values(values))
        if told.fate is Fate.FAILED:
            failed = {"state": LetterState.FAILED, "trouble": words}
            sent = (_O.c.id == row.outbox_id, _O.c.state == LetterState.SENT)
            work.connection.execute(update(_O).where(*sent).values(failed))
        work.changed.update(("letters", "notices"))


def _handed_over(way: Carrier, parcel: Parcel) -> str:
    try:
        with way.open() as line:
            return line.hand_over(parcel)
    except Unclear as no:
        raise CannotDo("route-unclear", words=no.words) from no
    except Refused as no:
        raise CannotDo("route-refused", words=no.words) from no


def _tried(way: TellsFates, number: str) -> Tried:
    """What the provider says within some seconds."""
    told = Told(Fate.ACCEPTED)
    for left in reversed(range(_TRIES)):
        told = _asked(way, number)
        if told.fate is not Fate.ACCEPTED or not left:
            break
        time.sleep(_BETWEEN_S)
    if told.fate is Fate.FAILED:
        raise CannotDo("route-refused", words=told.words)
    return Tried(told.words or number, told.fate)


WAYS: Mapping[str, Way] = {name: _way(name) for name in KINDS}
"""How the notices of each carrier leave."""
