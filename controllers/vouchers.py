"""Makes the voucher of a confirmed reservation, ready to print or to send."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from controllers.desk import Desk
from controllers.viewing import ticket_code
from models.channels import channel_facts
from models.details import Details
from models.details_reading import details
from models.refusals import CannotDo
from models.reservations import GONE, HOLDERS
from models.tables import Channel
from models.tickets import TicketState
from models.vouchers import Symbol, Voucher, voucher_language

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed


def voucher(reservation_id: int, *, desk: Desk) -> Voucher:
    """What the voucher of a reservation says; opening it is journaled.

    Raises CannotDo("voucher-not-yet") before confirmation and ("voucher-no-more") afterwards.
    """
    with desk.work() as work:
        found = details(work.connection, reservation_id, desk.viewpoint(work.connection), reveal=True)
        status = found.row.status
        if status not in HOLDERS:
            code = "voucher-no-more" if status in GONE else "voucher-not-yet"
            raise CannotDo(code, number=found.number, status=status)
        work.record(f"reservation:{reservation_id}", "voucher")
        return _voucher(work.connection, found, desk)


def print_voucher(reservation_id: int, *, desk: Desk) -> Printed:
    """The voucher as a PDF, with the glyphs no font has."""
    from controllers.voucher_pdf import voucher_pdf

    return voucher_pdf(voucher(reservation_id, desk=desk))


def _voucher(look: Connection, found: Details, desk: Desk) -> Voucher:
    row = found.row
    operator = desk.operator(look)
    zone = ZoneInfo(row.zone)
    name = look.execute(select(Channel.name).where(Channel.key == row.channel)).scalar()
    return Voucher(
        language=voucher_language(found.language or channel_facts(row.channel).language),
        number=row.number,
        reference=row.reference,
        channel=name or channel_facts(row.channel).name,
        product=row.product,
        option=row.option,
        departs_on=None if row.open_dated else row.departs_on,
        departs_at=row.departs_at.astimezone(zone) if row.departs_at and not row.open_dated else None,
        valid_until=found.valid_until,
        party=tuple((line.unit, line.quantity) for line in found.lines),
        heads=row.party,
        lead=found.contact.lead if found.contact else "",
        meeting_point=found.meeting_point,
        operator=operator.name,
        contact=operator.contact,
        symbols=_symbols(found, desk),
        refund_terms=_terms(found, zone),
        request=found.request,
        practice=desk.practice,
    )


def _symbols(found: Details, desk: Desk) -> tuple[Symbol, ...]:
    return tuple(
        Symbol(ticket_code(t.number, t.key_version, desk=desk), t.heads, t.uses, t.label)
        for t in found.tickets
        if t.state is TicketState.VALID
    )


def _terms(found: Details, zone: Any) -> tuple[tuple[datetime, int], ...]:
    departs_at = found.row.departs_at
    if departs_at is None or found.row.open_dated:
        return ()
    return tuple(
        ((departs_at - timedelta(days=tier.until_days)).astimezone(zone), tier.percent)
        for tier in found.tiers
    )
