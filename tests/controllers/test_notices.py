"""Who of the staff is told what: at once, once each, by the ways they chose, and never a traveler's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from controllers import notices, reservations
from controllers.desk import Desk
from controllers.notice_people import Heard, keep_notices, keep_steps, see_notices, telephone
from controllers.today import see_around
from controllers.tray import LOOK_BACK, TrayNews, see_tray
from models.notices import Event, Quiet, Route
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import CarrierRow, JournalEntry, NoticePerson, NoticeRow, NoticeRule, OutboxRow
from tests.builders import (
    a_product,
    a_reservation,
    direct_row,
    kkday_row,
    somebody_else,
    take,
    teach_headings,
)
from tests.conftest import NOW
from tests.fakes import StillClock

ALL = frozenset((event, route) for event in Event for route in Route)
NIGHT = (Quiet(time(22), time(7)),) * 7


@pytest.fixture(autouse=True)
def tea(desk: Desk) -> None:
    a_product(desk)


def wants(desk: Desk, **told: Any) -> None:
    """Whoever is at the desk wants to hear everything, by mail where nothing else is said."""
    with desk.database.transaction() as connection:
        server = {"host": "localhost", "sender": "desk@example.com"}
        for name, settings in (("solapi", {}), ("ntfy", {}), ("smtp", server)):
            if connection.execute(select(CarrierRow.name).where(CarrierRow.name == name)).scalar() is None:
                connection.execute(insert(CarrierRow), {"name": name, "settings": settings})
    heard = Heard(**{"mail": "desk@example.com", "tells": ALL, **told})
    keep_notices(desk.actor.staff_id, heard, desk=desk)


def promised(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        asked = select(OutboxRow.__table__).where(OutboxRow.staff_id.is_not(None)).order_by(OutboxRow.id)
        return list(look.execute(asked).all())


def noted(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        return list(look.execute(select(NoticeRow.__table__).order_by(NoticeRow.id)).all())


def tray(desk: Desk, after: int = 0) -> list[notices.TrayNotice]:
    with desk.reading() as look:
        return notices.for_tray(look, desk.actor.staff_id, notices.numbers(look, after))


def test_new_reservation_is_in_the_tray_and_promised_by_every_way_that_was_chosen(desk: Desk) -> None:
    wants(desk, phone="010-0000-0000", topic="desk-topic")
    made = a_reservation(desk, sold_by="kkday")
    (shown,) = tray(desk)
    assert (shown.event, shown.reservation_id, shown.number) == (Event.NEW, made, f"CF-{made}")
    assert shown.link == f"counterfoil://reservation/CF-{made}"
    assert {(row.carrier, row.address) for row in promised(desk)} == {
        ("mail", "desk@example.com"),
        ("solapi", "kakao"),
        ("ntfy", "ntfy"),
    }
    with desk.reading() as look:
        going = {row.carrier: notices.notice_parcel(look, row, desk.now()).address for row in promised(desk)}
    assert going == {"mail": "desk@example.com", "solapi": "+821000000000", "ntfy": "desk-topic"}


def test_nobody_is_named_before_or_after_confirmation(desk: Desk) -> None:
    wants(desk)
    made = a_reservation(desk, Status.CANCEL_REQUESTED, sold_by="kkday")
    with desk.reading() as look:
        row = look.execute(select(notices.notice_words._R).where(notices.notice_words._R.c.id == made)).one()
    personal = [row.lead, row.email, row.phone, *row.lead.split()]
    told = " ".join((*(f"{one.title} {one.text}" for one in tray(desk)), *map(repr, promised(desk))))
    assert "Tea House Walk" in told
    assert not [word for word in personal if word and word in told]


def test_same_fact_is_told_once(desk: Desk) -> None:
    wants(desk)
    made = a_reservation(desk)
    with desk.work() as work:
        assert notices.tell(work, Event.NEW, made, "received") is None
    assert len(promised(desk)) == 1


def test_a_whole_file_rings_once_with_its_number(desk: Desk) -> None:
    wants(desk)
    teach_headings(desk)
    take(desk, *(kkday_row() for _ in range(7)))
    (shown,) = tray(desk)
    assert shown.title == "7 new reservations from KKday"
    assert (shown.reservation_id, shown.link) == (None, "")
    assert len(promised(desk)) == 1


def test_what_arrives_cancelled_or_long_departed_rings_nobody(desk: Desk, clock: StillClock) -> None:
    take(desk, direct_row(status="cancelled"))
    clock.set(NOW.replace(year=2028))
    take(desk, direct_row())
    assert noted(desk) == []


def test_a_dry_run_tells_nobody(desk: Desk) -> None:
    take(desk, direct_row(), dry_run=True)
    assert noted(desk) == []


def test_cancel_request_is_told_to_others_than_who_noted_it(desk: Desk) -> None:
    wants(desk)
    other = somebody_else(desk)
    wants(other)
    made = a_reservation(desk, Status.CONFIRMED)
    last = noted(desk)[-1].id
    reservations.request_cancel(made, desk=desk)
    assert tray(desk, last) == []
    assert [one.title for one in tray(other, last)] == [f"CF-{made}: the traveler asks to cancel"]
    assert [row.staff_id for row in promised(desk)][-1] == other.actor.staff_id


def test_nobody_hears_of_what_they_may_not_do(desk: Desk) -> None:
    gate = somebody_else(desk, "Gate", "redeem-only")
    wants(gate)
    a_reservation(desk)
    assert promised(desk) == []
    assert tray(gate) == []


def test_quiet_hours_hold_a_notice_back_and_urgent_ones_pass_where_the_person_says_so(
    desk: Desk, clock: StillClock
) -> None:
    made = a_reservation(desk, Status.CONFIRMED)
    other = somebody_else(desk)
    wants(desk, quiet=NIGHT)
    wants(other, quiet=NIGHT, urgent_passes=True)
    clock.set(NOW.replace(hour=23))
    reservations.request_cancel(made, desk=somebody_else(desk, "Third"))
    leaves = {row.staff_id: row.leave_at for row in promised(desk)}
    assert leaves[other.actor.staff_id] == clock()
    held = leaves[desk.actor.staff_id].astimezone(NOW.tzinfo)
    assert (held.hour, held.day) == (7, NOW.day + 1)
    assert [one.silent for one in (tray(desk)[-1], tray(other)[-1])] == [True, False]


def test_a_waiting_notice_that_is_settled_or_not_theirs_any_more_is_not_wanted(desk: Desk) -> None:
    wants(desk)
    made = a_reservation(desk, Status.CONFIRMED)
    reservations.request_cancel(made, desk=somebody_else(desk))
    row = promised(desk)[-1]
    with desk.reading() as look:
        assert (
            notices.notice_parcel(look, row, desk.now()).subject == f"CF-{made}: the traveler asks to cancel"
        )
    reservations.accept(made, desk=desk)
    with desk.reading() as look, pytest.raises(CannotDo, match="any more"):
        notices.notice_parcel(look, row, desk.now())


def test_what_could_not_leave_for_days_is_no_news_any_more(desk: Desk, clock: StillClock) -> None:
    wants(desk, quiet=NIGHT)
    clock.set(NOW.replace(hour=23))
    a_reservation(desk)
    (row,) = promised(desk)
    with desk.reading() as look:
        for hours, wanted in ((9, True), (31, True), (34, False)):
            clock.set(NOW.replace(hour=23))
            clock.forward(hours=hours)
            if wanted:
                assert notices.notice_parcel(look, row, desk.now()).subject
            else:
                with pytest.raises(CannotDo):
                    notices.notice_parcel(look, row, desk.now())


def test_nothing_is_promised_by_a_way_that_is_not_set_up_or_switched_off(desk: Desk) -> None:
    everything = {"mail": "desk@example.com", "phone": "010-0000-0000", "topic": "t", "tells": ALL}
    keep_notices(desk.actor.staff_id, Heard(**everything), desk=desk)
    a_reservation(desk)
    assert promised(desk) == []
    assert see_notices(desk=desk).routes == {Route.TRAY}
    wants(desk, phone="010-0000-0000", topic="t")
    assert see_notices(desk=desk).routes == {Route.TRAY, Route.MAIL, Route.KAKAO, Route.NTFY}
    with desk.database.transaction() as connection:
        connection.execute(
            update(CarrierRow).where(CarrierRow.name == "ntfy").values(settings={"is_on": False})
        )
    a_reservation(desk)
    assert sorted(row.carrier for row in promised(desk)) == ["mail", "solapi"]


def test_only_managers_keep_somebody_elses_list_and_nobody_overwrites_unseen(desk: Desk) -> None:
    other = somebody_else(desk)
    wants(other)
    seen = next(one for one in see_notices(desk=desk).cards if one.staff_id == other.actor.staff_id).heard
    with pytest.raises(CannotDo) as no:
        keep_notices(desk.actor.staff_id, Heard(), desk=other)
    assert no.value.code == "not-allowed"
    assert [card.staff_id for card in see_notices(desk=other).cards] == [other.actor.staff_id]
    keep_notices(other.actor.staff_id, replace(seen, mail="new@example.com"), desk=other)
    with pytest.raises(CannotDo) as no:
        keep_notices(other.actor.staff_id, replace(seen, mail="mine@example.com"), desk=desk, seen=seen)
    assert no.value.code == "kept-meanwhile"
    keep_notices(other.actor.staff_id, replace(seen, topic="t"), desk=desk)


def test_the_journal_names_what_changed_and_no_address(desk: Desk) -> None:
    wants(desk, phone="+82 10-0000-1234")
    with desk.reading() as look:
        told = (
            look.execute(select(JournalEntry.details).where(JournalEntry.action == "notices")).scalars().all()
        )
    assert '"mail"' in told[-1]
    assert "example.com" not in told[-1]
    assert "0000-1234" not in told[-1]
    assert "00001234" not in told[-1]


def test_what_is_as_usual_keeps_no_rule(desk: Desk) -> None:
    wants(desk)
    usual = frozenset((event, Route.TRAY) for event in Event if event is not Event.DIGEST)
    keep_notices(desk.actor.staff_id, Heard(tells=usual), desk=desk)
    with desk.reading() as look:
        assert look.execute(select(NoticeRule.event)).all() == []
        assert look.execute(select(NoticePerson.mail)).scalar_one() == ""


def test_what_cannot_be_reached_is_refused(desk: Desk) -> None:
    for heard, code in (
        (Heard(mail="desk@example"), "mail-wrong"),
        (Heard(mail="a@example.com\r\nBcc: b@example.com"), "mail-wrong"),
        (Heard(phone="12"), "phone-wrong"),
        (Heard(topic="no spaces"), "topic-wrong"),
        (Heard(quiet=(Quiet(time(), time()),) * 7), "quiet-always"),
        (Heard(digest_hour=24), "hour-wrong"),
    ):
        with pytest.raises(CannotDo) as no:
            keep_notices(desk.actor.staff_id, heard, desk=desk)
        assert no.value.code == code


def test_numbers_are_kept_as_every_country_dials_them() -> None:
    assert telephone("010-1234-5678", "KR") == "+821012345678"
    assert telephone("+886 912 345 678", "KR") == "+886912345678"


def test_steps_of_reminders_are_kept_and_refused_beyond_reason(desk: Desk) -> None:
    assert see_notices(desk=desk).steps == (24, 4, 1)
    assert keep_steps((2, 8), desk=desk).steps == (8, 2)
    with pytest.raises(CannotDo):
        keep_steps((0,), desk=desk)


def test_a_notice_that_is_kept_after_a_later_one_is_told_all_the_same(desk: Desk) -> None:
    """A shared database numbers them when they are written, and the one that was written first may be kept last."""
    began = see_tray(None, desk=desk).looked
    a_notice(desk, began.upto + 2)
    first = see_tray(began, desk=desk)
    a_notice(desk, began.upto + 1)
    then = see_tray(first.looked, desk=desk)

    assert [one.id for one in first.notices] == [began.upto + 2]
    assert [one.id for one in then.notices] == [began.upto + 1]
    assert see_tray(then.looked, desk=desk) == TrayNews(then.looked)


def test_who_has_just_come_is_told_nothing_of_before(desk: Desk) -> None:
    a_notice(desk, 1)
    a_notice(desk, LOOK_BACK * 2)
    begins = see_tray(None, desk=desk)

    assert begins.notices == ()
    assert see_tray(begins.looked, desk=desk).notices == ()
    a_notice(desk, LOOK_BACK * 2 - 1)
    assert [one.id for one in see_tray(begins.looked, desk=desk).notices] == [LOOK_BACK * 2 - 1]


def test_the_tray_is_told_the_last_of_very_many(desk: Desk) -> None:
    began = see_tray(None, desk=desk).looked
    for n in range(1, 61):
        a_notice(desk, began.upto + n)
    news = see_tray(began, desk=desk)

    assert [one.id for one in news.notices] == [began.upto + n for n in range(11, 61)]
    assert see_tray(news.looked, desk=desk).notices == ()


def a_notice(desk: Desk, number: int) -> None:
    """One that was noted by somebody else, under this number."""
    told = {"id": number, "key": f"message:{number}", "event": Event.MESSAGE, "facts": {}, "gathered": False}
    with desk.database.transaction() as connection:
        connection.execute(insert(NoticeRow), {**told, "at": desk.now()})


def test_the_tone_of_a_new_order_keeps_the_quiet_hours_of_whoever_works_here(
    desk: Desk, clock: StillClock
) -> None:
    assert see_around(desk=desk).rings
    night = (Quiet(time(22), time(7)),) * 7
    keep_notices(
        desk.actor.staff_id, Heard(quiet=night, tells=frozenset({(Event.NEW, Route.TRAY)})), desk=desk
    )
    clock.set(NOW.replace(hour=23))
    assert not see_around(desk=desk).rings
    clock.set(NOW.replace(hour=8))
    assert see_around(desk=desk).rings


def test_the_tone_of_a_new_order_is_not_for_who_does_not_want_it_or_may_not_answer(desk: Desk) -> None:
    keep_notices(desk.actor.staff_id, Heard(tells=frozenset()), desk=desk)
    assert not see_around(desk=desk).rings
    assert not see_around(desk=somebody_else(desk, "Gate", "redeem-only")).rings
