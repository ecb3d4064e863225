"""Says why a database server does not let us in, in a sentence that tells what to do about it.

Before somebody is let in, the server and the library answer with words alone, no codes. What no word is known
for is told as a server that does not answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.address import completed, hosts, where
from models.refusals import CannotDo

if TYPE_CHECKING:
    from sqlalchemy import URL

_WORDS = (
    (
        "address-wrong",
        ("invalid connection option", "invalid sslmode", "invalid port", "invalid integer value"),
    ),
    ("tls-name-wrong", ("does not match host name",)),
    (
        "tls-not-trusted",
        (
            "certificate verify failed",
            "signature failure",
            "root certificate file",
            "could not read root certificate",
        ),
    ),
    ("tls-missing", ("does not support ssl", "server does not support ssl", "ssl off", "no encryption")),
    ("login-ended", ("is not permitted to log in",)),
    ("password-wrong", ("password authentication failed", "no password supplied", 'role "')),
    ("database-missing", ('database "',)),
    ("not-let-in", ("pg_hba.conf",)),
    ("database-read-only", ("session is read-only", "hot standby mode", "in recovery mode")),
    ("server-full", ("too many clients", "remaining connection slots", "too many connections")),
    (
        "host-unknown",
        ("could not translate host name", "failed to resolve host", "name or service not known"),
    ),
    ("server-starting", ("starting up", "shutting down", "not yet accepting connections")),
)
"""A code, and what is said when it is the reason. The first that fits counts: the surer ones stand first."""

AWAY = frozenset(
    (
        "database-unreachable",
        "database-silent",
        "database-broke-off",
        "database-missing",
        "database-read-only",
        "host-unknown",
        "server-full",
        "server-starting",
        "tls-outdated",
    )
)
"""Refusals after which a desk that has worked with this server goes on without it, for it may come back."""

_CANNOT_BE_ASKED = AWAY | {"offline", "disk-full", "server-disk-full"}


def cannot_be_asked(no: CannotDo) -> bool:
    """Whether it is the database that hears nothing now, so that nothing is said about what it was asked."""
    return no.code in _CANNOT_BE_ASKED or no.code.startswith("database-")


_OURS = ("server closed", "timeout", "refused", "could not", "no route", "unreachable", "reset by peer")
"""What the library itself says of a line that broke, always in English."""

_STATES = {
    "25006": "database-read-only",
    "42501": "login-may-not",
    "53100": "server-disk-full",
}
"""What a server says while it works, by its own codes."""


def why_not_let_in(error: BaseException, url: URL) -> CannotDo:
    """The reason for which no connection came to be."""
    said = str(getattr(error, "orig", error)).lower()
    code = next((code for code, words in _WORDS if any(word in said for word in words)), "")
    if not code and _gave_password(error, said):
        code = "password-wrong"
    facts = _facts(url)
    if code == "tls-not-trusted":
        root = str(url.query.get("sslrootcert", ""))
        code = _about_root(root) or ("tls-outdated" if _is_outdated(url) else code)
        facts["file"] = root
    return CannotDo(code or "database-unreachable", **facts)


def _about_root(root: str) -> str:
    """What is wrong with the file a person chose; the system's own is not theirs to mend."""
    from models.certificate import what_is_wrong_with

    return what_is_wrong_with(root) if root not in ("", "system") else ""


def why_not_done(error: BaseException, url: URL) -> CannotDo | None:
    """The reason for which a server did not do what was asked, where it is one a person can do something about."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    code = _STATES.get(str(state))
    return CannotDo(code, **_facts(url)) if code else None


def _facts(url: URL) -> dict[str, object]:
    named = [host for host, _ in hosts(url) if host]
    return {
        "where": where(url),
        "host": ", ".join(named) or "this computer",
        "user": url.username or "",
        "name": url.database or "",
    }


def _is_outdated(url: URL) -> bool:
    from models.certificate import is_outdated

    root = str(completed(url).query.get("sslrootcert", ""))
    return any(is_outdated(host, int(port or 5432), root) for host, port in hosts(url) if host)


def _gave_password(error: BaseException, said: str) -> bool:
    """Whether the server hung up on a password and told so in its own language."""
    line: Any = getattr(getattr(error, "orig", error), "pgconn", None)
    if line is None or any(word in said for word in _OURS):
        return False
    try:
        return bool(line.used_password)
    except Exception:  # a line that is closed already knows nothing
        return False
