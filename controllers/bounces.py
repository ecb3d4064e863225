"""What becomes of a letter that came back, and of the address it was sent to.

An address that does not exist is remembered, as a digest only, and nothing more is sent there before a person says
so. A full mailbox or an absent server says nothing about the address.
"""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, insert, select, update

from controllers.desk import Work, read_digest_secret
from models.journal import keyed_digest
from models.outbox import MAY_HAVE_LEFT, LetterState
from models.tables import BadAddress, OutboxRow

_B: Table = BadAddress.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_CAME_BACK = MAY_HAVE_LEFT


def bounced(work: Work, row_id: int, words: str, *, status: str = "") -> bool:
    """Marks a letter as come back, with the other server's words; `status` as told there ('5.1.1').

    Whether it was one that had left. Only a status of class 5 that speaks of the address marks the address.
    """
    row = work.connection.execute(select(_O.c.address, _O.c.state).where(_O.c.id == row_id)).first()
    if row is None or row.state not in _CAME_BACK:
        return False
    if row.state is not LetterState.PUT_AWAY:  # told once more of what somebody has dealt with
        work.connection.execute(
            update(_O)
            .where(_O.c.id == row_id)
            .values(state=LetterState.BOUNCED, trouble=words[:500], claimed_by="")
        )
    if status.startswith("5.1.") or status == "5.2.1":
        mark_bad(work, row.address, status)
    work.changed.update(("letters", "messages"))
    return True


def mark_bad(work: Work, address: str, status: str) -> None:
    """Remembers that an address takes nothing."""
    digest = _digest(work.connection, address)
    if address and not work.connection.execute(select(_B.c.digest).where(_B.c.digest == digest)).first():
        work.connection.execute(insert(_B), {"digest": digest, "at": work.now, "status": status[:20]})


def forget_bad(work: Work, address: str) -> None:
    """A person wants it tried once more."""
    work.connection.execute(delete(_B).where(_B.c.digest == _digest(work.connection, address)))


def is_bad(look: Connection, address: str) -> bool:
    """Whether something sent there came back for good."""
    asked = select(_B.c.digest).where(_B.c.digest == _digest(look, address))
    return look.execute(asked).first() is not None


def _digest(look: Connection, address: str) -> str:
    return keyed_digest(read_digest_secret(look), address.strip().casefold())
