"""What nobody could place: shown to a person without giving anybody away, and placed by that person, once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from controllers import today
from controllers.desk import Desk
from controllers.mailbox import folder
from controllers.mailbox.folder import look_into_folders
from controllers.mailbox.looking import attach, leave_alone, open_waiting, take_as_order, waiting_mails
from models.notices import Event
from models.refusals import CannotDo
from models.tables import ArrivedMail, Counter, Message, NoticeRow, Reservation
from tests.builders import a_product, a_reservation, direct_file, direct_row
from tests.fakes import StillClock
from tests.mails.arriving import rows, sort
from tests.mails.building import ANN, a_mail

ORDER = (
    "예약번호: 27KK100000009\n상품명: Tea House Walk\n패키지: Afternoon\n사용 날짜: 2027/02/01\n"
    "수량: 대인 x2\n대표 여행자: SAMPLE, ANNA\n"
)


def test_a_mail_waits_until_somebody_says_where_it_belongs(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk)
    sort(desk, a_mail("Where do we meet?", files=[("map.pdf", "application/pdf", b"%PDF-1.4")]))
    waiting = waiting_mails(desk=desk)[0]
    assert (waiting.sender, waiting.subject, waiting.why) == (ANN[1], "Question", "nothing")
    opened = open_waiting(waiting.id, desk=desk)
    assert (opened.text, opened.hung, opened.channels) == ("Where do we meet?", ("map.pdf",), ())
    assert attach(waiting.id, f"cf {made}", desk=desk) == made
    assert [row.body for row in rows(desk, Message)] == ["Where do we meet?"]
    assert waiting_mails(desk=desk) == ()
    with pytest.raises(CannotDo, match="mail-placed-meanwhile"):
        attach(waiting.id, f"CF-{made}", desk=desk)
    assert rows(desk, ArrivedMail)[0].raw is None


def test_a_mail_may_be_left_alone(desk: Desk) -> None:
    sort(desk, a_mail())
    leave_alone(waiting_mails(desk=desk)[0].id, desk=desk)
    row = rows(desk, ArrivedMail)[0]
    assert (row.became, row.subject, row.sender, row.raw) == ("ignored", "", "", None)


def test_a_mail_is_read_as_the_order_of_a_channel(desk: Desk) -> None:
    a_product(desk)
    sort(desk, a_mail(ORDER, subject="Fwd: [KKday] 27KK100000009", sender=("Boss", "boss@office.example")))
    waiting = waiting_mails(desk=desk)[0]
    opened = open_waiting(waiting.id, desk=desk)
    assert opened.channels == ("kkday",)
    assert "SAMPLE" not in opened.text  # nobody knows who it is before the order is confirmed
    assert "27KK100000009" in opened.text
    assert take_as_order(waiting.id, "kkday", desk=desk).taken == 1
    assert len(rows(desk, Reservation)) == 1
    assert waiting_mails(desk=desk) == ()


def test_what_is_no_order_stays_waiting_with_the_reason(desk: Desk) -> None:
    a_product(desk)
    sort(desk, a_mail(ORDER.replace("2027/02/01", "someday"), subject="27KK100000009"))
    waiting = waiting_mails(desk=desk)[0]
    with pytest.raises(CannotDo, match="mail-no-order"):
        take_as_order(waiting.id, "kkday", desk=desk)
    assert rows(desk, Reservation) == []
    assert waiting_mails(desk=desk) == (waiting,)


def test_whoever_must_not_be_known_yet_is_hidden_in_a_suggestion(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, sold_by="kkday", email=ANN[1], name="Ann Example")
    sort(desk, a_mail("I am Ann Example, +82 10 1234 5678", subject="Ann Example asks"))
    waiting = waiting_mails(desk=desk)[0]
    opened = open_waiting(waiting.id, desk=desk)
    for shown in (waiting.sender, waiting.subject, opened.text):
        assert "Ann" not in shown
        assert "1234" not in shown


def _rung(desk: Desk) -> list[dict[str, Any]]:
    """The facts of what rang for new orders."""
    told = rows(desk, NoticeRow, NoticeRow.event == Event.NEW, NoticeRow.gathered.is_(False))
    return [row.facts for row in told]


def _watch(desk: Desk, folder: Any) -> None:
    with desk.database.transaction() as connection:
        connection.execute(update(Counter).values(settings={"watched_folder": str(folder)}))


def test_a_file_in_the_watched_folder_is_taken_in_once_it_stands_still(desk: Desk, tmp_path: Any) -> None:
    a_product(desk)
    _watch(desk, tmp_path)
    data = direct_file(direct_row(reference="D-1"))
    file = tmp_path / "orders.csv"
    file.write_bytes(data[:30])
    assert not look_into_folders(desk=desk)
    file.write_bytes(data)
    assert not look_into_folders(desk=desk)  # it has grown since the last look
    assert look_into_folders(desk=desk)
    assert len(rows(desk, Reservation)) == 1
    assert [each.name for each in (tmp_path / "done").iterdir()] == ["orders.csv"]
    file.write_bytes(data)
    look_into_folders(desk=desk)
    look_into_folders(desk=desk)
    assert len(rows(desk, Reservation)) == 1
    assert sorted(each.name for each in (tmp_path / "done").iterdir()) == ["orders (1).csv", "orders.csv"]


def test_files_that_are_dropped_one_by_one_ring_once(desk: Desk, clock: StillClock, tmp_path: Any) -> None:
    a_product(desk)
    _watch(desk, tmp_path)

    def drop(*numbers: int) -> None:
        for n in numbers:
            (tmp_path / f"{n}.csv").write_bytes(direct_file(direct_row(reference=f"D-{n}")))
        look_into_folders(desk=desk)
        clock.forward(seconds=5)

    drop(1, 2)
    drop(3, 4)
    assert _rung(desk) == []  # two were taken in, and two are on their way
    drop()
    assert _rung(desk) == [{"channel": "direct", "count": 4}]
    drop(5)
    drop()
    assert _rung(desk)[1:] == [{}]  # one alone rings at once

    drop(6)
    for n in range(7, 12):  # somebody drops and drops
        drop(n)
    assert len(_rung(desk)) > 2


def test_a_file_that_cannot_be_read_goes_before_a_person(desk: Desk, tmp_path: Any) -> None:
    _watch(desk, tmp_path)
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "half.csv.part").write_bytes(b"x")
    (tmp_path / ".hidden.csv").write_bytes(b"x")
    (tmp_path / "link.csv").symlink_to(tmp_path / "picture.csv")
    look_into_folders(desk=desk)
    look_into_folders(desk=desk)
    assert [each.name for each in (tmp_path / "not-read").iterdir()] == ["picture.csv"]
    waiting = waiting_mails(desk=desk)
    assert [(each.subject, each.why, each.is_file) for each in waiting] == [
        ("picture.csv", "file:file-not-readable", True)
    ]
    assert open_waiting(waiting[0].id, desk=desk).text == ""
    with pytest.raises(CannotDo, match="file-is-no-mail"):
        attach(waiting[0].id, "CF-1", desk=desk)
    with pytest.raises(CannotDo, match="file-not-readable"):
        take_as_order(waiting[0].id, "kkday", desk=desk)


def test_a_name_in_the_bytes_of_another_system_holds_up_no_file_behind_it(desk: Desk, tmp_path: Any) -> None:
    a_product(desk)
    _watch(desk, tmp_path)
    old_korean = os.fsencode(tmp_path) + "/예약.csv".encode("cp949")
    Path(os.fsdecode(old_korean)).write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "orders.csv").write_bytes(direct_file(direct_row(reference="D-1")))
    look_into_folders(desk=desk)
    look_into_folders(desk=desk)
    assert len(rows(desk, Reservation)) == 1
    assert [each.subject for each in waiting_mails(desk=desk)] == ["????.csv"]


def test_files_that_cannot_be_put_away_are_read_once_and_hold_up_none(
    a_desk: Desk, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    a_product(a_desk)
    _watch(a_desk, tmp_path)
    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr(folder, "_MOST_AT_ONCE", 1)
    for n in range(3):
        (tmp_path / f"{n}.csv").write_bytes(direct_file(direct_row(reference=f"D-{n}")))
    assert [look_into_folders(desk=a_desk) for _ in range(5)] == [False, True, True, True, False]
    assert len(rows(a_desk, Reservation)) == 3
    (tmp_path / "0.csv").write_bytes(direct_file(direct_row(reference="D-9")))
    assert [look_into_folders(desk=a_desk) for _ in range(3)] == [False, True, False]
    assert len(rows(a_desk, Reservation)) == 4


def test_the_dashboard_counts_what_waits_and_says_nothing_where_nothing_does(desk: Desk) -> None:
    assert "mails" not in {box.key for box in today.see_today(desk=desk).boxes}
    sort(desk, a_mail("Hello"))
    box = today.see_today(desk=desk).box("mails")
    assert (box.count, box.oldest) == (1, desk.now())
