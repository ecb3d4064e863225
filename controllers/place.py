"""Where the data of this computer lives: the folder, the database's address, practice or real."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.refusals import CannotDo

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.only_copy import OnlyCopy

PASSWORD = "database"
"""What the keyring knows the password of the shared database by."""


@dataclass
class Place:
    """What was said on the command line, and what was chosen on the first start."""

    folder: Path
    practice: bool = False
    told_database: str = ""
    told_now: str = ""
    starts_again: bool = False
    """Whether the program is to be started anew when its window is closed: the data are elsewhere now."""

    @property
    def is_new(self) -> bool:
        """Whether nobody has chosen yet where the data lives."""
        return not (self.told_database or self.practice or self._file.exists() or self._settings.exists())

    @property
    def database(self) -> str:
        """The address of the database, with its password where one is kept; its folder is made where it is missing.

        A keyring may take its time: asked on a lane only.
        """
        if self.told_database:
            return self.told_database
        kept = {} if self.practice else self._kept()
        if kept.get("database"):
            return self._with_password(str(kept["database"]), asked=bool(kept.get("password")))
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return f"sqlite:///{self._file}"

    def choose_practice(self) -> None:
        """Practice data from now on, in a folder of its own inside this one."""
        self.folder = self.folder / "practice"
        self.practice = True

    @property
    def counter(self) -> str:
        """The counter this computer joined as, '' where nobody said."""
        return "" if self.practice or self.told_database else str(self._kept().get("counter", ""))

    @property
    def shared(self) -> str:
        """The address of the shared database this computer joined, '' where there is none or it was only told so."""
        return "" if self.practice or self.told_database else str(self._kept().get("database", ""))

    @property
    def password_kept(self) -> str:
        """Where the password of the shared database lies: 'keyring', 'file', or '' where there is none."""
        return "" if self.practice or self.told_database else str(self._kept().get("password", ""))

    def choose_database(self, address: str, *, counter: str = "") -> None:
        """Keeps the address of a shared database; '' for a file of our own.

        A password in it goes into the keyring, or where there is none into a file of its own. On a lane only.
        """
        import json

        told = {"database": address}
        if address:
            from models import address as addresses

            url = addresses.parse(address)
            told["database"] = addresses.as_text(addresses.without_password(url))
            told["password"] = self.keep_password(addresses.password_in(url))
            told["counter"] = counter
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = self._settings.with_suffix(".part")
        with half.open("w", encoding="utf-8") as file:
            file.write(json.dumps(told))
            file.flush()
            os.fsync(file.fileno())  # after a power cut the new name must not stand for an empty file
        os.replace(half, self._settings)

    @property
    def choices(self) -> str:
        """What was chosen so far, for `choose_again`."""
        return self._settings.read_text(encoding="utf-8") if self._settings.exists() else ""

    def choose_again(self, choices: str, password: str = "") -> None:
        """What was chosen before something went wrong."""
        if choices:
            self.keep_password(password)
            self._settings.write_text(choices, encoding="utf-8")
        else:
            self.keep_password("")
            self._settings.unlink(missing_ok=True)

    def keep_password(self, password: str) -> str:
        """Where it lies from now on; '' forgets it. On a lane only."""
        from controllers import keeping

        where = keeping.keep(PASSWORD, password, self.folder)
        return where.value if password else ""

    def _follow(self, address: str) -> None:
        """A move was cut off at its very end: the file says where its data are, the password was kept before."""
        from controllers import keeping
        from models import address as addresses

        found = keeping.kept(PASSWORD, self.folder).secret
        url = addresses.with_password(addresses.parse(address), found)
        self.choose_database(addresses.as_text(url))

    def claim(self) -> OnlyCopy:
        """The data of this place, for one window. Raises CannotDo("running-already") where another one has them."""
        from controllers.only_copy import OnlyCopy

        return OnlyCopy(self._file.with_suffix(".lock"))

    @property
    def doorbell(self) -> str:
        """Where the window that has this place's data is spoken to by this user's other programs."""
        from controllers.only_copy import doorbell

        return doorbell(self._file)

    def open(self, counter: str) -> Desk:
        """The desk at this place, with the clock it was told. Raises CannotDo where it cannot be opened."""
        from controllers.desk import open_desk

        if self.told_now and not (self.practice or self.told_database or self._file.exists()):
            raise CannotDo("now-needs-practice")
        try:
            desk = open_desk(self.database, practice=self.practice, counter=counter, folder=self.folder)
        except CannotDo as no:
            if no.code == "password-wrong" and self._keyring_is_shut:
                raise CannotDo("keyring-shut") from no
            if no.code != "moved-away" or self.told_database or self._kept().get("database"):
                raise
            self._follow(str(no.facts["where"]))
            desk = open_desk(self.database, practice=self.practice, counter=counter, folder=self.folder)
        if self._file.exists() and not desk.database.is_sqlite and not self.told_database:
            from controllers.relocating import put_aside

            put_aside(self._file)
        self.set_clock(desk)
        return desk

    def set_clock(self, desk: Desk) -> None:
        """The time of day it was told, on practice data only; a time without an offset is the operator's."""
        from zoneinfo import ZoneInfo

        if not self.told_now:
            return
        if not desk.practice:
            raise CannotDo("now-needs-practice")
        now = datetime.fromisoformat(self.told_now)
        if now.tzinfo is None:
            with desk.reading() as look:
                now = now.replace(tzinfo=ZoneInfo(desk.operator(look).zone))
        desk.clock = lambda: now

    def _kept(self) -> dict[str, str]:
        import json

        try:
            return dict(json.loads(self._settings.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError) as error:
            raise CannotDo("settings-not-readable", file=str(self._settings)) from error

    def _with_password(self, address: str, *, asked: bool) -> str:
        if not asked:
            return address
        from controllers import keeping
        from models import address as addresses

        found = keeping.kept(PASSWORD, self.folder).secret
        return addresses.as_text(addresses.with_password(addresses.parse(address), found))

    @property
    def _keyring_is_shut(self) -> bool:
        """Whether the password was put into the keyring, and the keyring does not hand it out."""
        from models import address as addresses

        return self.password_kept == "keyring" and not addresses.password_in(addresses.parse(self.database))

    @property
    def _file(self) -> Path:
        return self.folder / ("practice.sqlite" if self.practice else "counterfoil.sqlite")

    @property
    def _settings(self) -> Path:
        return self.folder / "settings.json"


def own_folder(*, practice: bool) -> Path:
    """The folder the operating system gives a program for its data."""
    from platformdirs import user_data_path

    folder = user_data_path("counterfoil", appauthor=False)
    return folder / "practice" if practice else folder
