"""Dovecot on loopback, as most mail providers run it: a second opinion on what a mailbox does."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.certificates import Certificate
from tests.ports import free_port

PROGRAM = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else "")
USER, PASSWORD = "desk", "open sesame"
_SOON_S = 30.0


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server; `mails` is the folder into which new mails are dropped."""

    port: int
    mails: Path

    def put(self, mail: bytes, name: str) -> None:
        """A mail arrives, as a delivery program leaves it."""
        kept = self.mails / "tmp" / name
        kept.write_bytes(mail)
        kept.rename(self.mails / "new" / name)


@contextmanager
def running_dovecot(certificate: Certificate) -> Iterator[Dovecot]:
    """The server, until the end of the block. Its folder's name is short: its sockets lie in it."""
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name:
        Path(name).chmod(0o755)
        with _running(Path(name), certificate) as server:
            yield server


@contextmanager
def _running(folder: Path, certificate: Certificate) -> Iterator[Dovecot]:
    mails, port = folder / "mails", free_port()
    for part in ("new", "cur", "tmp"):
        (mails / part).mkdir(parents=True)
    config = folder / "dovecot.conf"
    config.write_text(_config(folder, mails, port, certificate))
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    _give_away(folder)
    server = subprocess.Popen([PROGRAM, "-F", "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Dovecot(port, mails)
    finally:
        server.terminate()
        server.wait(_SOON_S)


def _config(folder: Path, mails: Path, port: int, certificate: Certificate) -> str:
    me = pwd.getpwnam("dovecot" if os.geteuid() == 0 else getpass.getuser())
    return f"""
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
ssl = required
ssl_cert = <{certificate.file}
ssl_key = <{certificate.key}
mail_location = maildir:{mails}
mail_uid = {me.pw_uid}
mail_gid = {me.pw_gid}
first_valid_uid = 1
default_internal_user = {me.pw_name}
default_login_user = {me.pw_name}
maildir_stat_dirs = yes
auth_mechanisms = plain login
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={me.pw_uid} gid={me.pw_gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


def _give_away(folder: Path) -> None:
    """Who runs as root keeps mails as somebody else: Dovecot insists on it."""
    if os.geteuid() != 0:
        return
    for place in (folder, *folder.rglob("*")):
        shutil.chown(place, "dovecot", "dovecot")


def _wait(port: int) -> None:
    until = time.monotonic() + _SOON_S
    while time.monotonic() < until:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("Dovecot did not come up")
