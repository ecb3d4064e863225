"""Files are opened by what they hold, in any encoding, and everything else is refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import Workbook

from controllers.channels import Kind, adapter_named, open_document, recognise
from controllers.channels.documents import LARGEST
from models.orders import Order
from models.refusals import CannotDo
from models.reservations import Status

FILES = Path(__file__).resolve().parent.parent / "fixtures" / "channels"


def text_of(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


def orders_of(name: str, data: bytes) -> list[Order]:
    document = open_document(name, data)
    orders = [raw.order() for raw in recognise(document).rows(document)]
    assert all(isinstance(order, Order) for order in orders), orders
    return [order for order in orders if isinstance(order, Order)]


def refusal(name: str, data: bytes) -> CannotDo:
    with pytest.raises(CannotDo) as refused:
        recognise(open_document(name, data))
    assert refused.value.facts["file"] == name
    assert "?" not in refused.value.sentence
    return refused.value


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book, kept = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(kept)
    return kept.getvalue()


# --- encodings and separators ------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"])
def test_korean_table_reads_the_same_in_every_encoding(encoding: str) -> None:
    text = text_of("myrealtrip.csv")
    assert orders_of("a.csv", text.encode(encoding)) == orders_of("a.csv", text.encode())


def test_same_row_has_the_same_fingerprint_in_every_encoding() -> None:
    text = text_of("myrealtrip.csv")
    documents = [open_document("a.csv", text.encode(encoding)) for encoding in ("utf-8", "cp949", "utf-16")]
    assert len({tuple(raw.digest for raw in recognise(each).rows(each)) for each in documents}) == 1


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("big5", "陳美玲,茶館散步導覽,下午出發"), ("shift_jis", "佐藤花子さん、カヤック体験")],
)
def test_old_east_asian_encodings_are_told_apart(encoding: str, name: str) -> None:
    text = text_of("rezio.csv").replace('"SAMPLE, ANNA"', f'"{name}"')
    assert orders_of("a.csv", text.encode(encoding))[0].lead == name


def test_western_encoding_of_an_excel_is_read() -> None:
    text = text_of("direct.csv").replace("Anna Sample", "Zoë Müller-Çelik")
    assert orders_of("a.csv", text.encode("cp1252"))[0].lead == "Zoë Müller-Çelik"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators(separator: str) -> None:
    text = text_of("direct.csv").replace(",", separator)
    assert orders_of("a.csv", text.encode()) == orders_of("a.csv", text_of("direct.csv").encode())


def test_heading_below_a_title_and_rows_counted_as_a_person_does() -> None:
    document = open_document("a.csv", f"Our sales, 2027\n\n{text_of('direct.csv')}".encode())
    assert [raw.row for raw in recognise(document).rows(document)] == [4, 5, 6]


def test_windows_line_ends() -> None:
    text = text_of("getyourguide.csv")
    assert orders_of("a.csv", text.replace("\n", "\r\n").encode()) == orders_of("a.csv", text.encode())


# --- Excel -------------------------------------------------------------------------------------------


def test_excel_reads_as_the_table_does() -> None:
    heading, *_ = text_of("direct.csv").splitlines()
    departs = datetime.fromisoformat("2027-02-01T14:00")
    row = ["P-1", "confirmed", "Tea House Walk", "Afternoon", departs, None, 2, 1.0, "Anna Sample"]
    data = workbook([heading.split(","), [*row, "anna@example.com", "+47 00000000", 75000, "KRW", None]])
    (order,) = orders_of("a.xlsx", data)
    expected = orders_of("a.csv", text_of("direct.csv").encode())[0]
    assert order == expected


def test_excel_date_without_a_date_format_is_a_number_of_days() -> None:
    heading, *_ = text_of("direct.csv").splitlines()
    data = workbook([heading.split(","), ["P-1", "confirmed", "Tea House Walk", "", 46419.5833333, "", 1]])
    (order,) = orders_of("a.xlsx", data)
    assert order.departs_on is not None
    assert order.departs_on.isoformat() == "2027-02-01"
    assert order.starts is not None
    assert order.starts.isoformat("minutes") == "14:00"


def test_cut_off_excel_is_refused() -> None:
    data = workbook([["reference", "status", "product"]])
    assert refusal("a.xlsx", data[: len(data) // 2]).code == "file-not-readable"


def test_zip_that_is_no_excel_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("readme.txt", "hello")
    assert refusal("a.xlsx", kept.getvalue()).code == "file-not-readable"


def test_small_excel_that_unpacks_to_gigabytes_is_refused_unopened() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (101 * 1024 * 1024))
    assert len(kept.getvalue()) < 1_000_000
    assert refusal("a.xlsx", kept.getvalue()).code == "file-too-large"


def test_excel_with_entities_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "b">]><workbook/>')
    assert refusal("a.xlsx", kept.getvalue()).code == "file-not-readable"


# --- refusals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b" \r\n\t\n", "file-empty"),
        (b"\xef\xbb\xbf", "file-empty"),
        (b",,,\n,,,\n", "file-empty"),
        (b"[]", "file-empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file-not-readable"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "file-not-readable"),
        (b"%PDF-1.7\n1 0 obj", "file-not-readable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "file-not-readable"),
        (bytes(range(256)) * 20, "file-not-readable"),
        (b"<!DOCTYPE html><html><body><table><tr><td>Order</td></tr></table>", "file-not-readable"),
        (b'{"a": [1, 2', "file-not-readable"),
        (b"[" * 100_000, "file-not-readable"),
        (b'{"orders": [{"number": "1"}]}', "format-unknown"),
        (b"name,colour,size\nball,red,4\n", "format-unknown"),
        (b"Dear all, see you tomorrow.", "format-unknown"),
        (b"a" + b" " * 300_000 + b"b\n" + b"(" * 300_000, "format-unknown"),
        (b"From: a@example.com\nSubject: lunch\n\nSee you.", "format-unknown"),
    ],
)
def test_what_is_no_order_list_is_refused_in_words(data: bytes, code: str) -> None:
    assert refusal("orders.csv", data).code == code


def test_refusal_names_the_file_without_its_folder() -> None:
    with pytest.raises(CannotDo) as refused:
        open_document("C:\\desk\\secret\\orders.csv", b"")
    assert refused.value.facts["file"] == "orders.csv"


def test_file_beyond_any_order_list_is_refused() -> None:
    assert refusal("orders.csv", b"a" * (LARGEST + 1)).code == "file-too-large"


def test_quotation_mark_that_is_never_closed_refuses_the_file() -> None:
    text = text_of("direct.csv").replace("Anna Sample", '"Anna Sample')
    assert refusal("a.csv", text.encode()).code == "file-not-readable"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"bookRequest": {"data": {"gygBookingReference": "GYGTEST"}}}', "API examples"),
        (
            '{"bookingRequestJson": {"requestType": "BookingRequest", "data": {"ApiKey": "x"}}}',
            "API examples",
        ),
        ('{"requestType": "BookingRequest", "data": {"ApiKey": "x"}}', "API messages"),
        (
            '{"id": "1", "notificationType": "BOOKING_UPDATE", "data": {"uuid": "2"}}',
            "a notification without an order",
        ),
    ],
)
@pytest.mark.parametrize("key", [None, "octo", "getyourguide"])
def test_what_systems_tell_each_other_is_no_order_of_ours(text: str, what: str, key: str | None) -> None:
    document = open_document("a.json", text.encode())
    with pytest.raises(CannotDo) as refused:
        (adapter_named(key) if key else recognise(document)).rows(document)
    assert (refused.value.code, refused.value.facts["what"]) == ("no-orders-of-ours", what)


# --- mails -------------------------------------------------------------------------------------------


def saved_mail(*, html: bool = False, transfer: str = "base64") -> bytes:
    headers, _, body = text_of("viator-mail.ko.txt").partition("\n\n")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = (header.split(": ", 1)[1] for header in headers.splitlines())
    mail["Date"] = "Sun, 10 Jan 2027 09:00:00 +0900"
    if html:
        cells = "".join(f"<tr><td>{row.replace(':', ':</td><td>', 1)}</td></tr>" for row in body.splitlines())
        mail.set_content("")
        mail.add_alternative(
            f"<html><style>p{{}}</style><table>{cells}</table></html>", subtype="html", cte=transfer
        )
    else:
        mail.set_content(body, cte=transfer)
    return mail.as_bytes()


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
@pytest.mark.parametrize("html", [False, True])
def test_saved_mail_tells_what_the_pasted_one_does(transfer: str, *, html: bool) -> None:
    (pasted,) = orders_of("a.txt", (FILES / "viator-mail.ko.txt").read_bytes())
    (saved,) = orders_of("a.eml", saved_mail(html=html, transfer=transfer))
    assert (saved.reference, saved.departs_on, saved.lines) == (
        pasted.reference,
        pasted.departs_on,
        pasted.lines,
    )
    assert (saved.lead, saved.request, saved.phone) == (pasted.lead, pasted.request, pasted.phone)
    assert saved.ordered_at == datetime.fromisoformat("2027-01-10T09:00:00+09:00")


def test_saved_mail_has_its_subject_decoded() -> None:
    document = open_document("a.eml", saved_mail())
    assert document.kind is Kind.MAIL
    assert document.headers["Subject"].endswith("새로운 예약")


def test_forwarded_mail_with_quotation_marks() -> None:
    _, _, body = text_of("klook-mail.txt").partition("\n\n")
    quoted = "\n".join(f"> {line}" for line in body.splitlines())
    (order,) = orders_of("a.txt", f"From: desk@example.com\nSubject: Fwd: booking\n\n{quoted}".encode())
    assert order.reference == "ABC270001"


def test_mail_pasted_without_its_headers() -> None:
    _, _, body = text_of("viator-mail.en.txt").partition("\n\n")
    assert orders_of("a.txt", body.encode())[0].reference == "BR-2700000001"


def test_mail_pasted_with_its_subject_alone() -> None:
    _, subject, body = text_of("viator-mail-cancel.txt").split("\n", 2)
    assert orders_of("a.txt", f"{subject}\n{body}".encode())[0].status is Status.CANCELLED


def test_message_that_starts_with_a_sentence_full_of_commas() -> None:
    _, _, body = text_of("viator-mail.en.txt").partition("\n\n")
    assert orders_of("a.txt", f"Hello, team, all, of you\n{body}".encode())[0].reference == "BR-2700000001"


def test_cancellation_policy_in_a_mail_cancels_nothing() -> None:
    text = text_of("getyourguide-mail.txt").replace(
        "Hi supply partner,", "Hi, see the cancellation policy below."
    )
    assert orders_of("a.txt", text.encode())[0].status is Status.CONFIRMED
    gone = text.replace("has been booked", "has been canceled")
    assert orders_of("a.txt", gone.encode())[0].status is Status.CANCELLED


def test_broken_wrapping_is_no_accident() -> None:
    data = (
        b"From: a\nSubject: =?utf-8?b?////?= =?x?y?z?=\nContent-Type: multipart/mixed; boundary=\n\n--\n\xff"
    )
    assert refusal("a.eml", data).code == "format-unknown"
