"""A further counter joins by address and one-time code, with a login of its own or the one that all share."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import keyring
import psycopg
import pytest
from sqlalchemy import text, update

from app import main
from controllers.desk import Desk, open_desk
from controllers.joining import end_access, join, make_code, see_counters
from controllers.journal import verify
from controllers.place import Place
from models import address as addresses
from models.joining import Way, code_hash, new_code
from models.refusals import CannotDo
from models.rights import Role
from models.tables import Joining
from tests.builders import a_product, a_reservation
from tests.controllers.test_keeping import FakeKeyring
from tests.postgresql import Server
from tests.secured_server import asking_for_passwords
from tests.staff import OWNER, OWNERS_PASSWORD, PASSWORD, cheapest_hashes, with_owner, with_staff

__all__ = ["cheapest_hashes"]

pytestmark = pytest.mark.postgres
_numbers = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with asking_for_passwords() as server:
        server.tell("create role boss login createrole password 'Boss-1'")
        server.tell("create role plain login password 'Plain-1'")
        for user in ("boss", "plain"):
            server.tell(f"create database {user}_template owner {user}")
            desk = open_desk(address_of(server, user, f"{user}_template"))
            a_product(desk)
            desk.database.close()
        yield server


def address_of(server: Server, user: str, name: str) -> str:
    return f"postgresql://{user}:{user.title()}-1@127.0.0.1:{server.port}/{name}"


def the_owners(server: Server, user: str) -> Iterator[Desk]:
    """A copy of the desk that was made once; what is left in it goes with its server."""
    name = f"shop_{next(_numbers)}"
    server.copy(name, f"{user}_template", owner=user)
    desk = open_desk(address_of(server, user, name))
    yield desk
    desk.database.close()


@pytest.fixture
def boss(server: Server) -> Iterator[Desk]:
    """A desk whose login may make others."""
    yield from the_owners(server, "boss")


@pytest.fixture
def plain(server: Server) -> Iterator[Desk]:
    """A desk whose login may not."""
    yield from the_owners(server, "plain")


def a_place(tmp_path: Path, name: str = "new") -> Place:
    return Place(tmp_path / name)


def refused(address: str, code: str, place: Place) -> str:
    with pytest.raises(CannotDo) as no:
        join(address, code, place=place)
    assert place.is_new, "nothing is kept of it"
    return no.value.code


def test_a_counter_comes_in_with_its_code_and_then_with_a_password_nobody_was_told(
    boss: Desk, tmp_path: Path
) -> None:
    made = make_code("Harbour", desk=boss)
    assert made.way is Way.OWN_LOGIN
    place = a_place(tmp_path)
    joined = join(made.address, made.code.lower().replace("-", " "), place=place)
    assert (joined.counter, joined.way, joined.password_in) == ("Harbour", Way.OWN_LOGIN, "file")
    again = a_place(tmp_path)
    assert again.counter == "Harbour"
    desk = again.open(again.counter)
    assert desk.actor.counter == "Harbour"
    a_reservation(desk)
    chosen = addresses.password_in(desk.database.url)
    assert len(chosen) > 30
    assert chosen != made.code
    assert chosen not in (place.folder / "settings.json").read_text()
    desk.database.close()
    chains = {chain.counter: chain for chain in verify(desk=boss)}
    assert chains["Harbour"].entries > 1
    assert all(chain.broken_at is None for chain in chains.values())


def test_a_code_is_good_once(boss: Desk, tmp_path: Path) -> None:
    made = make_code("Harbour", desk=boss)
    join(made.address, made.code, place=a_place(tmp_path, "first"))
    assert refused(made.address, made.code, a_place(tmp_path, "second")) == "code-not-taken"


@pytest.mark.parametrize("in_the_login", [True, False])
def test_a_code_is_good_for_half_an_hour(boss: Desk, tmp_path: Path, in_the_login: bool) -> None:
    made = make_code("Harbour", desk=boss)
    login = addresses.parse(made.address).username
    with boss.database.transaction() as connection:
        if in_the_login:
            connection.execute(text(f"alter role {login} valid until '2020-01-01'"))
        else:
            connection.execute(update(Joining).values(expires_at=text("now() - interval '1 second'")))
    assert refused(made.address, made.code, a_place(tmp_path)) == "code-not-taken"


def test_a_second_code_ends_the_first(boss: Desk, tmp_path: Path) -> None:
    first, second = make_code("Harbour", desk=boss), make_code("Harbour", desk=boss)
    assert refused(first.address, first.code, a_place(tmp_path)) == "code-not-taken"
    join(second.address, second.code, place=a_place(tmp_path))


def test_a_wrong_code_is_refused(boss: Desk, tmp_path: Path) -> None:
    made = make_code("Harbour", desk=boss)
    assert refused(made.address, new_code(), a_place(tmp_path)) == "code-not-taken"


def test_only_the_hash_of_a_code_is_kept_and_none_of_it_is_in_the_journal(boss: Desk) -> None:
    made = make_code("Harbour", desk=boss)
    with boss.reading() as look:
        row = look.execute(text("select * from joinings")).mappings().one()
        told = " ".join(look.execute(text("select details || subject || action from journal")).scalars())
        assert "make-code" in told
    assert row["code_hash"] == code_hash(made.code)
    for secret in (made.code, made.code.replace("-", "")):
        assert secret not in str(dict(row)) + told


def test_a_counter_changes_rows_and_nothing_else(boss: Desk, tmp_path: Path) -> None:
    made = make_code("Harbour", desk=boss)
    place = a_place(tmp_path)
    join(made.address, made.code, place=place)
    for words in (
        "create table own (id int)",
        "drop table reservations",
        "alter table reservations drop column lead",
        "update alembic_version set version_num = '0001'",
        "update joinings set ended_at = null",
        "update journal set action = 'x'",
        "delete from journal",
        "create role own",
    ):
        with psycopg.connect(place.database) as line, pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute(words)  # type: ignore[arg-type]


def test_the_function_takes_nothing_but_a_verifier_and_only_from_who_has_a_code(
    boss: Desk, tmp_path: Path
) -> None:
    made = make_code("Harbour", desk=boss)
    with psycopg.connect(
        addresses.as_text(addresses.with_password(addresses.parse(made.address), made.code))
    ) as line:
        for told in (
            "Secret-1",
            "md5d41d8cd98f00b204e9800998ecf8427e",
            "SCRAM-SHA-256$4096:a' valid until 'x$b:c",
        ):
            assert line.execute("select counterfoil_joined(%s)", (told,)).fetchone() == (False,)
        path = line.execute("select proconfig, prosecdef from pg_proc where proname = 'counterfoil_joined'")
        assert path.fetchone() == (["search_path=pg_catalog, pg_temp"], True)
    join(made.address, made.code, place=a_place(tmp_path))


def test_a_joined_counter_lets_nobody_in(boss: Desk, tmp_path: Path) -> None:
    made = make_code("Harbour", desk=boss)
    place = a_place(tmp_path)
    join(made.address, made.code, place=place)
    desk = place.open(place.counter)
    with pytest.raises(CannotDo) as no:
        make_code("Market", desk=desk)
    assert no.value.code == "joining-elsewhere"
    desk.database.close()


def test_ending_access_works_at_once_and_on_what_is_already_in(boss: Desk, tmp_path: Path) -> None:
    made = make_code("Harbour", desk=boss)
    place = a_place(tmp_path)
    join(made.address, made.code, place=place)
    inside = place.open(place.counter)
    [line] = [one for one in see_counters(desk=boss) if one.name == "Harbour"]
    assert line.joined_at is not None
    end_access(line.id, desk=boss)
    with pytest.raises(CannotDo) as no:
        a_reservation(inside)
    assert no.value.code in ("login-may-not", "login-ended", "database-broke-off")
    inside.database.close()
    with pytest.raises(CannotDo) as no:
        place.open(place.counter)
    assert no.value.code in ("login-ended", "password-wrong")
    [line] = [one for one in see_counters(desk=boss) if one.name == "Harbour"]
    assert line.ended_at is not None
    join_again = make_code("Harbour", desk=boss)
    place.choose_again("")
    join(join_again.address, join_again.code, place=place)
    place.open(place.counter).database.close()


def test_where_no_logins_may_be_made_all_share_one_and_the_code_says_which_counter_it_is(
    plain: Desk, tmp_path: Path
) -> None:
    made = make_code("Harbour", desk=plain)
    assert made.way is Way.SHARED_LOGIN
    place = a_place(tmp_path)
    assert refused(made.address, made.code, place) == "code-not-taken"
    typed = made.address.replace("plain@", "plain:Plain-1@")
    joined = join(typed, made.code, place=place)
    assert joined.way is Way.SHARED_LOGIN
    assert "Plain-1" not in (place.folder / "settings.json").read_text()
    assert refused(typed, made.code, a_place(tmp_path, "second")) == "code-not-taken"
    inside = place.open(place.counter)
    [line] = [one for one in see_counters(desk=plain) if one.name == "Harbour"]
    end_access(line.id, desk=plain)
    for attempt in (lambda: a_reservation(inside), lambda: place.open(place.counter)):
        with pytest.raises(CannotDo) as no:
            attempt()
        assert no.value.code == "counter-ended"
    inside.database.close()


def test_what_fails_while_joining_leaves_the_code_as_good_as_before(
    boss: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    made, place = make_code("Harbour", desk=boss), a_place(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Place, "choose_database", full)
        with pytest.raises(OSError, match="No space"):
            join(made.address, made.code, place=place)
    assert place.is_new
    assert join(made.address, made.code, place=place).counter == "Harbour"


@pytest.mark.parametrize(("counter", "code"), [(" ", "counter-name-missing"), ("Desk", "counter-is-here")])
def test_a_code_is_for_another_counter_with_a_name(boss: Desk, counter: str, code: str) -> None:
    with pytest.raises(CannotDo) as no:
        make_code(counter, desk=boss)
    assert no.value.code == code


def test_a_file_has_no_further_counters(a_desk: Desk) -> None:
    with pytest.raises(CannotDo) as no:
        make_code("Harbour", desk=a_desk)
    assert no.value.code == "joining-needs-server"
    assert [one.name for one in see_counters(desk=a_desk) if one.is_here] == ["Desk"]


def test_who_works_at_the_front_desk_lets_nobody_in(a_desk: Desk) -> None:
    a_desk.actor = replace(a_desk.actor, role=Role.FRONT_DESK)
    for attempt in (lambda: make_code("Harbour", desk=a_desk), lambda: end_access(1, desk=a_desk)):
        with pytest.raises(CannotDo) as no:
            attempt()
        assert no.value.code == "not-allowed"


def test_a_keyring_that_is_shut_is_named_and_not_the_password(
    boss: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = FakeKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    made, place = make_code("Harbour", desk=boss), a_place(tmp_path)
    assert join(made.address, made.code, place=place).password_in == "keyring"
    monkeypatch.setattr(ring, "get_password", lambda *_: None)
    with pytest.raises(CannotDo) as no:
        place.open(place.counter)
    assert no.value.code == "keyring-shut"
    monkeypatch.undo()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    place.open(place.counter).database.close()


# --- on the command line ---------------------------------------------------------------------

Say = Callable[..., tuple[int, Any]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Says words to the program, with lines on the standard input."""

    def say(*words: str, lines: str = "") -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        code = main(["--json", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out)

    return say


def in_full(desk: Desk) -> str:
    return addresses.as_text(desk.database.url)


def test_an_operator_makes_codes_and_a_computer_joins_with_one_that_stands_in_no_command(
    boss: Desk, tmp_path: Path, say: Say
) -> None:
    done, made = say("--db", in_full(boss), "counter-code", "Harbour", "Market", " ")
    assert done == 1, "one of them has no name"
    assert [one.get("counter") for one in made] == ["Harbour", "Market", " "]
    assert made[2]["refused"] == "counter-name-missing"
    here = ("--data", str(tmp_path / "new"))
    assert say(*here, "join", made[0]["address"], lines=f"{new_code()}\n")[1]["refused"] == "code-not-taken"
    assert say(*here, "join", made[0]["address"])[1]["refused"] == "code-missing"
    done, joined = say(*here, "join", made[0]["address"], lines=f"{made[0]['code'].lower()}\n")
    assert (done, joined) == (0, {"counter": "Harbour", "way": "own-login", "password_in": "file"})
    assert made[0]["code"] not in "".join(
        file.read_text() for file in (tmp_path / "new").iterdir() if file.suffix == ".json"
    )
    actions = [(row.action, row.name) for row in entries(boss)]
    assert ("make-code", "Command line") in actions
    assert ("join", "Harbour") in actions
    assert say(*here, "verify")[0] == 0, "and it works there"


def entries(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        asked = "select j.action, c.name from journal j join counters c on c.id = j.counter_id"
        return list(look.execute(text(asked)).all())


def test_a_shared_password_is_read_from_a_file_and_the_code_from_the_input(
    plain: Desk, tmp_path: Path, say: Say
) -> None:
    made = say("--db", in_full(plain), "counter-code", "Harbour")[1]
    secret = tmp_path / "password"
    secret.write_text("Plain-1\n")
    words = ("--data", str(tmp_path / "new"), "join", made["address"], "--password-file", str(secret))
    assert say(*words, "--code-file", "-", lines=made["code"])[1]["way"] == "shared-login"


def test_a_code_on_the_command_line_is_made_by_who_may(boss: Desk, say: Say) -> None:
    with_owner(boss)
    with_staff(boss, "Mina Example", Role.FRONT_DESK)
    words = ("--db", in_full(boss), "counter-code", "Harbour", "--as")
    assert say(*words, "Mina Example", lines=PASSWORD)[1]["refused"] == "not-allowed"
    assert len(say(*words, OWNER, lines=OWNERS_PASSWORD)[1]["code"]) == 19


def test_a_computer_that_has_data_or_has_joined_stays_as_it_is_unless_it_is_said(
    boss: Desk, tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_code("Harbour", desk=boss)
    Place(tmp_path / "old").open("Desk").database.close()
    join_there = ("join", made.address, made.code)
    assert say("--data", str(tmp_path / "old"), *join_there)[1]["refused"] == "join-has-data"
    assert say("--practice", "--data", str(tmp_path / "old"), *join_there)[1]["refused"] == "join-of-another"
    place = a_place(tmp_path)
    join(made.address, made.code, place=place)
    password = addresses.password_in(addresses.parse(place.database))
    here = ("--data", str(place.folder))
    again = make_code("Market", desk=boss)
    words = ("join", again.address, again.code)
    assert say(*here, *words)[1]["refused"] == "joined-already"

    def cut(*_: object) -> None:
        raise CannotDo("database-broke-off", where="there")

    with monkeypatch.context() as patch:
        patch.setattr("controllers.joining.counter_logins.choose_password", cut)
        assert say(*here, *words, "--replace")[1]["refused"] == "database-broke-off"
    assert addresses.password_in(addresses.parse(place.database)) == password, (
        "what was there before works on"
    )
    window = place.claim()
    assert say(*here, *words, "--replace")[1]["refused"] == "running-already"
    window.let_go()
    assert say(*here, *words, "--replace")[1]["counter"] == "Market"


def test_a_code_that_was_taken_up_counts_though_the_server_goes_away_right_after(
    boss: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise CannotDo("database-unreachable", where="there")

    made, place = make_code("Harbour", desk=boss), a_place(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "work", gone)
        assert join(made.address, made.code, place=place).counter == "Harbour"
    desk = place.open(place.counter)
    assert desk.actor.counter == "Harbour"
    desk.database.close()


def test_a_counter_is_the_same_however_its_name_is_written(boss: Desk) -> None:
    first = make_code("Gate East", desk=boss)
    again = make_code("gate  east", desk=boss)
    assert again.counter == "Gate East"
    assert again.address == first.address
    assert [line.name for line in see_counters(desk=boss)].count("Gate East") == 1
    with pytest.raises(CannotDo, match="counter-is-here"):
        make_code(boss.actor.counter.upper(), desk=boss)


def test_an_address_without_a_desk_or_with_an_older_one_says_so(
    server: Server, boss: Desk, tmp_path: Path
) -> None:
    assert refused(address_of(server, "boss", "postgres"), new_code(), a_place(tmp_path)) == "no-desk-there"
    made = make_code("Harbour", desk=boss)
    with boss.database.transaction() as connection:
        connection.execute(text("update alembic_version set version_num = '0001'"))
    assert refused(made.address, made.code, a_place(tmp_path)) == "database-older"
