"""Asks who wrote and what was said, and does what staff do in a conversation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.asking.door import as_many

if TYPE_CHECKING:
    from controllers.conversations import File
    from controllers.messages import Opened
    from controllers.reservations import Done
    from models.replies import Filled
    from models.talk import Room, SavedReply, Tab, TalkCounts, TalkKey, TalkPage
    from ui.asking.door import DeskDoor


def talks(
    desk: DeskDoor, tab: Tab, after: TalkKey | None = None, *, shown: int = 0
) -> tuple[TalkPage, TalkCounts | None]:
    """A page of the conversations, or as much as is shown already, and with the first one how many there are."""
    from controllers import messages
    from models.talk_lists import PAGE

    at = desk()
    page = messages.see_talks(tab, desk=at, after=after, most=as_many(shown, PAGE))
    return page, messages.count_talks(desk=at) if after is None else None


def open_room(desk: DeskDoor, reservation_id: int, most: int, *, anew: bool, seen: bool) -> Room:
    """One conversation; `anew` where somebody has just come to it, `seen` where somebody is there to read it."""
    from controllers import messages

    at = desk()
    if seen:
        found = messages.open_room(reservation_id, desk=at, most=most, anew=anew)
    else:
        found = messages.see_room(reservation_id, desk=at, most=most)
    return messages.with_answers(found, messages.answers_of_month(desk=at))


def answer(desk: DeskDoor, reservation_id: int, words: str, seen: int, files: tuple[File, ...]) -> Done:
    """Writes to the traveler."""
    from controllers import messages

    return messages.answer(reservation_id, desk=desk(), words=words, seen=seen, files=files)


def need_no_answer(desk: DeskDoor, reservation_id: int) -> Done:
    """Nothing is to be answered."""
    from controllers import messages

    return messages.need_no_answer(reservation_id, desk=desk())


def complain(desk: DeskDoor, reservation_id: int, *, stands: bool) -> Done:
    """Opens a complaint, or closes the one that stands."""
    from controllers import messages

    deed = messages.settle_complaint if stands else messages.complain
    return deed(reservation_id, desk=desk())


def whole_message(desk: DeskDoor, message_id: int) -> str:
    """A message with all that it quotes."""
    from controllers import messages

    return messages.see_whole(message_id, desk=desk())


def open_enclosure(desk: DeskDoor, attachment_id: int) -> Opened:
    """What hangs on a message."""
    from controllers import messages

    return messages.open_file(attachment_id, desk=desk())


def keep_enclosure(desk: DeskDoor, attachment_id: int, file: Path) -> str:
    """Saves what hangs on a message; the name it has now."""
    from controllers import enclosing, messages

    enclosing.write(messages.open_file(attachment_id, desk=desk()).data, file)
    return file.name


def read_enclosure(files: tuple[Path, ...]) -> tuple[File, ...]:
    """Files that are to hang on an answer."""
    from controllers import enclosing

    return tuple(map(enclosing.read, files))


def replies(desk: DeskDoor, language: str) -> tuple[SavedReply, ...]:
    """The kept replies, those in a language first."""
    from controllers import saved_replies

    return saved_replies.see_replies(desk=desk(), language=language)


def fill_reply(desk: DeskDoor, body: str, reservation_id: int, language: str) -> Filled:
    """A kept reply as this traveler reads it."""
    from controllers import saved_replies

    return saved_replies.fill(body, reservation_id, desk=desk(), language=language)


def keep_reply(desk: DeskDoor, one: SavedReply) -> SavedReply:
    """Keeps a reply, a new one or another wording."""
    from controllers import saved_replies

    return saved_replies.keep_reply(one, desk=desk())


def drop_reply(desk: DeskDoor, reply_id: int) -> None:
    """Takes a reply away."""
    from controllers import saved_replies

    saved_replies.drop_reply(reply_id, desk=desk())
