"""Only our own server's word counts on whether a sender is genuine."""

import pytest

from andon.signals.mail import read
from tests.signals.mail.samples import mail

TRUSTED = frozenset({"mx.shop.example"})


def verdict(*fields: str, sender: str = "Ada <ada@home.example>") -> str:
    head = "".join(f"Authentication-Results: {field}\r\n" for field in fields).encode()
    return read(head + mail("x", **{"from": sender}), trusted=TRUSTED).authentication


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("mx.shop.example; dmarc=pass header.from=home.example", "pass"),
        ("mx.shop.example; spf=fail smtp.mailfrom=home.example; dmarc=pass", "pass"),
        ("mx.shop.example; dmarc=fail (p=reject) header.from=home.example", "fail"),
        ("mx.shop.example; dkim=pass header.d=home.example", "pass"),
        ("mx.shop.example; dkim=pass header.i=@mail.home.example", "pass"),
        ("mx.shop.example; dkim=pass header.d=attacker.example", "fail"),
        ("mx.shop.example; dkim=pass header.d=nothome.example; spf=fail", "fail"),
        ("mx.shop.example; spf=pass smtp.mailfrom=bounce@home.example", "pass"),
        ("mx.shop.example; spf=softfail smtp.mailfrom=home.example", "fail"),
        ("mx.shop.example; none", "none"),
        ("mx.shop.example; spf=none; dkim=none", "none"),
        ("mx.shop.example", "none"),
        ("MX.Shop.Example 1; dmarc=pass", "pass"),
        ("mx.shop.example (by us; really); dmarc=pass", "pass"),
        ("elsewhere.example; dmarc=pass", "none"),
        ("", "none"),
    ],
)
def test_what_the_trusted_server_says(field, expected):
    assert verdict(field) == expected


def test_a_forged_field_below_ours_says_nothing():
    assert verdict("mx.shop.example; dmarc=fail", "mx.shop.example; dmarc=pass") == "fail"


def test_a_field_of_a_later_hop_that_is_not_trusted_is_passed_over():
    assert verdict("filter.example; dmarc=pass", "mx.shop.example; dmarc=fail") == "fail"


@pytest.mark.parametrize(
    "field",
    [
        "mx.shop.example (dmarc=pass); dmarc=fail",
        "mx.shop.example; dmarc=fail (; dmarc=pass)",
        'mx.shop.example; dmarc=fail reason="; dmarc=pass"',
        "mx.shop.example; dmarc=fail (a \\) ; dmarc=pass)",
    ],
)
def test_comments_and_quoted_words_are_no_results(field):
    assert verdict(field) == "fail"


def test_a_server_whose_name_only_begins_alike_is_not_trusted():
    assert verdict("mx.shop.example.attacker.example; dmarc=pass") == "none"


def test_without_a_trusted_server_nothing_is_believed():
    letter = read(b"Authentication-Results: mx.shop.example; dmarc=pass\r\n" + mail("x"))
    assert (letter.authentication, bool(letter.why_authentication)) == ("none", True)


def test_an_attached_message_is_not_judged_by_its_own_fields():
    inner = b"Authentication-Results: mx.shop.example; dmarc=pass\r\n" + mail("x")
    assert read(b"Content-Type: message/rfc822\r\n\r\n" + inner, trusted=TRUSTED).authentication == "none"
