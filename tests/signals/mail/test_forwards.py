"""Whose message was forwarded: found in any program's words, and never claimed of what is none."""

import base64

import pytest

from andon.signals.mail import Address, read
from tests.signals.mail.samples import BY_HAND, OURS, mail, parts

ADA = Address("Ada Byron", "ada@home.example")
BLOCK = BY_HAND["new outlook"]


def page(text: str) -> str:
    return "<html><body>" + text.replace("<", "&lt;").replace("\n", "<br>\n") + "</body></html>"


@pytest.mark.parametrize("program", BY_HAND)
@pytest.mark.parametrize(
    "subject", ["Fwd: x", "WG: x", "TR: x", "RV: x", "I: x", "İLT: x", "Fw: Re: x", "[Fwd: x]"]
)
def test_the_sender_is_found_whatever_the_program(program, subject):
    letter = read(mail(f"?\n\n{BY_HAND[program]}", subject), ours=OURS)
    assert (letter.original.sender, letter.basis, letter.original.text) == (ADA, "parsed", "It is late.")


@pytest.mark.parametrize("program", BY_HAND)
def test_the_sender_is_found_in_a_page_too(program):
    letter = read(mail(page(BY_HAND[program]), "Fwd: x", content_type="text/html; charset=utf-8"))
    assert letter.original.sender == ADA


@pytest.mark.parametrize("program", sorted(set(BY_HAND) - {"mac outlook, Turkish"}))
def test_the_subject_of_the_original_is_kept(program):
    original = read(mail(BY_HAND[program], "Fwd: something else")).original
    assert original.subject in ("Where is my parcel?", "" if "nobody" in program else None)


@pytest.mark.parametrize("program", BY_HAND)
def test_a_forward_whose_subject_was_changed_is_still_one(program):
    letter = read(mail(BY_HAND[program], "The labels again!"))
    assert letter.original.sender == ADA


def test_a_date_that_a_clock_can_read_is_a_moment():
    original = read(mail(BY_HAND["thunderbird, Polish"], "Fwd: x")).original
    assert original.sent_at.isoformat() == "2021-11-03T14:51:30+00:00"


def test_a_date_in_words_is_kept_as_it_stands():
    original = read(mail(BY_HAND["outlook, French"], "TR: x")).original
    assert (original.sent_at, original.date) == (None, "mercredi 27 octobre 2021 15:14")


def test_an_answer_claims_nobody():
    letter = read(mail(f"Thanks!\n\n{BLOCK}", "Re: Where is my parcel?", to="ada@home.example"))
    assert (letter.is_forward, letter.original, letter.basis) == (False, None, "")


@pytest.mark.parametrize(
    "program", ["old outlook", "qq, Chinese", "outlook, Japanese", "samsung, German", "new outlook"]
)
def test_what_programs_write_above_answers_too_claims_nobody_in_one(program):
    assert not read(mail(f"Thanks!\n\n{BY_HAND[program]}", "AW: x")).is_forward


def test_an_answer_without_re_goes_to_whom_it_quotes():
    letter = read(mail(f"Thanks!\n\n{BLOCK}", "Where is my parcel?", to="Ada <ADA@home.example>"))
    assert not letter.is_forward


def test_an_answer_to_a_forward_is_no_forward():
    quoted = "\n".join(f"> {line}" for line in BY_HAND["gmail"].split("\n"))
    letter = read(
        mail(f"I will look.\n\nOn 3 May 2021, Lena <lena@shop.example> wrote:\n{quoted}", "Re: Fwd: x")
    )
    assert not letter.is_forward


def test_an_answer_between_the_lines_is_no_forward():
    text = "On 3 May 2021, Ada <ada@home.example> wrote:\n> Where is it?\n\nOn its way.\n\n> And the other?\n\nToo."
    letter = read(mail(text, ""))
    assert (letter.is_forward, letter.new_text) == (False, "On its way.\n\n\nToo.")


@pytest.mark.parametrize(
    "text",
    [
        "From: London\nTo: Paris\nDate: 5 May\n\nI want my money back for this journey.",
        "To whom it may concern: I wrote on 5 May:\nnobody answered.",
        "-----------\nOrder 7\n-----------\nfrom: you",
        "From: Berlin\nTo: Hamburg\nDate: 3 May\nSubject: seat 5\n\nIt was broken.",
        "Subject: my parcel\n\nIt never came.",
        "From: the beginning it was wrong.\nDate: unknown.",
    ],
)
def test_a_customer_s_own_words_are_no_forward(text):
    letter = read(mail(text, "My order"))
    assert (letter.is_forward, letter.new_text) == (False, text)


def test_a_forward_that_names_nobody_is_one_of_unknown_basis():
    letter = read(mail("Look at this!", "Fwd: parcel"))
    assert (letter.is_forward, letter.original, letter.basis) == (True, None, "unknown")


def test_finnish_vs_is_an_answer_and_norwegian_vs_a_forward():
    answer = read(mail(f"Kiitos.\n\n{BLOCK}", "VS: x", to="ada@home.example"))
    forward = read(mail(f"Se her.\n\n{BLOCK}", "VS: x"))
    assert (answer.is_forward, forward.is_forward) == (False, True)


@pytest.mark.parametrize(
    "pasted",
    [
        "Received: from mx.shop.example\nFrom: Offers <offers@shop.example>\nTo: ada@home.example\n"
        "Subject: Buy!\nDate: Mon, 2 Mar 2026 09:12:33 +0100",
        "From: Offers <offers@shop.example>\nDate: Mon, 2 Mar 2026 09:12:33 +0100\nSubject: Buy!\n"
        "Message-ID: <1@shop.example>",
        "Name: Ada\nFrom: ada@home.example\nSubject: Broken\nMessage: It is broken",
    ],
)
def test_a_head_or_a_form_that_somebody_pasted_is_no_forward(pasted):
    letter = read(mail(f"I keep getting this:\n\n{pasted}\n\nStop it\n", "Spam from you"))
    assert (letter.is_forward, letter.original) == (False, None)


def test_fields_that_only_the_page_holds_are_found():
    letter = read(
        parts(
            b"Content-Type: text/plain\r\n\r\n?",
            b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page(f"?\n\n{BLOCK}").encode(),
            kind="alternative",
            subject="FW: x",
        )
    )
    assert (letter.original.sender, letter.note) == (ADA, "?")


class TestForwardedAgainAndAgain:
    """A leader passes on what a manager passed on."""

    def twice(self, by: str) -> bytes:
        inner = BY_HAND["gmail"]
        outer = f"----- Forwarded message -----\nFrom: Mona <{by}>\nDate: 3 May\nSubject: Fwd: x\n\nSee.\n\n{inner}"
        return mail(f"?\n\n{outer}", "Fwd: Fwd: x")

    def test_the_first_that_is_not_ours_is_the_customer(self):
        assert read(self.twice("mona@shop.example"), ours=OURS).original.sender == ADA

    def test_whom_the_customer_passes_on_is_not_credited(self):
        assert read(self.twice("mona@elsewhere.example"), ours=OURS).original.sender.name == "Mona"

    @pytest.mark.parametrize(
        ("ours", "to", "subject", "credited"),
        [
            ("shop.example", "cord@shop.example", "WG: x", "ada@home.example"),
            ("shop.example", "cord@shop.example", "x", "ben@shop.example"),
            ("shop.example", "help@elsewhere.example", "WG: x", "ben@shop.example"),
            ("gmail.com", "cord@gmail.com", "WG: x", "ben@gmail.com"),
        ],
    )
    def test_nobody_need_list_a_colleague_of_the_same_house(self, ours, to, subject, credited):
        between = BLOCK.replace("Ada Byron <ada@home.example>", f"Ben <ben@{ours}>")
        between = between.replace("Subject: Where is my parcel?", f"Subject: {subject}")
        text = f"?\n\n{between.removesuffix('It is late.' + chr(10))}fyi\n\n{BY_HAND['gmail']}"
        letter = read(mail(text, "FW: x", **{"from": f"martin@{ours}", "to": to}))
        assert letter.original.sender.address == credited

    def test_where_all_are_ours_the_innermost_asked(self):
        ours = OURS | {"ada@home.example"}
        assert read(self.twice("mona@shop.example"), ours=ours).original.sender == ADA


class TestAttached:
    """Forwarded as an attachment, the fields are whole."""

    inner = mail("It is late.", "Where is my parcel?", **{"from": "Ada Byron <ada@home.example>"})
    rfc822 = b"Content-Type: message/rfc822\r\n\r\n"

    def test_the_sender_is_the_attached_message_s(self):
        letter = read(parts(b"\r\n?", self.rfc822 + self.inner), ours=OURS)
        assert (letter.original.sender, letter.basis, letter.note) == (ADA, "attached", "?")

    def test_its_text_is_the_original_s_and_not_the_forwarder_s(self):
        letter = read(parts(b"\r\n?", self.rfc822 + self.inner))
        assert (letter.text, letter.original.text) == ("?", "It is late.")

    def test_one_wrapped_in_base64_is_read_too(self):
        head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        letter = read(parts(b"\r\n?", head + base64.encodebytes(self.inner)))
        assert letter.original.sender == ADA

    def test_a_file_named_eml_is_a_message(self):
        head = b'Content-Type: application/octet-stream; name="x.eml"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        letter = read(parts(b"\r\n?", head + base64.encodebytes(self.inner)))
        assert (letter.original.sender, letter.basis) == (ADA, "attached")

    def test_a_colleague_s_attached_forward_is_looked_into(self):
        colleague = mail(BY_HAND["gmail"], "Fwd: x", **{"from": "mona@shop.example"})
        letter = read(parts(b"\r\n?", self.rfc822 + colleague), ours=OURS)
        assert (letter.original.sender, letter.basis) == (ADA, "parsed")

    def test_of_several_the_first_counts_and_a_note_says_so(self):
        letter = read(parts(b"\r\n?", self.rfc822 + self.inner, self.rfc822 + mail("Me too")))
        assert letter.original.sender == ADA
        assert any("2 messages" in note for note in letter.notes)

    def test_an_answer_with_an_attached_message_is_no_forward(self):
        letter = read(parts(b"\r\nAs you asked.", self.rfc822 + self.inner, subject="Re: x"))
        assert not letter.is_forward


def test_fields_without_an_address_are_believed_when_the_subject_says_forward():
    text = "?\n\nFrom: Ada Byron\nSent: Monday\nTo: Martin\nSubject: late\n\nIt is late."
    assert read(mail(text, "FW: late")).original.sender == Address("Ada Byron", "")


@pytest.mark.parametrize("subject", ["Fwd: your answer", "Your answer is no answer"])
def test_a_customer_who_sends_us_our_own_words_back_speaks_for_themselves(subject):
    text = (
        "This helps nobody!\n\nFrom: Lena <lena@shop.example>\nSent: Monday\nTo: Ada\nSubject: late\n\nSorry."
    )
    letter = read(mail(text, subject, **{"from": "Ada <ada@home.example>"}), ours=OURS)
    assert (letter.is_forward, letter.customer.address) == (False, "ada@home.example")
    assert letter.new_text == "This helps nobody!"


PAGES = {
    "gmail": (
        '<div dir="ltr">?</div><br><div class="gmail_quote"><div dir="ltr" '
        'class="gmail_attr">---------- Forwarded message ---------<br>From: <strong '
        'class="gmail_sendername" dir="auto">Ada Byron</strong> <span dir="auto">&lt;<a '
        'href="mailto:ada@home.example">ada@home.example</a>&gt;</span><br>Date: Wed, Oct 27, '
        "2021 at 9:31 AM<br>Subject: late<br>To: "
        "&lt;help@shop.example&gt;<br></div><br><br><div>It is late.</div></div>"
    ),
    "outlook": (
        '<div class="WordSection1"><p class="MsoNormal">?</p><div '
        'style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b><span '
        'lang="DE">Von:</span></b><span lang="DE"> Ada Byron &lt;ada@home.example&gt; '
        "<br><b>Gesendet:</b> Mittwoch, 27. Oktober 2021 15:14<br><b>An:</b> "
        "help@shop.example<br><b>Betreff:</b> late</span></p></div><p "
        'class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">It is late.</p></div>'
    ),
    "outlook on a phone": (
        '<div>?</div><hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Ada '
        "Byron &lt;ada@home.example&gt;<br><b>Sent:</b> Wednesday, October 27, 2021 3:14:00 "
        "PM<br><b>To:</b> help@shop.example &lt;help@shop.example&gt;<br><b>Subject:</b> "
        "late</font><div>&nbsp;</div></div><div>It is late.</div>"
    ),
    "apple": (
        '<div>?</div><blockquote type="cite"><div>Begin forwarded message:</div><br><div '
        'style="margin:0"><span><b>From: </b></span><span>Ada Byron &lt;<a '
        'href="mailto:ada@home.example">ada@home.example</a>&gt;<br></span></div><div><span><b>Subject: '
        "</b></span><span><b>late</b><br></span></div><div><span><b>Date: </b></span><span>25 "
        "October 2021<br></span></div><div><b>To: </b>help@shop.example</div><br><div>It is "
        "late.</div></blockquote>"
    ),
    "thunderbird": (
        '<p>?</p><div class="moz-forward-container">-------- Forwarded Message --------<table '
        'class="moz-email-headers-table"><tbody><tr><th align="RIGHT">Subject: '
        "</th><td>late</td></tr><tr><th>Date: </th><td>Wed, 3 Nov 2021 15:51:30 "
        "+0100</td></tr><tr><th>From: </th><td>Ada Byron "
        "<a>&lt;ada@home.example&gt;</a></td></tr><tr><th>To: "
        "</th><td>help@shop.example</td></tr></tbody></table><br><br>It is late.</div>"
    ),
    "yahoo": (
        '<div>?</div><div class="yahoo_quoted"><div>----- Forwarded Message '
        "-----</div><div><b>From:</b> Ada Byron &lt;ada@home.example&gt;</div><div><b>To:</b> "
        "help@shop.example</div><div><b>Sent:</b> Tuesday</div><div><b>Subject:</b> "
        "late</div><div><br></div><div>It is late.</div></div>"
    ),
}
"""Pages as programs make them, shortened."""


@pytest.mark.parametrize("program", PAGES)
@pytest.mark.parametrize("subject", ["Fwd: late", "Labels!"])
def test_a_page_is_read_as_its_program_made_it(program, subject):
    letter = read(
        mail(f"<html><body>{PAGES[program]}</body></html>", subject, content_type="text/html"), ours=OURS
    )
    assert (letter.original.sender, letter.original.subject, letter.note) == (ADA, "late", "?")
    assert letter.original.text.lstrip("> ").strip() == "It is late."


class TestWhoTheCustomerIs:
    def test_of_what_we_pass_on_the_original_sender(self):
        assert read(mail(BY_HAND["gmail"], "Fwd: x"), ours=OURS).customer == ADA

    def test_of_what_nobody_passes_on_the_sender(self):
        assert read(mail("It is late.")).customer.address == "martin@shop.example"

    def test_who_passes_on_is_known_to_be_one_of_us_or_not(self):
        stranger = read(mail(BY_HAND["gmail"], "Fwd: x", **{"from": "Carl <carl@home.example>"}), ours=OURS)
        assert not stranger.sender_is_ours
        assert read(mail(BY_HAND["gmail"], "Fwd: x"), ours=OURS).sender_is_ours

    @pytest.mark.parametrize("ours", ["martin@shop.example", "@shop.example", "shop.example"])
    def test_ours_are_addresses_and_domains(self, ours):
        assert read(mail(), ours=frozenset({ours})).sender_is_ours

    def test_a_tag_does_not_make_somebody_a_stranger(self):
        letter = read(mail(**{"from": "martin+x@shop.example"}), ours=frozenset({"martin@shop.example"}))
        assert letter.sender_is_ours
