"""Who the operator is: its name and contact on every paper, its country, its zone and its own currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Table, select, update

from controllers import promises
from controllers.channels.text import line, paragraph
from controllers.desk import Desk, Work
from controllers.meanwhile import refuse_overwriting
from controllers.reservations import is_manager
from controllers.rights import needs
from models.frozen import frozen
from models.journal import differences
from models.money import is_currency
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Operator

_O: Table = Operator.__table__  # type: ignore[assignment]


@frozen
class OperatorCard:
    """What stands in the database. `country` two letters, `zone` an IANA name, `currency` three letters."""

    name: str
    contact: str
    country: str
    zone: str
    currency: str


@frozen
class OperatorPage:
    """The card, which other currencies the till takes, and whether whoever looks may change it."""

    card: OperatorCard
    taken: tuple[str, ...]
    may_change: bool


@needs(Right.OWN)
def see_operator(*, desk: Desk) -> OperatorPage:
    """Who the operator is now."""
    with desk.reading() as look:
        row = look.execute(select(_O)).one()
    card = OperatorCard(row.name, row.contact, row.country, row.zone, row.currency)
    return OperatorPage(card, tuple(one["code"] for one in row.currencies), is_manager(desk))


@needs(Right.OPERATOR)
def keep_operator(card: OperatorCard, *, desk: Desk, seen: OperatorCard | None = None) -> OperatorPage:
    """Keeps who the operator is. The journal says which of it changed, and who did it; a manager's right.

    Prices and departures of products keep the currency and the zone they have. The rates of other currencies are
    told in the operator's own, so with another one they are gone, and have to be told anew. Raises
    CannotDo("zone-unknown"), ("country-unknown") or ("currency-unknown"), and ("kept-meanwhile") where somebody else
    has changed it since it was `seen`.
    """
    wanted = _checked(card)
    with desk.work() as work:
        promises.lock_calendar(work)
        before = work.connection.execute(select(_O).with_for_update()).one()
        if seen is not None:
            now = {name: getattr(before, name) for name in asdict(seen)}
            refuse_overwriting(work, "operator", ("operator",), asdict(seen), now, asdict(wanted))
        changed = {name: value for name, value in asdict(wanted).items() if value != getattr(before, name)}
        if changed:
            values = {**changed, "currencies": []} if "currency" in changed else changed
            work.connection.execute(update(_O).values(**values))
            was = {name: getattr(before, name) for name in changed}
            work.record("operator", "operator", **differences(as_told(work, was), as_told(work, changed)))
            work.changed.update(("settings", "holidays"))
    desk.__dict__.pop("zone", None)  # the clock of the gate reads it again
    return see_operator(desk=desk)


def as_told(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal tells of an operator: one who works alone is a person, so name and contact only as digests."""
    return {name: work.digest(one) if name in ("name", "contact") else one for name, one in values.items()}


def _checked(card: OperatorCard) -> OperatorCard:
    zone, country, currency = card.zone.strip(), card.country.strip().upper(), card.currency.strip().upper()
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CannotDo("zone-unknown", zone=zone) from error
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise CannotDo("country-unknown", country=country)
    if not is_currency(currency):
        raise CannotDo("own-currency-unknown", currency=currency)
    return OperatorCard(line(card.name, 200), paragraph(card.contact)[:400], country, zone, currency)
