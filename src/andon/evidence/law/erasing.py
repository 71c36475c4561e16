"""Erasure: what was said goes, that something was said stays, and the chain holds. A person becomes a pseudonym."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from andon.attribution.models import Estimate
from andon.attribution.staff import means
from andon.evidence import chain, ledger
from andon.evidence.law.holds import is_held
from andon.evidence.law.kinds_outside import ERASED
from andon.evidence.law.permission import demand
from andon.evidence.law.pseudonyms import named_by, rename
from andon.evidence.models import Content, Entry, Erasure, Reading
from andon.people.access import at_work
from andon.people.locking import held
from andon.people.models import Person
from andon.people.trail import record
from andon.signals.forgetting import forget_listed, forget_worker
from andon.standards.models import Acknowledgement, Answer, Objective

REASONS = ("retention", "leaver", "request")
ALSO: dict[str, Callable[[Person], object]] = {}
"""What else goes with a person. A higher stage adds what it keeps outside of the ledger: ALSO["growth"] = ..."""

ALONG: dict[str, Callable[[list[int]], object]] = {}
"""Copies of what entries say, in rows that are not theirs. A higher stage empties its own, given their numbers."""

AHEAD: dict[str, Callable[[Person], models.QuerySet]] = {}
"""Rows about a person that others hold before they wait for the ledger, and that erasing changes: held first here too,
or each would wait for the other."""

AT_ONCE = 500


class OnHoldError(ValidationError):
    """A legal hold covers the person. It does not say which, as its name may name others."""

    def __init__(self) -> None:
        super().__init__(
            _("A legal hold covers this person, so nothing about them is destroyed until it is lifted.")
        )


@transaction.atomic
def erase_contents(
    person: Person,
    entries: Iterable[int] | None,
    *,
    why: str,
    by: Person | None,
    now: datetime,
    whole: bool = False,
) -> Erasure | None:
    """Erases what entries about a person say, here and in every row that repeats it; None when nothing is left to.

    Without `entries` it is all of them, also those added while this waited.

    Raises PermissionDenied, ValidationError, OnHoldError.
    """
    demand(by, person)
    if why not in REASONS:
        raise ValidationError(_("Say why it is erased."))
    for rows in AHEAD.values():
        list(rows(person).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    ledger.queue_up()
    if is_held(person, now):
        raise OnHoldError
    here = _still_there(person, entries)
    if not here and not whole:
        return None
    body = {"entries": _ranges(here), "why": why, "person": whole}
    entry = ledger.append(chain.ERASED, about=person, body=body, by=by, now=now)
    for start in range(0, len(here), AT_ONCE):
        _blank(here[start : start + AT_ONCE], entry)
    return Erasure.objects.create(
        person=person, why=why, whole=whole, entries=len(here), entry=entry, by=by, at=now
    )


def _still_there(person: Person, entries: Iterable[int] | None) -> list[int]:
    """Of `entries`, those about this person whose words are still kept. Erasures themselves stay."""
    kept = Content.objects.filter(entry__in=Entry.objects.about(person), body__isnull=False)
    kept = kept.exclude(entry__what=chain.ERASED).order_by("entry").values_list("entry", flat=True)
    wanted = None if entries is None else set(entries)
    return [seq for seq in kept if wanted is None or seq in wanted]


def _ranges(numbers: list[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def _blank(seqs: list[int], erasure: Entry) -> None:
    """The words, and the same words wherever a row of any stage repeats its entry."""
    Content.objects.filter(entry__in=seqs).update(body=None, salt=None, erased_by=erasure)
    for model in apps.get_models():
        if model is not Content and model is not Erasure:
            _blank_rows(model, seqs)
    for empty in ALONG.values():
        empty(seqs)


def _blank_rows(model: type[models.Model], seqs: list[int]) -> None:
    points = [
        field
        for field in model._meta.concrete_fields
        if field.related_model is Entry and field.name == "entry"
    ]
    blanks = _blanks(model)
    if points and blanks:
        model._base_manager.filter(entry__in=seqs).update(**blanks)


def _blanks(model: type[models.Model]) -> dict[str, object]:
    """Free texts of a model emptied. What is chosen from a list, unique, or points to something stays."""
    found: dict[str, object] = {}
    for field in model._meta.concrete_fields:
        if field.unique or field.is_relation or field.choices:
            continue
        if isinstance(field, (models.TextField, models.CharField)):
            found[field.name] = ""
        elif isinstance(field, models.JSONField):
            found[field.name] = None if field.null else field.get_default() or {}
    return found


@transaction.atomic
def erase_person(person: Person, *, why: str, by: Person | None, now: datetime) -> Erasure:
    """Somebody who left becomes a pseudonym: name, e-mail and number are replaced, what was said of them goes.

    Raises PermissionDenied, ValidationError, OnHoldError.
    """
    demand(by, person)
    held(Person.objects.all(), person.pk)
    if at_work(person) or person.left is None:
        raise ValidationError(_("They work here. Only somebody who left is erased."))
    if person.number.startswith(ERASED):
        raise ValidationError(_("They were erased already."))
    done = erase_contents(person, None, why=why, by=by, now=now, whole=True)
    for also in ALSO.values():
        also(person)
    meant, listed, name = means(person), named_by(person), person.name
    rename(person)
    record(by, "erased", person, now)
    forget_worker(meant, person.number)  # last: what is written to files is not taken back
    forget_listed(listed, name)
    assert done is not None
    return done


def _evidence(person: Person) -> None:
    """What this stage and those below keep of a person outside of the ledger."""
    Estimate.objects.filter(person=person).delete()
    Reading.objects.filter(person=person).delete()
    Answer.objects.filter(acknowledgement__person=person).update(text="")
    Acknowledgement.objects.of(person).update(words="")
    Objective.objects.of(person).update(parent=None)
    Objective.objects.of(person).delete()


ALSO["evidence"] = _evidence
