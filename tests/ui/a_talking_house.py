"""A house with everything that is told: letters in every state, refunds, reviews, notices, mails nobody could place.

Every name in it is invented. The pictures of these screens are drawn from it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import update

from controllers import giving_back, notice_people, payments, reservations, reviews, saved_replies
from controllers.bounces import mark_bad
from controllers.carriers.keeping import SMTP, keep_carrier
from controllers.desk import Desk
from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.sorting import Came, sort_mail
from controllers.notice_people import Heard
from controllers.notice_routes import keep_route
from controllers.place import Place
from models.mail_server import MailServer
from models.notice_routes import Ntfy
from models.notices import Event, Quiet, Route
from models.outbox import LetterState
from models.refunds import RefundRow, Tab
from models.reservations import Cause, Status
from models.tables import Departure, OutboxRow
from models.talk import SavedReply
from tests.builders import (
    a_product,
    a_reservation,
    an_operator,
    kkday_row,
    somebody_else,
    taken,
    teach_headings,
)
from tests.conftest import NOW
from tests.controllers.test_reviews import a_picture, answer, send
from tests.fakes import StillClock
from tests.mails.building import a_mail

_O: Any = OutboxRow.__table__
LONG = "Seoul Palaces, Hanbok and Night Market Walk with a Local Storyteller"
ORDER = "예약번호: 27KK100000009\n상품명: Tea House Walk\n사용 날짜: 2027/02/01\n수량: 대인 x2\n"
_STATES = (
    (LetterState.FAILED, "550 5.1.1 <lena@example.org>: Recipient address rejected: User unknown"),
    (LetterState.UNCERTAIN, "the line was cut while the letter was handed over"),
    (LetterState.BOUNCED, "452 4.2.2 The mailbox is full"),
    (LetterState.NO_ADDRESS, ""),
    (LetterState.SENT, ""),
    (LetterState.DROPPED, ""),
)


def a_talking_house(folder: Path, *, practice: bool = False) -> dict[str, int]:
    """Puts everything into a new folder; the numbers of the reservations the pictures are about, by what they show."""
    clock = StillClock(NOW - dt.timedelta(days=12))
    desk = Place(folder, practice=practice).open("Desk")
    desk.clock = clock
    an_operator(desk, name="Example Tours", contact="desk@example.com · 02-000-0000", zone="Asia/Seoul")
    teach_headings(desk)
    a_product(
        desk,
        capacity=40,
        currency="KRW",
        meeting_point="Exit 2",
        reward={"gives": "amount", "amount": "5000"},
    )
    a_product(desk, "PAL", LONG, option="Night, in English with a warm drink", capacity=20, currency="KRW")
    made = _reviews(desk)
    clock.set(NOW - dt.timedelta(days=6))
    made |= _refunds(desk, clock)
    clock.set(NOW - dt.timedelta(hours=20))
    made |= _letters(desk, clock)
    _mails(desk)
    _notices(desk)
    clock.set(NOW)
    made["open"] = a_reservation(desk, name="Yuna Beispiel", email="yuna@example.com")
    made["masked"] = taken(desk, kkday_row(status="Confirmation Required"))[0]
    lin = {"name": "林怡君 Lin Yi-Chun", "email": "lin@example.com"}
    made["confirmed"] = a_reservation(desk, Status.CONFIRMED, party=3, **lin)
    saved_replies.keep_reply(
        SavedReply(0, "Where we meet", "en", "We meet at {{ meeting_point }}."), desk=desk
    )
    desk.database.close()
    return made


def _reviews(desk: Desk) -> dict[str, int]:
    told = (
        (
            2,
            "Too much walking, and it rained the whole time. Nobody told us of the stairs.",
            "Bo Beispiel",
        ),
        (5, "차가 정말 맛있었고 가이드님도 친절하셨어요. 다음에 부모님과 또 오고 싶습니다.", "예시하나"),
        (5, "The tea was wonderful, and so was Jin", "Lena Muster"),
        (4, "", "范例 Fanli"),
        (3, "ガイドの話は面白かったですが、少し歩きすぎました。", "例 さくら"),
    )
    made = []
    for number, (_rating, _words, name) in enumerate((*told, (0, "", "Max Beispiel"))):
        made.append(
            a_reservation(desk, Status.REDEEMED, date="2027-01-05", name=name, email=f"r{number}@example.com")
        )
    with desk.database.transaction() as connection:
        connection.execute(update(Departure).values(guide="Jin"))
    for one, (rating, words, _name) in zip(made, told, strict=False):
        photos = [a_picture(90, 60)] if rating == 5 else []
        reviews.record(one, rating, words, desk=desk, photos=photos)
    send(desk, made[-1])
    answer(desk, made[-1], "5 people came, all of them liked it")
    return {"reviewed": made[2], "redeemed": made[3]}


def _refunds(desk: Desk, clock: StillClock) -> dict[str, int]:
    rows = [_refund(desk, name, method) for name, method in _OWED]
    giving_back.mark_failed(
        rows[1].id, desk=desk, why="The card was closed by its bank.", seen=rows[1].version
    )
    giving_back.mark_done(
        rows[2].id, desk=desk, method="transfer", reference="2027-0109-0031", seen=rows[2].version
    )
    clock.forward(days=5)
    rows.append(_refund(desk, "김예시", "card"))
    (theirs,) = taken(desk, kkday_row())
    reservations.cancel(theirs, desk=desk, reason="Full.")
    return {
        "refund": rows[0].reservation_id,
        "failed": rows[1].reservation_id,
        "done": rows[2].reservation_id,
    }


_OWED = (("Isabella Fernández de la Vega", "card"), ("Emily Muster", "card"), ("Ole Beispiel", "transfer"))


def _refund(desk: Desk, name: str, method: str) -> RefundRow:
    one = a_reservation(desk, Status.AWAITING_PAYMENT, name=name, email="owed@example.com")
    payments.pay(one, desk=desk, method=method, amount="75000")
    reservations.cancel(
        one, desk=desk, reason="Our guide is ill, and nobody else can lead it.", cause=Cause.OURS
    )
    return next(row for row in giving_back.see_refunds(Tab.DUE, desk=desk).rows if row.reservation_id == one)


def _letters(desk: Desk, clock: StillClock) -> dict[str, int]:
    server = MailServer(
        host="smtp.example.com", user="desk", sender="desk@example.com", sender_name="여행 Example"
    )
    keep_carrier(SMTP, server.told(), desk=desk, seen=0)
    made = {}
    for state, words in _STATES:
        clock.forward(minutes=17)
        one = a_reservation(desk, Status.CONFIRMED, name="Lena Muster", email="lena@example.org")
        _settle(desk, one, state, words)
        made[str(state)] = one
    with desk.work() as work:
        mark_bad(work, "lena@example.org", "5.1.1")
    for _ in range(3):
        a_reservation(desk, Status.CONFIRMED, name="Bo Beispiel", email="bo@example.org")
    return made


def _settle(desk: Desk, one: int, state: LetterState, words: str) -> None:
    told = {"state": state, "trouble": words, "tries": 3 if words else 1}
    if state is LetterState.SENT:
        told["sent_at"] = desk.now()
    with desk.work() as work:
        work.connection.execute(update(OutboxRow).where(_O.c.reservation_id == one).values(**told))


def _mails(desk: Desk) -> None:
    for mail in (
        a_mail(
            "Where do we meet? We are four now, not three.",
            subject="Our tour on Monday",
        ),
        a_mail(
            ORDER,
            subject="Fwd: [KKday] 새로운 예약 27KK100000009",
            sender=("예시 사무실", "office@example.net"),
        ),
        a_mail(
            "您好，我們想改成下午的行程，可以嗎？",
            subject="請問可以改時間嗎",
            sender=("林", "lin@example.org"),
        ),
    ):
        sort_mail(taken_whole(mail), Came(), desk=desk)


def _notices(desk: Desk) -> None:
    keep_route("ntfy", Ntfy("https://ntfy.example.com"), desk=desk, seen=0)
    mina = somebody_else(desk, "Mina")
    tells = frozenset((event, Route.MAIL) for event in Event) | {(Event.NEW, Route.NTFY)}
    quiet = (Quiet(dt.time(22), dt.time(6, 30)),) * 5 + (None, None)
    told = Heard(
        mail="owner@example.com", topic="desk-topic", phone="010-0000-0000", quiet=quiet, tells=tells
    )
    notice_people.keep_notices(desk.actor.staff_id, told, desk=desk)
    notice_people.keep_notices(mina.actor.staff_id, Heard(mail="mina@example.com"), desk=mina)
    a_reservation(desk, name="Yuna Beispiel", email="yuna@example.com")
