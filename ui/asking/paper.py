"""Makes what is printed ready, takes its copy, and notes what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.papers import Paper
from models.refusals import CannotDo
from ui.asking.door import DeskDoor

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.printing import Draft, Job, Printout
    from controllers.trial_page import TrialWords
    from controllers.voucher_pdf import Printed
    from models.prints import Printing
    from models.voucher_looks import VoucherLook

MakeDraft = Callable[["Desk"], "Draft"]
"""Makes something ready to be drawn. Called on a lane."""


@dataclass(frozen=True, slots=True)
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


def trial_draft(paper: Paper, word: str, words: Callable[[], TrialWords]) -> MakeDraft:
    """The test page of a paper; `words` says it in the language of the screen."""

    def make(desk: Desk) -> Draft:
        from controllers import trial_page

        return trial_page.trial_draft(paper, desk=desk, words=words(), paper_word=word)

    return make


def look_at(desk: DeskDoor, make: MakeDraft) -> Shown:
    """What it would be on paper now."""
    from controllers import printing

    at = desk()
    draft = make(at)
    return Shown(draft, draft.drawn(printing.expected(draft, desk=at)), printing.printed_last(draft, desk=at))


def claim_print(desk: DeskDoor, make: MakeDraft, printer: str, automatic: bool) -> Job | tuple[Printing, ...]:
    """Takes the next copy of it for a printer, the counter's own for the paper where none is named.

    The answer is what still waits in a queue where there is such: that has to be withdrawn first.
    """
    from controllers import printing

    at = desk()
    draft = make(at)
    printer = printer or printing.printer_for(draft, desk=at)
    waiting = () if automatic else printing.waiting_ones(draft, desk=at)
    return waiting or printing.claim(draft, printer, desk=at, automatic=automatic)


def settle_print(desk: DeskDoor, out: Printout) -> Printout:
    """Notes what became of it."""
    from controllers import printing

    return printing.settle(out, desk=desk())


def settle_withdrawn(desk: DeskDoor, told: Sequence[tuple[int, bool]]) -> None:
    """Notes what was taken out of a queue."""
    from controllers import printing

    printing.settle_withdrawn(told, desk=desk())


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


def keep_voucher_look(desk: DeskDoor, look: VoucherLook) -> VoucherLook:
    """Vouchers look like this from now on."""
    from controllers import voucher_looks

    return voucher_looks.keep_look(look, desk=desk())
