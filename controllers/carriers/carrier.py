"""What every carrier takes and what it may answer.

A carrier knows nothing of reservations and of the database. It is asked on the network lane or by the worker, never
within a transaction, and comes back within its deadline: the parcel is taken, refused, or nobody can tell.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import field
from typing import Any, Protocol

from models.frozen import frozen


@frozen
class Enclosed:
    """A file in a letter; with a `cid` it is a picture that the HTML shows as `cid:…`, not a file of its own."""

    name: str
    kind: str
    data: bytes
    cid: str = ""


@frozen
class Parcel:
    """One letter or notice, ready to leave.

    `key` is the fact's own (a provider that knows of idempotency gets it); `message_id` is the letter's Message-ID,
    the same on every try; `thread` the Message-IDs it answers, oldest first; `reply_to` the conversation's own address.
    `automatic` is what no person wrote, so that nobody's absence assistant answers it. `link` is what a notice opens,
    `facts` what a carrier's approved template wants to be filled with.
    """

    key: str
    address: str
    subject: str
    text: str
    html: str = ""
    message_id: str = ""
    thread: tuple[str, ...] = ()
    reply_to: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    automatic: bool = True
    link: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """The other side did not take it, for certain: `words` are its own, `again` whether a later try has sense."""

    def __init__(self, words: str, *, again: bool) -> None:
        super().__init__(words)
        self.words, self.again = words, again


class NoLine(Refused):
    """There is no line to be had, whatever the letter: nothing was handed over, and all letters wait.

    With `again` false somebody has to look at the settings first (the password, the sender's address).
    """


class Unclear(Exception):
    """The line broke after all was handed over and before the answer: nobody can tell whether it was taken."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Line(Protocol):
    """An open connection; several parcels go over it one after another."""

    def hand_over(self, parcel: Parcel) -> str:
        """The other side's own number of it, '' where it gives none. Raises Refused, NoLine or Unclear."""
        ...


class Carrier(Protocol):
    """One route out, as it was set up."""

    @property
    def name(self) -> str:
        """Its word."""
        ...

    def open(self) -> AbstractContextManager[Line]:
        """A line to the other side. Raises NoLine where there is none to be had."""
        ...
