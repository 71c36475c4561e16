"""From a message to the signal it is: the customer's own words, whoever passed them on."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

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
MOST_ALIKE = 5000  # messages of the customers of one batch that are compared


def write_down(arrival: Arrival, letter: Letter, now: datetime, parent: Signal | None = None) -> Signal:
    """The signal of a message, new or, where several people forward the same, the one it is already.

    `parent` is the signal whose thread it continues: it is about the same mechanism, until somebody says
    otherwise.
    """
    fields = _fields(arrival, letter)
    if letter.original and (known := Said.near([fields]).as_in(fields)):
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
    read = [(_fields(*one), *one) for one in accepted]
    passed_on = [fields for fields, _arrival, letter in read if letter.original]
    known, new, theirs = Said.near(passed_on), list[Signal](), list[tuple[Arrival, Signal]]()
    for fields, arrival, letter in sorted(read, key=lambda one: bool(one[2].original)):
        signal = known.as_in(fields) if letter.original else None
        if signal is None:
            signal = Signal(**fields, digest=_digest(arrival), kept_at=now)
            new.append(signal)
            if passed_on:
                known.add(signal)
        theirs.append((arrival, signal))
    Signal.objects.insert(new)
    for arrival, signal in theirs:
        arrival.signal = signal  # now that it has a key


def _digest(arrival: Arrival) -> str:
    """One message is one signal; that which has come by two addresses of ours has no identity the second time."""
    return arrival.identity or arrival.sha256


def _in_use(signal: Signal) -> bool:
    return signal.mechanism is not None and signal.mechanism.retired_at is None


def _fields(arrival: Arrival, letter: Letter) -> dict[str, Any]:
    who, told = letter.customer, letter.original
    if not (letter.sender_is_ours or arrival.mailbox.is_cord):
        # a customer who passes a carrier's mail on is the customer all the same
        who, told = letter.sender, None
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


class Said:
    """What customers said about then, to know it again when it is passed on: found for many at once."""

    def __init__(self, signals: Iterable[Signal] = ()) -> None:
        self.by_customer: dict[str, list[tuple[datetime, str, Signal]]] = {}
        for signal in signals:
            self.add(signal)

    @classmethod
    def near(cls, passed_on: Sequence[dict[str, Any]]) -> Self:
        """The fields of signals that were passed on, to what the same customers said within two weeks of them."""
        named = [one for one in passed_on if one["customer"]]
        if not named:
            return cls()
        times = [one["received_at"] for one in named]
        start, end = min(times) - ALIKE_WITHIN, max(times) + ALIKE_WITHIN
        customers = {one["customer"] for one in named}
        near = Signal.objects.filter(customer__in=customers, received_at__range=(start, end))
        return cls(near.order_by("received_at")[:MOST_ALIKE])

    def add(self, signal: Signal) -> None:
        if signal.customer:
            said = (signal.received_at, _words(signal.text), signal)
            self.by_customer.setdefault(signal.customer, []).append(said)

    def as_in(self, fields: dict[str, Any]) -> Signal | None:
        """What the same customer said in the same words about then: written to us as well, or forwarded twice."""
        at, words = fields["received_at"], _words(fields["text"])
        said = self.by_customer.get(fields["customer"], [])
        return next(
            (one for when, told, one in said if abs(when - at) <= ALIKE_WITHIN and told == words), None
        )


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
