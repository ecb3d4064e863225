"""Keeps a password in the keyring of a session of its own, and says line by line what came of it.

python -m tests.controllers.keyring_talk FOLDER DAEMON-WORDS… (see test_keyring_soak.py)
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from controllers.place import Place

ADDRESS = "postgresql://desk:Secret-1%20%C3%A9@server.example/shop"


def main(folder: Path, daemon: list[str]) -> None:
    """Unlocked, locked, and with the daemon gone."""
    subprocess.run(daemon, input=b"an example phrase", check=True, stdout=subprocess.DEVNULL)
    place = Place(folder)
    place.choose_database(ADDRESS, counter="Harbour")
    say(kept=place.password_kept, address=Place(folder).database, file=(folder / "secrets.json").exists())
    locked = [*daemon[:1], "--replace", "--components=secrets"]
    subprocess.run(locked, check=True, stdout=subprocess.DEVNULL)
    begun = time.monotonic()
    address = Place(folder).database
    say(locked=address, seconds=time.monotonic() - begun)
    place.choose_database(ADDRESS, counter="Harbour")
    say(kept=place.password_kept, address=Place(folder).database, file=(folder / "secrets.json").exists())


def say(**facts: object) -> None:
    """One line of what came of it."""
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
