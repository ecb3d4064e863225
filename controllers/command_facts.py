"""What the command line tells of a reservation, as plain facts that can be written as JSON.

A traveler who may not be seen on screen is not seen here either. Times are ISO 8601 with the product's offset.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from controllers import viewing
from controllers.desk import Desk
from controllers.rights import needs
from models.details import Details, PaymentFacts, RefundFacts
from models.rights import Right
from models.rows import ReservationRow
from models.tickets import TicketState
from models.to_do import deeds

Facts = dict[str, Any]


def row_facts(row: ReservationRow) -> Facts:
    """One reservation of a list."""
    return {
        "number": row.number,
        "channel": row.channel,
        "via": row.via,
        "reference": row.reference,
        "status": row.status.value,
        "channel_status": row.channel_status,
        "product": row.product,
        "option": row.option,
        "departs_on": row.departs_on.isoformat() if row.departs_on else None,
        "departs_at": local_time(row.departs_at, row.zone),
        "party": row.party,
        "arrived": row.arrived,
        "traveler": row.traveler,
        "amount_minor": row.amount.minor if row.amount else None,
        "currency": row.amount.currency if row.amount else None,
        "unmatched": bool(row.unmatched),
        "unmatched_reason": row.unmatched or None,
        "confirm_by": local_time(row.confirm_by, row.zone),
        "to_do_at_channel": list(deeds(row.to_do)),
    }


@needs(Right.TRAVELERS)
def details_facts(found: Details, desk: Desk) -> Facts:
    """One reservation, whole."""
    zone = found.row.zone
    return {
        **row_facts(found.row),
        "contact": _contact_facts(found),
        "language": found.language,
        "request": found.request,
        "pickup": found.pickup,
        "reason": found.reason,
        "lines": [
            {
                "unit": x.unit,
                "quantity": x.quantity,
                "heads": x.heads,
                "price_minor": x.price.minor if x.price else None,
            }
            for x in found.lines
        ],
        "tickets": _ticket_facts(found, desk),
        "payments": [_payment_facts(payment) for payment in found.payments],
        "refunds": [_refund_facts(refund) for refund in found.refunds],
        "letters": [
            {"kind": x.kind.value, "state": x.state.value, "leaves_at": local_time(x.leave_at, zone)}
            for x in found.letters
        ],
        "messages": [
            {"at": local_time(m.at, zone), "direction": m.direction, "author": m.author, "body": m.body}
            for m in found.messages
        ],
        "decisions": [{"question": d.question, "ours": d.ours, "theirs": d.theirs} for d in found.decisions],
        "scans": [
            {
                "scan_id": s.id,
                "at": local_time(s.at, zone),
                "counter": s.counter,
                "verdict": s.kind,
                "undone": s.undone,
            }
            for s in found.scans
        ],
        "journal": [
            {
                "at": local_time(h.at, zone),
                "who": h.who,
                "counter": h.counter,
                "action": h.action,
                "facts": h.facts,
            }
            for h in found.history
        ],
    }


def _contact_facts(found: Details) -> Facts | None:
    if found.contact is None:
        return None
    told = found.contact
    return {
        "email": told.email,
        "phone": told.phone,
        "country": told.country,
        "companions": list(told.companions),
    }


def _ticket_facts(found: Details, desk: Desk) -> list[Facts]:
    return [
        {
            "code": viewing.ticket_code(t.number, t.key_version, desk=desk),
            "heads": t.heads,
            "uses_left": t.uses_left,
            "label": t.label,
        }
        for t in found.tickets
        if t.state is TicketState.VALID
    ]


def _payment_facts(payment: PaymentFacts) -> Facts:
    return {
        "amount_minor": payment.amount.minor,
        "currency": payment.amount.currency,
        "method": payment.method,
        "state": payment.state.value,
        "collector": payment.collector.value,
    }


def _refund_facts(refund: RefundFacts) -> Facts:
    return {
        "amount_minor": refund.amount.minor,
        "currency": refund.amount.currency,
        "state": refund.state.value,
        "collector": refund.collector.value,
        "cause": refund.cause.value,
        "tier": refund.tier,
        "from": refund.expected_from.isoformat(),
        "to": refund.expected_to.isoformat(),
        "method": refund.method or None,
        "reference": refund.reference or None,
        "trouble": refund.trouble or None,
    }


def local_time(at: datetime | None, zone: str) -> str | None:
    return at.astimezone(ZoneInfo(zone)).isoformat() if at else None


# --- doing -----------------------------------------------------------------------------------
