"""The search box finds whoever somebody asks for, on both databases, and nobody who may not be seen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, select

from controllers import checkin, reservations, search, viewing
from controllers.backup import backup
from controllers.desk import Desk, open_desk
from controllers.restoring import restore
from models.codes import code_for, grouped
from models.database import sqlite_url
from models.pages import Filter
from models.reservations import Status
from models.search import finding, keeping, narrowing
from models.search.finding import Find, Section
from models.tables import JournalEntry
from models.tables.search import SearchText
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    kkday_row,
    octo_booking,
    reservation,
    take,
    taken,
    tickets,
)
from tests.fakes import StillClock


def found(desk: Desk, text: str) -> list[int]:
    """The reservations a text finds, in order; the list finds the same ones."""
    finds = search.find(text, desk=desk)
    listed = viewing.see_page(Filter(text=text), desk=desk)
    assert {row.id for row in listed.rows} == {one.row.id for one in finds.items}, text
    return [one.row.id for one in finds.items]


def only(desk: Desk, text: str) -> Find:
    """The one find of a text."""
    (one,) = search.find(text, desk=desk).items
    return one


def named(desk: Desk, name: str, **told: Any) -> int:
    """A reservation of our own under a name."""
    return a_reservation(desk, name=name, **told)


@pytest.fixture
def tea(desk: Desk) -> Desk:
    """A desk that sells tea house walks, with plenty of seats."""
    a_product(desk, capacity=200)
    return desk


NAMES = {
    "김민수": ("김민수", "민수", "김민", "김 민수", "민 수", "minsu", "min su", "Min-Su", "kim minsu", "minsu kim",
              "gim", "kim", "Kim Minsoo", "minsoo", "KIM, MIN SU"),
    "이영희": ("영희", "lee", "yi", "rhee", "younghee", "yeonghui", "Lee Young-hee"),
    "PARK JIYEONG": ("park", "bak", "pak", "박지영", "지영", "ji yeong", "jiyeong park"),
    "CHOI, SOO JIN": ("choe", "sujin", "soojin", "최수진", "수진"),
    "陳小明": ("陳小明", "小明", "陳小", "chen", "chan", "xiaoming", "chen xiao ming", "xiao-ming chen"),
    "LIN HAN": ("林", "lin han"),
    "見本 花子": ("見本", "花子", "見本花子"),
    "サクラ ハナ": ("さくら", "サクラ", "ｻｸﾗ", "sakura", "hana"),
    "José Müller-Núñez": ("jose", "josé", "muller", "mueller", "Müller", "nunez", "ller-n"),
    "Иван Примеров": ("иван", "примеров", "ivan", "primerov"),
    "Ng Bo": ("ng", "bo", "ng bo", "bo ng"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_part_of_a_name_in_any_script_finds_it(tea: Desk, name: str) -> None:
    one = named(tea, name)
    named(tea, "Wolf Zzyzx")
    asked = [text for text in NAMES[name] if len(text) > 1]
    assert [text for text in asked if found(tea, text) != [one]] == []


def test_one_letter_finds_nothing(tea: Desk) -> None:
    named(tea, "김민수")
    assert [search.find(text, desk=tea).items for text in ("", " ", "김", "k", "-", "  - ")] == [()] * 6
    assert [found(tea, text) for text in ("김", "k", "-")] == [[]] * 3


def test_what_nobody_is_called_finds_nothing(tea: Desk) -> None:
    named(tea, "Anna Sample")
    nothing = ("annan", "elan", "sampleanna", "%%", "__", "a*", "'", "anna bob")
    assert [text for text in nothing if found(tea, text)] == []


def test_a_whole_mail_pasted_into_the_box_is_looked_for_like_any_text(tea: Desk) -> None:
    mail = " ".join(f"word{number}" for number in range(3_000))
    assert search.find(mail, desk=tea).items == ()
    assert search.nearest(mail, desk=tea) == ()
    assert viewing.count_rows(Filter(text=mail), desk=tea) == 0


def test_names_of_different_people_do_not_run_together(tea: Desk) -> None:
    booking = octo_booking(contact={"fullName": "Hana Example"}, unitItems=_party("Mira Muster", "Ole Probe"))
    taken(tea, booking)
    assert found(tea, "example mira") == []
    assert found(tea, "leola") == []


def test_a_companions_name_brings_the_order(tea: Desk) -> None:
    booking = octo_booking(
        contact={"fullName": "Cleo Sample"}, unitItems=_party("Cleo Sample", "한가상", "Mira Muster")
    )
    (one,) = taken(tea, booking)
    reservations.confirm(one, desk=tea)
    assert [found(tea, text) for text in ("한가상", "가상", "muster mira", "han ga")] == [[one]] * 4
    find = only(tea, "muster")
    assert (find.kind, find.detail, find.marks) == ("companion", "Mira Muster", ((5, 11),))


def _party(*names: str) -> list[dict[str, Any]]:
    return [{"unit": {"internalName": "Adult"}, "contact": {"fullName": name}} for name in names]


@pytest.mark.parametrize(
    "text", ["hana.ex@example.com", "HANA.EX", "ana.e", "hana.ex@", "@example.com", "ha"]
)
def test_an_address_is_found_by_its_parts(tea: Desk, text: str) -> None:
    one = named(tea, "Bo Li", email="hana.ex@example.com")
    assert found(tea, text) == [one]
    find = only(tea, text)
    assert (find.kind, find.detail) == ("email", "hana.ex@example.com")


@pytest.mark.parametrize(
    "text",
    [
        "4821",
        "04821",
        "010-5550-4821",
        "+82 10 5550 4821",
        "0082-10-5550-4821",
        "+82 (0)10 5550-4821",
        "５５５０４８２１",
    ],
)
@pytest.mark.parametrize("kept", ["+82 10 5550 4821", "010-5550-4821", "82-10-55504821"])
def test_a_telephone_is_found_by_its_tail_and_whole_in_any_spelling(tea: Desk, kept: str, text: str) -> None:
    one = named(tea, "Bo Li", phone=kept)
    named(tea, "Li Bo", phone="+886 912 345 678")
    assert found(tea, text) == [one]
    assert (only(tea, text).kind, only(tea, text).detail[0]) == ("phone", "…")


def test_three_digits_are_no_telephone(tea: Desk) -> None:
    named(tea, "Bo Li", phone="+82 10 5550 4821")
    assert found(tea, "821") == []


def test_our_number_is_found_in_every_spelling_and_by_its_beginning(tea: Desk) -> None:
    one = named(tea, "Bo Li", reference="ZZ-A")
    other = named(tea, "Li Bo", reference="ZZ-B")
    for text in (f"CF-{one}", f"cf {one}", f"cf{one}", str(one), f"ＣＦ－{one}"):
        assert found(tea, text) == [one]
        assert (only(tea, text).section, only(tea, text).kind) == (Section.WHOLE, "number")
    assert found(tea, f"CF-{str(one)[:3]}") == [one, other]


@pytest.mark.parametrize("text", ["27KK-123 456", "27kk123456", "27KK12", "27", "２７ＫＫ１２３４５６"])
def test_a_channels_number_is_found_in_any_spelling_and_by_its_beginning(tea: Desk, text: str) -> None:
    (one,) = taken(tea, kkday_row(reference="27KK123456", date="2027-02-01 14:00"))
    named(tea, "Bo Li", reference="D-1")
    assert found(tea, text) == [one]
    assert only(tea, text).kind == "reference"


def test_a_number_finds_the_unconfirmed_too_but_masked(tea: Desk) -> None:
    one = a_reservation(tea, sold_by="kkday", name="SAMPLE, ANNA", reference="27KK777777")
    find = only(tea, "27KK777777")
    assert (find.row.id, find.row.traveler, find.detail) == (one, None, "")


def test_voucher_digits_are_found_whole_and_by_their_beginning(tea: Desk) -> None:
    one = a_reservation(tea, Status.CONFIRMED)
    a_reservation(tea, Status.CONFIRMED)
    ticket = tickets(tea, one)[0]
    code = code_for(ticket.number, version=ticket.key_version, secret=tea.code_secrets[ticket.key_version])
    for text in (code, grouped(code), code[1:], code[:20], code[:13], code[1:16], grouped(code)[:16]):
        assert found(tea, text) == [one], text
    assert only(tea, code).section is Section.WHOLE
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert found(tea, wrong) == []
    assert found(tea, "99999999") == []


HIDDEN_BY = ("anna", "sample", "anna@example.com", "an", "0000 1111", "1111", "+47 0000 1111", "muster")


@pytest.mark.parametrize(
    "status", [Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING, Status.CANCELLED]
)
def test_before_confirmation_nobody_is_found_by_personal_data(tea: Desk, status: Status) -> None:
    told = {"name": "SAMPLE, ANNA", "email": "anna@example.com", "phone": "+47 0000 1111"}
    a_reservation(tea, status, sold_by="kkday", **told)
    booking = octo_booking(contact={"fullName": "Cleo Sample"}, unitItems=_party("Mira Muster"))
    taken(tea, booking)
    assert [text for text in HIDDEN_BY if found(tea, text)] == []


def test_confirming_makes_a_traveler_findable_and_taking_it_back_hides_them_again(tea: Desk) -> None:
    one = a_reservation(tea, sold_by="kkday", name="SAMPLE, ANNA")
    assert found(tea, "anna") == []
    reservations.confirm(one, desk=tea)
    assert found(tea, "anna") == [one]
    reservations.unconfirm(one, desk=tea)
    assert found(tea, "anna") == []


def test_todays_departures_come_first_then_the_soonest_then_the_latest_past(
    tea: Desk, clock: StillClock
) -> None:
    days = {"2027-01-10": 0, "2027-01-14": 0, "2027-01-15": 0, "2027-01-16": 0, "2027-02-01": 0}
    for day in days:
        days[day] = named(tea, "Hana Example", date=day)
    order = ["2027-01-15", "2027-01-16", "2027-02-01", "2027-01-14", "2027-01-10"]
    assert found(tea, "hana") == [days[day] for day in order]
    sections = [one.section for one in search.find("hana", desk=tea).items]
    assert sections == [Section.TODAY, *[Section.UPCOMING] * 2, *[Section.PAST] * 2]
    clock.forward(days=1)
    assert found(tea, "hana")[0] == days["2027-01-16"]


def test_more_than_can_be_shown_is_told(tea: Desk) -> None:
    rows = [{**octo_row(n)} for n in range(6)]
    taken(tea, *rows)
    for one in range(6):
        reservations.confirm(found_number(tea, f"OCX{one}"), desk=tea)
    finds = search.find("sample", desk=tea, limit=5)
    assert (len(finds.items), finds.more) == (5, True)
    assert not search.find("sample", desk=tea, limit=6).more


def test_a_list_is_narrowed_to_all_of_them_however_many_they_are(
    tea: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ones = [
        named(tea, f"Hana {name}", reference=f"ZZ-{name}", adults=1)
        for name in ("Example", "Muster", "Probe")
    ]
    hidden = a_reservation(tea, sold_by="kkday", name="HANA HIDDEN", reference="ZZ-HIDDEN", party=1)
    monkeypatch.setattr(narrowing, "MOST", 2)
    shown = {
        text: [row.id for row in viewing.see_page(Filter(text=text), desk=tea).rows]
        for text in ("hana", "zz-")
    }
    assert {text: sorted(ids) for text, ids in shown.items()} == {"hana": ones, "zz-": [*ones, hidden]}
    assert [
        viewing.count_rows(Filter(text=text), desk=tea) for text in ("hana", "ha na", "zz", "nobody")
    ] == [3, 3, 4, 0]


def octo_row(n: int) -> dict[str, Any]:
    """One of several bookings."""
    return octo_booking(uuid=f"11111111-0000-4000-8000-00000000010{n}", reference=f"OCX{n}", adults=1)


def found_number(desk: Desk, reference: str) -> int:
    """The reservation of a whole number."""
    return only(desk, reference).row.id


def test_what_a_newer_file_tells_is_found_and_the_old_no_longer(tea: Desk) -> None:
    told = {"email": "old@example.com", "phone": "+82 10 5550 4821"}
    one = a_reservation(tea, sold_by="kkday", name="OLDNAME, ANNA", reference="27KK888888", **told)
    reservations.confirm(one, desk=tea)
    assert found(tea, "oldname") == [one]
    new = {"name": "NEWNAME, ANNA", "email": "new@example.com", "phone": "+82 10 5550 9999"}
    take(tea, kkday_row(reference="27KK888888", status="Confirmed", **new))
    assert [found(tea, text) for text in ("newname", "new@ex", "9999")] == [[one]] * 3
    assert [found(tea, text) for text in ("oldname", "old@ex", "4821")] == [[]] * 3


def test_another_departure_brings_another_place_in_the_order(tea: Desk) -> None:
    one = a_reservation(tea, sold_by="kkday", name="SAMPLE, ANNA", reference="27KK999999")
    take(tea, kkday_row(reference="27KK999999", name="SAMPLE, ANNA", date="2027-01-15 14:00"))
    assert reservation(tea, one).departs_at == DEPARTS.replace(month=1, day=15)
    reservations.confirm(one, desk=tea)
    assert only(tea, "anna").section is Section.TODAY


def test_whoever_is_forgotten_is_not_found(tea: Desk) -> None:
    one = named(tea, "Hana Example", phone="+82 10 5550 4821")
    with tea.work() as work:
        keeping.forget(work.connection, [one])
    assert [found(tea, text) for text in ("hana", "4821")] == [[], []]
    with tea.reading() as look:
        assert look.execute(select(SearchText)).all() == []


def test_everything_can_be_made_anew(tea: Desk) -> None:
    ones = [named(tea, name) for name in ("Hana Example", "김민수")]
    with tea.work() as work:
        keeping.forget(work.connection, ones)
        assert keeping.rebuild(work.connection) == 2
        assert keeping.rebuild(work.connection) == 2
    assert [found(tea, text) for text in ("hana", "민수")] == [[ones[0]], [ones[1]]]


def test_reservations_from_before_the_search_are_found_after_the_migration(tea: Desk) -> None:
    one = named(tea, "김민수", phone="+82 10 5550 4821")
    with suppress(_TakenBack), tea.database.transaction() as connection:
        _migrate_from_before(connection)
        finds = [finding.find(connection, asked, tea.now()) for asked in ("minsu", "민수", "4821")]
        raise _TakenBack
    assert [[find.row.id for find in one_of.items] for one_of in finds] == [[one]] * 3


def _migrate_from_before(connection: Connection) -> None:
    """Takes away all that the search keeps, and migrates with what is there."""
    lite = connection.dialect.name == "sqlite"
    begins = () if lite else ("ix_reservations_reference_begins", "ix_foreign_codes_begins")
    for name in ("ix_reservations_via_reference", *begins):
        connection.exec_driver_sql(f"drop index {name}")
    for name in ("search_grams", "search_texts") if lite else ("search_texts",):
        connection.exec_driver_sql(f"drop table {name}")
    with Operations.context(MigrationContext.configure(connection)):
        import_module("models.migrations.versions.0004_search").upgrade()


class _TakenBack(Exception):
    """The tables become again what they were."""


def test_a_backup_finds_the_same(tea: Desk, tmp_path: Path) -> None:
    one = named(tea, "김민수", phone="+82 10 5550 4821")
    backup(tmp_path / "copy.sqlite", desk=tea)
    copy = open_desk(sqlite_url(tmp_path / "copy.sqlite"), practice=True, clock=tea.clock)
    assert [found(copy, text) for text in ("minsu", "민수", "4821")] == [[one]] * 3
    copy.database.close()


def test_a_backup_brought_back_to_postgresql_finds_the_same(
    a_desk: Desk, fresh_postgresql: Callable[[], str], tmp_path: Path
) -> None:
    a_product(a_desk)
    one = named(a_desk, "김민수")
    backup(tmp_path / "copy.sqlite", desk=a_desk)
    there = fresh_postgresql()
    restore(tmp_path / "copy.sqlite", there, replace=True)
    copy = open_desk(there, practice=True, clock=a_desk.clock)
    assert [found(copy, text) for text in ("minsu", "민수")] == [[one]] * 2
    copy.database.close()


def test_typing_notes_nothing_and_a_finished_search_is_noted_once(tea: Desk) -> None:
    named(tea, "Hana Example")
    for text in ("ha", "han", "hana"):
        finds = search.find(text, desk=tea)
    assert _searches(tea) == []
    search.note("Hana ", len(finds.items), desk=tea)
    viewing.see_page(Filter(text="hana"), desk=tea)
    (entry,) = _searches(tea)
    assert "hana" not in entry.details.casefold()
    assert '"found":1' in entry.details.replace(" ", "")


def _searches(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        return list(look.execute(select(JournalEntry.__table__).where(JournalEntry.action == "search")))


def test_a_whole_number_is_no_search_for_a_person(tea: Desk) -> None:
    one = named(tea, "Hana Example", reference="ZZ-77", phone="+82 10 5550 4821")
    assert [search.find(t, desk=tea).personal for t in (f"CF-{one}", "zz77", "zz-7", "hana", "4821", "nobody")] == [
        False, False, False, True, True, True,
    ]  # fmt: skip


def test_a_traveler_who_is_in_is_shown_as_arrived(tea: Desk, clock: StillClock) -> None:
    one = a_reservation(tea, Status.CONFIRMED, date="2027-01-15")
    clock.set(reservation(tea, one).departs_at - timedelta(minutes=5))
    checkin.scan(f"CF-{one}", desk=tea)
    assert only(tea, "anna").row.arrived == 2
