"""Keeps how the operator's vouchers look: logo, colours, terms, languages."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, insert, select, update

from controllers.desk import Desk
from controllers.meanwhile import refuse_overwriting
from controllers.rights import needs
from controllers.scanning.diagnosis import TEST_NUMBER
from models.journal import differences
from models.papers import Paper
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Operator
from models.tables import VoucherLook as Kept
from models.voucher_looks import VoucherLook, checked, look_of
from models.vouchers import Symbol, Voucher

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed

_K: Table = Kept.__table__  # type: ignore[assignment]
_OURS = 1
MOST_BYTES = 5_000_000
_WIDEST = 900  # dots: enough for 7 cm at 300 dpi
_SAMPLES = {
    "en": ("Anna Sample", "Tea House Walk", "Afternoon", "At the blue gate", (("Adult", 2), ("Child", 1))),
    "ko": ("김예시", "찻집 산책", "오후", "파란 대문 앞", (("성인", 2), ("아동", 1))),
    "zh-TW": ("範例小美", "茶館散步", "下午", "藍色大門前", (("成人", 2), ("兒童", 1))),
    "ja": ("見本花子", "茶屋さんぽ", "午後", "青い門の前", (("大人", 2), ("子ども", 1))),
}
"""Invented people for the preview, in each language."""


@needs(Right.OWN)
def see_look(*, desk: Desk) -> VoucherLook:
    """How the vouchers look now."""
    with desk.reading() as look:
        return read_look(look)


def read_look(look: Connection) -> VoucherLook:
    """The same, inside a look or a transaction that is under way."""
    row = look.execute(select(_K.c.look, _K.c.logo).where(_K.c.id == _OURS)).first()
    return look_of(row.look, row.logo) if row is not None else look_of({})


@needs(Right.OPERATOR)
def keep_look(look: VoucherLook, *, desk: Desk, seen: VoucherLook | None = None) -> VoucherLook:
    """Vouchers look like this from now on. Raises what `models.voucher_looks.checked` refuses, and ("not-allowed").

    CannotDo("kept-meanwhile") where somebody else has changed the look since it was `seen`.
    """
    wanted = checked(look)
    with desk.work() as work:
        work.connection.execute(
            select(Operator.id).with_for_update()
        )  # a look that is usual has no row to lock
        before = read_look(work.connection)
        if seen is not None:
            refuse_overwriting(
                work, "operator:1", ("voucher-look",), _told(seen), _told(before), _told(wanted)
            )
        if wanted == before:
            return before
        values = {"look": wanted.as_kept(), "logo": wanted.logo or None}
        done = work.connection.execute(update(_K).where(_K.c.id == _OURS).values(**values))
        if not done.rowcount:
            work.connection.execute(insert(_K), {"id": _OURS, **values})
        work.record("operator:1", "voucher-look", **differences(_told(before), _told(wanted)))
        work.changed.add("voucher-look")
    return wanted


@needs(Right.OWN)
def sample_voucher(look: VoucherLook, language: str, paper: Paper, *, desk: Desk) -> Printed:
    """How a voucher would look: of an invented person, on an invented tour, with a code that lets nobody in.

    Raises what `models.voucher_looks.checked` refuses.
    """
    from controllers.voucher_pdf import voucher_pdf

    wanted = checked(look)
    with desk.reading() as here:
        operator = desk.operator(here)
    now = desk.now().astimezone(ZoneInfo(operator.zone))
    at = (now + timedelta(days=30)).replace(hour=9, minute=30, second=0, microsecond=0)
    person, product, option, place, units = _SAMPLES[language]
    sample = Voucher(
        language=language,
        number="CF-00000",
        reference="SAMPLE-1",
        channel="Example",
        product=product,
        option=option,
        departs_on=at.date(),
        departs_at=at,
        valid_until=None,
        party=units,
        heads=3,
        lead=person,
        meeting_point=place,
        operator=operator.name or "Example Tours",
        contact=operator.contact or "help@example.com",
        symbols=(Symbol(TEST_NUMBER, 3, 1),),
        refund_terms=((at - timedelta(days=3), 100), (at - timedelta(days=1), 50)),
        terms=wanted.terms.get(language, ""),
    )
    return voucher_pdf(sample, paper, wanted)


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


def _told(look: VoucherLook) -> dict[str, Any]:
    """A look as the journal tells it: of the logo only which one it was."""
    logo = sha256(look.logo).hexdigest()[:16] if look.logo else ""
    return {**look.as_kept(), "logo": logo}
