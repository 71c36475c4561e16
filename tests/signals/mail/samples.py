"""Mails as people and mail programs write them, by hand."""

from pathlib import Path

from tests.needs import shared

OURS = frozenset({"@shop.example", "shop@partner.example"})
BY_HAND = {
    "gmail": "---------- Forwarded message ---------\nFrom: Ada Byron <ada@home.example>\n"
    "Date: Wed, Oct 27, 2021 at 9:31 AM\nSubject: Where is my parcel?\nTo: <help@shop.example>\n\nIt is late.\n",
    "apple, German": "Anfang der weitergeleiteten Nachricht:\n\n> Von: Ada Byron <ada@home.example>\n"
    "> Betreff: Where is my parcel?\n> Datum: 25. Oktober 2021 um 11:17:21 MESZ\n> An: help@shop.example\n"
    ">\n> It is late.\n",
    "outlook, French": "________________________________\nDe : Ada Byron <ada@home.example>\n"
    "Envoyé : mercredi 27 octobre 2021 15:14\nÀ : help@shop.example\nObjet : Where is my parcel?\n\nIt is late.\n",
    "new outlook": "From: Ada Byron <ada@home.example>\nDate: Thursday, 28 October 2021 at 12:46\n"
    "To: help@shop.example <help@shop.example>\nSubject: Where is my parcel?\nIt is late.\n",
    "old outlook": "-----Original Message-----\nFrom: Ada Byron [mailto:ada@home.example]\n"
    "Sent: 25 October 2021 11:17\nTo: help@shop.example\nSubject: Where is my parcel?\n\nIt is late.\n",
    "thunderbird, Polish": "-------- Treść przekazanej wiadomości --------\nTemat: \tWhere is my parcel?\n"
    "Data: \tWed, 3 Nov 2021 15:51:30 +0100\nNadawca: \tAda Byron <ada@home.example>\n"
    "Adresat: \thelp@shop.example\n\n\nIt is late.\n",
    "yahoo, one line": "   ----- Forwarded Message ----- From: Ada Byron <ada@home.example>To: "
    '"help@shop.example" <help@shop.example>Sent: Tuesday, November 2, 2021, 09:26:50 AM GMT+1'
    "Subject: Where is my parcel?\n It is late.\n",
    "mac outlook, Turkish": '"Ada Byron" <ada@home.example>, 28/10/2021 12:46 tarihinde şunu yazdı:\n\n'
    "    It is late.\n",
    "japanese": "---------- メッセージを転送 ---------\n送信元：Ada Byron <ada@home.example>\n"
    "日付：2022年9月19日月曜日 17:55:44 -0400\n件名：Where is my parcel?\n送信先：help@shop.example\n\nIt is late.\n",
    "samsung, German": "-------- Ursprüngliche Nachricht --------\nVon: Ada Byron <ada@home.example>\n"
    "Datum: 27.10.21 15:14 (GMT+01:00)\nAn: help@shop.example\nBetreff: Where is my parcel?\n\nIt is late.\n",
    "zoho": "============ Forwarded message ============\nFrom: Ada Byron <ada@home.example>\nTo: <help@shop.example>\n"
    "Date: Wed, 27 Oct 2021 15:14:00 +0200\nSubject: Where is my parcel?\n"
    "============ Forwarded message ============\n\nIt is late.\n",
    "notes": "----- Forwarded by Martin/Shop on 10/27/2021 03:14 PM -----\n\nFrom:\tAda Byron <ada@home.example>\n"
    "To:\thelp@shop.example\nDate:\t10/27/2021 09:31 AM\nSubject:\tWhere is my parcel?\n\n\nIt is late.\n",
    "mutt": "----- Forwarded message from Ada Byron <ada@home.example> -----\n\nDate: Wed, 27 Oct 2021 15:14:00 +0200\n"
    "From: Ada Byron <ada@home.example>\nTo: help@shop.example\nSubject: Where is my parcel?\n\nIt is late.\n",
    "qq, Chinese": '------------------ 原始邮件 ------------------\n发件人: "Ada Byron" <ada@home.example>;\n'
    '发送时间: 2021年10月27日下午3:14\n收件人: "help"<help@shop.example>;\n主题: Where is my parcel?\n\nIt is late.\n',
    "gmx, German": 'Gesendet: Mittwoch, 27. Oktober 2021 um 15:14 Uhr\nVon: "Ada Byron" <ada@home.example>\n'
    "An: help@shop.example\nBetreff: Where is my parcel?\n\nIt is late.\n",
    "outlook, Japanese": "________________________________\n差出人: Ada Byron <ada@home.example>\n"
    "送信日時: 2021年10月27日 15:14\n宛先: help@shop.example\n件名: Where is my parcel?\n\nIt is late.\n",
    "hebrew, with marks of direction": "---------- Forwarded message ---------\n\u200fמאת: \u200eAda Byron\u200e "
    "<ada@home.example>\u200e\nDate: יום ד׳\nSubject: Where is my parcel?\nTo: <help@shop.example>\n\nIt is late.\n",
    "korean": "---------- 전달된 메시지 ----------\n보낸 사람: Ada Byron <ada@home.example>\n날짜: 2021년 10월 27일\n"
    "제목: Where is my parcel?\n받는 사람: help@shop.example\n\nIt is late.\n",
    "em client, without colons": '------ Forwarded Message ------\nFrom "Ada Byron" <ada@home.example>\n'
    'To "help@shop.example" <help@shop.example>\nDate 10/27/2021 3:14:00 PM\nSubject Where is my parcel?\n\n'
    "It is late.\n",
    "outlook, Arabic": "________________________________\nمن: Ada Byron <ada@home.example>\n"
    "تم الإرسال: الأربعاء، 27 أكتوبر 2021\nإلى: help@shop.example\nالموضوع: Where is my parcel?\n\nIt is late.\n",
    "an address on a line of its own": "From: Ada Byron\n<ada@home.example>\nSent: Wednesday, October 27, 2021\n"
    "To: help@shop.example\nSubject: Where is my parcel?\n\nIt is late.\n",
    "a language nobody listed": "---------- Mesaĝo plusendita ----------\nSendinto: Ada Byron <ada@home.example>\n"
    "Dato: 3 majo\nTemo: Where is my parcel?\nRicevonto: help@shop.example\n\nIt is late.\n",
}
"""Forwards of one message, each as another program copies it."""


def mail(text: str | bytes = "", subject: str | None = "Hello", /, **headers: str) -> bytes:
    """The bytes of a mail; `x_y="z"` is the field "x-y: z". `None` leaves a field out."""
    fields = {"from": "Martin <martin@shop.example>", "to": "questions@shop.example", "subject": subject}
    fields |= {"content_type": "text/plain; charset=utf-8"} | headers
    head = "".join(
        f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items() if value is not None
    )
    return (
        head.encode() + b"\r\n" + (text if isinstance(text, bytes) else text.encode().replace(b"\n", b"\r\n"))
    )


def parts(*inner: bytes, kind: str = "mixed", **headers: str) -> bytes:
    """A mail of several parts, each with its own head."""
    body = b"".join(b"--cut here\r\n" + part + b"\r\n" for part in inner) + b"--cut here--\r\n"
    return mail(body, **{"content_type": f'multipart/{kind}; boundary="cut here"'} | headers)


def corpus(folder: str, pattern: str) -> list[Path]:
    """Files of a corpus of real mail."""
    return sorted(shared(f"data/mail/{folder}").rglob(pattern))
