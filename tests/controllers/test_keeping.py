"""Secrets of this computer: the keyring where there is one, else a file that only its owner reads."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError

from controllers.keeping import Kept, Where, keep, kept


class FakeKeyring(KeyringBackend):
    """Remembers in `secrets`; `locked` refuses."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}
        self.locked = False

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise PasswordSetError("locked")
        self.secrets[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.secrets:
            raise PasswordDeleteError("none")
        del self.secrets[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    made = FakeKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    return made


def test_a_secret_lies_in_the_keyring_and_in_no_file(ring: FakeKeyring, tmp_path: Path) -> None:
    assert keep("backup", "an example phrase", tmp_path) is Where.KEYRING
    assert kept("backup", tmp_path) == Kept("an example phrase", Where.KEYRING)
    assert list(tmp_path.iterdir()) == []


def test_two_folders_keep_theirs_apart(ring: FakeKeyring, tmp_path: Path) -> None:
    keep("backup", "one", tmp_path / "a")
    keep("backup", "two", tmp_path / "b")
    assert kept("backup", tmp_path / "a").secret == "one"


@pytest.mark.parametrize("locked", [True, False])
def test_without_a_keyring_it_lies_in_a_file_only_its_owner_reads(
    ring: FakeKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    ring.locked = locked
    if not locked:
        from keyring.backends.fail import Keyring

        nobody: Any = Keyring()
        monkeypatch.setattr(keyring, "get_keyring", lambda: nobody)
    assert keep("backup", "an example phrase", tmp_path) is Where.FILE
    assert kept("backup", tmp_path) == Kept("an example phrase", Where.FILE)
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keep("backup", "", tmp_path)
    assert kept("backup", tmp_path).secret == ""


def test_a_keyring_that_opens_again_takes_the_secret_out_of_the_file(
    ring: FakeKeyring, tmp_path: Path
) -> None:
    ring.locked = True
    keep("backup", "one", tmp_path)
    ring.locked = False
    keep("backup", "one", tmp_path)
    assert "one" not in (tmp_path / "secrets.json").read_text()
    assert kept("backup", tmp_path) == Kept("one", Where.KEYRING)
