"""A notice as a mail: text and HTML that say the same, a chart within, nothing that is fetched from anywhere."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import Policy
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import punycode

from andon.mail import threading
from andon.mail.headers import POLICY
from andon.mail.pictures import Picture, picture_of
from andon.people.notices import limits, thread_address, unsubscribing
from andon.people.notices.kinds import CHOSEN, REPLIES, TO_CUSTOMERS, Kind
from andon.people.notices.models import Notice

CHART = "chart"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a mail tells."""

    subject: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the templates show. `choices` is the page on which a reader chooses; `stop` ends this kind of mail."""

    notice: Notice
    parts: list[Part]
    picture: Picture | None
    organisation: str
    choices: str = ""
    stop: str = ""
    why: str = ""
    cid: str = ""
    language: str = "en"
    answerable: bool = False


class Mail(mail.EmailMessage):
    """A message of ours, whole, on its way through Django's mailers."""

    def __init__(self, whole: EmailMessage) -> None:
        super().__init__(subject=whole["Subject"], from_email=str(whole["From"]), to=[str(whole["To"])])
        self.whole = whole

    def message(self, *, policy: Policy = POLICY) -> EmailMessage:
        return self.whole


def compose(notice: Notice, now: datetime) -> Mail:
    """Raises ValueError for an address that is none."""
    with translation.override(notice.language or settings.HOUSE_LANGUAGE):
        content = _content(notice)
        whole = EmailMessage(policy=POLICY)
        _head(whole, notice, now)
        _list_headers(whole, content)
        _body(whole, content)
        whole["Content-Language"] = content.language  # last: before, it would go to the first part
    return Mail(whole)


def _content(notice: Notice) -> Content:
    picture = picture_of(notice.picture) if notice.to else None
    told = notice.parts.order_by("at", "pk") if notice.kind == Kind.DIGEST else [notice]
    content = {
        "notice": notice, "parts": [_part(one) for one in told], "picture": picture,
        "organisation": settings.ORGANISATION, "language": translation.get_language() or "en",
        "cid": f"{CHART}.{notice.message_id.strip('<>')}" if picture else "",
        "answerable": bool(notice.thread and notice.kind in CHOSEN),
    }  # fmt: skip
    if notice.to and notice.kind in {*CHOSEN, Kind.DIGEST}:
        content |= {
            "choices": full(reverse("notices:list")),
            "stop": full(reverse("notices:stop", args=[unsubscribing.token(notice.to, notice.kind)])),
            "why": str(Kind(notice.kind).label),
        }
    return Content(**content)


def _part(notice: Notice) -> Part:
    inside = notice.link if notice.to else ""  # a customer cannot sign in
    headed = notice.kind not in REPLIES  # theirs is the subject of the mail it answers, and says nothing new
    return Part(notice.subject if headed else "", notice.text, full(inside) if inside else "")


def full(path: str) -> str:
    return settings.ADDRESS + path


def _head(whole: EmailMessage, notice: Notice, now: datetime) -> None:
    whole["From"] = address(*parseaddr(settings.DEFAULT_FROM_EMAIL))
    whole["To"] = address(notice.to.name if notice.to else "", limits.address_of(notice))
    whole["Subject"] = threading.subject(notice)
    whole["Date"] = format_datetime(now)
    whole["Message-ID"] = notice.message_id
    if notice.thread:
        whole["Reply-To"] = address(settings.ORGANISATION, thread_address(notice.thread))
    if chain := threading.references(notice):
        whole["References"], whole["In-Reply-To"] = " ".join(chain), chain[-1]
    _say_who_wrote(whole, notice)


def _say_who_wrote(whole: EmailMessage, notice: Notice) -> None:
    """A machine (RFC 3834), so that none answers it; but for an answer to a customer, which a person wrote."""
    if notice.kind in TO_CUSTOMERS - REPLIES:
        return
    whole["Auto-Submitted"] = "auto-replied" if notice.kind in REPLIES else "auto-generated"
    whole["X-Auto-Response-Suppress"] = "All"


def _list_headers(whole: EmailMessage, content: Content) -> None:
    """One click ends it (RFC 8058), which mail programs ask for over https only."""
    if content.stop:
        whole["List-Unsubscribe"] = f"<{content.stop}>"
        if content.stop.startswith("https://"):
            whole["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _body(whole: EmailMessage, content: Content) -> None:
    shown = {"content": content}
    whole.set_content(render_to_string("mail/notice.txt", shown).strip() + "\n", cte="quoted-printable")
    whole.add_alternative(
        render_to_string("mail/notice.html", shown).strip() + "\n", subtype="html", cte="quoted-printable"
    )
    if content.picture:
        html = whole.get_payload()[1]  # type: ignore[index]
        html.add_related(  # type: ignore[union-attr]
            content.picture.png,
            "image",
            "png",
            cid=f"<{content.cid}>",
            filename="chart.png",
            disposition="inline",
        )


def address(name: str, written: str) -> Address:
    """A name and an address for a header, safe whatever they hold. Raises ValueError."""
    local, _, domain = written.rpartition("@")
    flat = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    try:
        return Address(display_name=flat, addr_spec=f"{local}@{punycode(domain)}")
    except Exception as error:  # the parser raises of every kind; the address is no address
        raise ValueError(f"{written!r} is not a mail address.") from error
