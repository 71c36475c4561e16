"""Asking a question: who is asked, its number and title, and what happens when it is open already."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from andon.escalations import hearing, rules, telling
from andon.escalations.calendaring import pin
from andon.escalations.models import Entry, Escalation, Numbering
from andon.mechanisms.models import Measure, Mechanism
from andon.people import access
from andon.people.models import Person, Team
from andon.people.trail import record
from andon.people.words import tidy
from andon.signals.models import Signal
from andon.watch.models import ChartException, Cluster


@transaction.atomic
def raise_escalation(
    *,
    by: Person,
    now: datetime,
    signal: Signal | None = None,
    measure: Measure | None = None,
    point_at: datetime | None = None,
    mechanism: Mechanism | None = None,
    cluster: Cluster | None = None,
    to_person: Person | None = None,
    to_team: Team | None = None,
    note: str = "",
    title: str = "",
) -> Escalation:
    """Asks "?" about a signal, a cluster of them, a measure or one point of its chart, or a mechanism.

    It goes to whom is named, else to the mechanism's owner and owning team, else to triage. While the same
    question is open, asking again adds "asks the same" to it, unless somebody else is to be asked.
    Raises PermissionDenied when the thing is out of reach, ValidationError with sentences.
    """
    note, title = tidy(note), tidy(title)
    _demand_in_reach(by, signal, cluster)
    asked = Escalation(
        title=title, note=note, raised_by=by, raised_at=now, signal=signal, cluster=cluster, measure=measure,
        point_at=point_at if measure else None, mechanism=mechanism,
    )  # fmt: skip
    _demand_sound(asked, to_person)
    _fill_in(asked, to_person, to_team)
    queue_up()
    if same := _open_twin(asked, to_person, to_team):
        return _ask_also(same, by, note, now)
    return _ask(asked, by, now)


def _fill_in(asked: Escalation, to_person: Person | None, to_team: Team | None) -> None:
    """What follows from what it is about: the mechanism, who is asked, since when, and its title."""
    asked.mechanism = asked.mechanism or _mechanism_of(asked)
    asked.to_person, asked.to_team = _addressee(asked.mechanism, to_person, to_team)
    asked.customer_since = _told_us(asked)
    asked.exception = _exception(asked.measure, asked.point_at)
    asked.title = asked.title or _title(asked)


def _ask(asked: Escalation, by: Person, now: datetime) -> Escalation:
    asked.number = next_number()
    asked.save(force_insert=True)
    pin(asked)
    record(by, "asked", asked, now)
    hearing.remember_unreached(asked, now)
    telling.raised(asked, now)
    return asked


def _demand_sound(asked: Escalation, to_person: Person | None) -> None:
    things = (asked.signal, asked.cluster, asked.measure, asked.mechanism)
    if problem := rules.problem_asking(asked.note, asked.title, sum(thing is not None for thing in things)):
        raise ValidationError(problem)
    if to_person is not None and not access.at_work(to_person):
        raise ValidationError(
            _("%(name)s does not work here any more. Choose somebody else, or leave it empty.")
            % {"name": to_person.name}
        )


def _demand_in_reach(by: Person, signal: Signal | None, cluster: Cluster | None) -> None:
    if not access.at_work(by):
        raise PermissionDenied(_("Only somebody who works here asks."))
    if signal is not None and not Signal.objects.visible_to(by).filter(pk=signal.pk).exists():
        raise PermissionDenied(_("This signal is out of reach."))
    if cluster is not None and not Cluster.objects.visible_to(by).filter(pk=cluster.pk).exists():
        raise PermissionDenied(_("This cluster is out of reach."))


def _mechanism_of(asked: Escalation) -> Mechanism | None:
    known = (thing.mechanism for thing in (asked.measure, asked.signal, asked.cluster) if thing is not None)
    return next(known, None)


def _told_us(asked: Escalation) -> datetime:
    """When the customer's clock began; of a cluster, when the first of its customers told us."""
    told = (
        asked.signal.received_at
        if asked.signal
        else asked.cluster.starts
        if asked.cluster
        else asked.raised_at
    )
    return min(told, asked.raised_at)


def _addressee(
    mechanism: Mechanism | None, to_person: Person | None, to_team: Team | None
) -> tuple[Person | None, Team | None]:
    if to_person is not None or to_team is not None:
        return to_person, to_team or (to_person.team if to_person else None)
    return addressee(mechanism)


def addressee(mechanism: Mechanism | None) -> tuple[Person | None, Team | None]:
    """Who answers for a mechanism: its owner while at work, and the owning team; nobody is triage."""
    if mechanism is None:
        return None, None
    owner = mechanism.owner if access.at_work(mechanism.owner) else None
    return owner, mechanism.owner_team or (owner.team if owner else None)


def _title(asked: Escalation) -> str:
    signal, cluster, measure, mechanism = asked.signal, asked.cluster, asked.measure, asked.mechanism
    said = rules.title_of(signal.text, signal.contact_name.split()) if signal else ""
    if said:
        return said
    if cluster is not None:
        return rules.shorten(cluster.sentence, rules.LONGEST_TITLE)
    if measure is not None:
        return rules.shorten(f"{measure.mechanism.name}: {measure.name}", rules.LONGEST_TITLE)
    if signal is not None:
        return f"A customer's answer without words, {signal.received_at:%Y-%m-%d}"
    return rules.title_of(asked.note) or (mechanism.name if mechanism else "A question")


def _exception(measure: Measure | None, point_at: datetime | None) -> ChartException | None:
    if measure is None or point_at is None:
        return None
    return ChartException.objects.filter(measure=measure, at=point_at).first()


def queue_up() -> None:
    """One asks after the other, so that the same question cannot be asked twice at the same moment."""
    if not Numbering.objects.filter(pk=1).update(last=F("last")):
        _start_numbering()
        Numbering.objects.filter(pk=1).update(last=F("last"))


def next_number() -> int:
    """The next number, after `queue_up`. Without gaps: a transaction that fails takes its number back."""
    Numbering.objects.filter(pk=1).update(last=F("last") + 1)
    return Numbering.objects.get(pk=1).last


def _start_numbering() -> None:
    try:
        with transaction.atomic():
            Numbering.objects.create(pk=1, last=0)
    except IntegrityError:  # somebody else asked the first question at the same moment
        pass


def _open_twin(asked: Escalation, to_person: Person | None, to_team: Team | None) -> Escalation | None:
    """The same question while it is open: about the same signal or cluster, or the same measure and point."""
    if asked.signal_id is None and asked.cluster_id is None and asked.measure_id is None:
        return None
    same = Escalation.objects.open().filter(
        signal=asked.signal, cluster=asked.cluster, measure=asked.measure, point_at=asked.point_at
    )
    if to_person is not None:
        same = same.filter(to_person=to_person)
    elif to_team is not None:
        same = same.filter(to_team=to_team)
    return same.order_by("number").first()


def _ask_also(escalation: Escalation, by: Person, note: str, now: datetime) -> Escalation:
    """Joins somebody to an open question; who asked it already adds only what is new."""
    asked = escalation.raised_by_id == by.pk or escalation.entries.filter(kind="also_asked", by=by).exists()
    if note or not asked:
        Entry.objects.create(escalation=escalation, kind=Entry.Kind.ALSO_ASKED, text=note, by=by, at=now)
        record(by, "asked the same", escalation, now)
        telling.joined(escalation, by, now)
    return escalation
