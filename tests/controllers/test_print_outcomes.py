"""Came out, did not, or nobody knows: the log says which, and after a crash the queue is asked."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from controllers import paper_file, print_log, printing, reservations, spooling
from controllers.counter import set_up_counter
from controllers.desk import Desk
from controllers.paper_file import IntoFile
from controllers.print_log import see_prints
from controllers.printing import Job, Printout
from controllers.spooling import Cups
from controllers.vouchers import day_draft, voucher_draft
from models.papers import Paper
from models.prints import PrintState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry
from tests.builders import a_product, a_reservation, reservation
from tests.fake_cups import FakeCups, cups
from tests.fakes import FakePrinters, StillClock
from tests.paper import text_of
from tests.printing_out import print_out

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="CUPS is not there")
__all__ = ["cups"]


@pytest.fixture
def sold(desk: Desk) -> int:
    """A confirmed reservation at a counter with two printers."""
    a_product(desk)
    set_up_counter(desk=desk, printers={"a4": "Empfang", "roll": "Kasse_80mm"})
    return a_reservation(desk, Status.CONFIRMED)


def print_it(desk: Desk, made: int, *, patience_s: float = 0.1, **how: Any) -> Printout:
    return print_out(voucher_draft(made, desk=desk), Cups(patience_s), desk=desk, **how)


def states(desk: Desk, made: int) -> list[tuple[int, str]]:
    """(copy, state) of everything that was printed of it, the newest first."""
    return [(one.copy, one.state.value) for one in see_prints(made, desk=desk)]


def claimed(desk: Desk, made: int) -> Job:
    return printing.claim(voucher_draft(made, desk=desk), "Empfang", desk=desk)


def look_later(desk: Desk, minutes: float = 2) -> None:
    """What the next start does, that much later."""
    assert isinstance(desk.clock, StillClock)
    desk.clock.forward(minutes=minutes)
    left = print_log.left_open(desk=desk)
    print_log.settle_fates(printing.fates_of(left, Cups()), desk=desk)


# --- three outcomes -----------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["hangs", "broken", "stops", "away"])
def test_where_nobody_knows_whether_it_came_out_it_says_so(
    desk: Desk, sold: int, cups: FakeCups, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooling, "_ANSWERS_S", 0.5)
    cups.be(how)
    with pytest.raises(CannotDo) as no:
        print_it(desk, sold)
    assert (no.value.code, no.value.facts) == ("print-unsure", {"number": f"CF-{sold}", "printer": "Empfang"})
    assert states(desk, sold) == [(1, "UNKNOWN")]
    assert cups.waiting == []
    for one in (how, "stopped"):
        if (cups.folder / one).exists():
            cups.be(one, now=False)
    with pytest.raises(CannotDo, match="print-unsure"):
        print_it(desk, sold, automatic=True)
    assert print_it(desk, sold).job.copies[0].number == 2


def test_a_job_whose_number_was_not_told_is_found_by_its_title(desk: Desk, sold: int, cups: FakeCups) -> None:
    cups.be("mumbles")
    assert print_it(desk, sold).sent.job == "Empfang-1"
    assert states(desk, sold) == [(1, "DONE")]


def test_the_journal_says_that_nobody_knows(desk: Desk, sold: int, cups: FakeCups) -> None:
    cups.be("broken")
    with pytest.raises(CannotDo):
        print_it(desk, sold)
    with desk.reading() as look:
        asked = select(JournalEntry.subject, JournalEntry.details).where(
            JournalEntry.action == "print-unsure"
        )
        (entry,) = look.execute(asked).all()
    assert entry.subject == f"reservation:{sold}"
    assert '"document":"voucher"' in entry.details


def test_a_printer_that_has_stopped_is_given_nothing(desk: Desk, sold: int, cups: FakeCups) -> None:
    cups.be("stopped")
    with pytest.raises(CannotDo, match="printer-stopped"):
        print_it(desk, sold)
    assert cups.asked == []


@pytest.mark.parametrize("how", ["stuck", "lingers"])
def test_a_paper_that_has_begun_is_not_called_withdrawn(
    desk: Desk, sold: int, cups: FakeCups, how: str
) -> None:
    cups.be(how)
    assert print_it(desk, sold).waits
    with pytest.raises(CannotDo, match="print-unsure"):
        print_it(desk, sold)
    assert len(cups.asked) == 1
    assert states(desk, sold) == [(1, "UNKNOWN")]
    cups.be(how, now=False)
    assert "REPRINT 2" in text_of(print_it(desk, sold).pdf)[0]


def test_what_cannot_be_taken_out_of_a_queue_is_not_printed_beside_it(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    cups.be("slow")
    print_it(desk, sold)
    (cups.folder / "bin" / "cancel").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    with pytest.raises(CannotDo, match="print-stays"):
        print_it(desk, sold)
    assert states(desk, sold) == [(1, "WAITING")]


def test_nothing_is_taken_out_of_a_queue_for_a_paper_that_is_outdated(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    cups.be("slow")
    print_it(desk, sold)
    draft = voucher_draft(sold, desk=desk)
    reservations.cancel(sold, desk=desk, reason="the guide is ill")
    with pytest.raises(CannotDo, match="paper-outdated"):
        print_out(draft, Cups(), desk=desk)
    assert cups.waiting == ["Empfang-1"]
    assert states(desk, sold) == [(1, "WAITING")]


def test_a_fault_of_ours_while_it_is_drawn_printed_nothing(desk: Desk, sold: int) -> None:
    job = claimed(desk, sold)
    broken = Job(
        printing.Draft(job.draft.orders, job.draft.paper, lambda *_told: 1 / 0),  # type: ignore[arg-type, return-value]
        job.printer, job.copies, job.ids, job.mark,
    )  # fmt: skip
    out = printing.settle(printing.deliver(broken, FakePrinters("Empfang")), desk=desk)
    assert isinstance(out.fault, ZeroDivisionError)
    assert states(desk, sold) == [(1, "FAILED")]


# --- a desk that dies ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "found"),
    [("", "DONE"), ("slow", "WAITING"), ("stuck", "WAITING"), ("broken", "UNKNOWN")],
)
@pytest.mark.parametrize("kept", [True, False], ids=["job kept", "job not kept"])
def test_after_a_crash_the_queue_says_what_became_of_it(
    desk: Desk, sold: int, cups: FakeCups, how: str, found: str, kept: bool
) -> None:
    if how:
        cups.be(how)
    out = printing.deliver(claimed(desk, sold), Cups())
    if kept:
        printing.keep_job(out, desk=desk)
    assert states(desk, sold) == [(1, "SENT")]
    look_later(desk)
    assert states(desk, sold) == [(1, found)]
    cups.come_out()
    look_later(desk)
    assert states(desk, sold) == [(1, "DONE" if found == "WAITING" else found)]


def test_a_queue_that_has_forgotten_it_or_never_had_it_is_no_answer(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    claimed(desk, sold)
    look_later(desk)
    assert states(desk, sold) == [(1, "UNKNOWN")]


def test_a_queue_that_does_not_answer_is_asked_again(desk: Desk, sold: int, cups: FakeCups) -> None:
    printing.keep_job(printing.deliver(claimed(desk, sold), Cups()), desk=desk)
    cups.be("away")
    look_later(desk)
    assert states(desk, sold) == [(1, "SENT")]
    cups.be("away", now=False)
    look_later(desk)
    assert states(desk, sold) == [(1, "DONE")]


def test_all_papers_of_a_job_that_was_never_numbered_are_found(desk: Desk, sold: int, cups: FakeCups) -> None:
    another = a_reservation(desk, Status.CONFIRMED)
    draft = day_draft(reservation(desk, sold).departs_on, desk=desk)
    printing.deliver(printing.claim(draft, "Empfang", desk=desk), Cups())
    look_later(desk)
    assert [states(desk, one) for one in (sold, another)] == [[(1, "DONE")], [(1, "DONE")]]


def test_what_is_still_under_way_and_another_counters_papers_are_left_alone(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    printing.deliver(claimed(desk, sold), Cups())
    look_later(desk, minutes=0.5)
    other = desk.at_counter("Pier 2")
    look_later(other, minutes=5)
    assert states(desk, sold) == [(1, "SENT")]


def test_who_comes_late_does_not_overrule_what_was_found_out(desk: Desk, sold: int, cups: FakeCups) -> None:
    cups.be("slow")
    out = printing.keep_job(printing.deliver(claimed(desk, sold), Cups()), desk=desk)
    left = print_it(desk.at_counter("Pier 2"), sold, printer="Empfang")
    assert left.job.copies[0].number == 2
    with desk.database.transaction() as look:
        look.execute(text("update prints set state = 'FAILED' where copy = 1"))
    printing.settle(out, desk=desk)
    assert (1, PrintState.FAILED.value) in states(desk, sold)


def test_what_is_left_open_is_found_by_its_index(a_desk: Desk) -> None:
    asked = "explain query plan select id from prints where counter_id = 1 and state IN ('SENT', 'WAITING') order by id"
    with a_desk.reading() as look:
        plan = " ".join(str(row) for row in look.execute(text(asked)))
    assert "ix_prints_open" in plan


# --- one ticket of several ----------------------------------------------------------------------


def test_each_ticket_of_a_party_has_a_first_copy_of_its_own(desk: Desk, cups: FakeCups) -> None:
    a_product(desk, tickets="per person")
    set_up_counter(desk=desk, printers={"a4": "Empfang"})
    made = a_reservation(desk, Status.CONFIRMED, party=3)
    numbers = [number for number, _ in voucher_draft(made, desk=desk).tickets]

    def copy_of(ticket: int | None) -> int:
        draft = voucher_draft(made, desk=desk, ticket=ticket)
        return print_out(draft, Cups(), desk=desk).job.copies[0].number

    assert [copy_of(numbers[n]) for n in (0, 1, 0)] == [1, 1, 2]
    assert copy_of(None) == 3  # theirs is among them
    assert [copy_of(number) for number in numbers] == [4, 4, 4]


def test_a_ticket_that_is_void_meanwhile_is_not_printed(desk: Desk, cups: FakeCups) -> None:
    a_product(desk, tickets="per person")
    made = a_reservation(desk, Status.CONFIRMED, party=2)
    second = voucher_draft(made, desk=desk).tickets[1][0]
    draft = voucher_draft(made, desk=desk, ticket=second)
    with desk.database.transaction() as look:
        look.execute(text("update tickets set state = 'VOID' where number = :n"), {"n": second})
    with pytest.raises(CannotDo, match="paper-outdated"):
        print_out(draft, Cups(), desk=desk, printer="Empfang")


# --- a file -------------------------------------------------------------------------------------


def test_a_file_is_a_copy_and_neither_log_nor_journal_knows_where(
    desk: Desk, sold: int, cups: FakeCups, tmp_path: Path
) -> None:
    path = tmp_path / "Sample Anna.pdf"
    print_out(voucher_draft(sold, desk=desk), IntoFile(path), desk=desk, printer="")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(CannotDo, match="saved-already"):
        print_it(desk, sold, automatic=True)
    assert "REPRINT 2" in text_of(print_it(desk, sold).pdf)[0]
    with desk.reading() as look:
        told = look.execute(text("select printer, name, job, why from prints order by id")).first()
        entries = look.execute(select(JournalEntry.details)).scalars().all()
    assert told is not None
    assert "Sample" not in " ".join((*told, *entries))


def test_a_full_disk_leaves_no_half_file_that_others_could_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "voucher.pdf").write_bytes(b"the one before")
    seen: list[int] = []

    class Full(io.BytesIO):
        def write(self, _content: object) -> int:
            seen.extend(stat.S_IMODE(one.stat().st_mode) for one in tmp_path.glob(".*.part"))
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(paper_file.os, "fdopen", lambda fd, _how: os.close(fd) or Full())
    with pytest.raises(CannotDo, match="file-not-writable"):
        IntoFile(tmp_path / "voucher.pdf").send(b"new", printer="", paper=Paper.A4, height=0, title="")
    assert seen == [0o600]
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [
        ("voucher.pdf", b"the one before")
    ]


def test_what_is_broken_off_in_the_middle_is_not_called_a_failure(
    desk: Desk, sold: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_told: Any, **_how: Any) -> Any:
        raise CannotDo("print-unsure")

    fake = FakePrinters("Empfang")
    monkeypatch.setattr(fake, "send", break_off)
    out = printing.settle(printing.deliver(claimed(desk, sold), fake), desk=desk)
    assert out.unsure is not None
    assert states(desk, sold) == [(1, "UNKNOWN")]


def test_what_cannot_be_saved_leaves_nothing_behind_and_is_not_counted(
    desk: Desk, sold: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(CannotDo, match="file-not-writable"):
        print_out(voucher_draft(sold, desk=desk), IntoFile(tmp_path / "taken.pdf"), desk=desk, printer="")
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == []
    assert states(desk, sold) == [(1, "FAILED")]
