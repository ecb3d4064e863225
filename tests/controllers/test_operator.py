"""Who the operator is, and who may change it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controllers import currencies, operator, sale
from controllers.desk import Desk
from models.refusals import CannotDo
from models.tender import Rates
from tests.builders import DAY, a_product, everything, somebody_else


def test_a_manager_keeps_who_the_operator_is_and_the_journal_says_what_changed(desk: Desk) -> None:
    card = operator.see_operator(desk=desk).card
    kept = operator.keep_operator(
        replace(card, name=" Example  Tours ", contact="+82 2 000", zone="Asia/Tokyo"), desk=desk
    )
    assert (kept.card.name, kept.card.zone, desk.zone) == ("Example  Tours", "Asia/Tokyo", "Asia/Tokyo")
    told = str(everything(desk)["journal"])
    assert '"fields":["contact","name","zone"]' in told
    assert '"zone":"Asia/Seoul"' in told
    assert '"zone":"Asia/Tokyo"' in told
    assert "Example" not in told


def test_another_currency_forgets_the_rates_and_leaves_the_prices(desk: Desk) -> None:
    units = [{"name": "Adult", "price": "39000"}]
    a_product(desk, options=[{"name": "Noon", "starts": "12:00", "capacity": 9, "units": units}])
    currencies.take_currencies({"USD": "1342.5"}, desk=desk)
    operator.keep_operator(replace(operator.see_operator(desk=desk).card, currency="EUR"), desk=desk)
    assert currencies.see_currencies(desk=desk).currencies == ("EUR",)
    assert sale.till(DAY, desk=desk).offers[0].currency == "KRW"


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"zone": "Mars/One"}, "zone-unknown"), ({"zone": ""}, "zone-unknown"), ({"zone": "../x"}, "zone-unknown"),
     ({"country": "K1"}, "country-unknown"), ({"currency": "XXQ"}, "own-currency-unknown")],
)  # fmt: skip
def test_what_is_none_is_refused_and_nothing_is_kept(desk: Desk, changed: dict[str, str], code: str) -> None:
    before = everything(desk)
    with pytest.raises(CannotDo, match=code):
        operator.keep_operator(replace(operator.see_operator(desk=desk).card, **changed), desk=desk)
    assert everything(desk) == before


def test_who_may_not_is_refused(desk: Desk) -> None:
    other = somebody_else(desk)
    assert not operator.see_operator(desk=other).may_change
    with pytest.raises(CannotDo, match="not-allowed"):
        operator.keep_operator(operator.see_operator(desk=desk).card, desk=other)


def test_what_another_counter_kept_since_it_was_seen_is_not_overwritten(
    desk: Desk, second_desk: Desk
) -> None:
    seen = operator.see_operator(desk=desk).card
    operator.keep_operator(replace(seen, name="Theirs Muster"), desk=second_desk)
    ours = replace(seen, name="Ours Example")
    with pytest.raises(CannotDo, match="kept-meanwhile") as no:
        operator.keep_operator(ours, desk=desk, seen=seen)
    assert (no.value.facts["counter"], no.value.facts["fields"]) == ("Second desk", ("name",))
    theirs = operator.see_operator(desk=desk).card
    assert theirs.name == "Theirs Muster"
    assert operator.keep_operator(ours, desk=desk, seen=theirs).card.name == "Ours Example"
    currencies.take_currencies({"USD": "1300"}, desk=second_desk)
    with pytest.raises(CannotDo, match="kept-meanwhile"):
        currencies.take_currencies({"JPY": "9.1"}, desk=desk, seen=Rates("KRW", {}))
    assert currencies.see_currencies(desk=desk).currencies == ("KRW", "USD")
