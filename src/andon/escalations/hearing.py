"""What a customer adds to a question that is asked about what they said."""

from datetime import datetime

from django.utils.translation import gettext as _

from andon.escalations.models import Entry, Escalation
from andon.people import saying
from andon.people.trail import record
from andon.people.words import tidy


def customer_wrote(escalation: Escalation, text: str, now: datetime) -> Entry:
    """The customer wrote again; inside the transaction in which their message is accepted."""
    with saying.for_keeps():
        told = _("The customer wrote again:")
    text = f"{told}\n\n{tidy(text)}"[:20_000]
    entry = Entry.objects.create(escalation=escalation, kind=Entry.Kind.NOTE, text=text, by=None, at=now)
    record(None, "heard of the customer again", escalation, now)
    return entry
