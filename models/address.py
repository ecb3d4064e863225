"""Reads the address of a shared database, and sees to it that nobody on the way can listen in.

The form is PostgreSQL's own: `postgresql://desk@server/counterfoil`, with several servers
`postgresql://desk@one:5432,two:5432/counterfoil`, of which the one that takes writes is worked on. What an address
does not say is filled in: the server must prove by its certificate that it is the one that was named, unless it
stands in this very computer. Whoever wants less says so in the address, and knows it.
"""

from __future__ import annotations

import ipaddress
import os
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from models.refusals import CannotDo

if TYPE_CHECKING:
    from sqlalchemy import URL

_SEVERAL = re.compile(
    r"^(?P<begin>postgres(?:ql)?(?:\+psycopg)?://(?:[^/?#]*@)?)(?P<hosts>[^/?#@]*,[^/?#@]*)(?P<rest>[/?].*)?$"
)
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where systems keep the authorities they trust, in one file."""

_SECRET = ("password", "sslpassword", "passfile")


class Way(StrEnum):
    """How safe the way to a server is."""

    LOCAL = "local"
    """Nothing leaves this computer."""
    PROVEN = "proven"
    """Encrypted, and the server proves that it is the one that was named."""
    ENCRYPTED = "encrypted"
    """Encrypted, but anybody could be at the other end."""
    OPEN = "open"
    """Whoever is on the way may read along."""


def parse(text: str | URL) -> URL:
    """What an address says. Raises CannotDo("address-wrong")."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(_one_by_one(text.strip()) if isinstance(text, str) else text)
        kind = url.get_backend_name()
    except (ArgumentError, ValueError, TypeError) as error:
        raise CannotDo("address-wrong") from error
    if kind == "postgres":
        url = url.set(drivername="postgresql")
    elif kind not in ("sqlite", "postgresql"):
        raise CannotDo("address-wrong")
    typed = url.query.get("password")
    if typed:  # where the library hides it, whoever prints an address
        url = url.difference_update_query(["password"]).set(password=str(typed))
    return url


def completed(url: URL) -> URL:
    """The address with everything it did not say: a server that takes writes, and that proves who it is."""
    told = {"target_session_attrs": "read-write"}
    if not is_local(url):
        told["sslmode"] = "verify-full"
    told |= dict(url.query)  # type: ignore[arg-type]
    if told.get("sslmode", "").startswith("verify") and "sslrootcert" not in told:
        root = trusted_by_system()
        if root:
            told["sslrootcert"] = root
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.set(query=told)


def is_local(url: URL) -> bool:
    """Whether nothing of what is said leaves this computer."""
    if "service" in url.query:
        return False
    return all(_is_here(host) for host in _listed(url, "hostaddr") or [host for host, _ in hosts(url)])


def way_to(url: URL) -> Way:
    """What an address asks for; a server that does less is refused."""
    if is_local(url):
        return Way.LOCAL
    mode = str(completed(url).query["sslmode"])
    if mode == "verify-full":
        return Way.PROVEN
    return Way.ENCRYPTED if mode in ("require", "verify-ca") else Way.OPEN


def hosts(url: URL) -> list[tuple[str, str]]:
    """The servers, in order: name (or folder of a socket) and port, '' for the usual one."""
    if url.host:
        return [(url.host, str(url.port or ""))]
    named = _listed(url, "host") or os.environ.get("PGHOST", "").split(",")
    ports = _listed(url, "port")
    told = []
    for number, name in enumerate(named):
        host, port = _split(name)
        told.append((host, port or (ports[min(number, len(ports) - 1)] if ports else "")))
    return told


def where(url: URL) -> str:
    """A shared database in words: who works on which one at which servers, and nothing that is secret."""
    named = ",".join(
        f"{host}:{port}" if port else host for host, port in hosts(url) if not host.startswith("/")
    )
    user = f"{url.username}@" if url.username else ""
    return f"postgresql://{user}{named}/{url.database or ''}"


def without_password(url: URL) -> URL:
    """The address as it may be kept in a file and shown on a screen."""
    left = {name: value for name, value in url.query.items() if name not in _SECRET}
    return url.set(query=left)._replace(password=None)


def password_in(url: URL) -> str:
    """The password an address was typed with, '' where it has none."""
    return str(url.password or "")


def with_password(url: URL, password: str) -> URL:
    """The address as a connection needs it."""
    return url.set(password=password) if password else url


def with_root(url: URL, file: str) -> URL:
    """The address whose server proves itself by this root certificate; '' for what the address says itself."""
    return url.update_query_dict({"sslrootcert": file}) if file else url


def as_text(url: URL) -> str:
    """The address in full. With a password in it, it goes to the driver and nowhere else."""
    return url.render_as_string(hide_password=False)


def told(url: URL) -> str:
    """The address as somebody reads and types it: the servers where they belong, nothing that goes without saying.

    Left out are the password, and the root certificate: it is a file of this computer (`root_of`).
    """
    said = {name: value for name, value in without_password(url).query.items() if name != "sslrootcert"}
    if said.get("target_session_attrs") == "read-write":
        said.pop("target_session_attrs")
    servers = hosts(url)
    if not servers or any(host.startswith(("/", "@")) for host, _ in servers):  # a socket has no place there
        return as_text(without_password(url).set(query=said))
    for name in ("host", "port"):
        said.pop(name, None)
    user = f"{quote(url.username, safe='')}@" if url.username else ""
    query = f"?{urlencode(said, doseq=True, safe='/:,')}" if said else ""
    return f"postgresql://{user}{','.join(_written(*one) for one in servers)}/{url.database or ''}{query}"


def root_of(url: URL) -> str:
    """The root certificate somebody chose for this address, '' where the system's authorities do."""
    file = str(url.query.get("sslrootcert", ""))
    return "" if file in ("system", trusted_by_system()) else file


def _written(host: str, port: str) -> str:
    host = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"{host}:{port}" if port else host


def trusted_by_system() -> str:
    """The file of the authorities this system trusts; a root certificate of the person's own comes before it."""
    own = Path.home() / ".postgresql" / "root.crt"
    if "PGSSLROOTCERT" in os.environ or own.exists():
        return ""
    told = os.environ.get("SSL_CERT_FILE", "")
    return next((file for file in (told, *_BUNDLES) if file and Path(file).exists()), "system")


def _one_by_one(text: str) -> str:
    """PostgreSQL's way of naming several servers, in the way the library reads it: each as a word of its own."""
    found = _SEVERAL.match(text)
    if found is None:
        return text
    path, mark, query = (found["rest"] or "/").partition("?")
    named = "&".join(f"host={name}" for name in found["hosts"].split(","))
    return f"{found['begin']}{path}?{named}{'&' + query if mark else ''}"


def _listed(url: URL, name: str) -> list[str]:
    told = url.query.get(name, ())
    words = [told] if isinstance(told, str) else list(told)
    return [one for word in words for one in word.split(",") if one]


def _split(name: str) -> tuple[str, str]:
    """'server:5432' in two; the colons of an IPv6 address without brackets are its own."""
    if name.startswith("["):
        host, _, port = name[1:].partition("]")
        return host, port.lstrip(":")
    host, colon, port = name.rpartition(":")
    return (host, port) if colon and ":" not in host and port.isdigit() else (name, "")


def _is_here(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
