"""Mail as it came in holds everybody's name: leaders and administrators. Mailboxes: administrators."""

import tempfile
from pathlib import Path

from django.conf import settings

from andon.signals import mailing, receiving
from tests.house.permissions.rule import Rule
from tests.mail.letters import mail

READS = frozenset({"lena", "adam"})
KEEPS = frozenset({"adam"})
LETTER, BOX = {"key": "letter"}, {"name": "post"}

RULES: dict[str, Rule] = {
    "mail:list": Rule(look=READS),
    "mail:show": Rule(look=READS, things=LETTER),
    "mail:html": Rule(look=READS, things={"key": "laid_out"}),
    "mail:whole": Rule(look=READS, things=LETTER),
    "mail:attached": Rule(look=READS, things={"key": "laid_out", "number": 0}),
    "mail:release": Rule(act=READS, things=LETTER),
    "mail:dismiss": Rule(act=READS, things=LETTER),
    "mail:try_again": Rule(act=READS, things=LETTER),
    "mail:hear": Rule(act=READS, things=LETTER),
    "mail:sender": Rule(act=READS, things=LETTER, sends={"address": "carla@shop.example"}),
    "mail:mailboxes": Rule(look=KEEPS),
    "mail:add": Rule(look=KEEPS, act=KEEPS),
    "mail:mailbox": Rule(look=KEEPS, act=KEEPS, things=BOX),
    "mail:retire": Rule(act=KEEPS, things=BOX),
    "mail:renew": Rule(act=KEEPS, things=BOX),
}


def things(cast) -> dict:
    settings.LETTERS = Path(tempfile.mkdtemp(prefix="andon-letters-"))
    post = mailing.add_mailbox({"name": "post"}, by=None, now=cast.now)
    raws = {"letter": mail(), "laid_out": laid_out()}
    kept = {
        name: receiving.keep(raw, mailbox=post, now=cast.now, transport="pipe") for name, raw in raws.items()
    }
    receiving.understand_all(list(kept.values()), cast.now, lambda accepted, now: None)
    return {name: arrival.key for name, arrival in kept.items()}


def laid_out() -> bytes:
    """With HTML that does what it should not, and a page attached that would like to run."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "x@shop.example", "cord@example.com", "Laid out"
    message["Message-ID"] = "<laid-out@shop.example>"
    message.set_content("Plain.")
    message.add_alternative(
        "<p onclick='alert(1)'>Laid out</p><script>alert(1)</script><img src='https://evil.example/seen.png'>"
        "<form action='https://evil.example'><input></form><meta http-equiv='refresh' content='0;url=//evil.example'>",
        subtype="html",
    )
    message.add_attachment(
        b"<script>alert(1)</script>", maintype="text", subtype="html", filename="../page.html"
    )
    return message.as_bytes()
