"""Seals a SQLite file whose data went to a server: nobody writes into it any more, and it says where they are.

The seal is made in the transaction that read everything, so nothing can be written between. It also holds for
programs that had the file open all along: their next write is refused, and nothing of it is lost unseen.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, text

from models.base import Base
from models.refusals import CannotDo
from models.tables import About

MOVED_TO = "moved_to"
"""What a sealed file calls the address of its data, among what it knows about itself."""

_SAYS = "these data have moved to "


def seal(connection: Connection, address: str) -> None:
    """From the end of this transaction on. The address has no password in it."""
    connection.execute(insert(About), {"name": MOVED_TO, "value": address})
    told = (_SAYS + address).replace("'", "''")
    for table in Base.metadata.sorted_tables:
        for verb in ("insert", "update", "delete"):
            words = f"create trigger sealed_{table.name}_{verb} before {verb} on {table.name}"
            connection.exec_driver_sql(f"{words} begin select raise(abort, '{told}'); end")


def refuse_if_moved(look: Connection) -> None:
    """Raises CannotDo("moved-away") for a file that was sealed."""
    address = look.execute(select(About.value).where(About.name == MOVED_TO)).scalar()
    if address:
        raise CannotDo("moved-away", where=address)


def unseal(connection: Connection) -> None:
    """The way back, for a copy: the data are worked with here again."""
    names = connection.execute(text("select name from sqlite_master where type = 'trigger'")).scalars().all()
    for name in names:
        if str(name).startswith("sealed_"):
            connection.exec_driver_sql(f"drop trigger {name}")
    connection.execute(text("delete from about where name = :name"), {"name": MOVED_TO})


def refusal_of(error: BaseException) -> CannotDo | None:
    """What a write into a sealed file says; None for every other error."""
    said = str(getattr(error, "orig", error))
    return CannotDo("moved-away", where=said.removeprefix(_SAYS)) if said.startswith(_SAYS) else None
