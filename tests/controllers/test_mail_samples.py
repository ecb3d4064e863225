"""The channels' collected order mails, arriving in the mailbox as they were sent: each becomes its reservation.

They are not part of the project: COUNTERFOIL_SAMPLES names their folder.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from controllers.desk import Desk
from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.sorting import Came, sort_mail
from models.tables import Reservation
from tests.controllers.test_channels_samples import SAMPLES

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples are not here; set COUNTERFOIL_SAMPLES to their folder"
)
MAILS = {
    "getyourguide-email.txt": "getyourguide",
    "kkday-order-email.ko.txt": "kkday",
    "klook-email.txt": "klook",
    "viator-email.en.txt": "viator",
    "viator-email.ko.txt": "viator",
    "viator-email-cancel.en.txt": "viator",
}


@pytest.mark.parametrize(("name", "channel"), MAILS.items(), ids=MAILS)
def test_an_order_mail_of_a_channel_becomes_a_reservation(a_desk: Desk, name: str, channel: str) -> None:
    told = sort_mail(taken_whole((SAMPLES / name).read_bytes()), Came(), desk=a_desk)
    assert (told.became, told.why) == ("order", channel)
    with a_desk.reading() as look:
        assert look.execute(select(Reservation.channel)).scalars().all() == [channel]
