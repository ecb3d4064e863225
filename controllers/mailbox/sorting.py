"""Decides what becomes of one mail: a message in its conversation, an order, a letter that came back, or a person's
question to be looked at. One mail is one transaction: it is placed and remembered, or neither.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.exc import IntegrityError

from controllers import bounces, conversations, reviews
from controllers.desk import Desk, Work
from controllers.mailbox.arriving import Taken
from controllers.mailbox.attaching import Hung
from controllers.mailbox.belonging import MOST_IDS, Belonging, spelled
from controllers.mailbox.cleaning import Words, words_of
from controllers.mailbox.machines import Machine, bounce_of, machine_of
from controllers.mailbox.order_mails import adapter_for, rows_of, take_order
from controllers.mailbox.reading import Mail, ids_in, read_mail
from controllers.rights import needs
from models.faults import fault_words
from models.frozen import frozen
from models.outbox import LetterState
from models.refusals import CannotDo
from models.review import MOST_PHOTOS
from models.rights import Right
from models.tables import ArrivedMail, OutboxRow
from models.threads import Placed, Sign
from models.unreachable import cannot_be_asked

log = logging.getLogger(__name__)

_A: Table = ArrivedMail.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
MAILBOX, FOLDER = "mailbox", "folder"
MOST_RAW = 25 * 1024 * 1024
_WENT = (LetterState.SENT, LetterState.UNCERTAIN)
_NO_WORDS = Words("", "")


@frozen
class Came:
    """How a mail came: from where, by which number it is known there, when; `size` where only its start was read.

    `ours` are the addresses we write from ourselves; `others`: more come in the same intake, whose orders ring once.
    """

    source: str = MAILBOX
    validity: int = 0
    uid: int = 0
    at: datetime | None = None
    size: int = 0
    rules: Mapping[str, str] = field(default_factory=dict)
    ours: frozenset[str] = frozenset()
    others: bool = False


@frozen
class Sorted:
    """What became of a mail; `why` is a word for whoever must look."""

    became: str
    why: str = ""
    reservation_id: int | None = None


@needs(Right.TALK)
def sort_mail(taken: Taken, came: Came, *, desk: Desk) -> Sorted:
    """Places one mail, whatever it holds. Raises CannotDo only where the database cannot be asked now."""
    mail, raw = read_mail(taken), taken.raw
    if came.size:
        rest = Hung("mail.eml", "message/rfc822", came.size, None)
        mail = replace(mail, hung=(*mail.hung, rest))
    secrets = desk.code_secrets
    try:
        words, photos = words_of(mail), photos_on(mail)
        with desk.work(by_clock=True) as work:
            return _Sorting(work, mail, came, words, secrets, photos).sort(raw)
    except CannotDo as no:
        if cannot_be_asked(no) and not isinstance(no.__cause__, IntegrityError):
            raise
        log.warning("a mail was not sorted: %s", no.code)
    except Exception as error:  # a stranger's mail must not stop the mails behind it
        log.warning("a mail was not sorted: %s", fault_words(error))
    with desk.work(by_clock=True) as work:
        return _Sorting(work, mail, came).keep_unsorted(raw)


@needs(Right.TALK)
def leave_to_a_person(came: Came, *, desk: Desk) -> Sorted:
    """Tells of a mail that its server does not hand out: somebody may look at it there."""
    nothing = Mail(_other_digest(Mail(""), came))
    with desk.work(by_clock=True) as work:
        return _Sorting(work, nothing, came).keep_unsorted(b"")


class _Sorting:
    """One mail under way."""

    def __init__(
        self,
        work: Work,
        mail: Mail,
        came: Came,
        words: Words = _NO_WORDS,
        secrets: Mapping[int, bytes] | None = None,
        photos: Sequence[bytes] = (),
    ) -> None:
        self._work, self._mail, self._came = work, mail, came
        self._words, self._secrets, self._photos = words, secrets or {}, photos
        self._look = work.connection

    @cached_property
    def _place(self) -> Belonging:
        rules, ours = self._came.rules, self._came.ours
        return Belonging(self._look, self._mail, self._words, secrets=self._secrets, rules=rules, ours=ours)

    def sort(self, raw: bytes) -> Sorted:
        if self._is_known(self._mail.digest) or self._is_ours():
            return self._keep_known()
        return self.keep(raw, self._judge())

    def keep_unsorted(self, raw: bytes) -> Sorted:
        """Puts a mail that could not be sorted before a person, unless another worker has sorted it meanwhile."""
        if self._is_known(self._mail.digest):
            return self._keep_known()
        return self.keep(raw, Sorted("unread", "fault"))

    def _keep_known(self) -> Sorted:
        """Remembers that at this place lies a mail that is known, so that it is not fetched again."""
        digest = _other_digest(self._mail, self._came)
        known = Sorted("known")
        return known if self._is_known(digest) else self.keep(b"", known, digest=digest)

    def _is_known(self, digest: str) -> bool:
        return self._look.execute(select(_A.c.id).where(_A.c.digest == digest)).first() is not None

    def keep(self, raw: bytes, outcome: Sorted, *, digest: str = "") -> Sorted:
        """Remembers the mail; itself only where a person must look at it."""
        unread = outcome.became == "unread"
        shown = unread or outcome.became == "message"  # an answer takes up its subject
        at = min(self._came.at or self._work.now, self._work.now)
        self._look.execute(
            insert(_A),
            {
                "source": self._came.source,
                "validity": self._came.validity,
                "uid": self._came.uid,
                "digest": digest or self._mail.digest,
                "message_id": self._mail.message_id,
                "at": at,
                "became": outcome.became,
                "why": outcome.why[:80],
                "reservation_id": outcome.reservation_id,
                "subject": self._mail.subject[:500] if shown else "",
                "sender": self._mail.sender.address[:320] if shown else "",
                "raw": raw[:MOST_RAW] if unread else None,
            },
        )
        self._work.changed.add("mails")
        return outcome

    def _judge(self) -> Sorted:
        machine = machine_of(self._mail)
        if machine is Machine.BOUNCE:
            return self._came_back()
        if self._place.by_us and (machine is not Machine.NONE or self._place.bears_our_sign()):
            return Sorted("ignored", "ours")
        signs = self._place.signs()
        placed = self._place.place(signs)
        if placed.sure and placed.sign is not Sign.NUMBER:
            return self._said(placed, signs, machine)
        order = self._order()
        if order is not None:
            return order
        if placed.sure:
            return self._said(placed, signs, machine)
        if machine is not Machine.NONE:
            return Sorted("auto" if machine is Machine.REPLY else "ignored", machine.value)
        if self._place.by_us:
            return Sorted("ignored", "ours")
        return Sorted("unread", "forged" if self._place.forged else placed.sign.value, placed.reservation)

    def _came_back(self) -> Sorted:
        told = bounce_of(self._mail)
        row = _letter_of(self._look, told.message_ids) or self._letter_by_sign(told.address)
        if row is None or not told.for_good:
            return Sorted("bounce", "no-letter" if row is None else "delayed", row and row.reservation_id)
        bounces.bounced(
            self._work, row.id, told.words, status=told.status if told.speaks_of(row.address) else ""
        )
        if row.reservation_id:
            self._work.record(f"reservation:{row.reservation_id}", "bounced", status=told.status)
        return Sorted("bounce", told.status, row.reservation_id)

    def _letter_by_sign(self, address: str) -> Any:
        """The newest letter to this address whose answers would come to the sign that is given back.

        Servers that change a Message-ID on the way leave that.
        """
        meant = self._place.sign_given_back()
        asked = select(_O.c.id, _O.c.reservation_id, _O.c.address).where(
            _O.c.reservation_id == meant, func.lower(_O.c.address) == address, _O.c.state.in_(_WENT)
        )
        newest = asked.order_by(_O.c.sent_at.desc(), _O.c.id.desc()).limit(1)
        return self._look.execute(newest).first() if meant is not None and address else None

    def _order(self) -> Sorted | None:
        """The mail as an order of its channel; None where it is none."""
        adapter = adapter_for(self._mail, self._came.rules)
        if adapter is None:
            return None
        if self._place.forged:
            return Sorted("unread", "forged")
        try:
            rows = rows_of(self._mail, adapter)
        except CannotDo as no:
            return Sorted("unread", f"order:{no.code}")
        self._work.gathers_news = self._came.others
        account = take_order(self._work, self._mail, adapter, rows)
        if account.refused:
            return Sorted("unread", f"order:{account.refused[0].code}")
        found = self._place.by_number()
        return Sorted("order", adapter.key, found[0].id if len(found) == 1 else None)

    def _said(self, placed: Placed, signs: tuple[int, ...], machine: Machine) -> Sorted:
        """Said in the conversation it belongs to; a mail to the addresses of several is said in each of them."""
        assert placed.reservation is not None
        for one in dict.fromkeys((placed.reservation, *signs)):
            say(
                self._work,
                one,
                self._mail,
                self._words,
                at=self._came.at,
                auto=machine is not Machine.NONE,
                by_us=self._place.by_us,
                photos=self._photos,
            )
        return Sorted("message", placed.sign.value, placed.reservation)

    def _is_ours(self) -> bool:
        """A copy of a letter of ours, which the mailbox holds as well."""
        mine = self._mail.message_id
        return bool(mine) and _letter_of(self._look, (mine,)) is not None


def say(
    work: Work,
    reservation_id: int,
    mail: Mail,
    words: Words,
    *,
    at: datetime | None,
    auto: bool = False,
    by_us: bool = False,
    photos: Sequence[bytes] = (),
) -> int:
    """Puts a mail into a conversation, with what hangs on it; the number of the message. `by_us`: staff wrote it.

    `photos` are the pictures on it as a review would keep them (`photos_on`).
    """
    sender = mail.sender
    refers = ids_in(" ".join((*mail.headers.get("references", ()), mail.header("in-reply-to"))))
    keep = conversations.written_elsewhere if by_us else conversations.heard
    made = keep(
        work,
        reservation_id,
        body=words.body or mail.subject,
        whole=words.whole,
        at=min(at or mail.written_at or work.now, work.now),
        sender_name=sender.name,
        sender=sender.address,
        message_id=mail.message_id,
        thread=" ".join(dict.fromkeys(refers[-MOST_IDS:])),
        auto=auto,
        files=[conversations.File(each.name, each.kind, each.size, each.data) for each in mail.hung],
    )
    if not auto and not by_us and words.own:
        reviews.read_answer(work, made, photos)
    return made


def photos_on(mail: Mail) -> tuple[bytes, ...]:
    """The photographs on a mail, scaled down. Before its transaction: a large one takes a quarter of a second."""
    hung = [one for one in mail.hung if one.data and one.kind.startswith("image/")]
    if not hung or machine_of(mail) is not Machine.NONE:
        return ()
    from controllers.photos import photo_of

    made = (photo_of(one.data or b"", one.name) for one in hung)
    return tuple(islice((one for one in made if one is not None), MOST_PHOTOS))


def _other_digest(mail: Mail, came: Came) -> str:
    """A name of its own for the place of a mail that is known already: it need not be fetched again."""
    import hashlib

    return hashlib.sha256(f"{mail.digest} {came.source} {came.validity} {came.uid}".encode()).hexdigest()


def _letter_of(look: Connection, ids: Iterable[str]) -> Any:
    told = spelled(ids)
    asked = (
        select(_O.c.id, _O.c.reservation_id, _O.c.address)
        .where(_O.c.message_id.in_(told), _O.c.message_id != "")
        .limit(1)
    )
    return look.execute(asked).first() if told else None
