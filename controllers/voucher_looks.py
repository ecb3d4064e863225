"""Keeps how the operator's vouchers look: logo, colours, terms, languages."""

from __future__ import annotations

from sqlalchemy import Connection, Table, insert, select, update

from controllers.desk import Desk
from models.refusals import CannotDo
from models.tables import VoucherLook as Kept
from models.voucher_looks import VoucherLook, checked, look_of

_K: Table = Kept.__table__  # type: ignore[assignment]
_OURS = 1
MOST_BYTES = 5_000_000
_WIDEST = 900  # dots: enough for 7 cm at 300 dpi
_RIGHT = frozenset({"owner", "manager"})


def see_look(*, desk: Desk) -> VoucherLook:
    """How the vouchers look now."""
    with desk.reading() as look:
        return read_look(look)


def read_look(look: Connection) -> VoucherLook:
    """The same, inside a look or a transaction that is under way."""
    row = look.execute(select(_K.c.look, _K.c.logo).where(_K.c.id == _OURS)).first()
    return look_of(row.look, row.logo) if row is not None else look_of({})


def keep_look(look: VoucherLook, *, desk: Desk) -> VoucherLook:
    """Vouchers look like this from now on. Raises what `models.voucher_looks.checked` refuses, and ("not-allowed")."""
    wanted = checked(look)
    if desk.actor.role not in _RIGHT:
        raise CannotDo("not-allowed", action="change how vouchers look", who="a manager")
    with desk.work() as work:
        before = read_look(work.connection)
        if wanted == before:
            return before
        values = {"look": wanted.as_kept(), "logo": wanted.logo or None}
        done = work.connection.execute(update(_K).where(_K.c.id == _OURS).values(**values))
        if not done.rowcount:
            work.connection.execute(insert(_K), {"id": _OURS, **values})
        names = ("head", "accent", "terms", "languages", "logo")
        fields = [name for name in names if getattr(before, name) != getattr(wanted, name)]
        work.record("operator:1", "voucher-look", fields=fields)
        work.changed.add("voucher-look")
    return wanted


def logo_of(image: bytes, name: str) -> bytes:
    """A picture as a logo is kept: a PNG no larger than a head needs. Raises CannotDo("picture-not-readable")."""
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    if len(image) > MOST_BYTES:
        raise CannotDo("picture-not-readable", file=name, why="larger than 5 MB")
    try:
        picture = Image.open(BytesIO(image))
        picture.thumbnail((_WIDEST, _WIDEST))
        out = BytesIO()
        picture.convert("RGBA").save(out, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise CannotDo("picture-not-readable", file=name, why=str(error) or "no picture") from error
    return out.getvalue()
