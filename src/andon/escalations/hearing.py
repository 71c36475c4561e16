"""What a customer adds to a question about what they said; and that what was written to them did not arrive."""

from datetime import datetime

from django.utils.translation import gettext as _

from andon.escalations import telling
from andon.escalations.models import Entry, Escalation
from andon.people import saying
from andon.people.notices import Kind
from andon.people.notices.kinds import TO_CUSTOMERS
from andon.people.notices.models import Notice
from andon.people.trail import record
from andon.people.words import tidy


def customer_wrote(escalation: Escalation, text: str, now: datetime) -> Entry:
    """The customer wrote again; inside the transaction in which their message is accepted."""
    text = tidy(text)
    with saying.for_keeps():
        told = _("The customer wrote again:")
    entry = _heard(escalation, f"{told}\n\n{text}"[:20_000], "heard of the customer again", now)
    telling.to_whoever_has_it(
        escalation,
        f"customer:{entry.pk}",
        Kind.STORY,
        lambda: telling.paragraphs(_("The customer wrote again:"), text),
        now,
    )
    return entry


def customer_not_reached(escalation: Escalation, now: datetime) -> Entry:
    """A mail to the customer did not arrive; who has the question hears it. Without the server's words, as they
    name the address."""
    entry = _not_reached(escalation, now)
    telling.to_whoever_has_it(escalation, f"not-reached:{entry.pk}", Kind.QUESTION, _unreached, now)
    return entry


def remember_unreached(escalation: Escalation, now: datetime) -> None:
    """That a mail did not reach the customer before anybody asked, too."""
    if escalation.signal is None:
        return
    ours = Notice.objects.filter(thread=f"signal:{escalation.signal.key}", kind__in=TO_CUSTOMERS, to=None)
    if ours.filter(state=Notice.State.FAILED).exists():
        _not_reached(escalation, now)


def _not_reached(escalation: Escalation, now: datetime) -> Entry:
    with saying.for_keeps():
        text = _unreached()
    return _heard(escalation, text, "did not reach the customer", now)


def _unreached() -> str:
    return _(
        "What we wrote to the customer did not arrive: it came back. If there is another way to reach them, please "
        "use it, and write here what came of it."
    )


def _heard(escalation: Escalation, text: str, what: str, now: datetime) -> Entry:
    entry = Entry.objects.create(escalation=escalation, kind=Entry.Kind.NOTE, text=text, by=None, at=now)
    record(None, what, escalation, now)
    return entry
