"""A desk to which mails come, with one reservation they may be about."""

from __future__ import annotations

import pytest

from controllers.desk import Desk
from models.reservations import Status
from tests.builders import a_product, a_reservation
from tests.mails.building import ANN


@pytest.fixture
def desk(a_desk: Desk) -> Desk:
    """One database: what differs between the two is asked in test_mail_on_both."""
    return a_desk


@pytest.fixture
def booked(desk: Desk) -> int:
    """A confirmed reservation of Ann's."""
    a_product(desk)
    return a_reservation(desk, Status.CONFIRMED, email=ANN[1], reference="27KK100000001")
