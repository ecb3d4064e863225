"""The address of a shared database: several servers, proof by certificate, and never a password in sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import address
from models.database import Database
from models.refusals import CannotDo
from tests.certificates import Root
from tests.postgresql import Server
from tests.secured_server import asking_for_passwords, showing

TWO = "postgresql://desk:Secret-1@one.example:5432,two.example/counterfoil"


def completed(text: str) -> dict[str, object]:
    return dict(address.completed(address.parse(text)).query)


def test_several_servers_are_named_as_postgresql_names_them() -> None:
    url = address.parse(TWO)
    assert address.hosts(url) == [("one.example", "5432"), ("two.example", "")]
    assert url.database == "counterfoil"
    assert completed(TWO)["target_session_attrs"] == "read-write"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (TWO, "postgresql://desk@one.example:5432,two.example/counterfoil"),
        (f"{TWO}?target_session_attrs=read-write&sslrootcert=/folder/root.crt", "{one}"),
        (f"{TWO}?sslmode=disable", "{one}?sslmode=disable"),
        ("postgresql://a%20b@[::1]:5433/c", "postgresql://a%20b@[::1]:5433/c"),
        (
            "postgresql://desk@/c?host=/var/run/postgresql",
            "postgresql://desk@/c?host=%2Fvar%2Frun%2Fpostgresql",
        ),
    ],
)
def test_an_address_is_told_so_that_somebody_can_type_it(typed: str, told: str) -> None:
    told = told.replace("{one}", "postgresql://desk@one.example:5432,two.example/counterfoil")
    assert address.told(address.parse(typed)) == told
    assert address.hosts(address.parse(told)) == address.hosts(address.parse(typed))


def test_the_root_certificate_somebody_chose_is_told_beside_the_address() -> None:
    assert address.root_of(address.parse(f"{TWO}?sslrootcert=/folder/root.crt")) == "/folder/root.crt"
    assert address.root_of(address.completed(address.parse(TWO))) == "", "the system's own are everywhere"


@pytest.mark.parametrize("host", ["server.example", "192.0.2.7", "one.example,127.0.0.1"])
def test_a_server_elsewhere_must_prove_who_it_is(host: str) -> None:
    told = completed(f"postgresql://desk@{host}/counterfoil")
    assert told["sslmode"] == "verify-full"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.1:5433", "[::1]:5432", ""])
def test_a_server_in_this_computer_need_not(host: str) -> None:
    assert "sslmode" not in completed(f"postgresql://desk@{host}/counterfoil")


def test_a_socket_is_in_this_computer() -> None:
    assert "sslmode" not in completed("postgresql://desk@/counterfoil?host=/var/run/postgresql")


def test_a_name_from_a_service_file_may_be_anywhere() -> None:
    assert completed("postgresql:///?service=shop")["sslmode"] == "verify-full"


def test_less_is_taken_from_whoever_says_so() -> None:
    assert completed("postgresql://desk@server.example/c?sslmode=disable")["sslmode"] == "disable"


@pytest.mark.parametrize(
    ("asks", "way"),
    [
        ("", "proven"),
        ("?sslmode=require", "encrypted"),
        ("?sslmode=prefer", "open"),
        ("?sslmode=disable", "open"),
    ],
)
def test_how_safe_the_way_is_can_be_told(asks: str, way: str) -> None:
    assert address.way_to(address.parse(f"postgresql://desk@server.example/c{asks}")) == way
    assert address.way_to(address.parse(f"postgresql://desk@localhost/c{asks}")) == "local"


def test_a_chosen_root_certificate_is_the_only_one_that_counts() -> None:
    told = completed("postgresql://desk@server.example/c?sslrootcert=/etc/own.crt")
    assert told["sslrootcert"] == "/etc/own.crt"


@pytest.mark.parametrize(
    "text",
    [TWO, "postgresql://desk@server.example/c?password=Secret-1", "postgresql://a:Secret-1@[::1]:54/c"],
)
def test_no_password_is_in_what_is_kept_or_said(text: str) -> None:
    url = address.parse(text)
    assert address.password_in(url) == "Secret-1"
    assert "Secret-1" not in address.as_text(address.without_password(url)) + address.where(url) + repr(url)
    assert address.hosts(address.parse(address.as_text(address.without_password(url)))) == address.hosts(url)


@pytest.mark.parametrize("text", ["", "server", "mysql://desk@server/c", "postgresql://desk@server:port/c"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(CannotDo) as no:
        address.parse(text)
    assert no.value.code == "address-wrong"


# --- what the world says ------------------------------------------------------------------------


def refused(text: str) -> CannotDo:
    database = Database(text)
    try:
        with pytest.raises(CannotDo) as no:
            database.revision()
    finally:
        database.close()
    assert "Secret-1" not in no.value.sentence + repr(no.value.facts)
    return no.value


@pytest.fixture(scope="module")
def asking() -> Iterator[Server]:
    with asking_for_passwords() as server:
        server.tell("create role desk login password 'Secret-1'")
        server.tell("create role gone nologin password 'Secret-1'")
        yield server


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("address_", "code"),
    [
        ("postgresql://desk:Secret-2@127.0.0.1:{port}/shop", "password-wrong"),
        ("postgresql://desk@127.0.0.1:{port}/shop", "password-wrong"),
        ("postgresql://gone:Secret-1@127.0.0.1:{port}/shop", "login-ended"),
        ("postgresql://desk:Secret-1@127.0.0.1:{port}/nowhere", "database-missing"),
        ("postgresql://desk:Secret-1@no-such-host.invalid:{port}/shop", "host-unknown"),
        ("postgresql://desk:Secret-1@127.0.0.1:1/shop", "database-unreachable"),
        ("postgresql://desk:Secret-1@127.0.0.1:{port}/shop?sslmode=verify-full", "tls-missing"),
        ("postgresql://desk:Secret-1@127.0.0.1:{port}/shop?sslmode=strict", "address-wrong"),
        ("postgresql://desk:Secret-1@127.0.0.1:{port}/shop?nonsense=1", "address-wrong"),
    ],
)
def test_each_reason_not_to_be_let_in_has_its_own_sentence(asking: Server, address_: str, code: str) -> None:
    assert refused(address_.format(port=asking.port)).code == code


@pytest.mark.postgres
def test_a_server_that_only_lets_read_is_passed_by_and_named(asking: Server) -> None:
    asking.tell("alter database shop set default_transaction_read_only = on")
    try:
        text = f"postgresql://desk:Secret-1@127.0.0.1:{asking.port}/shop"
        assert refused(text).code == "database-read-only"
    finally:
        asking.tell("alter database shop reset default_transaction_read_only")


@pytest.mark.postgres
def test_of_several_servers_the_one_that_answers_is_taken(asking: Server) -> None:
    database = Database(f"postgresql://desk:Secret-1@127.0.0.1:1,127.0.0.1:{asking.port}/shop")
    assert database.revision() == ""
    database.close()


# --- certificates -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    return Root(tmp_path_factory.mktemp("certificates"))


def verified(server: Server, root: Path) -> str:
    """This computer, which an address that says so in full is not spared to prove."""
    return (
        f"postgresql://counterfoil@localhost:{server.port}/postgres"
        f"?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert={root}"
    )


@pytest.mark.postgres
def test_a_certificate_of_this_name_is_trusted_and_only_by_its_root(root: Root, tmp_path: Path) -> None:
    with showing(root.vouch("localhost")) as server:
        database = Database(verified(server, root.file))
        with database.reading() as look:
            asked = "select ssl from pg_stat_ssl where pid = pg_backend_pid()"
            assert look.exec_driver_sql(asked).scalar() is True
        database.close()
        assert refused(verified(server, Root(tmp_path).file)).code == "tls-not-trusted"
        assert refused(verified(server, tmp_path / "none.crt")).code == "tls-root-missing"
        (tmp_path / "letter.crt").write_text("Dear guest")
        no = refused(verified(server, tmp_path / "letter.crt"))
        assert no.code == "tls-root-not-readable"
        assert "letter.crt" in no.sentence


@pytest.mark.postgres
def test_a_certificate_of_another_name_is_not(root: Root) -> None:
    with showing(root.vouch("other.example")) as server:
        assert refused(verified(server, root.file)).code == "tls-name-wrong"


@pytest.mark.postgres
def test_a_certificate_that_is_out_of_date_is_not(root: Root) -> None:
    with showing(root.vouch("localhost", first=-20, last=-2)) as server:
        assert refused(verified(server, root.file)).code == "tls-outdated"
