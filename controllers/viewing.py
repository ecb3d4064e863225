"""Opens what holds a traveler's data, and notes in the journal that somebody did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from controllers import finding, refunds
from controllers.desk import Desk
from controllers.letter_ways import ways
from controllers.letter_words import facts as letter_facts
from controllers.rights import needs
from models.calendar import days, departure_rows, guides, unmatched_rows
from models.calendar_facts import CalendarDay, CalendarFilter
from models.channels import channel_facts
from models.claims import Claim, of_another
from models.codes import code_for
from models.details import Details
from models.details_reading import details
from models.figures import cancelled_by_us
from models.frozen import frozen
from models.journal import keyed_digest
from models.letters import letter_language
from models.metrics import Share
from models.outbox import Letter
from models.pages import count, count_new, hidden, listing, page, rows_of, searches_people
from models.products import ConfirmFrom
from models.promise import Promise
from models.reservations import Cause, Status
from models.rights import Right
from models.rows import Filter, Key, Listing, Page, ReservationRow
from models.tables import Channel, Product, Reservation

_EVERYTHING = CalendarFilter()


@frozen
class LetterAhead:
    """Whether the letter with the voucher will leave: it goes by itself, and there is an address to send it to."""

    language: str
    has_address: bool
    by_itself: bool

    @property
    def leaves(self) -> bool:
        """Whether it does."""
        return self.has_address and self.by_itself


@frozen
class ConfirmPreview:
    """What confirming would do: seats before and after, who else wants them, the promise, and the voucher's letter."""

    row: ReservationRow
    taken: int | None
    after: int | None
    capacity: int | None
    rivals: int
    rival_heads: int
    promise: Promise | None
    counts_from: ConfirmFrom
    closed: bool  # the departure
    claim: Claim | None  # of somebody else
    letter: LetterAhead
    now: datetime


@frozen
class CancelPreview:
    """What cancelling would give back, by the tier that gives it, and until when it should be seen.

    `has_address` tells whether a message can leave by mail, `by_us` how much this month was cancelled by our cause.
    """

    row: ReservationRow
    plan: refunds.RefundPlan
    now: datetime
    has_address: bool
    language: str
    by_us: Share


@needs(Right.LOOK)
def see_page(wanted: Filter, *, desk: Desk, after: Key | None = None, limit: int = 100) -> Page:
    """One page of the list. A search by personal data is journaled, once, however often it is shown anew."""
    with desk.reading() as look:
        found = page(look, wanted, desk.now(), after=after, limit=limit)
    searched = (desk.actor.staff_id, wanted.text.strip().casefold())
    if after is None and searches_people(wanted.text) and searched != desk.last_search:
        desk.last_search = searched
        with desk.work() as work:
            digest = keyed_digest(desk.digest_secret, searched[1])
            work.record("search", "search", text=digest, found=len(found.rows))
    return found


@needs(Right.LOOK)
def see_all(wanted: Filter, *, desk: Desk) -> Listing:
    """The whole list as it stands now, as ids in order."""
    with desk.reading() as look:
        return listing(look, wanted, desk.now())


@needs(Right.LOOK)
def see_rows(ids: Sequence[int], *, desk: Desk) -> tuple[ReservationRow, ...]:
    """Some rows of a list, by their ids and in their order."""
    with desk.reading() as look:
        return rows_of(look, ids)


@needs(Right.LOOK)
def count_rows(wanted: Filter, *, desk: Desk, most: int | None = None) -> int:
    """How many reservations a filter shows; counting stops at `most`."""
    with desk.reading() as look:
        return count(look, wanted, desk.now(), most=most)


@needs(Right.LOOK)
def count_since(wanted: Filter, known: Listing, *, desk: Desk) -> int:
    """How many belong into a list now that did not when it was made."""
    with desk.reading() as look:
        return count_new(look, wanted, desk.now(), known)


@needs(Right.LOOK)
def see_hidden(wanted: Filter, *, desk: Desk) -> dict[Status, int]:
    """How many cancelled and expired ones a list leaves out."""
    with desk.reading() as look:
        return hidden(look, wanted, desk.now())


@needs(Right.LOOK)
def see_days(
    first: date, last: date, *, desk: Desk, wanted: CalendarFilter = _EVERYTHING
) -> dict[date, CalendarDay]:
    """The calendar of some days."""
    with desk.reading() as look:
        return days(look, first, last, wanted)


@needs(Right.LOOK)
def see_departure(
    departure_id: int, *, desk: Desk, wanted: CalendarFilter = _EVERYTHING
) -> tuple[ReservationRow, ...]:
    """The living reservations of one departure."""
    return see_departures([departure_id], desk=desk, wanted=wanted)[departure_id]


@needs(Right.LOOK)
def see_departures(
    departure_ids: Sequence[int], *, desk: Desk, wanted: CalendarFilter = _EVERYTHING
) -> dict[int, tuple[ReservationRow, ...]]:
    """The living reservations of some departures."""
    with desk.reading() as look:
        return departure_rows(look, departure_ids, wanted)


@needs(Right.LOOK)
def see_unmatched(
    day: date, *, desk: Desk, wanted: CalendarFilter = _EVERYTHING
) -> tuple[ReservationRow, ...]:
    """The living orders of a day without a departure of ours."""
    with desk.reading() as look:
        return unmatched_rows(look, day, wanted)


@needs(Right.LOOK)
def guide_names(*, desk: Desk) -> tuple[str, ...]:
    """Everybody who has guided, by name."""
    with desk.reading() as look:
        return guides(look)


@needs(Right.TRAVELERS)
def see_details(reservation_id: int, *, desk: Desk, reveal: bool = False) -> Details:
    """One reservation. `reveal` is "View information": it is journaled, and shows nothing that is hidden."""
    with desk.reading() as look:
        found = details(look, reservation_id, desk.viewpoint(look), reveal=reveal)
    if reveal:
        with desk.work() as work:
            work.record(f"reservation:{reservation_id}", "view", shown=found.may_reveal)
        with desk.reading() as look:
            found = details(look, reservation_id, desk.viewpoint(look), reveal=True)
    return found


@needs(Right.LOOK)
def find(reference: str, *, desk: Desk) -> int:
    """The reservation a number names. Raises CannotDo("not-found") or CannotDo("ambiguous")."""
    with desk.reading() as look:
        return finding.named(look, reference)


@needs(Right.LOOK)
def preview_confirm(reservation_id: int, *, desk: Desk) -> ConfirmPreview:
    """What confirming this reservation would do; nothing is changed."""
    with desk.reading() as look:
        at = desk.viewpoint(look)
        found = details(look, reservation_id, at)
        row = found.row
        heads = 1 if row.party is None else row.party
        rivals = [r for r in _rivals(look, row, at.now) if r.id != row.id]
        return ConfirmPreview(
            row=row,
            taken=found.seats_taken,
            after=None if found.seats_taken is None else found.seats_taken + heads,
            capacity=found.capacity,
            rivals=len(rivals),
            rival_heads=sum(1 if r.party is None else r.party for r in rivals),
            promise=found.promise,
            counts_from=found.counts_from,
            closed=found.closed,
            claim=of_another(found.claim, at.staff_id, at.now),
            letter=_letter_ahead(look, reservation_id),
            now=at.now,
        )


def _letter_ahead(look: Connection, reservation_id: int) -> LetterAhead:
    row = letter_facts.reservation(look, reservation_id)
    language = letter_language(row.language, channel_facts(row.channel).language, row.languages)
    return LetterAhead(language, bool(row.email), ways(look).go(Letter.CONFIRMATION, row.product_id))


@needs(Right.LOOK)
def preview_cancel(reservation_id: int, cause: Cause, *, desk: Desk) -> CancelPreview:
    """What cancelling this reservation now would give back; nothing is changed."""
    with desk.reading() as look:
        row = details(look, reservation_id, desk.viewpoint(look)).row
        whole = look.execute(select(Reservation.__table__).where(Reservation.id == reservation_id)).one()
        office, now = desk.operator(look), desk.now()
        month = now.astimezone(ZoneInfo(office.zone)).date().replace(day=1)
        return CancelPreview(
            row,
            refunds.plan(look, whole, cause, office, now),
            now,
            has_address=bool(whole.email),
            language=whole.language,
            by_us=cancelled_by_us(look, month, office.zone),
        )


@needs(Right.OWN)
def channel_names(*, desk: Desk) -> dict[str, tuple[str, str]]:
    """Every channel's name and two-letter mark, by key."""
    with desk.reading() as look:
        return {row.key: (row.name, row.mark) for row in look.execute(select(Channel))}


@needs(Right.OWN)
def product_names(*, desk: Desk) -> dict[int, str]:
    """Every product's name, by id."""
    with desk.reading() as look:
        return {
            row.id: row.name for row in look.execute(select(Product.id, Product.name).order_by(Product.name))
        }


@needs(Right.LOOK)
def ticket_code(number: int, key_version: int, *, desk: Desk) -> str:
    """The 26 digits of a ticket."""
    return code_for(number, version=key_version, secret=desk.code_secrets[key_version])


def _rivals(look: Connection, row: ReservationRow, now: datetime) -> tuple[ReservationRow, ...]:
    if row.departure_id is None:
        return ()
    waiting = frozenset({Status.UNCONFIRMED, Status.PENDING, Status.AWAITING_PAYMENT})
    wanted = Filter(departure_id=row.departure_id, statuses=waiting)
    return page(look, wanted, now, limit=500).rows
