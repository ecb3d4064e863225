"""What is done by the clock, by whoever holds the worker's lease: a desk, or `app.py work`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from models.frozen import frozen

if TYPE_CHECKING:
    from controllers.by_the_clock import ByTheClock
    from controllers.desk import Desk


@frozen
class Rest:
    """What a job answers that found nothing and knows for how long: so many seconds, unless something changes."""

    seconds: float


@frozen
class Job:
    """One kind of work: its word, how often it is looked at, and what does it (as the clock, never as a person).

    `do` answers whether there was anything to do; then it is asked again at once, after the others had their turn.
    Where it answers with a Rest it is asked when that is over, at the latest after `every`.
    `wakes` are the kinds of change that bring its turn at once.
    Two jobs may be done side by side, on whatever thread; one job is never done twice at a time by one program.
    """

    word: str
    every: timedelta
    do: Callable[[Desk], object]
    wakes: frozenset[str] = frozenset()


def _clock(desk: Desk) -> ByTheClock | None:
    """Orders lapse, trips close: what was done, for the desk to tell."""
    from controllers.by_the_clock import do_what_is_due, what_is_due

    due = what_is_due(desk=desk)
    return do_what_is_due(due, desk=desk) if due else None


def _night(desk: Desk) -> bool:
    """The journal is looked over, travelers are forgotten: a part at a time."""
    from controllers.nights import keep_part, next_part

    part = next_part(desk=desk)
    if part is not None:
        keep_part(part, desk=desk)
    return part is not None


def _letters(desk: Desk) -> bool | Rest:
    """Letters to travelers leave, each when its time has come."""
    from controllers.mail_route import LETTERS, send_letters
    from controllers.sending_rest import nothing_before

    since = desk.now()
    return send_letters(desk=desk) or nothing_before((LETTERS.word,), since, desk=desk)


def _remind(desk: Desk) -> bool:
    """Staff are told of promises that run out, of who waits, of what is late, and of the morning."""
    from controllers.reminding import forget_old, remind

    return remind(desk=desk) or forget_old(desk=desk)


def _notices(desk: Desk) -> bool | Rest:
    """Notices leave, each by its own way; what became of those a provider took is asked afterwards."""
    from controllers.notice_routes import WAYS, ask_fates, next_question, send_notices
    from controllers.sending_rest import nothing_before

    since = desk.now()
    did = any((send_notices(desk=desk), ask_fates(desk=desk)))
    return did or nothing_before(WAYS, since, desk=desk, by=next_question(desk=desk))


def _mailbox(desk: Desk) -> bool:
    """What arrived is fetched and placed: when the mailbox calls, else every minute."""
    from controllers.mailbox.listening import look_into_mailbox

    return look_into_mailbox(desk=desk)


def _old_mails(desk: Desk) -> bool:
    """Mails that nobody has placed are forgotten with their time."""
    from controllers.mailbox.forgetting import forget_old

    return forget_old(desk=desk)


def _folder(desk: Desk) -> bool:
    """Files that were dropped into a watched folder are taken in."""
    from controllers.mailbox.folder import look_into_folders

    return look_into_folders(desk=desk)


JOBS: tuple[Job, ...] = (
    Job("clock", timedelta(seconds=30), _clock),
    Job("night", timedelta(seconds=30), _night),
    Job("letters", timedelta(seconds=20), _letters, frozenset(("letters", "carriers"))),
    Job("notices", timedelta(seconds=20), _notices, frozenset(("letters", "carriers"))),
    Job("reminders", timedelta(seconds=20), _remind, frozenset(("incidents",))),
    Job("mailbox", timedelta(seconds=5), _mailbox, frozenset(("mailbox", "carriers"))),
    Job("old mails", timedelta(hours=1), _old_mails),
    Job("folder", timedelta(seconds=5), _folder),
)
"""In the order in which they have their turns. Each imports what it needs when it is first done."""
