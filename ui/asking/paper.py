"""Makes what is printed ready, takes its copy, and notes what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.frozen import frozen
from models.refusals import CannotDo

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.print_log import Fates
    from controllers.printing import Draft, Job, Printout
    from controllers.voucher_pdf import Printed
    from models.papers import Paper
    from models.prints import Copy, Printing
    from models.trial_words import TrialWords
    from models.voucher_looks import VoucherLook
    from ui.asking.door import DeskDoor

    Waiting = tuple[Printing, ...]

MakeDraft = Callable[["Desk"], "Draft"]
"""Makes something ready to be drawn. Called on a lane."""


@frozen
class Looked:
    """A draft, and which copies it would be now."""

    draft: Draft
    copies: tuple[Copy, ...]
    before: Printing | None = None


@frozen
class Shown:
    """A draft, and its pages as they would be printed now."""

    draft: Draft
    printed: Printed
    before: Printing | None = None
    """When the same paper came out last, where it did."""


def voucher_draft(
    reservation_id: int, paper: Paper | None = None, one_each: bool | None = None, ticket: int | None = None
) -> MakeDraft:
    """The voucher of a reservation."""

    def make(desk: Desk) -> Draft:
        from controllers import vouchers

        return vouchers.voucher_draft(
            reservation_id, desk=desk, paper=paper, one_each=one_each, ticket=ticket
        )

    return make


def receipt_draft(reservation_id: int, paper: Paper | None = None) -> MakeDraft:
    """The receipt of a reservation, or the slip of what is held."""

    def make(desk: Desk) -> Draft:
        from controllers import receipts

        return receipts.receipt_draft(reservation_id, desk=desk, paper=paper)

    return make


def day_vouchers(
    day: dt.date, departure_id: int | None, again: bool, paper: Paper | None = None
) -> MakeDraft:
    """The vouchers of a day or of a departure."""

    def make(desk: Desk) -> Draft:
        from controllers import vouchers

        return vouchers.day_draft(day, desk=desk, departure_id=departure_id, again=again, paper=paper)

    return make


def manifest_draft(day: dt.date, departure_id: int | None, language: str) -> MakeDraft:
    """The day sheet of a day or of a departure."""

    def make(desk: Desk) -> Draft:
        from controllers import manifest

        return manifest.manifest_draft(day, desk=desk, departure_id=departure_id, language=language)

    return make


def trial_draft(paper: Paper, word: str, words: TrialWords) -> MakeDraft:
    """The test page of a paper, in the language of the screen."""

    def make(desk: Desk) -> Draft:
        from controllers import trial_page

        return trial_page.trial_draft(paper, desk=desk, words=words, paper_word=word)

    return make


def read_draft(desk: DeskDoor, make: MakeDraft) -> Looked:
    """Makes it ready to be drawn, as the copy it would be now."""
    from controllers import printing

    at = desk()
    draft = make(at)
    return Looked(draft, printing.expected(draft, desk=at), printing.printed_last(draft, desk=at))


def note_looking(desk: DeskDoor, looked: Looked) -> Looked:
    """A write: the journal keeps that somebody looks at it."""
    from controllers import printing

    printing.note_looking(looked.draft, desk=desk())
    return looked


def draw(looked: Looked) -> Shown:
    """Its pages. Without the database."""
    return Shown(looked.draft, looked.draft.drawn(looked.copies), looked.before)


def claim_print(desk: DeskDoor, make: MakeDraft, printer: str | None, automatic: bool) -> Job | Waiting:
    """Takes the next copy of it for a printer, the counter's own for the paper where none is named.

    The answer is what still waits in a queue where there is such: that has to be withdrawn first.
    """
    from controllers import printing

    at = desk()
    draft = make(at)
    where = printing.printer_for(draft, desk=at) if printer is None else printer
    by_queue = not automatic and where  # a file is saved beside what waits for a printer
    waiting = printing.waiting_ones(draft, desk=at) if by_queue else ()
    return waiting or printing.claim(draft, where, desk=at, automatic=automatic)


def keep_job(desk: DeskDoor, out: Printout) -> Printout:
    """Keeps under which number a queue has it."""
    from controllers import printing

    return printing.keep_job(out, desk=desk())


def settle_print(desk: DeskDoor, out: Printout) -> Printout:
    """Notes what became of it."""
    from controllers import printing

    return printing.settle(out, desk=desk())


def left_open(desk: DeskDoor) -> Waiting:
    """What was printed here, and nobody knows yet what became of it."""
    from controllers import print_log

    return print_log.left_open(desk=desk())


def settle_fates(desk: DeskDoor, told: Fates) -> None:
    """Notes what was taken out of a queue, or has come out of it."""
    from controllers import print_log

    print_log.settle_fates(told, desk=desk())


def voucher_look(desk: DeskDoor) -> VoucherLook:
    """How the vouchers look."""
    from controllers import voucher_looks

    return voucher_looks.see_look(desk=desk())


def sample_voucher(desk: DeskDoor, look: VoucherLook, language: str, paper: Paper) -> Printed:
    """How a voucher would look."""
    from controllers import voucher_looks

    return voucher_looks.sample_voucher(look, language, paper, desk=desk())


def read_logo(path: Path) -> bytes:
    """A picture as a logo is kept."""
    from controllers import voucher_looks

    try:
        image = path.read_bytes()
    except OSError as error:
        raise CannotDo("picture-not-readable", file=path.name, why=error.strerror or str(error)) from error
    return voucher_looks.logo_of(image, path.name)


def keep_voucher_look(desk: DeskDoor, look: VoucherLook, seen: VoucherLook) -> VoucherLook:
    """Vouchers look like this from now on, if nobody has changed the look since it was seen."""
    from controllers import voucher_looks

    return voucher_looks.keep_look(look, desk=desk(), seen=seen)
