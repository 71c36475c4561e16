"""The readable text and the files of a mail, however it is put together."""

import base64
import io
import zipfile

import pytest

from andon.signals.mail import read
from tests.signals.mail.samples import mail, parts

PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n"


def page(html: str):
    return read(mail(html, content_type="text/html; charset=utf-8"))


def text_of(data: bytes, charset: str | None) -> str:
    kind = "text/plain" if charset is None else f"text/plain; charset={charset}"
    return read(mail(data, content_type=kind)).text


@pytest.mark.parametrize(
    ("charset", "said"),
    [
        ("utf-8", "Grüße €"),
        ("iso-8859-1", "Grüße"),
        ("windows-1252", "“Grüße” €"),
        ("utf-7", "Grüße"),
        ("utf-16", "Grüße"),
        ("iso-2022-jp", "ありがとう"),
        ("shift_jis", "ありがとう"),
        ("gb18030", "你好，订单"),
        ("gb2312", "你好"),
        ("big5", "你好"),
        ("euc-kr", "안녕하세요"),
        ("koi8-r", "Здравствуйте"),
        ("windows-1251", "Здравствуйте"),
    ],
)
def test_every_charset_is_read(charset, said):
    assert text_of(said.encode(charset), charset) == said


@pytest.mark.parametrize(
    ("data", "declared", "said"),
    [
        ("“Grüße” €".encode("cp1252"), "iso-8859-1", "“Grüße” €"),
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("Grüße".encode("latin-1"), "us-ascii", "Grüße"),
        ("Grüße".encode("latin-1"), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), None, "Grüße"),
        ("Grüße".encode(), None, "Grüße"),
        ("Grüße".encode(), "nobody-knows-8", "Grüße"),
        ("Grüße".encode("latin-1"), "nobody-knows-8", "Grüße"),
        ("Grüße".encode(), "base64", "Grüße"),
        ("Grüße".encode(), "hex", "Grüße"),
        (
            "订单没有收到，请问什么时候退款？谢谢你们的帮助。".encode("gb18030"),
            None,
            "订单没有收到，请问什么时候退款？谢谢你们的帮助。",
        ),
        ("Здравствуйте, посылка не пришла".encode("koi8-r"), None, "Здравствуйте, посылка не пришла"),
        ("Здравствуйте, посылка не пришла".encode("cp1251"), None, "Здравствуйте, посылка не пришла"),
        (
            "ありがとうございます。届いていません。".encode("cp932"),
            None,
            "ありがとうございます。届いていません。",
        ),
        ("你好，订单".encode("gb18030"), "gb2312", "你好，订单"),
    ],
)
def test_a_wrong_or_missing_charset_is_seen_through(data, declared, said):
    assert text_of(data, declared) == said


def test_what_was_guessed_is_said():
    assert read(mail("Grüße".encode("latin-1"), content_type="text/plain; charset=utf-8")).notes


def test_no_lone_half_of_a_character_and_no_nul_comes_out():
    text = text_of(b"a\0b+2AA-c", "utf-7")
    assert "\0" not in text
    text.encode()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", base64.encodebytes("Grüße".encode())),
        ("BASE64 ", base64.encodebytes("Grüße".encode())),
        ("base64", b"R3LDvMOfZQ"),
        ("base64", b"R3LD!vMOf\r\nZQ==\r\n"),
        ("quoted-printable", b"Gr=C3=BC=\r\n=C3=9Fe"),
        ("quoted-printable", b"Gr=c3=bc=C3=9Fe"),
        ("7-bit", "Grüße".encode()),
        ("", "Grüße".encode()),
        ("nonsense", "Grüße".encode()),
        ("x-uuencode", b"begin 644 a.txt\r\n'1W+#O,.?90``\r\n`\r\nend\r\n"),
        ("base64", "Grüße! Das ist kein base64.".encode()),
    ],
)
def test_every_wrapping_is_taken_off(encoding, body):
    assert read(mail(body, content_transfer_encoding=encoding)).text.startswith("Grüße")


class TestParts:
    def test_of_two_ways_to_say_it_the_plain_one_is_read(self):
        letter = read(parts(PLAIN + b"plain", HTML + b"<p>page</p>", kind="alternative"))
        assert (letter.text, letter.html) == ("plain", "<p>page</p>")

    def test_a_plain_one_that_only_points_at_the_page_is_not(self):
        stub = b"This message is in HTML. Please use another program to read it."
        letter = read(parts(PLAIN + stub, HTML + b"<p>" + b"It is late. " * 30 + b"</p>", kind="alternative"))
        assert letter.text.startswith("It is late.")

    def test_an_empty_plain_one_is_not(self):
        assert (
            read(parts(PLAIN + b" \r\n", HTML + b"<p>It is late.</p>", kind="alternative")).text
            == "It is late."
        )

    def test_texts_one_after_the_other_are_all_read(self):
        assert read(parts(PLAIN + b"one", PLAIN + b"two")).text == "one\n\ntwo"

    def test_a_missing_end_loses_nothing(self):
        raw = parts(PLAIN + b"one", PLAIN + b"two").replace(b"--cut here--\r\n", b"")
        assert read(raw).text == "one\n\ntwo"

    def test_a_boundary_that_was_not_named_is_found(self):
        raw = parts(PLAIN + b"one", HTML + b"two").replace(b'; boundary="cut here"', b"")
        assert read(raw).text == "one\n\ntwo"

    def test_a_boundary_that_is_never_met_leaves_the_text(self):
        assert read(mail("It is late.", content_type='multipart/mixed; boundary="x"')).text == "It is late."

    def test_a_boundary_that_begins_like_another_is_another(self):
        inner = b'Content-Type: multipart/alternative; boundary="cut here too"\r\n\r\n'
        inner += b"--cut here too\r\n" + PLAIN + b"deep\r\n--cut here too--\r\n"
        assert read(parts(inner, PLAIN + b"flat")).text == "deep\n\nflat"

    def test_parts_without_any_text_leave_what_stands_around_them(self):
        assert (
            "It is late."
            in read(mail("It is late.\n--x\n--x--", content_type="multipart/mixed; boundary=x")).text
        )

    def test_a_broken_type_is_plain_text(self):
        assert read(mail("It is late.", content_type="rubbish; ;;=")).text == "It is late."

    def test_parts_nested_beyond_reason_are_still_kept(self):
        bomb = b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(2000)
        )
        assert "deep" in read(bomb + b"\r\ndeep").text

    def test_parts_beyond_counting_are_still_kept(self):
        letter = read(
            mail(
                b"--x\r\n\r\na\r\n" * 20_000 + b"--x\r\n\r\nlast", content_type="multipart/mixed; boundary=x"
            )
        )
        assert letter.text.endswith("last")


class TestPages:
    def test_nothing_of_a_script_or_a_style_is_text(self):
        html = (
            "<style>p {color: red}</style><script>alert('x')</script><p onclick='x()'>It is <b>late</b>.</p>"
        )
        assert page(html).text == "It is late."

    def test_pictures_from_afar_leave_their_words_only(self):
        letter = page(
            '<img src="https://tracker.example/x.gif" width=1><img alt="Shop" src="cid:1"><p>Hi</p>'
        )
        assert (letter.text, "tracker" in letter.html) == ("Shop\n\nHi", True)

    def test_blocks_lines_and_cells_stand_apart(self):
        html = "<div>a</div><div>b<br>c</div><ul><li>d</li></ul><table><tr><td>e</td><td>f</td></tr></table>"
        assert page(html).text.split() == ["a", "b", "c", "*", "d", "e", "f"]
        assert "e\tf" in page(html).text

    def test_a_quotation_is_marked_as_plain_mail_marks_it(self):
        html = "<p>It came.</p><p>On 3 May Lena &lt;l@shop.example&gt; wrote:</p><blockquote>Did it?</blockquote>"
        letter = page(html)
        assert ("> Did it?" in letter.text, letter.new_text) == (True, "It came.")

    def test_a_charset_named_inside_does_not_spoil_what_was_decoded(self):
        assert page('<meta charset="koi8-r"><p>Grüße</p>').text == "Grüße"

    @pytest.mark.parametrize("tag", ["div", "blockquote", "table", "span"])
    def test_a_page_nested_beyond_reason_keeps_its_words(self, tag):
        assert "deep" in page(f"<{tag}>" * 50_000 + "deep").text

    @pytest.mark.parametrize(
        "html", ["a < b", "<", "<p", "<!--", "&#xD800;x", "<p>a\0b</p>", "]]>", "<?php x"]
    )
    def test_a_torn_page_is_read(self, html):
        assert page(html).broken == ""


class TestFiles:
    def attached(self, data: bytes, head: str):
        raw = f"{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(data)
        return read(parts(PLAIN + b"See the file.", raw)).attachments[0]

    def test_a_file_has_its_name_type_and_size(self):
        file = self.attached(
            b"\x89PNG", 'Content-Type: image/png; name="a.png"\r\nContent-Disposition: attachment'
        )
        assert (file.name, file.media_type, file.size, file.read()) == ("a.png", "image/png", 4, b"\x89PNG")

    @pytest.mark.parametrize(
        "named",
        [
            "filename*=utf-8''Gr%C3%BC%C3%9Fe.txt",
            "filename*0*=utf-8''Gr%C3%BC; filename*1*=%C3%9Fe.txt",
            'filename="=?utf-8?Q?Gr=C3=BC=C3=9Fe.txt?="',
            'filename="Grüße.txt"',
        ],
    )
    def test_a_name_however_encoded(self, named):
        file = self.attached(b"x", f"Content-Type: text/plain\r\nContent-Disposition: attachment; {named}")
        assert file.name == "Grüße.txt"

    def test_a_name_is_one_line(self):
        file = self.attached(b"x", 'Content-Type: image/png; name="a\tb.png"')
        assert file.name == "a b.png"

    def test_an_inline_picture_has_its_id(self):
        file = self.attached(
            b"x", "Content-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline"
        )
        assert (file.content_id, file.inline) == ("logo@x", True)

    def test_an_attached_text_is_a_file_and_no_part_of_the_text(self):
        raw = b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=log.txt\r\n\r\nlog"
        letter = read(parts(PLAIN + b"See.", raw))
        assert (letter.text, letter.attachments[0].read()) == ("See.", b"log")

    def test_a_mail_that_is_only_a_file(self):
        letter = read(mail(b"%PDF", content_type="application/pdf; name=a.pdf"))
        assert (letter.text, letter.attachments[0].name) == ("", "a.pdf")

    def test_nothing_is_unpacked(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
            bomb.writestr("zeros", bytes(50_000_000))
        file = self.attached(packed.getvalue(), "Content-Type: application/zip; name=b.zip")
        assert file.size == len(packed.getvalue()) < 100_000
