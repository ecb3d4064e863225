"""Reads what a letter may tell of one reservation, and says it in the letter's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from controllers.letter_words.spoken import day_words, moment_words, money_words, time_words
from controllers.rewards import code_for
from controllers.voucher_pdf.wording import zone as zone_words
from models.channels import channel_facts
from models.comment import NotAsked
from models.details import PaymentFacts, RefundFacts
from models.details_reading import lines_told, payments_told, refunds_told
from models.frozen import frozen
from models.letter_text import one_line, some_lines
from models.letters import Standing
from models.money import Money
from models.orders import Collector
from models.payments import MoneyState
from models.privacy import HIDDEN, may_see, without_traveler
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import (
    Channel,
    Departure,
    LetterWay,
    Operator,
    Option,
    Product,
    Reservation,
    Traveler,
)

_R = Reservation.__table__
_ASKED = (
    select(
        _R,
        Product.name.label("product_name"),
        Product.meeting_point,
        Product.languages,
        Product.zone.label("product_zone"),
        Option.name.label("option_name"),
        Departure.guide,
        Channel.name.label("channel_name"),
    )
    .outerjoin(Product, Product.id == Reservation.product_id)
    .outerjoin(Option, Option.id == Reservation.option_id)
    .outerjoin(Departure, Departure.id == Reservation.departure_id)
    .outerjoin(Channel, Channel.key == Reservation.channel)
)


def reservation(look: Connection, reservation_id: int) -> Any:
    """One reservation with the names around it. Raises CannotDo("not-found")."""
    row = look.execute(_ASKED.where(Reservation.id == reservation_id)).first()
    if row is None:
        raise CannotDo("not-found", reference=number_of(reservation_id))
    return row


def reservations(look: Connection, ids: Sequence[int]) -> Sequence[Any]:
    """Several of them, in no order."""
    return look.execute(_ASKED.where(Reservation.id.in_(ids))).all()


def facts_of(
    look: Connection, row: Any, language: str, body: Mapping[str, Any], *, masked: bool = False
) -> dict[str, str]:
    """What the placeholders stand for; '' where nothing is known. `masked` for eyes that may not see the traveler."""
    hides = masked and not may_see(row.first_confirmed_at, row.channel, row.via)
    known = _known(look, row) if hides else ()
    operator = look.execute(select(Operator.name, Operator.contact, Operator.zone)).one()
    zone = ZoneInfo(operator.zone or "UTC")
    told = {
        "traveler": HIDDEN if hides and row.lead else row.lead,
        "product": row.product_name or row.product_text,
        "option": row.option_name or row.option_text,
        "meeting_point": row.meeting_point or "",
        "guide": row.guide or "",
        "number": number_of(row.id),
        "reference": "" if row.channel == "direct" and not row.via else row.reference or row.via_reference,
        "channel": row.channel_name or channel_facts(row.channel).name,
        "operator": operator.name,
        "contact": operator.contact,
        "party": _party(look, row),
        **_times(row, language, zone),
        **_money(look, row, language, zone),
        **_ways(look, row),
    }
    made = {name: one_line(value) for name, value in told.items()}
    made |= _of_fact(row, body, language, zone)
    if hides:
        made["reason"], made["words"] = (without_traveler(made[one], known) for one in ("reason", "words"))
    return made


def standing_of(look: Connection, row: Any) -> Standing:
    """What decides which letters may be sent of a reservation."""
    payments = payments_told(look, row.id)
    refunds = refunds_told(look, row.id)
    return Standing(
        row.status,
        ever_confirmed=row.first_confirmed_at is not None,
        paid_to_us=_sum(payments, MoneyState.DONE, Collector.US),
        due_to_us=_sum(payments, MoneyState.DUE, Collector.US),
        refunds=frozenset(one.state for one in refunds if one.amount.minor),
        has_address=bool(row.email),
        not_asked=_not_asked(look, row),
    )


def _not_asked(look: Connection, row: Any) -> NotAsked | None:
    """Why the comment letter must not leave, judged as when it leaves by itself: a letter to come is the newest."""
    if row.status is not Status.REDEEMED:
        return NotAsked.NOT_REDEEMED
    from controllers.comments import (
        why_not_now,  # which stands on the promises of letters, and those on their words
    )

    return why_not_now(look, _ToCome(row.id))


@frozen
class _ToCome:
    """A letter that has no row yet."""

    reservation_id: int
    id: int = 2**62


def _known(look: Connection, row: Any) -> tuple[str, ...]:
    companions = look.execute(select(Traveler.name).where(Traveler.reservation_id == row.id)).scalars()
    return (row.lead, row.email, row.phone, *companions)


def _party(look: Connection, row: Any) -> str:
    lines = lines_told(look, row.id, row.currency)
    if lines:
        return ", ".join(f"{line.unit} × {line.quantity}" for line in lines if line.quantity)
    return str(row.party) if row.party else ""


def _times(row: Any, language: str, office: ZoneInfo) -> dict[str, str]:
    found: dict[str, str] = {}
    if row.valid_until is not None and row.open_dated:
        found["valid_until"] = day_words(row.valid_until, language)
    if row.expires_at is not None:
        found["pay_until"] = moment_words(row.expires_at.astimezone(office), language)
    if row.open_dated:
        return found
    if row.departs_at is not None:
        found |= departure_words(row.departs_at.astimezone(_there(row, office)), language)
    elif row.departs_on is not None:
        found |= dict.fromkeys(("departure", "date"), day_words(row.departs_on, language))
    return found


def _there(row: Any, office: ZoneInfo) -> ZoneInfo:
    """The zone in which the trip departs."""
    told = row.zone or row.product_zone
    return ZoneInfo(told) if told else office


def departure_words(at: datetime, language: str) -> dict[str, str]:
    """A departure by the clocks of its place: whole, its parts, and which clocks those are."""
    return {
        "departure": moment_words(at, language),
        "date": day_words(at.date(), language),
        "time": time_words(at, language),
        "zone": zone_words(at),
    }


def _money(look: Connection, row: Any, language: str, office: ZoneInfo) -> dict[str, str]:
    payments = payments_told(look, row.id)
    refunds = [one for one in refunds_told(look, row.id) if one.amount.minor]
    due = (one for one in payments if one.state is MoneyState.DUE)
    owed = (one.amount for one in due if one.collector is Collector.US)
    found = {
        "paid": _sums((one.amount for one in payments if one.state is MoneyState.DONE), language),
        "due": _sums(owed, language),
        **_refunds(refunds, language, office),
    }
    if row.amount_minor is not None and row.currency:
        found["amount"] = money_words(Money(row.amount_minor, row.currency), language)
    done = [one for one in refunds if one.state is MoneyState.DONE]
    if done:
        found["refund_reference"] = done[-1].reference
    return found


def _refunds(refunds: list[RefundFacts], language: str, office: ZoneInfo) -> dict[str, str]:
    coming = [one for one in refunds if one.state is MoneyState.DUE]
    done = [one for one in refunds if one.state is MoneyState.DONE]
    found = {
        "refund": _sums((one.amount for one in coming), language),
        "refund_done": _sums((one.amount for one in done), language),
    }
    if coming and all(one.collector is Collector.CHANNEL for one in coming):
        found["refund_by_channel"] = "yes"
    if coming:
        found["refund_from"] = day_words(min(one.expected_from for one in coming), language)
        found["refund_until"] = day_words(max(one.expected_to for one in coming), language)
    days = [one.done_at for one in done if one.done_at is not None]
    if days:
        found["refund_done_on"] = day_words(max(days).astimezone(office).date(), language)
    return found


def _sums(amounts: Iterable[Money], language: str) -> str:
    """Sums of money by currency, said in a language; '' for none."""
    found: dict[str, int] = {}
    for one in amounts:
        found[one.currency] = found.get(one.currency, 0) + one.minor
    return " + ".join(money_words(Money(n, code), language) for code, n in found.items() if n)


def _ways(look: Connection, row: Any) -> dict[str, str]:
    asked = select(LetterWay.product_id, LetterWay.review_address)
    asked = asked.where(LetterWay.product_id.in_((0, row.product_id or 0)))
    rows = {one.product_id: one.review_address for one in look.execute(asked)}
    return {
        "review_address": rows.get(row.product_id or 0) or rows.get(0) or "",
        "reward_code": code_for(look, row.id),
    }


def _of_fact(row: Any, body: Mapping[str, Any], language: str, office: ZoneInfo) -> dict[str, str]:
    """What the fact itself tells: its reason, what was before, what staff wrote."""
    made = {
        "reason": some_lines(str(body.get("reason") or row.reason or "")),
        "words": some_lines(str(body.get("words") or "")),
        "title": one_line(str(body.get("title") or "")),
        "cause_ours": "yes" if (body.get("cause") or row.cause) == "ours" else "",
    }
    if body.get("amount_minor") and body.get("currency") and body.get("refund"):
        back = Money(int(body["amount_minor"]), str(body["currency"]))
        made["refund_done"] = money_words(back, language)  # this one, of perhaps several
    before = body.get("before")
    if before:
        made["before"] = _before(str(before), language, _there(row, office))
    return made


def _before(told: str, language: str, zone: ZoneInfo) -> str:
    if "T" not in told:
        return day_words(date.fromisoformat(told), language)
    return moment_words(datetime.fromisoformat(told).astimezone(zone), language)


def _sum(payments: Iterable[PaymentFacts], state: MoneyState, collector: Collector) -> int:
    return sum(one.amount.minor for one in payments if one.state is state and one.collector is collector)
