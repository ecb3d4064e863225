"""Whatever is typed is kept as it was typed, or refused in a sentence; none of it is a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from controllers import (
    checkin,
    departures,
    notes,
    operator,
    products,
    reservations,
    viewing,
)
from controllers.desk import Desk
from controllers.products_file import product_form
from models.refusals import CannotDo
from models.tables import Reservation
from tests.builders import DAY, a_product, a_reservation, an_operator, direct_row, taken

NASTY = {
    "sql": "'; DROP TABLE reservations; --",
    "sql in quotes": '" OR "1"="1" /* %s :name ? \\',
    "markup": "<img src='file:///etc/passwd'><b>&lt;",
    "braces": "{0} {name} {{}} %(x)s %1 $x {self.__class__}",
    "control": "a\x01b\x07c\x1b[31md\x7f",
    "nul": "before\x00after",
    "right to left": "abc\u202eשלום\u2066ok\u2069",
    "half a letter": "half \ud800 letter",
    "long": "가" * 10_000,
    "formula": '=HYPERLINK("http://example.com","x")',
}
Keep = Callable[[Desk, str], str]


def _note(desk: Desk, text: str) -> str:
    made = a_reservation(desk)
    notes.add_note(made, words=text, desk=desk)
    found = viewing.see_details(made, desk=desk, reveal=True)
    return next(one.body for one in found.messages if one.direction == "note")


def _guide(desk: Desk, text: str) -> str:
    line = viewing.see_days(DAY, DAY, desk=desk)[DAY].lines[0]
    assert line.key is not None
    return departures.set_guide(line.key, text, desk=desk).guide


def _product(desk: Desk, text: str) -> str:
    page = products.see_product(1, desk=desk)
    products.save_product(product_form(page.content | {"meeting_point": text}), desk=desk, product_id=1)
    return str(products.see_product(1, desk=desk).content["meeting_point"])


def _operator(desk: Desk, text: str) -> str:
    card = replace(operator.see_operator(desk=desk).card, contact=text)
    return operator.keep_operator(card, desk=desk).card.contact


def _traveler(desk: Desk, text: str) -> str:
    made = taken(desk, direct_row(name=text))[0]
    return str(viewing.see_details(made, desk=desk, reveal=True).row.traveler)


def _reason(desk: Desk, text: str) -> str:
    reservations.cancel(a_reservation(desk), reason=text, desk=desk)
    return text


def _scan(desk: Desk, text: str) -> str:
    assert checkin.scan(text, desk=desk).admitted == 0
    return text


WHERE: dict[str, Keep] = {
    "a note": _note,
    "a guide": _guide,
    "a product": _product,
    "the operator": _operator,
    "a reason": _reason,
    "a scan": _scan,
}


def same(kept: str, typed: str) -> bool:
    """As it was typed, but for blanks, signs nobody can see, and an end that was cut off."""
    seen, told = visible(typed), visible(kept)
    return bool(told) and (seen == told or (len(told) >= 40 and seen.startswith(told)))


def visible(text: str) -> str:
    """What a person sees of it."""
    signs = "".join(sign if sign.isprintable() else " " * sign.isspace() for sign in text)
    return " ".join(signs.split())


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_what_is_typed_stays_what_was_typed(desk: Desk, text: str) -> None:
    a_product(desk, capacity=400)
    an_operator(desk, name="Muster Tours", country="KR", zone="Asia/Seoul", currency="KRW")
    untouched = a_reservation(desk)
    wrong = []
    for where, keep in WHERE.items():
        try:
            kept = keep(desk, text)
        except CannotDo:
            continue
        except Exception as fault:  # every other answer is a fault, whatever it is
            wrong.append(f"{where}: {fault!r}"[:200])
            continue
        if not same(kept, text):
            wrong.append(f"{where}: {kept[:80]!r}")
    assert not wrong, "\n".join(wrong)
    with desk.reading() as look:
        assert untouched in look.execute(select(Reservation.id)).scalars().all()
