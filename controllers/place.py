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


@dataclass
class Place:
    """What was said on the command line, and what was chosen on the first start."""

    folder: Path
    practice: bool = False
    told_database: str = ""
    told_now: str = ""

    @property
    def is_new(self) -> bool:
        """Whether nobody has chosen yet where the data lives."""
        return not (self.told_database or self.practice or self._file.exists() or self._settings.exists())

    @property
    def database(self) -> str:
        """The address of the database; its folder is made where it is missing."""
        if self.told_database:
            return self.told_database
        kept = "" if self.practice else self._kept()
        if kept:
            return kept
        self.folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self._file}"

    def choose_practice(self) -> None:
        """Practice data from now on, in a folder of its own inside this one."""
        self.folder = self.folder / "practice"
        self.practice = True

    def choose_database(self, address: str) -> None:
        """Keeps the address of a shared database; '' for a file of our own."""
        import json

        self.folder.mkdir(parents=True, exist_ok=True)
        half = self._settings.with_suffix(".part")
        half.write_text(json.dumps({"database": address}), encoding="utf-8")
        os.replace(half, self._settings)

    def claim(self) -> OnlyCopy:
        """The data of this place, for one window. Raises CannotDo("running-already") where another one has them."""
        from controllers.only_copy import OnlyCopy

        return OnlyCopy(self._file.with_suffix(".lock"))

    def open(self, counter: str) -> Desk:
        """The desk at this place, with the clock it was told. Raises CannotDo where it cannot be opened."""
        from controllers.desk import open_desk

        if self.told_now and not (self.practice or self.told_database or self._file.exists()):
            raise CannotDo("now-needs-practice")
        desk = open_desk(self.database, practice=self.practice, counter=counter, folder=self.folder)
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

    def _kept(self) -> str:
        import json

        try:
            return str(json.loads(self._settings.read_text(encoding="utf-8")).get("database") or "")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, AttributeError) as error:
            raise CannotDo("settings-not-readable", file=str(self._settings)) from error

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
