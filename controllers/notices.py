"""Tells staff at once: notes what happened in the transaction of the fact, and promises it to whoever wants to hear.

Every counter's tray reads what was noted; the other routes get a row of the outbox each, one key a notice, person and
route. Such a row names no reservation of its own: a letter that is stuck never holds a notice back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from typing import Any

from sqlalchemy import Connection, Table, insert, or_, select

from controllers import notice_words
from controllers.carriers.carrier import Parcel
from controllers.carriers.keeping import SMTP, unseal
from controllers.desk import Work, read_digest_secret
from models.frozen import frozen
from models.mail_server import MailServer
from models.notice_routes import KINDS
from models.notices import (
    KAKAO,
    NEWS,
    OF_ITS_AUTHOR,
    ONE_BY_ONE,
    URGENT,
    Event,
    Person,
    Route,
    hears,
    is_moot,
    is_quiet,
    leaves_at,
    passes,
    quiet_told,
)
from models.outbox import MAIL, Letter, LetterState
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import CarrierRow, NoticePerson, NoticeRow, NoticeRule, Operator, OutboxRow, Staff

_N: Table = NoticeRow.__table__  # type: ignore[assignment]
_P: Table = NoticePerson.__table__  # type: ignore[assignment]
_OUT = tuple(route for route in Route if route is not Route.TRAY)
MOST_IN_TRAY = 50
NO_NEWS_AFTER = timedelta(days=1)
"""A notice that could not leave for so long stays here: it stands on the dashboard by then."""
UNTOLD = "untold"
"""What is noted and told later, with what else comes in the same intake; its channel stands there."""
OWN_WEBHOOK = "own-webhook"
"""Under which name a person's own address of a channel is sealed."""


@frozen
class TrayNotice:
    """One notice as the tray shows it: `silent` in the person's quiet hours."""

    id: int
    at: datetime
    event: Event
    reservation_id: int | None
    number: str
    title: str
    text: str
    link: str
    urgent: bool
    silent: bool


def tell(
    work: Work,
    event: Event,
    reservation: Any | None,
    fact: object,
    *,
    facts: dict[str, Any] | None = None,
    only: Person | None = None,
    gathered: bool = False,
) -> int | None:
    """Tells staff of a fact of a reservation (a row or its id), in the fact's own transaction; None if told before.

    `fact` makes it unique for this happening, `facts` are what its words need besides and hold nothing personal,
    `only` is the one person it is for. What is `gathered` is told by another notice, and only remembered here.
    """
    about = reservation if isinstance(reservation, int | None) else reservation.id
    note = {
        "key": key_of(event, about, fact),
        "event": event,
        "reservation_id": about,
        "staff_id": only.id if only else None,
        "by_staff_id": work.staff_id,
        "at": work.now,
        "facts": facts or {},
        "gathered": gathered,
    }
    made = work.connection.execute(_once(work.connection, note)).scalar()
    if made is None:
        return None
    if gathered:
        return int(made)
    listeners = [only] if only else people(work.connection, reachable=True)
    _promise(work, int(made), event, listeners)
    work.changed.add("notices")
    return int(made)


def key_of(event: Event, about: int | None, fact: object) -> str:
    """The key of one happening: it is told once."""
    return f"{event}:{about or ''}:{fact}"[:120]


def tell_all(work: Work, event: Event, facts: Sequence[tuple[int | None, object, dict[str, Any]]]) -> None:
    """Tells of several facts of a kind that were found together: a few one by one, many as one with their number."""
    if len(facts) <= ONE_BY_ONE:
        for about, fact, told in facts:
            tell(work, event, about, fact, facts=told)
        return
    for about, fact, told in facts:
        tell(work, event, about, fact, facts=told, gathered=True)
    first = facts[0]
    tell(work, event, None, f"{first[0]}:{first[1]} +{len(facts)}", facts={"count": len(facts)})


def tell_new(work: Work, rows: Sequence[dict[str, Any]]) -> None:
    """Tells of orders that were just taken: a few one by one, a whole file as one notice a channel.

    What arrives cancelled, redeemed or departed is history, and nobody is rung for it. Where several come by
    themselves, mail by mail, they are noted and told together (`controllers.gathered_news`).
    """
    for row in rows:
        if row["status"] is Status.CANCEL_REQUESTED and _is_ahead(row, work.now):
            tell(work, Event.CANCEL, row["id"], "received")
    news = [(row["id"], row["channel"]) for row in rows if row["status"] in NEWS and _is_ahead(row, work.now)]
    if work.gathers_news:
        for one, channel in news:
            tell(work, Event.NEW, one, "received", facts={UNTOLD: channel}, gathered=True)
    else:
        tell_of_orders(work, news, "received")


def tell_of_orders(work: Work, news: Sequence[tuple[int, str]], fact: str) -> None:
    """Tells of new orders (their numbers and channels), a few one by one, many as one notice a channel."""
    if len(news) <= ONE_BY_ONE:
        for one, _channel in news:
            tell(work, Event.NEW, one, fact)
        return
    by_channel: dict[str, list[int]] = {}
    for one, channel in news:
        by_channel.setdefault(channel, []).append(one)
    for channel, ids in by_channel.items():
        tell(work, Event.NEW, None, f"{channel}:{ids[0]}", facts={"channel": channel, "count": len(ids)})


def for_tray(look: Connection, staff_id: int, numbers: Sequence[int]) -> list[TrayNotice]:
    """What the tray of the counter at which somebody works has to say of these notices, the oldest first."""
    person = next(iter(people(look, only=staff_id)), None) if numbers else None
    if person is None:
        return []
    office = look.execute(select(Operator.zone)).scalar_one()
    asked = (
        select(_N)
        .where(_N.c.id.in_(numbers[-MOST_IN_TRAY:]), or_(_N.c.staff_id.is_(None), _N.c.staff_id == staff_id))
        .order_by(_N.c.id)
    )
    return [
        _in_tray(look, row, person, office)
        for row in look.execute(asked).all()
        if hears(person, row.event, Route.TRAY) and _is_news_to(row, staff_id)
    ]


def numbers(look: Connection, after: int) -> list[int]:
    """The numbers of the notices above this one that are told by themselves, the oldest first."""
    asked = select(_N.c.id).where(_N.c.id > after, _N.c.gathered.is_(False)).order_by(_N.c.id)
    return list(look.execute(asked).scalars())


def newest(look: Connection) -> int:
    """The number of the last notice there is, 0 where there is none."""
    return int(look.execute(select(_N.c.id).order_by(_N.c.id.desc()).limit(1)).scalar() or 0)


def people(look: Connection, *, only: int | None = None, reachable: bool = False) -> list[Person]:
    """Who may be told, as the rules need them; `reachable` are those who have said where besides the tray."""
    asked = select(Staff.id.label("number"), Staff.role, _P).join(
        _P, _P.c.staff_id == Staff.id, isouter=not reachable
    )
    asked = asked.where(Staff.active).order_by(Staff.id)
    if only is not None:
        asked = asked.where(Staff.id == only)
    rows = look.execute(asked).all()
    if not rows:
        return []
    rules = _rules(look, [row.number for row in rows])
    return [_person(row, rules) for row in rows]


def carrier_of(route: Route, here: frozenset[str]) -> str:
    """The carrier that serves a route: of the two for KakaoTalk the one that is set up; '' where there is none."""
    names: tuple[str, ...] = KAKAO if route is Route.KAKAO else (route.value,)
    return next((name for name in names if name in here), "")


def carriers_here(look: Connection) -> frozenset[str]:
    """The carriers that are set up and not switched off; the mail server, too, as mail."""
    names = (*KINDS, SMTP)
    rows = look.execute(select(CarrierRow.name, CarrierRow.settings).where(CarrierRow.name.in_(names))).all()
    found = {row.name for row in rows if row.name in KINDS and row.settings.get("is_on", True)}
    servers = [MailServer.read(row.settings) for row in rows if row.name == SMTP]
    return frozenset(found | {MAIL for one in servers if one.is_set_up and one.is_on})


def address_of(person: Person, route: Route) -> str:
    """Where somebody is reached by a route, '' where they have not said.

    A webhook's address is a secret and never stands in a row: who has none of their own hears by the company's.
    """
    if route is Route.WEBHOOK:
        return Route.WEBHOOK.value
    return {Route.MAIL: person.mail, Route.KAKAO: person.phone, Route.NTFY: person.topic}.get(route, "")


def shown_address(route: Route, address: str) -> str:
    """What may stand in a row that colleagues see: no telephone of one's own, and no topic, whose name is its key."""
    return address if route is Route.MAIL else route.value


def route_of(carrier: str) -> Route:
    """The route a carrier serves."""
    return Route.KAKAO if carrier in KAKAO else Route(carrier)


def notice_parcel(look: Connection, row: Any, now: datetime, *, message_id: str = "") -> Parcel:
    """One outbox row's notice as it leaves, in words that are true at this moment.

    Raises CannotDo("not-wanted") where its person does not work here any more, may not know it, does not want it,
    where it has been settled meanwhile (in their quiet hours, perhaps) and where its way was closed for so long that
    it is no news any more.
    """
    notice = look.execute(select(_N).where(_N.c.id == row.body.get("notice"))).first()
    person = next(iter(people(look, only=row.staff_id)), None)
    route = route_of(row.carrier)
    if notice is None or person is None or not hears(person, notice.event, route):
        raise CannotDo("not-wanted")
    zone = look.execute(select(Operator.zone)).scalar_one()
    said, address = notice_words.say(look, notice, person.language, zone), address_of(person, route)
    due = leaves_at(row.made_at, person.quiet, zone, passes=passes(person, notice.event))
    if is_moot(notice.event, said.status) or not address or now > due + NO_NEWS_AFTER:
        raise CannotDo("not-wanted")
    facts = {"urgent": notice.event in URGENT, "open": notice_words.word_for_open(person.language)}
    return parcel_of(
        look, person, route, said, key=row.key, address=address, message_id=message_id, facts=facts
    )


def parcel_of(
    look: Connection,
    person: Person,
    route: Route,
    said: notice_words.Said,
    *,
    facts: dict[str, Any],
    **told: Any,
) -> Parcel:
    """What is handed over to a carrier; a person's own webhook goes with it, and is kept nowhere else."""
    facts = {**said.facts, **facts}
    if route is Route.WEBHOOK and person.webhook:
        sealed = look.execute(select(_P.c.webhook).where(_P.c.staff_id == person.id)).scalar()
        facts["webhook"] = unseal(read_digest_secret(look), OWN_WEBHOOK, bytes(sealed)) if sealed else ""
    if route is Route.MAIL and said.link:
        told["html"] = _as_page(said, notice_words.word_for_open(person.language))
        said = replace(said, text=f"{said.text}\n\n{said.link}")
    return Parcel(subject=said.title, text=said.text, link=said.link, facts=facts, **told)


def _as_page(said: notice_words.Said, opens: str) -> str:
    """The same for mail programs that show pages: the link can be pressed there."""
    lines = "<br>\n".join(escape(one) for one in said.text.splitlines())
    return (
        f'<p>{lines}</p>\n<p><a href="{escape(said.link)}">{escape(opens)}</a><br>{escape(said.link)}</p>\n'
    )


def _once(connection: Connection, note: dict[str, Any]) -> Any:
    """Writes a notice, and nothing where its key is there already."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as own
    else:
        from sqlalchemy.dialects.postgresql import insert as own  # type: ignore[assignment]
    return own(_N).values(**note).on_conflict_do_nothing(index_elements=["key"]).returning(_N.c.id)


def _promise(work: Work, notice_id: int, event: Event, listeners: Sequence[Person]) -> None:
    """The outbox rows of a notice. The company's channel hears it once, however many listen there."""
    rows: dict[object, dict[str, Any]] = {}
    zone, here = None, carriers_here(work.connection) if listeners else frozenset()
    for person in listeners:
        if event not in OF_ITS_AUTHOR and person.id == work.staff_id:
            continue
        for route in _OUT:
            address, carrier = address_of(person, route), carrier_of(route, here)
            if not address or not carrier or not hears(person, event, route):
                continue
            zone = zone or work.connection.execute(select(Operator.zone)).scalar_one()
            at = leaves_at(work.now, person.quiet, zone, passes=passes(person, event))
            shared = route is Route.WEBHOOK and not person.webhook
            place: object = route if shared else (person.id, route)
            if place not in rows or at < rows[place]["leave_at"]:
                rows[place] = _row(work, notice_id, person, route, carrier, shown_address(route, address), at)
    if rows:
        work.connection.execute(insert(OutboxRow), list(rows.values()))
        work.changed.add("letters")


def _row(
    work: Work, notice_id: int, person: Person, route: Route, carrier: str, address: str, at: datetime
) -> dict[str, Any]:
    return {
        "key": f"{Letter.NOTICE}:{notice_id}:{person.id}:{route}",
        "kind": Letter.NOTICE,
        "carrier": carrier,
        "staff_id": person.id,
        "language": person.language,
        "address": address,
        "state": LetterState.WAITING,
        "leave_at": at,
        "made_at": work.now,
        "body": {"notice": notice_id},
    }


def _is_ahead(row: dict[str, Any], now: datetime) -> bool:
    """Whether it has not departed yet."""
    return bool(row["open_dated"] or row["departs_on"] is None or row["sort_at"] > now - timedelta(days=1))


def _is_news_to(row: Any, staff_id: int) -> bool:
    return row.event in OF_ITS_AUTHOR or row.by_staff_id != staff_id


def _in_tray(look: Connection, row: Any, person: Person, zone: str) -> TrayNotice:
    said = notice_words.say(look, row, person.language, zone)
    quiet = is_quiet(row.at, person.quiet, zone) and not passes(person, row.event)
    number = number_of(row.reservation_id) if row.reservation_id is not None else ""
    return TrayNotice(
        row.id, row.at, row.event, row.reservation_id, number, said.title, said.text, said.link,
        row.event in URGENT, quiet,
    )  # fmt: skip


def _rules(look: Connection, staff: list[int]) -> dict[tuple[int, bool], set[tuple[Event, Route]]]:
    found: dict[tuple[int, bool], set[tuple[Event, Route]]] = {}
    asked = select(NoticeRule.staff_id, NoticeRule.event, NoticeRule.route, NoticeRule.tells)
    for one, event, route, tells in look.execute(asked.where(NoticeRule.staff_id.in_(staff))):
        found.setdefault((one, tells), set()).add((event, route))
    return found


def _person(row: Any, rules: dict[tuple[int, bool], set[tuple[Event, Route]]]) -> Person:
    told: dict[str, Any] = {}
    if row.staff_id is not None:
        told = {
            "mail": row.mail,
            "phone": row.phone,
            "topic": row.topic,
            "webhook": row.webhook is not None,
            "language": row.language,
            "quiet": quiet_told(row.quiet),
            "urgent_passes": row.urgent_passes,
            "digest_hour": row.digest_hour,
        }
    on, off = (frozenset(rules.get((row.number, tells), ())) for tells in (True, False))
    return Person(row.number, row.role, on=on, off=off, **told)
