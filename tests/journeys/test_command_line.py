"""One whole life from the command line: what each command answers, and with which exit code."""

from __future__ import annotations

import json
import sqlite3
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

import app

NO_TEXT = "\udcff"
"""What Python makes of a byte that is no letter in the console's alphabet."""
PRODUCTS = """
[operator]
name = "Example Tours"
zone = "Asia/Seoul"
country = "KR"
currency = "KRW"

[[product]]
code = "WALK"
name = "Palace Walk"
refund = [ { until_days = 7, percent = 100 }, { until_days = 1, percent = 50 } ]
known_as = [ { channel = "rezio", name = "[WALK] Palace Walk" } ]
  [[product.option]]
  name = "Morning"
  starts = "09:30"
  minutes = 180
  capacity = 6
"""
REZIO = (
    "Order Number,Order Status,[Code] Product/Option,Customer,Amount,Payment Status,Balance,Source,"
    "Order Date,Departure Date,Person in Charge\n"
    '26KK100000001,New & Paid,[WALK] Palace Walk/Morning,"EXAMPLE, ANNA","TWD 3,200",Paid,TWD 0,KKday,'
    "2026-11-18 11:02,2026-12-08 09:30,\n"
    '26KK100000002,Confirmed,[WALK] Palace Walk/Morning,"EXAMPLE, BERT","TWD 1,600",Paid,TWD 0,KKday,'
    "2026-11-18 11:02,not a day,\n"
)


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Says words to the program on a practice desk of its own; answers with exit code and JSON."""

    def say(*words: str, now: str = "2026-11-22T10:00+09:00") -> tuple[int, Any]:
        given = ["--data", str(tmp_path / "desk"), "--practice", "--now", now, "--json", *words]
        try:
            code = app.main(given)
        except SystemExit as left:
            code = int(left.code or 0)
        out = capsys.readouterr().out
        return code, json.loads(out) if out.strip() else None

    return say


@pytest.fixture
def stocked(say: Any, tmp_path: Path) -> Any:
    """A desk with one product and one order that waits."""
    products, orders = tmp_path / "products.toml", tmp_path / "orders.csv"
    products.write_text(PRODUCTS, encoding="utf-8")
    orders.write_text(REZIO, encoding="utf-8")
    assert say("products", str(products))[0] == 0
    assert say("import", str(orders))[0] == 0
    return say


def test_import_gives_account_and_refuses_one_bad_row(say: Any, tmp_path: Path) -> None:
    products, orders = tmp_path / "products.toml", tmp_path / "orders.csv"
    products.write_text(PRODUCTS, encoding="utf-8")
    orders.write_text(REZIO, encoding="utf-8")
    say("products", str(products))

    dry = say("import", str(orders), "--dry-run")
    real = say("import", str(orders))
    again = say("import", str(orders))

    assert dry == real
    code, told = real
    (file,) = told["files"]
    assert (code, file["channel"], file["taken"], file["unchanged"], file["changed"]) == (
        0,
        "rezio",
        1,
        0,
        [],
    )
    assert [(row["row"], row["reference"]) for row in file["refused"]] == [(3, "26KK100000002")]
    assert (again[1]["files"][0]["taken"], again[1]["files"][0]["unchanged"]) == (0, 1)


def test_a_file_of_nobody_is_refused_whole(say: Any, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    code, told = say("import", str(tmp_path / "x.csv"))
    assert (code, told["refused"]) == (1, "format-unknown")
    assert say("list")[1] == []


def test_travelers_stay_hidden_until_confirmed(stocked: Any) -> None:
    assert stocked("list")[1][0]["traveler"] is None
    assert stocked("list", "--text", "ANNA")[1] == []
    confirmed = {"number": "CF-10001", "status": "CONFIRMED", "letter": False}  # no address is known
    assert stocked("confirm", "26kk 1000 00001")[1] == confirmed
    assert stocked("list", "--text", "ANNA")[1][0]["traveler"] == "EXAMPLE, ANNA"


def test_list_and_show_tell_the_promised_facts(stocked: Any) -> None:
    row = stocked("list")[1][0]
    assert {
        "number", "channel", "via", "reference", "status", "channel_status", "product", "departs_on", "departs_at",
        "party", "traveler", "amount_minor", "currency", "unmatched",
    } <= set(row)  # fmt: skip
    assert (row["channel"], row["via"], row["party"], row["unmatched"]) == ("kkday", "rezio", None, False)
    assert (row["departs_on"], row["departs_at"]) == ("2026-12-08", "2026-12-08T09:30:00+09:00")
    assert (row["amount_minor"], row["currency"]) == (320000, "TWD")
    shown = stocked("show", "CF-10001")[1]
    assert {"lines", "tickets", "payments", "refunds", "letters", "journal"} <= set(shown)


def test_the_whole_life(stocked: Any, tmp_path: Path) -> None:
    stocked("confirm", "CF-10001")
    code = stocked("show", "CF-10001")[1]["tickets"][0]["code"]
    pdf = tmp_path / "v.pdf"
    assert stocked("voucher", "CF-10001", "--out", str(pdf))[0] == 0
    assert pdf.read_bytes().startswith(b"%PDF")

    early = stocked("scan", code)[1][0]
    gate = stocked("scan", code, now="2026-12-08T09:10+09:00")[1][0]
    closed = stocked("close-trips", now="2026-12-08T13:00+09:00")[1]
    refused = stocked("cancel", "CF-10001", "--reason", "Too late", now="2026-12-08T13:05+09:00")

    assert (len(code), early["verdict"], early["admitted"]) == (26, "OTHER_DAY", 0)
    assert (gate["verdict"], gate["admitted"], gate["source"]) == ("ADMIT", 1, code)
    assert closed == [{"number": "CF-10001", "status": "REDEEMED"}]
    assert (refused[0], refused[1]["refused"]) == (1, "redeemed-is-final")
    assert stocked("show", "CF-10001")[1]["letters"][-1]["kind"] == "comment"


def test_a_scan_that_comes_twice_is_one_scan(stocked: Any) -> None:
    stocked("confirm", "CF-10001")
    scan_id = "6f1a3c1e-5b7d-4a57-9a1b-0d5b5c1c2f01"
    first = stocked("scan", "CF-10001", "--scan-id", scan_id, now="2026-12-08T09:10+09:00")
    retry = stocked("scan", "CF-10001", "--scan-id", scan_id, now="2026-12-08T09:40+09:00")
    later = stocked("scan", "CF-10001", now="2026-12-08T09:41+09:00")
    assert first == retry
    assert later[1][0]["verdict"] == "USED"


def test_several_references_are_answered_one_by_one(stocked: Any) -> None:
    code, told = stocked("confirm", "CF-10001", "NOBODY")
    assert [one.get("status") or one["refused"] for one in told] == ["CONFIRMED", "not-found"]
    assert code == 1


def test_another_time_is_for_practice_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = app.main(["--data", str(tmp_path), "--now", "2026-11-22T10:00+09:00", "--json", "list"])
    assert (code, json.loads(capsys.readouterr().out)["refused"]) == (2, "now-needs-practice")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("reviews", "--from", "0001-01-01", "--to", "9999-12-31"), ""),
        (("list", "--from", "0001-01-01", "--to", "9999-12-31", "--text", NO_TEXT), ""),
        (("reviews", "--guide", NO_TEXT), "text-not-kept"),
        (("review", "CF-10001", "--rating", "5" * 5_000), "rating-wrong"),
        (("scan", "X", "--counter", NO_TEXT), "text-not-kept"),
        (("voucher", "CF-10001", "--out", NO_TEXT), "voucher-not-yet"),
        (("import", f"{NO_TEXT}.csv"), "file-not-readable"),
        (("--as", NO_TEXT, "list"), "sign-in-wrong"),
    ],
)
def test_odd_words_get_a_sentence_also_where_they_are_no_text(
    stocked: Any, words: tuple[str, ...], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = BytesIO(f"{NO_TEXT}\n".encode("utf-8", "surrogateescape"))
    monkeypatch.setattr("sys.stdin", TextIOWrapper(line, encoding="utf-8", errors="surrogateescape"))
    told = stocked(*words)[1]
    assert (told["refused"] if code else told) == (code or [])


def test_a_secret_that_is_no_text_gets_a_sentence(say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"\xff\n"), encoding="utf-8"))
    assert say("--as", "Owner", "list")[1]["refused"] == "file-not-readable"


def test_an_old_console_is_told_what_it_has_no_signs_for(
    stocked: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = TextIOWrapper(BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", console)
    assert app.main(["--data", str(tmp_path / "desk"), "--practice", "--json", "import", "예시.csv"]) == 1
    told = json.loads(console.buffer.getvalue())  # type: ignore[attr-defined]
    assert told["files"][0]["file"] == "예시.csv"


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("confirm",),
        ("list", "--from", "soon"),
        ("pay", "X"),
        ("--now", "9999-12-31T23:59", "close-trips"),
        ("--now", "0001-01-01T00:00", "expire"),
    ],
)
def test_wrong_usage_is_told_apart(say: Any, words: tuple[str, ...]) -> None:
    assert say(*words)[0] == 2


def test_a_backup_opens_as_a_desk_and_restore_asks_before_writing_over(stocked: Any, tmp_path: Path) -> None:
    stocked("confirm", "CF-10001")
    code = stocked("show", "CF-10001")[1]["tickets"][0]["code"]
    file = tmp_path / "copy.sqlite"
    assert stocked("backup", str(file))[0] == 0
    assert stocked("restore", str(file))[1]["refused"] == "already-there"
    stocked("cancel", "CF-10001", "--reason", "A try")
    assert stocked("restore", str(file), "--replace")[0] == 0
    assert stocked("show", "CF-10001")[1]["tickets"][0]["code"] == code


def test_verify_finds_a_changed_entry(stocked: Any, tmp_path: Path) -> None:
    assert stocked("verify")[0] == 0
    with sqlite3.connect(tmp_path / "desk" / "practice.sqlite") as database:
        database.execute("drop trigger journal_no_update")
        database.execute("update journal set details = '{}' where seq = 2")
    code, told = stocked("verify")
    assert (code, told["refused"]) == (1, "chain-broken")


def test_a_damaged_backup_changes_nothing(stocked: Any, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite"
    stocked("backup", str(file))
    data = bytearray(file.read_bytes())
    for page in range(5, 25):
        data[4096 * page : 4096 * (page + 1)] = bytes(4096)
    file.write_bytes(data)
    assert stocked("restore", str(file), "--replace")[1]["refused"] == "backup-damaged"
    assert len(stocked("list")[1]) == 1


def test_a_backup_never_lands_on_the_database_itself(stocked: Any, tmp_path: Path) -> None:
    live = tmp_path / "desk" / "practice.sqlite"
    assert stocked("backup", str(live))[1]["refused"] == "backup-onto-itself"
    assert len(stocked("list")[1]) == 1


def test_an_unreadable_picture_lets_nobody_in(stocked: Any, tmp_path: Path) -> None:
    stocked("confirm", "CF-10001")
    at = "2026-12-08T09:10+09:00"
    code, told = stocked("scan", "CF-10001", str(tmp_path / "missing.png"), now=at)
    assert (code, told["refused"]) == (1, "picture-not-readable")
    assert stocked("show", "CF-10001")[1]["arrived"] == 0


def test_a_scan_id_belongs_to_one_code(stocked: Any) -> None:
    stocked("confirm", "CF-10001")
    scan_id, at = "6f1a3c1e-5b7d-4a57-9a1b-0d5b5c1c2f02", "2026-12-08T09:10+09:00"
    assert stocked("scan", "CF-10001", "--scan-id", scan_id, now=at)[0] == 0
    assert stocked("scan", "11111", "--scan-id", scan_id, now=at)[1]["refused"] == "scan-id-used"


def test_the_clock_may_go_back_between_scans(stocked: Any) -> None:
    stocked("confirm", "CF-10001")
    late = stocked("scan", "CF-10001", now="2026-12-08T12:00+09:00")[1][0]
    early = stocked("scan", "CF-10001", now="2026-12-08T09:00+09:00")[1][0]
    assert (late["verdict"], early["verdict"]) == ("TOO_LATE", "ADMIT")
    assert late["scan_id"] != early["scan_id"]


@pytest.mark.parametrize("address", ["foo", "mysql://x/y", "postgresql://h:abc/x"])
def test_an_address_that_is_none_is_wrong_usage(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--db", address, "--json", "list"]) == 2
    assert json.loads(capsys.readouterr().out)["refused"] == "address-wrong"


def test_a_typed_name_is_not_kept_readably(stocked: Any, tmp_path: Path) -> None:
    stocked("scan", "김예시")
    with sqlite3.connect(tmp_path / "desk" / "practice.sqlite") as database:
        (kept,) = database.execute("select text from scans").fetchone()
    assert "김" not in kept


def test_money_that_goes_back_is_listed_and_marked(stocked: Any) -> None:
    hole = stocked("cancel", "26KK100000001", "--reason", "Ask {{ nobody }}.", "--told", "channel")
    assert hole[1]["refused"] == "reason-has-holes"
    words = "{{ number }} is full."
    code, told = stocked("cancel", "26KK100000001", "--reason", words, "--told", "channel")
    assert (code, told["status"]) == (0, "CANCELLED")
    assert f"{told['number']} is full." in str(stocked("show", told["number"])[1])
    assert stocked("refunds")[1] == []
    (theirs,) = stocked("refunds", "theirs")[1]
    assert (theirs["number"], theirs["collector"]) == (told["number"], "channel")
    code, refused = stocked("refund-done", told["number"], "--method", "card")
    assert (code, refused["refused"]) == (1, "refund-theirs")
