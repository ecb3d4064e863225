"""Damaged and forged mails, placed as mails are placed: never a fault, never a word in a stranger's conversation."""

from __future__ import annotations

import faulthandler

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controllers import journal
from controllers.desk import Desk
from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.looking import open_waiting, waiting_mails
from controllers.mailbox.sorting import Came, sort_mail
from models import thread_token
from models.tables import ArrivedMail, Message
from tests.builders import a_product, a_reservation
from tests.controllers.test_channels_fuzz import CHANGES, changed
from tests.controllers.test_rubbish import CHECKS
from tests.mails.arriving import rows, sign
from tests.mails.broken import BROKEN
from tests.mails.building import ANN, DESK, a_bounce, a_mail
from tests.mails.quoting import CASES

A_FEW, ALL = 60, 10_000


def _mails(here: str, others: str) -> list[bytes]:
    """What arrives for one reservation: answers of every program, machines, bounces, and what is broken already."""
    answers = [a_mail(case.text, html=case.html, to=here) for case in CASES[::3]]
    machines = [a_bounce("<1.x@counterfoil.example.com>"), a_mail(headers={"Auto-Submitted": "auto-replied"})]
    forged = [a_mail(to=here.replace("cf", "cf1")), a_mail(to=others), a_mail(subject="CF-1 27KK100000001")]
    small = [mail for mail in BROKEN.values() if len(mail) < 5000]
    return [*answers, *machines, *forged, *small]


def _try_many(desk: Desk, most: int) -> None:
    a_product(desk, capacity=4000)
    mine, other = a_reservation(desk, email=ANN[1]), a_reservation(desk, email="someone@example.net")
    forged = thread_token.reply_address(DESK, f"cf{other}-{max(desk.code_secrets)}{'a' * 12}")
    mails = _mails(sign(desk, mine), forged)

    @settings(max_examples=most, deadline=None, suppress_health_check=CHECKS)
    @given(st.sampled_from(range(len(mails))), CHANGES)
    def spoilt(which: int, changes: list[tuple[int, int, bytes]]) -> None:
        told = sort_mail(taken_whole(changed(mails[which], changes)), Came(), desk=desk)
        assert told.why != "fault"

    spoilt()
    assert {row.reservation_id for row in rows(desk, Message)} <= {mine}
    for waiting in waiting_mails(desk=desk):
        open_waiting(waiting.id, desk=desk)
    assert len(rows(desk, ArrivedMail)) > most // 4
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))


def test_damaged_mails_find_no_stranger_s_conversation(a_desk: Desk) -> None:
    _try_many(a_desk, A_FEW)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_ten_thousand_damaged_mails_find_no_stranger_s_conversation(desk: Desk) -> None:
    faulthandler.cancel_dump_traceback_later()  # a soak is slow, not stuck
    _try_many(desk, ALL)
