"""Keeps the secrets of this computer: in the system's keyring, or, where there is none, in a file only its owner reads.

The file is not locked by anything but the rights of its folder, so whoever asks is told where a secret lies. A
keyring may ask its user something and take its time: nothing of this is called on the UI thread.
"""

from __future__ import annotations

import json
import os
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Any

from models.frozen import frozen
from models.refusals import CannotDo

SERVICE = "counterfoil"
_FILE = "secrets.json"
_NO_KEYRING = ("keyring.backends.fail", "keyring.backends.null")


class Where(StrEnum):
    """Where a secret lies."""

    KEYRING = "keyring"
    FILE = "file"


@frozen
class Kept:
    """A secret and where it lies; '' where there is none."""

    secret: str = field(default="", repr=False)
    where: Where = Where.KEYRING


def keep(name: str, secret: str, folder: Path) -> Where:
    """Keeps a secret of the data in `folder`; '' forgets it. Says where it lies."""
    if _to_keyring(name, secret, folder):
        _to_file(name, "", folder)
        return Where.KEYRING
    _to_file(name, secret, folder)
    return Where.FILE


def kept(name: str, folder: Path) -> Kept:
    """The secret, from wherever it lies; of a new one, where it would lie."""
    keyring = _keyring()
    if keyring is not None:
        try:
            found = keyring.get_password(SERVICE, _of(name, folder))
        except _errors():
            found = None
        if found:
            return Kept(str(found), Where.KEYRING)
    in_file = _read(folder).get(name, "")
    return Kept(in_file, Where.FILE if in_file or keyring is None else Where.KEYRING)


def _keyring() -> Any:
    """The system's keyring; None where this computer has none."""
    import keyring

    backend: Any = keyring.get_keyring()
    return None if type(backend).__module__ in _NO_KEYRING else backend


def _errors() -> tuple[type[Exception], ...]:
    """What a keyring says that is locked, refused by its user, or not there any more."""
    from keyring.errors import KeyringError

    return (KeyringError, RuntimeError, OSError)


def _of(name: str, folder: Path) -> str:
    """Practice and real data, and two desks of one user, keep theirs apart."""
    return f"{name} of {folder.resolve()}"


def _to_keyring(name: str, secret: str, folder: Path) -> bool:
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        if secret:
            keyring.set_password(SERVICE, _of(name, folder), secret)
        elif keyring.get_password(SERVICE, _of(name, folder)) is not None:
            keyring.delete_password(SERVICE, _of(name, folder))
    except _errors():
        return False
    return True


def _to_file(name: str, secret: str, folder: Path) -> None:
    secrets = _read(folder)
    if secrets.get(name, "") == secret:
        return
    if secret:
        secrets[name] = secret
    else:
        del secrets[name]
    file = folder / _FILE
    half = folder / (_FILE + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        with os.fdopen(
            os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as out:
            json.dump(secrets, out)
        os.replace(half, file)
    except OSError as error:
        raise CannotDo("file-not-writable", file=str(file), why=error.strerror or str(error)) from error


def _read(folder: Path) -> dict[str, str]:
    """What the file holds; one that cannot be read holds nothing, and the secret is asked for again."""
    try:
        told = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}
