"""A sealed copy opens with its passphrase only, and every changed byte of it is found."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controllers import sealed
from controllers.sealed import opens, seal, unseal
from models.refusals import CannotDo

PHRASE = "an example phrase"
CHUNK = 64


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small chunks, and a key that costs little: the way through the format is the same."""
    monkeypatch.setattr(sealed, "_COST", 4)
    monkeypatch.setattr(sealed, "_CHUNK", 6)


def sealed_file(folder: Path, told: bytes, phrase: str = PHRASE) -> Path:
    out = io.BytesIO()
    seal([told[:7], told[7:]], out, phrase)
    file = folder / "copy.sealed"
    file.write_bytes(out.getvalue())
    return file


def refused(file: Path, phrase: str = PHRASE) -> str:
    with pytest.raises(CannotDo) as no:
        list(unseal(file, phrase))
    assert no.value.sentence
    return no.value.code


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 10 * CHUNK, 10 * CHUNK + 5])
def test_what_was_sealed_comes_back(tmp_path: Path, length: int) -> None:
    told = bytes(n % 251 for n in range(length))
    file = sealed_file(tmp_path, told)
    assert b"".join(unseal(file, PHRASE)) == told
    assert told[:20] not in file.read_bytes() or length < 20


def test_another_passphrase_is_told_from_a_damaged_file(tmp_path: Path) -> None:
    file = sealed_file(tmp_path, b"x" * 200)
    assert refused(file, "another phrase") == "passphrase-wrong"
    assert (opens(file, PHRASE), opens(file, "another phrase")) == (True, False)


def test_every_byte_that_is_changed_is_found(tmp_path: Path) -> None:
    file = sealed_file(tmp_path, b"x" * 150)
    whole = file.read_bytes()
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        file.write_bytes(changed)
        in_proof = sealed._HEAD.size + 8 <= at < sealed._WHOLE
        expected = "backup-not-ours" if at < 8 else "passphrase-wrong" if in_proof else "backup-damaged"
        assert refused(file) == expected, at


def test_a_file_that_was_cut_off_is_damaged_wherever_it_ends(tmp_path: Path) -> None:
    whole = sealed_file(tmp_path, b"x" * 150).read_bytes()
    file = tmp_path / "cut.sealed"
    for length in range(8, len(whole)):
        file.write_bytes(whole[:length])
        assert refused(file) == "backup-damaged", length


def test_chunks_that_change_places_are_found(tmp_path: Path) -> None:
    file = sealed_file(tmp_path, bytes(range(4 * CHUNK)))
    whole, size, start = file.read_bytes(), CHUNK + 16, sealed._WHOLE
    first, second = whole[start : start + size], whole[start + size : start + 2 * size]
    file.write_bytes(whole[:start] + second + first + whole[start + 2 * size :])
    assert refused(file) == "backup-damaged"
    file.write_bytes(whole[:start] + first + first + whole[start + 2 * size :])
    assert refused(file) == "backup-damaged"


def test_a_file_of_a_newer_format_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "VERSION", 2)
    file = sealed_file(tmp_path, b"x")
    monkeypatch.setattr(sealed, "VERSION", 1)
    assert refused(file) == "backup-newer"


def test_a_file_may_not_ask_for_all_the_memory(tmp_path: Path) -> None:
    dear = sealed.Header(0, 40, 8, 1, 6, bytes(16), bytes(7)).packed()
    file = tmp_path / "dear.sealed"
    file.write_bytes(dear + sealed._checksum(dear) + bytes(16) + bytes(40))
    assert refused(file) == "backup-damaged"


def test_the_same_letters_typed_on_another_keyboard_open_it(tmp_path: Path) -> None:
    file = sealed_file(tmp_path, b"x", "caf\u00e9 caf\u00e9 caf\u00e9")
    assert list(unseal(file, "cafe\u0301 cafe\u0301 cafe\u0301")) == [b"x"]


@given(st.binary(max_size=300))
def test_no_file_whatsoever_is_a_fault(tmp_path_factory: pytest.TempPathFactory, rubbish: bytes) -> None:
    file = tmp_path_factory.mktemp("rubbish") / "file.sealed"
    for head in (b"", sealed.MAGIC):
        file.write_bytes(head + rubbish)
        assert refused(file) in {"backup-not-ours", "backup-damaged"}
