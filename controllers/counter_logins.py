"""Gives each counter a login of its own on the PostgreSQL server, and takes it away again.

All of them belong to one group that holds the rights: the rows of the desk's tables, never the tables themselves, and
of the journal only to add. The first password of a login is the code its counter is told; what the counter then
chooses comes through a function of the one who made it, for a login may not lengthen its own life.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from models.joining import group_of, login_for

_MAY = text(
    "select (r.rolcreaterole or r.rolsuper) and pg_has_role(current_user, c.relowner, 'usage') "
    "from pg_roles r, pg_class c where r.rolname = current_user and c.oid = 'joinings'::regclass"
)
_HERE = text("select quote_ident(current_schema()), quote_ident(current_database()), current_database()")
_IS_THERE = text("select true from pg_roles where rolname = :name")
_VERIFIER = r"^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$"
_JOINED = """
create or replace function {schema}.counterfoil_joined(verifier text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    if verifier !~ '{verifier}' then
        return false;
    end if;
    update {schema}.joinings set used_at = now()
        where login = session_user and used_at is null and ended_at is null and expires_at > now();
    if not found then
        return false;
    end if;
    execute format('alter role %I with password %L valid until ''infinity''', session_user, verifier);
    return true;
end
$body$
"""


def may_make_logins(connection: Connection) -> bool:
    """Whether whoever works here may make logins, and has the tables to let others use them."""
    return bool(connection.execute(_MAY).scalar())


def make_login(connection: Connection, counter_id: int, code: str, until: str) -> str:
    """A login that opens with the code until then; what opened it before does so no more."""
    schema, database, name = connection.execute(_HERE).one()
    group, login = group_of(name), login_for(name, counter_id)
    _make_group(connection, group, schema, database)
    if connection.execute(_IS_THERE, {"name": login}).first() is None:
        _say(connection, f"create role {login} nologin")
    secret = verifier_of(connection, login, code)
    _say(connection, f"alter role {login} with login password '{secret}' valid until '{until}'")
    _say(connection, f"grant {group} to {login}")
    return login


def end_login(connection: Connection, login: str) -> None:
    """It gets in no more, and where it is in, it may do nothing from now on."""
    name = connection.execute(_HERE).one()[2]
    if connection.execute(_IS_THERE, {"name": login}).first() is None:
        return
    _say(connection, f"revoke {group_of(name)} from {login}")
    _say(connection, f"alter role {login} with nologin password null")
    try:
        with connection.begin_nested():
            told = "select pg_terminate_backend(pid) from pg_stat_activity where usename = :login"
            connection.execute(text(told), {"login": login})
    except DBAPIError:
        return  # only some may hang up for others; without its rights the line is of no use


def choose_password(connection: Connection, login: str, password: str) -> bool:
    """At the new counter: from now on it comes in with this one. False where the code has ended."""
    told = {"verifier": verifier_of(connection, login, password)}
    return bool(connection.execute(text("select counterfoil_joined(:verifier)"), told).scalar())


def verifier_of(connection: Connection, login: str, password: str) -> str:
    """What the server keeps of a password. Made here, so that the password stands in no log of the server."""
    driver: Any = connection.connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return made.decode()


def _make_group(connection: Connection, group: str, schema: str, database: str) -> None:
    if connection.execute(_IS_THERE, {"name": group}).first() is None:
        _say(connection, f"create role {group} nologin")
    rows, numbers = "select, insert, update, delete", "usage, select"
    for words in (
        _JOINED.format(schema=schema, verifier=_VERIFIER),
        f"revoke all on function {schema}.counterfoil_joined(text) from public",
        f"grant execute on function {schema}.counterfoil_joined(text) to {group}",
        f"grant connect on database {database} to {group}",
        f"grant usage on schema {schema} to {group}",
        f"grant {rows} on all tables in schema {schema} to {group}",
        f"grant {numbers} on all sequences in schema {schema} to {group}",
        f"alter default privileges in schema {schema} grant {rows} on tables to {group}",
        f"alter default privileges in schema {schema} grant {numbers} on sequences to {group}",
        f"revoke insert, update, delete on {schema}.alembic_version, {schema}.joinings from {group}",
        f"revoke update, delete on {schema}.journal from {group}",
    ):
        _say(connection, words)


def _say(connection: Connection, words: str) -> None:
    """Names come from us alone (letters, digits, underscores) or quoted by the server; nothing else is put in."""
    driver: Any = connection.connection.driver_connection
    driver.execute(words)
