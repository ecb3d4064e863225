"""What we did here and still have to do at the channel is ticked off once it is done there."""

from __future__ import annotations

import pytest

from controllers import reservations, viewing
from controllers.desk import Desk
from models.refusals import CannotDo
from tests.builders import a_product, kkday_row, taken


def test_a_confirmation_is_to_do_at_the_channel_until_it_is_ticked_off(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    reservations.confirm(one, desk=desk)
    assert viewing.see_details(one, desk=desk).row.to_do == "confirm"
    reservations.tick_off(one, desk=desk)
    assert viewing.see_details(one, desk=desk).row.to_do == ""
    with pytest.raises(CannotDo, match="nothing-to-do"):
        reservations.tick_off(one, desk=desk)
