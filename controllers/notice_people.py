"""Each person's own list of what they hear, by which route and when not; managers keep everybody's.

The journal says which of it changed and who did it, never an address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from controllers.carriers.keeping import seal
from controllers.channels.text import line
from controllers.desk import Desk, Work, read_digest_secret
from controllers.meanwhile import refuse_overwriting
from controllers.notices import OWN_WEBHOOK, carrier_of, carriers_here, people
from controllers.rights import needs
from controllers.staff.signing_in import role_now
from models.frozen import frozen
from models.notice_routes import check_address
from models.notices import (
    RIGHTS,
    STEPS,
    Event,
    Person,
    Quiet,
    Route,
    by_itself,
    check_quiet,
    hears,
    quiet_kept,
)
from models.refusals import CannotDo
from models.rights import Right, may
from models.tables import About, NoticePerson, NoticeRule, Operator, Staff

_P: Table = NoticePerson.__table__  # type: ignore[assignment]
_U: Table = NoticeRule.__table__  # type: ignore[assignment]
_MAIL = re.compile(r"[^\s<>()@,;:\"]+@[^\s<>()@,;:\"]+\.[^\s<>()@,;:\"]+")
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,64}")
STEPS_KEPT = "promise_hours"
"""What the table `about` calls the hours before a promise at which staff are reminded."""


@frozen
class Heard:
    """What somebody hears and how they are reached; `tells` are the pairs that are on."""

    mail: str = ""
    phone: str = ""
    topic: str = ""
    language: str = ""
    quiet: tuple[Quiet | None, ...] = (None,) * 7
    urgent_passes: bool = False
    digest_hour: int = 8
    tells: frozenset[tuple[Event, Route]] = frozenset()


@frozen
class NoticeCard:
    """One person's list. `events` are those their rights let them hear of."""

    staff_id: int
    name: str
    role: str
    heard: Heard
    events: tuple[Event, ...]
    has_webhook: bool = False


@frozen
class NoticesPage:
    """The cards whoever looks may see, their own first; `routes` are those that can carry anything at present."""

    cards: tuple[NoticeCard, ...]
    own: int
    may_change_all: bool
    routes: frozenset[Route]
    steps: tuple[int, ...]
    zone: str


@needs(Right.OWN)
def see_notices(*, desk: Desk) -> NoticesPage:
    """Who hears what: of oneself, and of everybody for whoever sets up the routes."""
    every = may(desk.actor.role, Right.ROUTES)
    with desk.reading() as look:
        zone = look.execute(select(Operator.zone)).scalar_one()
        names = dict(look.execute(select(Staff.id, Staff.name)).all())
        found = people(look, only=None if every else desk.actor.staff_id)
        here = carriers_here(look)
        steps = steps_of(look)
    cards = sorted((_card(one, names[one.id]) for one in found), key=lambda one: _order(one, desk))
    routes = frozenset(route for route in Route if route is Route.TRAY or carrier_of(route, here))
    return NoticesPage(tuple(cards), desk.actor.staff_id, every, routes, steps, zone)


@needs(Right.OWN)
def keep_notices(staff_id: int, heard: Heard, *, desk: Desk, seen: Heard | None = None) -> NoticesPage:
    """Keeps how one person is told; of somebody else only for whoever sets up the routes.

    Raises CannotDo("mail-wrong"), ("phone-wrong"), ("topic-wrong"), ("quiet-always"), ("hour-wrong") or
    ("kept-meanwhile").
    """
    check_quiet(heard.quiet)
    with desk.work() as work:
        _hold(work, staff_id)
        role_now(work, Right.OWN if staff_id == desk.actor.staff_id else Right.ROUTES)
        person = next(iter(people(work.connection, only=staff_id)), None)
        if person is None:
            raise CannotDo("not-found", reference=str(staff_id))
        country = work.connection.execute(select(Operator.country)).scalar_one()
        wanted, before = _checked(heard, country), _heard(person)
        if seen is not None:
            sides = (_sides(seen), _sides(before), _sides(wanted))
            refuse_overwriting(work, f"staff:{staff_id}", ("notices",), *sides)
        _keep(work, person, before, wanted)
    return see_notices(desk=desk)


@needs(Right.OWN)
def keep_own_webhook(staff_id: int, address: str, *, desk: Desk) -> NoticesPage:
    """Keeps a person's own address of a channel, sealed; '' takes it away. Raises CannotDo("address-not-safe")."""
    address = address.strip()
    if address:
        check_address(address)
    with desk.work() as work:
        role_now(work, Right.OWN if staff_id == desk.actor.staff_id else Right.ROUTES)
        if not people(work.connection, only=staff_id):
            raise CannotDo("not-found", reference=str(staff_id))
        sealed = seal(read_digest_secret(work.connection), OWN_WEBHOOK, address) if address else None
        mine = update(_P).where(_P.c.staff_id == staff_id).values(webhook=sealed)
        if not work.connection.execute(mine).rowcount:
            work.connection.execute(insert(_P), {"staff_id": staff_id, "webhook": sealed})
        work.record(f"staff:{staff_id}", "notices", fields=["webhook"])
        work.changed.update(("settings", "notices"))
    return see_notices(desk=desk)


@needs(Right.ROUTES)
def keep_steps(hours: tuple[int, ...], *, desk: Desk) -> NoticesPage:
    """Keeps how many hours before a promise runs out staff are reminded, once each."""
    steps = tuple(sorted(set(hours), reverse=True))
    if len(steps) > 5 or any(not 1 <= one <= 240 for one in steps):
        raise CannotDo("steps-wrong")
    with desk.work() as work:
        role_now(work, Right.ROUTES)
        before = steps_of(work.connection)
        if steps != before:
            work.connection.execute(delete(About.__table__).where(About.name == STEPS_KEPT))  # type: ignore[arg-type]
            told = " ".join(map(str, steps))
            work.connection.execute(insert(About), {"name": STEPS_KEPT, "value": told})
            work.record("notices", "notice-steps", before=list(before), after=list(steps))
            work.changed.add("settings")
    return see_notices(desk=desk)


def steps_of(look: Any) -> tuple[int, ...]:
    """The hours before a promise at which staff are reminded, the longest first; () for never."""
    kept = look.execute(select(About.value).where(About.name == STEPS_KEPT)).scalar()
    return STEPS if kept is None else tuple(int(one) for one in kept.split())


def _hold(work: Work, staff_id: int) -> None:
    """Nobody else keeps this person's list meanwhile; who acts is held with them, in one order everywhere."""
    both = Staff.id.in_((staff_id, work.actor.staff_id))
    work.connection.execute(select(Staff.id).where(both).order_by(Staff.id).with_for_update(key_share=True))


def _keep(work: Work, person: Person, before: Heard, wanted: Heard) -> None:
    changed = sorted(name for name, value in _sides(wanted).items() if value != _sides(before)[name])
    if not changed:
        return
    values = {name: getattr(wanted, name) for name in ("mail", "phone", "topic", "language", "urgent_passes")}
    values |= {"quiet": quiet_kept(wanted.quiet), "digest_hour": wanted.digest_hour}
    mine = _P.c.staff_id == person.id
    if not work.connection.execute(update(_P).where(mine).values(**values)).rowcount:
        work.connection.execute(insert(_P), {"staff_id": person.id, **values})
    if wanted.tells != before.tells:
        allowed = [one for one in Event if may(person.role, RIGHTS[one])]
        of_these = _U.c.event.in_(allowed)  # what their rights hide here stays as it was
        work.connection.execute(delete(_U).where(_U.c.staff_id == person.id, of_these))
        rows = [
            {"staff_id": person.id, "event": event, "route": route, "tells": (event, route) in wanted.tells}
            for event in allowed
            for route in Route
            if ((event, route) in wanted.tells) is not by_itself(event, route)
        ]
        if rows:
            work.connection.execute(insert(_U), rows)
    work.record(f"staff:{person.id}", "notices", fields=changed)
    work.changed.update(("settings", "notices"))


def _checked(heard: Heard, country: str) -> Heard:
    mail, topic = line(heard.mail, 320), line(heard.topic, 80)
    if mail and not _MAIL.fullmatch(mail):
        raise CannotDo("mail-wrong", mail=mail)
    if topic and not _TOPIC.fullmatch(topic):
        raise CannotDo("topic-wrong", topic=topic)
    if not 0 <= heard.digest_hour <= 23:
        raise CannotDo("hour-wrong", hour=str(heard.digest_hour))
    return replace(
        heard,
        mail=mail,
        topic=topic,
        phone=telephone(heard.phone, country),
        language=line(heard.language, 20),
    )


def telephone(typed: str, country: str) -> str:
    """A number as every country dials it ('+821012345678'), '' for none. Raises CannotDo("phone-wrong")."""
    if not typed.strip():
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, country or None)
    except phonenumbers.NumberParseException as error:
        raise CannotDo("phone-wrong", phone=typed.strip()) from error
    if not phonenumbers.is_possible_number(number):
        raise CannotDo("phone-wrong", phone=typed.strip())
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _heard(person: Person) -> Heard:
    tells = frozenset((event, route) for event in Event for route in Route if hears(person, event, route))
    return Heard(
        person.mail, person.phone, person.topic, person.language, person.quiet, person.urgent_passes,
        person.digest_hour, tells,
    )  # fmt: skip


def _sides(heard: Heard) -> Mapping[str, Any]:
    """Each thing that can be changed by itself, by its name."""
    told = {one.name: getattr(heard, one.name) for one in fields(heard) if one.name != "tells"}
    pairs = {f"{event}:{route}": (event, route) in heard.tells for event in Event for route in Route}
    return {**told, **pairs}


def _card(person: Person, name: str) -> NoticeCard:
    events = tuple(event for event in Event if may(person.role, RIGHTS[event]))
    return NoticeCard(person.id, name, person.role, _heard(person), events, person.webhook)


def _order(card: NoticeCard, desk: Desk) -> tuple[bool, str]:
    return card.staff_id != desk.actor.staff_id, card.name.casefold()
