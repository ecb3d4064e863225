"""Conversations as people use them: listed by who waits, opened, answered, never showing a name too early."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from controllers import conversations, messages, reservations, saved_replies, viewing
from controllers.conversations import File
from controllers.desk import Desk
from controllers.letter_address import keep_letter_address
from models.outbox import Letter, LetterState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Attachment, JournalEntry, Message, OutboxRow
from models.talk import Room, Said, SavedReply, SystemLine, Tab
from tests.builders import a_product, a_reservation, without_replies
from tests.fakes import StillClock

ANNA = {"name": "SAMPLE, ANNA", "phone": "+82 10 0000 0001", "email": "anna@example.com"}
WORDS = "This is Anna Sample, call +82 10 0000 0001 or anna@example.com"
PICTURE = File("Anna_Sample.png", "image/png", 4, b"\x89PNG")


@pytest.fixture(autouse=True)
def product(desk: Desk) -> None:
    a_product(desk, capacity=20)


def heard(desk: Desk, one: int, body: str = "Is there a lift?", **told: Any) -> int:
    with desk.work() as work:
        return conversations.heard(work, one, body=body, **told)


def a_hidden_one(desk: Desk) -> int:
    return a_reservation(desk, sold_by="kkday", **ANNA)


def settle(desk: Desk, one: int, state: LetterState, trouble: str = "") -> None:
    with desk.work() as work:
        work.connection.execute(
            update(OutboxRow)
            .where(OutboxRow.reservation_id == one, OutboxRow.kind == "message")
            .values(state=state, trouble=trouble)
        )


def see(desk: Desk, one: int) -> Room:
    return messages.see_room(one, desk=desk)


def bodies(found: Room) -> list[tuple[str, str]]:
    return [(one.direction, one.body) for one in found.said]


def journal(desk: Desk, action: str) -> int:
    with desk.reading() as look:
        return len(look.execute(select(JournalEntry.seq).where(JournalEntry.action == action)).all())


# --- lists -----------------------------------------------------------------------------------------


def test_unread_stand_first_then_who_waits_longest_then_the_newest_and_pages_go_on(
    desk: Desk, clock: StillClock
) -> None:
    every = [a_reservation(desk, Status.CONFIRMED, email="anna@example.com") for _ in range(5)]
    answered, read_late, read_early, unread, newest = every
    for one in (answered, read_early, read_late, unread, newest):
        heard(desk, one)
        clock.forward(minutes=1)
    for one in (answered, newest):
        messages.answer(one, desk=desk, words="Yes")
        clock.forward(minutes=1)
    for one in (read_early, read_late):
        messages.open_room(one, desk=desk)
    wanted = [unread, read_early, read_late, newest, answered]
    assert [row.id for row in messages.see_talks(Tab.ALL, desk=desk).rows] == wanted
    shown: list[int] = []
    after = None
    while True:
        page = messages.see_talks(Tab.ALL, desk=desk, after=after, most=2)
        shown += [row.id for row in page.rows]
        after = page.next
        if after is None:
            break
    assert shown == wanted
    assert [r.id for r in messages.see_talks(Tab.WAITING, desk=desk).rows] == [read_early, read_late, unread]
    clock.forward(hours=13)
    counts = messages.count_talks(desk=desk)
    assert (counts.waiting, counts.all, counts.failed, counts.over) == (3, 5, 0, 3)


def test_a_message_that_did_not_arrive_is_listed_until_the_next_one_is_written(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED, email="anna@example.com")
    messages.answer(one, desk=desk, words="Yes")
    settle(desk, one, LetterState.FAILED, "550 no such user")
    (row,) = messages.see_talks(Tab.FAILED, desk=desk).rows
    assert (row.id, row.failed, messages.count_talks(desk=desk).failed) == (one, True, 1)
    (said,) = [one for one in see(desk, one).said if one.direction == "out"]
    assert (said.state, said.trouble) == (LetterState.FAILED, "550 no such user")
    messages.answer(one, desk=desk, words="Once more")
    assert messages.see_talks(Tab.FAILED, desk=desk).rows == ()


def test_a_voucher_that_came_back_stands_among_the_failed_until_it_is_sent_again(desk: Desk) -> None:
    one, silent = (
        a_reservation(desk, Status.CONFIRMED, email=f"{name}@example.com") for name in ("anna", "ben")
    )
    heard(desk, one)
    lost = update(OutboxRow).where(OutboxRow.kind == Letter.CONFIRMATION)
    with desk.work() as work:
        work.connection.execute(lost.values(state=LetterState.BOUNCED))
    messages.answer(one, desk=desk, words="Did it arrive?")
    (row,) = messages.see_talks(Tab.FAILED, desk=desk).rows
    assert (row.id, row.failed, messages.count_talks(desk=desk).failed) == (one, True, 1), silent
    with desk.work() as work:
        work.connection.execute(lost.values(state=LetterState.SENT))
    assert messages.count_talks(desk=desk).failed == 0


# --- before confirmation ---------------------------------------------------------------------------


def test_before_confirmation_no_word_tells_who_it_is_and_the_talk_works_all_the_same(desk: Desk) -> None:
    one = a_hidden_one(desk)
    heard(
        desk,
        one,
        WORDS,
        whole=f"{WORDS}\n> Anna Sample",
        sender="Anna.Private@example.org",
        sender_name="Anna Private",
        files=[PICTURE],
    )
    map_ = File("map.png", "image/png", 4, b"mapp")
    messages.answer(one, desk=desk, words="Dear Anna, yes", files=[map_])
    found = messages.open_room(one, desk=desk)
    (row,) = messages.see_talks(Tab.ALL, desk=desk).rows
    told = repr([found, row, messages.see_whole(found.said[0].id, desk=desk)]).casefold()
    assert "anna" not in told
    assert "sample" not in told
    assert "private" not in told
    assert "0000 0001" not in told
    assert (found.hidden, found.said[0].stranger, found.said[0].files[0].may_open) == (True, True, False)
    with pytest.raises(CannotDo, match="hidden-file"):
        messages.open_file(found.said[0].files[0].id, desk=desk)
    assert messages.open_file(found.said[1].files[0].id, desk=desk).data == b"mapp"
    reservations.confirm(one, desk=desk)
    assert "Anna Sample" in repr(see(desk, one))


def test_somebody_else_in_the_thread_is_a_new_participant_and_a_relay_is_not(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED, email="MSG-1@expmessaging.tripadvisor.com")
    heard(desk, one, "from the relay", sender="msg-2@expmessaging.tripadvisor.com", sender_name="Anna")
    heard(desk, one, "from a friend", sender="bo@example.org", sender_name="Bo Muster")
    found = see(desk, one)
    assert [(m.stranger, m.sender) for m in found.said if m.direction == "in"] == [
        (False, ""),
        (True, "Bo Muster"),
    ]
    assert found.relay


# --- the room --------------------------------------------------------------------------------------


def test_what_was_said_noted_sent_and_done_stands_in_the_order_of_time(desk: Desk, clock: StillClock) -> None:
    one = a_reservation(desk, email="anna@example.com")
    for step in (
        lambda: heard(desk, one),
        lambda: reservations.confirm(one, desk=desk),
        lambda: messages.answer(one, desk=desk, words="Yes"),
        lambda: conversations_note(desk, one),
    ):
        clock.forward(minutes=1)
        step()
    told = [
        line.line.action if isinstance(line, SystemLine) else (line.direction, line.body)
        for line in see(desk, one).lines
    ]
    assert told == [
        "receive",
        ("in", "Is there a lift?"),
        "confirm",
        ("letter", ""),
        ("out", "Yes"),
        ("note", "calls back"),
    ]


def conversations_note(desk: Desk, one: int) -> None:
    from controllers import notes

    notes.add_note(one, desk=desk, words="calls back")


def test_the_newest_are_shown_first_and_more_are_read_when_wanted(desk: Desk, clock: StillClock) -> None:
    one = a_reservation(desk, Status.CONFIRMED)
    with desk.work() as work:
        work.connection.execute(Message.__table__.delete())
        for n in range(6):
            conversations.said(work, one, direction="note", body=str(n))
    some = messages.see_room(one, desk=desk, most=4)
    notes = [said.body for said in some.said if said.direction == "note"]
    assert (some.earlier, notes[-1], len(some.said)) == (True, "5", 4)
    assert not messages.see_room(one, desk=desk, most=50).earlier


def test_opening_reads_what_was_unread_and_is_journaled_once_where_a_name_is_shown(desk: Desk) -> None:
    one, other = a_reservation(desk, Status.CONFIRMED, **ANNA), a_hidden_one(desk)
    for each in (one, other):
        heard(desk, each)
        messages.open_room(each, desk=desk)
        messages.see_room(each, desk=desk)
    assert journal(desk, "view") == 1
    assert [(row.unread, row.waits_since is None) for row in messages.see_talks(Tab.ALL, desk=desk).rows] == [
        (0, False),
        (0, False),
    ]


def test_what_arrives_while_somebody_opens_a_conversation_stays_unread(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = a_reservation(desk, Status.CONFIRMED, **ANNA)
    heard(desk, one)
    looked = messages.room

    def and_then_another_arrives(*told: Any, **more: Any) -> Room:
        found = looked(*told, **more)
        heard(desk.by_the_clock(), one, "And a toilet?")
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(messages, "room", and_then_another_arrives)
        messages.open_room(one, desk=desk)
    assert see(desk, one).unread == 2
    messages.open_room(one, desk=desk)
    assert see(desk, one).unread == 0


def test_nothing_to_answer_ends_the_waiting(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED)
    heard(desk, one, "Thank you!")
    messages.need_no_answer(one, desk=desk)
    assert see(desk, one).waits_since is None
    with pytest.raises(CannotDo, match="nothing-to-answer"):
        messages.need_no_answer(one, desk=desk)


def test_a_complaint_stands_until_it_is_settled_also_where_nobody_wrote(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED)
    messages.complain(one, desk=desk)
    assert see(desk, one).complaint_at == desk.now()
    with pytest.raises(CannotDo, match="complaint-stands"):
        messages.complain(one, desk=desk)
    messages.settle_complaint(one, desk=desk)
    assert see(desk, one).complaint_at is None
    with pytest.raises(CannotDo, match="complaint-gone"):
        messages.settle_complaint(one, desk=desk)


# --- answering -------------------------------------------------------------------------------------


def test_an_answer_that_crosses_another_is_read_first(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED, email="anna@example.com")
    seen = heard(desk, one)
    messages.answer(one, desk=desk, words="Yes", seen=seen)
    with pytest.raises(CannotDo) as no:
        messages.answer(one, desk=desk, words="No", seen=seen)
    assert (no.value.code, no.value.facts["who"]) == ("answered-meanwhile", "Owner")
    messages.answer(one, desk=desk, words="No", seen=max(one.id for one in see(desk, one).said))


@pytest.mark.parametrize(
    ("words", "files", "code"),
    [
        (" \n ", (), "message-empty"),
        ("x" * 20_001, (), "message-too-long"),
        ("x", (File("a.pdf", "application/pdf", (10 << 20) + 1, b""),), "enclosure-too-large"),
        ("x", (File("a.pdf", "application/pdf", 9 << 20, b""),) * 3, "enclosure-too-large"),
    ],
)
def test_what_cannot_be_sent_is_refused(a_desk: Desk, words: str, files: tuple[File, ...], code: str) -> None:
    one = a_reservation(a_desk, Status.CONFIRMED)
    with pytest.raises(CannotDo, match=code):
        messages.answer(one, desk=a_desk, words=words, files=files)


def test_what_hangs_on_an_answer_is_kept_with_it(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED, email="anna@example.com")
    messages.answer(one, desk=desk, words="The map", files=[PICTURE])
    said: Said = next(m for m in see(desk, one).said if m.files)
    assert (said.direction, said.files[0].size) == ("out", 4)
    assert messages.open_file(said.files[0].id, desk=desk).data == b"\x89PNG"


def test_a_file_that_was_too_large_to_keep_is_told_by_name_and_size(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED)
    heard(desk, one, files=[File("film.mp4", "video/mp4", 99 << 20, None)])
    file = see(desk, one).said[-1].files[0]
    assert (file.name, file.size, file.kept, file.may_open) == ("film.mp4", 99 << 20, False, False)
    with pytest.raises(CannotDo, match="file-not-kept"):
        messages.open_file(file.id, desk=desk)


# --- kept replies ----------------------------------------------------------------------------------


def test_a_kept_reply_is_filled_for_its_traveler_and_an_empty_place_is_told(desk: Desk) -> None:
    kept = saved_replies.keep_reply(
        SavedReply(
            0, "Where", "", "{{ traveler }}: {{product}}, {{ date }} {{ time }} at {{ meeting_point }}"
        ),
        desk=desk,
    )
    hidden = a_hidden_one(desk)
    filled = saved_replies.fill(kept.body, hidden, desk=desk)
    assert filled.missing == ("traveler", "meeting_point")
    assert "Tea House Walk, " in filled.text
    assert "Anna" not in filled.text


def test_dates_of_a_kept_reply_are_told_in_the_language_of_its_words(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED)
    keep_letter_address(one, "", "ko", desk=desk)

    def told(body: str, language: str = "") -> str:
        return saved_replies.fill(body, one, desk=desk, language=language).text

    assert "월" in told("{{ date }}")  # only a date: as the traveler reads it
    assert "월" in told("안녕하세요, {{ product }} {{ date }}")
    assert "월" not in told("See you on {{ date }}")
    assert "월" not in told("{{ date }}", "en")
    assert "月" in told("{{ date }}にお待ちしております")
    assert "日月曜日 " in told("{{ departure }}にお待ちしております")  # no comma stands between day and time


def test_a_new_house_starts_with_replies_in_every_language_and_may_take_them_away(desk: Desk) -> None:
    kept = saved_replies.see_replies(desk=desk, language="ja")
    assert [one.language for one in kept[:5]] == ["ja"] * 5
    assert {one.title for one in kept if one.language == "ko"} == {one.title for one in kept}
    one = a_reservation(desk, Status.CONFIRMED, **ANNA)
    open_ones = {place for reply in kept for place in saved_replies.fill(reply.body, one, desk=desk).missing}
    assert open_ones <= {"meeting_point", "contact"}  # what this product and operator do not tell
    for reply in kept:
        saved_replies.drop_reply(reply.id, desk=desk)
    assert saved_replies.see_replies(desk=desk) == ()


def test_replies_in_the_travelers_language_stand_first(desk: Desk) -> None:
    without_replies(desk)
    for language in ("en", "", "zh-TW", "zh-CN"):
        saved_replies.keep_reply(SavedReply(0, f"in {language}", language, "…"), desk=desk)
    found = saved_replies.see_replies(desk=desk, language="zh-TW")
    assert [one.language for one in found] == ["zh-TW", "zh-CN", "", "en"]


def test_a_reply_is_changed_and_taken_away(desk: Desk) -> None:
    without_replies(desk)
    made = saved_replies.keep_reply(SavedReply(0, "Lift", "en", "Yes"), desk=desk)
    saved_replies.keep_reply(SavedReply(made.id, "Lift", "en", "No"), desk=desk)
    assert [one.body for one in saved_replies.see_replies(desk=desk)] == ["No"]
    saved_replies.drop_reply(made.id, desk=desk)
    for late in (
        lambda: saved_replies.drop_reply(made.id, desk=desk),
        lambda: saved_replies.keep_reply(made, desk=desk),
    ):
        with pytest.raises(CannotDo, match="reply-gone"):
            late()
    with pytest.raises(CannotDo, match="reply-title-wrong"):
        saved_replies.keep_reply(SavedReply(0, " ", "en", "Yes"), desk=desk)


def test_the_journal_knows_no_word_of_it(desk: Desk) -> None:
    one = a_reservation(desk, Status.CONFIRMED, **ANNA)
    heard(desk, one, WORDS, files=[PICTURE])
    messages.answer(one, desk=desk, words="Dear Anna Sample")
    with desk.reading() as look:
        told = " ".join(look.execute(select(JournalEntry.details)).scalars()).casefold()
        assert look.execute(select(Attachment.id)).first() is not None
    assert "anna" not in told
    assert viewing.see_details(one, desk=desk).history[0].action == "answer"
