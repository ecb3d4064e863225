"""What is printed comes out once: the log numbers its copies, marks the second, and forgets what never came out."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from controllers import printing, reservations
from controllers.counter import set_up_counter
from controllers.desk import Desk
from controllers.print_log import see_prints
from controllers.printing import Draft, Printout
from controllers.spooling import Cups
from controllers.trial_page import trial_draft
from controllers.voucher_pdf.trial_layout import SAMPLES
from controllers.vouchers import day_draft, voucher_draft
from models.counter_settings import CounterSettings
from models.papers import Document, Paper
from models.prints import Copy, PrintState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Counter, JournalEntry, Print, Reservation
from tests.builders import a_product, a_reservation, reservation
from tests.fake_cups import FakeCups, cups
from tests.fakes import StillClock
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


def print_it(desk: Desk, draft: Draft, *, patience_s: float = 5, **how: Any) -> Printout:
    return print_out(draft, Cups(patience_s), desk=desk, **how)


def states(desk: Desk, made: int) -> list[tuple[int, str]]:
    """(copy, state) of everything that was printed of it, the newest first."""
    return [(one.copy, one.state.value) for one in see_prints(made, desk=desk)]


# --- printers -----------------------------------------------------------------------------------


def test_printers_are_known_by_name_whatever_language_the_system_speaks(cups: FakeCups) -> None:
    assert Cups().names() == ("Empfang", "Kasse_80mm")


def test_a_voucher_goes_to_the_printer_of_its_paper_without_a_name_in_the_queue(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    print_it(desk, voucher_draft(sold, desk=desk))
    print_it(desk, voucher_draft(sold, desk=desk, paper=Paper.ROLL))
    first, second = cups.asked
    assert first.startswith(f"-d Empfang -t Counterfoil CF-{sold} #")
    assert second.startswith("-d Kasse_80mm ")
    assert "-o media=A4 -o print-scaling=none" in first
    assert "media=Custom.80x" in second
    assert "Sample" not in first


def test_one_print_is_one_paper_whatever_was_set_for_the_printer(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    print_it(desk, voucher_draft(sold, desk=desk))
    (asked,) = cups.asked
    for wanted in ("-n 1 ", "-o number-up=1 ", "-o sides=one-sided ", "-o job-sheets=none,none "):
        assert wanted in asked


def test_what_is_printed_is_what_was_shown_to_the_byte(desk: Desk, sold: int, cups: FakeCups) -> None:
    draft = voucher_draft(sold, desk=desk)
    shown = draft.drawn(printing.expected(draft, desk=desk))
    out = print_it(desk, draft)
    assert cups.given() == out.pdf == shown.pdf


def test_without_a_printer_for_the_paper_it_says_where_to_choose_one(desk: Desk, sold: int) -> None:
    with pytest.raises(CannotDo) as no:
        printing.printer_for(voucher_draft(sold, desk=desk, paper=Paper.A5), desk=desk)
    assert no.value.code == "printer-not-chosen"
    assert states(desk, sold) == []


def test_a_document_takes_the_first_suited_paper_that_has_a_printer() -> None:
    kept = CounterSettings(printers={"a5": "Empfang"})
    assert kept.paper_for(Document.VOUCHER) is Paper.A5
    assert kept.paper_for(Document.RECEIPT) is Paper.A5
    assert CounterSettings().paper_for(Document.RECEIPT) is Paper.ROLL
    chosen = CounterSettings(printers={"a5": "Empfang"}, papers={"voucher": "roll", "receipt": "paper"})
    assert chosen.paper_for(Document.VOUCHER) is Paper.ROLL
    assert chosen.paper_for(Document.RECEIPT) is Paper.A5


# --- copies -------------------------------------------------------------------------------------


def test_a_second_copy_says_so_on_paper_and_in_the_log(desk: Desk, sold: int, cups: FakeCups) -> None:
    print_it(desk, voucher_draft(sold, desk=desk))
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.forward(minutes=2)
    print_it(desk, voucher_draft(sold, desk=desk))
    (first,), (second,) = text_of(cups.given(1)), text_of(cups.given(2))
    assert "REPRINT" not in first
    assert "REPRINT 2, 10:02" in second
    assert states(desk, sold) == [(2, "DONE"), (1, "DONE")]


@pytest.mark.parametrize(
    ("language", "mark"), [("ko", "재발행 3, 14:02"), ("ja", "再発行 3、14:02"), ("zh-TW", "補印 3，14:02")]
)
def test_the_mark_is_in_the_language_of_the_paper(language: str, mark: str) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from controllers.receipt_pdf.wording import wording as receipt_words
    from controllers.voucher_pdf.wording import wording

    copy = Copy(3, datetime(2027, 2, 1, 14, 2, tzinfo=ZoneInfo("Asia/Seoul")))
    assert wording(language).reprint(copy) == receipt_words(language).reprint(copy) == mark


def test_nothing_comes_out_by_itself_a_second_time(desk: Desk, sold: int, cups: FakeCups) -> None:
    print_it(desk, voucher_draft(sold, desk=desk), automatic=True)
    with pytest.raises(CannotDo) as no:
        print_it(desk, voucher_draft(sold, desk=desk), automatic=True)
    assert no.value.code == "printed-already"
    assert {"number": f"CF-{sold}", "printer": "Empfang"}.items() <= no.value.facts.items()
    assert len(cups.asked) == 1


def test_new_tickets_are_a_new_voucher(desk: Desk, sold: int, cups: FakeCups) -> None:
    print_it(desk, voucher_draft(sold, desk=desk))
    reservations.unconfirm(sold, desk=desk)
    reservations.confirm(sold, desk=desk)
    print_it(desk, voucher_draft(sold, desk=desk), automatic=True)
    assert states(desk, sold) == [(1, "DONE"), (1, "DONE")]


def test_two_counters_cannot_make_the_same_copy(desk: Desk, sold: int, cups: FakeCups) -> None:
    print_it(desk, voucher_draft(sold, desk=desk))
    with desk.reading() as look:
        row = dict(look.execute(select(Print.__table__)).mappings().one())
    row.pop("id")
    with pytest.raises(IntegrityError), desk.database.transaction() as connection:
        connection.execute(insert(Print), {**row, "state": PrintState.SENT})


def test_what_was_changed_meanwhile_is_not_printed(desk: Desk, sold: int, cups: FakeCups) -> None:
    draft = voucher_draft(sold, desk=desk)
    reservations.cancel(sold, desk=desk, reason="the guide is ill")
    with pytest.raises(CannotDo) as no:
        print_it(desk, draft)
    assert no.value.code == "paper-outdated"
    assert cups.asked == []
    assert states(desk, sold) == []


# --- trouble ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "code"), [("silent", "printer-silent"), ("stopped", "printer-stopped"), ("gone", "printer-gone")]
)
def test_what_did_not_come_out_is_printed_again_as_the_first(
    desk: Desk, sold: int, cups: FakeCups, how: str, code: str
) -> None:
    cups.set_names("Other") if how == "gone" else cups.be(how)
    with pytest.raises(CannotDo) as no:
        print_it(desk, voucher_draft(sold, desk=desk), automatic=True)
    assert no.value.code == code
    assert no.value.facts["printer"] == "Empfang"
    assert cups.waiting == []
    cups.set_names("Empfang") if how == "gone" else cups.be(how, now=False)
    out = print_it(desk, voucher_draft(sold, desk=desk), automatic=True)
    assert not out.job.copies[0].is_reprint
    assert states(desk, sold) == [(1, "DONE"), (1, "FAILED")]


def test_what_lies_in_a_queue_is_withdrawn_before_it_is_printed_again(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    cups.be("slow")
    out = print_it(desk, voucher_draft(sold, desk=desk), patience_s=0.1)
    assert out.waits
    assert cups.waiting == ["Empfang-1"]
    with pytest.raises(CannotDo):  # it may come out any moment
        print_it(desk, voucher_draft(sold, desk=desk), automatic=True)
    cups.be("slow", now=False)
    again = print_it(desk, voucher_draft(sold, desk=desk))
    assert not again.job.copies[0].is_reprint
    assert cups.waiting == []
    assert states(desk, sold) == [(1, "DONE"), (1, "FAILED")]


def test_a_voucher_that_was_drawn_before_its_order_was_moved_is_not_printed(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    stale = [voucher_draft(sold, desk=desk), day_draft(reservation(desk, sold).departs_on, desk=desk)]
    with desk.database.transaction() as connection:
        later = reservation(desk, sold).departs_at + timedelta(hours=1)
        connection.execute(update(Reservation).where(Reservation.id == sold).values(departs_at=later))
    for draft in stale:
        with pytest.raises(CannotDo, match="paper-outdated"):
            print_it(desk, draft)
    assert states(desk, sold) == []
    assert print_it(desk, voucher_draft(sold, desk=desk)).trouble is None


def test_another_counters_queue_is_left_alone_and_the_next_paper_is_a_reprint(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    cups.be("slow")
    print_it(desk, voucher_draft(sold, desk=desk), patience_s=0.1)
    cups.be("slow", now=False)
    other = desk.at_counter("Pier 2")
    set_up_counter(desk=other, printers={"a4": "Empfang"})
    again = print_it(other, voucher_draft(sold, desk=other))
    assert again.job.copies[0].number == 2
    assert cups.waiting == ["Empfang-1"]


def test_a_job_of_many_that_is_withdrawn_for_one_of_them_is_printed_anew_for_all(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    another = a_reservation(desk, Status.CONFIRMED)
    cups.be("slow")
    print_it(desk, day_draft(reservation(desk, sold).departs_on, desk=desk), patience_s=0.1)
    cups.be("slow", now=False)
    print_it(desk, voucher_draft(sold, desk=desk))
    assert states(desk, another) == [(1, "FAILED")]
    assert not print_it(desk, voucher_draft(another, desk=desk)).job.copies[0].is_reprint


def test_what_came_out_after_all_makes_the_next_one_a_reprint(desk: Desk, sold: int, cups: FakeCups) -> None:
    cups.be("slow")
    print_it(desk, voucher_draft(sold, desk=desk), patience_s=0.1)
    cups.come_out()
    cups.be("slow", now=False)
    again = print_it(desk, voucher_draft(sold, desk=desk))
    assert again.job.copies[0].number == 2
    assert states(desk, sold) == [(2, "DONE"), (1, "DONE")]


def test_tools_that_do_not_answer_are_a_silent_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert not Cups.is_here()
    assert Cups().names() == ()


# --- the log and the journal --------------------------------------------------------------------


def test_the_log_says_who_when_where_and_the_journal_names_nobody(
    desk: Desk, sold: int, cups: FakeCups
) -> None:
    print_it(desk, voucher_draft(sold, desk=desk))
    (line,) = see_prints(sold, desk=desk)
    assert (line.order.name, line.counter, line.staff) == (f"CF-{sold}", "Desk", "Owner")
    assert (line.paper, line.printer, line.copy) == (Paper.A4, "Empfang", 1)
    assert line.at == desk.now()
    with desk.reading() as look:
        entry = look.execute(select(JournalEntry.details).where(JournalEntry.action == "print")).scalar_one()
    assert '"document":"voucher"' in entry
    assert "Sample" not in entry


def test_a_setting_that_names_no_printers_is_the_usual(desk: Desk) -> None:
    with desk.database.transaction() as connection:
        connection.execute(Counter.__table__.update().values(settings={"printers": {"a4": 7}}))  # type: ignore[attr-defined]
    from controllers.counter import counter_settings

    assert counter_settings(desk=desk).printers == {}


# --- the test page ------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", list(Paper))
def test_a_test_page_shows_every_script_and_lets_nobody_in(desk: Desk, paper: Paper) -> None:
    from controllers import checkin
    from controllers.scanning.diagnosis import TEST_NUMBER
    from models.codes import grouped

    a_product(desk)
    printed = trial_draft(paper, desk=desk).drawn((Copy(),))
    told = "\n".join(text_of(printed.pdf))
    assert printed.missing == ()
    assert printed.pages == 1
    for script, sample in SAMPLES:
        assert script.split()[0][:3] in told
        assert sample.split()[0][:4] in told.replace("\n", "")
    assert grouped(TEST_NUMBER) in told
    assert checkin.scan(TEST_NUMBER, desk=desk).kind.value in ("UNKNOWN", "FORGED")


def test_test_pages_are_never_copies_of_each_other(desk: Desk, cups: FakeCups) -> None:
    set_up_counter(desk=desk, printers={"a4": "Empfang"})
    outs = [print_it(desk, trial_draft(Paper.A4, desk=desk)) for _ in range(2)]
    assert [out.job.copies[0].number for out in outs] == [1, 1]


def test_the_clock_of_the_mark_is_the_operators(desk: Desk, sold: int, cups: FakeCups) -> None:
    clock = desk.clock
    assert isinstance(clock, StillClock)
    print_it(desk, voucher_draft(sold, desk=desk))
    clock.forward(hours=1)
    out = print_it(desk, voucher_draft(sold, desk=desk))
    at = out.job.copies[0].at
    assert at is not None
    assert at.utcoffset() == timedelta(hours=9)
    assert reservation(desk, sold).status is Status.CONFIRMED
