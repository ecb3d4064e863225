"""Mails that nobody's program should send and that arrive all the same."""

from __future__ import annotations

from tests.mails.building import a_raw_mail

_WHO = "From: a@b.example\n"
_PLAIN = _WHO + "Content-Type: text/plain"
_MIXED = _WHO + "Content-Type: multipart/mixed; boundary=x"
_REPORT = "From: mailer-daemon@x.example\nContent-Type: multipart/report; boundary=x"

BROKEN = {
    "nothing": b"",
    "no headers": b"\r\n\r\nhello",
    "only zeros": b"\x00" * 5000,
    "no end of a part": a_raw_mail(_MIXED, b"--x\r\nContent-Type: text/html\r\n\r\n<p>hi"),
    "a boundary of nothing": a_raw_mail(_MIXED[:-1] + '""', b"----\r\n\r\nhi"),
    "unknown charset": a_raw_mail(_PLAIN + "; charset=klingon", "안녕".encode()),
    "wrong charset": a_raw_mail(_PLAIN + "; charset=us-ascii", "안녕하세요 반갑습니다".encode("cp949")),
    "broken base64": a_raw_mail(_PLAIN + "\nContent-Transfer-Encoding: base64", b"!!!=a=b"),
    "broken words": a_raw_mail(
        "From: =?utf-8?B?!!!?= <a@b.example>\nSubject: =?big5?Q?=ff?= =?x?y?z?=", b"hi"
    ),
    "two senders": a_raw_mail("From: a@b.example, c@d.example\nFrom: e@f.example", b"hi"),
    "no address": a_raw_mail("From: nobody\nTo: <<<>>>@@@\nDate: yesterday\nMessage-ID: no id", b"hi"),
    "bytes for a sender": b"From: \xff\xfe <\xff\xfe@b.example>\r\nTo: \xff@x\r\nMessage-ID: <\xff@x>\r\n\r\nhi",
    "half signs": a_raw_mail(_WHO + "Subject: \x7f\x01", b"\xed\xa0\x80 half"),
    "deep": a_raw_mail(_MIXED, b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 3000),
    "many parts": a_raw_mail(_MIXED, b"--x\r\n\r\nhi\r\n" * 3000),
    "long header": a_raw_mail(_WHO + "Subject: " + "x" * 300_000, b"hi"),
    "many ids": a_raw_mail(_WHO + "References: " + " ".join(f"<{i}@x>" for i in range(20_000)), b"hi"),
    "forged report": a_raw_mail(_REPORT, b"--x\r\nContent-Type: message/delivery-status\r\n\r\n\r\nx"),
    "injected": a_raw_mail(_WHO + "Subject: =?utf-8?q?hi=0d=0aBcc:_x@y.example?=", b"hi"),
}
