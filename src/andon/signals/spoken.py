"""From a message to the signal it is: the customer's own words, whoever passed them on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.lake import pseudonym
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy
from andon.signals.access import may_read_mail
from andon.signals.folding import fold
from andon.signals.mail import Letter
from andon.signals.models import Arrival, Assignment, Signal
from andon.signals.receiving import plausible

CHANNEL = "mail"
CONFIRMED = "confirmed"
ALIKE_WITHIN = timedelta(days=14)  # between a customer's mail and somebody else forwarding it


def write_down(arrival: Arrival, letter: Letter, now: datetime, parent: Signal | None = None) -> Signal:
    """The signal of a message, new or, where several people forward the same, the one it is already.

    `parent` is the signal whose thread it continues: it is about the same mechanism, until somebody says
    otherwise.
    """
    fields = _fields(arrival, letter)
    if letter.original and (known := _known(fields)):
        return known
    mechanism = parent.mechanism if parent and _in_use(parent) else None
    signal = Signal(**fields, mechanism=mechanism, digest=_digest(arrival), kept_at=now)
    if parent:
        signal.raw["continues"] = parent.key
    signal.save(force_insert=True)
    if mechanism:
        Assignment.objects.create(signal=signal, mechanism=mechanism, at=now, basis="thread")
    return signal


def write_down_all(accepted: Sequence[tuple[Arrival, Letter]], now: datetime) -> None:
    """As `write_down`, for many that begin nothing but a signal each."""
    alone = [one for one in accepted if one[1].original]
    together = [one for one in accepted if not one[1].original]
    signals = [Signal(**_fields(*one), digest=_digest(one[0]), kept_at=now) for one in together]
    Signal.objects.insert(signals)
    for (arrival, _letter), signal in zip(together, signals, strict=True):
        arrival.signal = signal
    for arrival, letter in alone:
        arrival.signal = write_down(arrival, letter, now)


def _digest(arrival: Arrival) -> str:
    """One message is one signal; that which has come by two addresses of ours has no identity the second time."""
    return arrival.identity or arrival.sha256


def _in_use(signal: Signal) -> bool:
    return signal.mechanism is not None and signal.mechanism.retired_at is None


def _fields(arrival: Arrival, letter: Letter) -> dict[str, Any]:
    who, told = letter.customer, letter.original
    if not (letter.sender_is_ours or arrival.mailbox.is_cord):
        who, told = letter.sender, None  # a customer who passes a carrier's mail on is the customer all the same
    elif letter.is_forward and told is None:
        who = type(who)()  # passed on, and nobody knows whose words they are
    text = tidy(told.text if told else letter.text)
    at = plausible(told.sent_at, arrival.received_at) if told else arrival.received_at
    return {
        "text": text or tidy(letter.text),
        "received_at": at,
        "channel": CHANNEL,
        "customer": customer(who.address or who.name),
        "contact_name": tidy(who.name)[:160],
        "contact": tidy(who.address)[:240],
        "raw": _raw(arrival, letter),
    }


def customer(who: str) -> str:
    """The pseudonym of whoever has this address: the same as in files that are brought."""
    return pseudonym(who, settings.SECRET_KEY)


def _raw(arrival: Arrival, letter: Letter) -> dict[str, Any]:
    """What is not in the other fields; the whole message lies in its file."""
    told = letter.original
    raw = {
        "subject": tidy((told and told.subject) or letter.subject),
        "date": tidy(str((told and (told.sent_at or told.date)) or letter.sent_at or "")),
        "message": arrival.key,
        "sender_basis": letter.basis,
        "attachments": [tidy(one.name) for one in letter.attachments],
    }
    return {name: value for name, value in raw.items() if value}


def _known(fields: dict[str, Any]) -> Signal | None:
    """What the same customer said in the same words about then: written to us as well, or forwarded twice."""
    if not fields["customer"]:
        return None
    start, end = fields["received_at"] - ALIKE_WITHIN, fields["received_at"] + ALIKE_WITHIN
    near = Signal.objects.filter(customer=fields["customer"], received_at__range=(start, end))
    words = _words(fields["text"])
    return next((one for one in near.order_by("received_at")[:50] if words == _words(one.text)), None)


def _words(text: str) -> str:
    """Only letters and figures: programs that forward wrap lines anew and put signs before them."""
    return "".join(filter(str.isalnum, fold(text)))


@transaction.atomic
def confirm_sender(arrival: Arrival, address: str, name: str, by: Person, now: datetime) -> Signal:
    """Somebody knows who wrote first: the signal becomes that customer's, and says that a person confirmed it."""
    if not may_read_mail(by):
        raise PermissionDenied(_("Leaders and administrators look after mail."))
    mail = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if mail.signal_id is None:
        raise ValidationError(_("This message is no signal."))
    signal = Signal.objects.get(pk=mail.signal_id)
    signal.contact, signal.contact_name = tidy(address).lower()[:240], tidy(name)[:160]
    signal.customer = customer(signal.contact)
    signal.raw = {**signal.raw, "sender_basis": CONFIRMED}
    signal.save()
    mail.original_sender, mail.basis = signal.contact, CONFIRMED
    mail.save(update_fields=["original_sender", "basis"])
    record(by, "confirmed who wrote", mail, now)
    return signal
