"""The indexes behind every sort of the list, the dashboard's boxes and the calendar."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


_LISTED = ("channel", "product_id", "departs_on", "payment")
_GROUPS = ("status", "payment", "channel", "product_id")
_PAYMENT = """
update reservations set payment = case
    when exists (select 1 from refunds where reservation_id = reservations.id) then 'refund'
    when exists (select 1 from payments where reservation_id = reservations.id and state = 'DUE'
                 and collector = 'us') then 'due'
    when exists (select 1 from payments where reservation_id = reservations.id and state = 'DUE') then 'open'
    when exists (select 1 from payments where reservation_id = reservations.id and state = 'DONE') then 'paid'
    else 'nothing' end
"""


def upgrade() -> None:
    _for_the_list()
    _for_the_dashboard()
    _count_by_departure()


def _for_the_dashboard() -> None:
    """Each holds those rows only that somebody must see to, or that a figure of the month counts."""
    _only(
        "answer",
        "status IN ('UNCONFIRMED', 'PENDING', 'CANCEL_REQUESTED')",
        *("status", "sort_at", "departs_at", "confirm_by", "status_at", "received_at", "id"),
    )
    _only(
        "expiring",
        "status = 'AWAITING_PAYMENT' AND expires_at IS NOT NULL",
        *("expires_at", "own_sale", "id"),
    )
    _only("to_do", "to_do <> ''", *("sort_at", "id", "to_do", "channel", "status_at", "received_at"))
    _only("unmatched", "unmatched <> ''", "sort_at", "id", "unmatched", "status", "received_at")
    _only(
        "promised",
        "confirm_by IS NOT NULL AND (first_confirmed_at IS NULL OR status_before IS NOT NULL)",
        *(
            "confirm_by",
            "first_confirmed_at",
            "status_before",
            "received_at",
            "cancelled_at",
            "cause",
            "status",
        ),
    )
    _only(
        "confirmed",
        "first_confirmed_at IS NOT NULL AND status_before IS NOT NULL",
        *("first_confirmed_at", "status_before", "ordered_at"),
    )
    _only("broken_off", "cancelled_at IS NOT NULL AND cause IS NOT NULL", "cancelled_at", "cause")
    _only("open", "decided_at IS NULL", "asked_at", "reservation_id", table="decisions")
    _only("owed", "state = 'DUE' AND collector = 'us'", "expected_to", "made_at", table="refunds")
    op.create_index("ix_messages_at_direction", "messages", ["at", "direction"])
    op.drop_index("ix_payments_reservation_id", "payments")
    sums = ["reservation_id", "state", "collector", "currency", "amount_minor"]
    op.create_index("ix_payments_sums", "payments", sums)
    _wider("ordered", "ordered_at", "id", "currency", "amount_minor")
    _wider("departure", "departure_id", "status", "heads", "arrived_heads")


def _only(name: str, which: str, *columns: str, table: str = "reservations") -> None:
    """An index of those rows only for which a condition is true."""
    where = text(which)
    op.create_index(f"ix_{table}_{name}", table, list(columns), sqlite_where=where, postgresql_where=where)


def _count_by_departure() -> None:
    """The calendar counts by departure, of one channel too, and reads nothing but this index."""
    _wider("calendar", "departs_on", "departure_id", "status", "heads", "arrived_heads", "channel")


def _wider(name: str, *columns: str) -> None:
    """An index that holds what is asked for as well, so that the rows need not be read."""
    op.drop_index(f"ix_reservations_{name}", "reservations")
    op.create_index(f"ix_reservations_{name}", "reservations", list(columns))


def _for_the_list() -> None:
    """Every order of the list, status by status; what it is narrowed by is found in the index itself."""
    how = sa.Column("payment", sa.String(32), server_default="nothing", nullable=False)
    op.add_column("reservations", how)
    op.execute(_PAYMENT)
    op.drop_index("ix_reservations_status_sort", "reservations")
    _index("by_departure", "status", "sort_at", "id", *_LISTED, "ordered_at")
    _index("by_order", "status", "ordered_at", "id", *_LISTED, "sort_at")
    _index("by_group", *_GROUPS, "sort_at", "ordered_at", "departs_on", "id")


def _index(name: str, *columns: str) -> None:
    op.create_index(f"ix_reservations_{name}", "reservations", columns)
