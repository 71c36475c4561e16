"""Which standards, objectives and targets in force rest on a number that customers do not feel."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from andon.analysis.metrics.spec import CANNOT_TELL, MATTERS, NOT
from andon.culture.metrics.columns import label
from andon.culture.metrics.feeling import OTHER_WAY, Feeling, Feelings
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.standards.models import KeyResult, Objective, Standard, StandardVersion

Kind = Literal["standard", "objective", "key result", "target"]


@dataclass(frozen=True, slots=True)
class Rest:
    """Something in force, the measure that it rests on, and whether customers feel that.

    where: for whom it is (a role and team, an objective), "" where the measure says it. pk: of the standard or
    objective; None of a target in the register.
    """

    kind: Kind
    name: str
    where: str
    pk: int | None
    measure: Measure
    feeling: Feeling

    @property
    def sentence(self) -> str:
        return sentence(self.feeling)


def resting(person: Person, on: date) -> list[Rest]:
    """All that this person may see. Five queries, however much there is."""
    feelings = Feelings()
    found = [*_standards(person, on, feelings), *_key_results(person, on, feelings),
             *_objectives(person, on, feelings), *_targets(person, feelings)]  # fmt: skip
    return [one for one in found if one.feeling.idle]


def notes(measures: Iterable[Measure | None]) -> dict[int, str]:
    """What speaks against holding people to these measures, by key; those that customers feel are not in it."""
    some = [one for one in measures if one is not None]
    if not some:
        return {}
    feelings = Feelings(one.mechanism.slug for one in some)
    told = {one.pk: sentence(feelings.of(one)) for one in some}
    return {key: text for key, text in told.items() if text}


def _standards(person: Person, on: date, feelings: Feelings) -> Iterator[Rest]:
    visible = Standard.objects.visible_to(person).filter(measure__in=_in_use())
    versions = StandardVersion.objects.in_force(on).filter(standard__in=visible.order_by().values("pk"))
    for one in versions.with_all().order_by("standard__name", "standard__team__name", "pk"):
        standard = one.standard
        where = ", ".join(filter(None, (standard.job_role.name, standard.team and standard.team.name)))
        yield Rest(
            "standard", standard.name, where, standard.pk, standard.measure, feelings.of(standard.measure)
        )


def running(objectives: QuerySet[Objective], on: date) -> QuerySet[Objective]:
    """Not given up, of a cycle that is open and not over; without a cycle, not past its day."""
    open_cycle = Q(cycle__opened_at__isnull=False, cycle__frozen_at=None, cycle__ends__gte=on)
    return objectives.kept().filter(open_cycle | (Q(cycle=None) & (Q(due=None) | Q(due__gte=on))))


def _mine(person: Person, on: date) -> QuerySet[Objective]:
    return running(Objective.objects.visible_to(person), on)


def _key_results(person: Person, on: date, feelings: Feelings) -> Iterator[Rest]:
    of = _mine(person, on).order_by().values("pk")
    found = KeyResult.objects.filter(objective__in=of, measure__in=_in_use())
    for one in found.select_related("objective", "measure__mechanism").order_by("title", "pk"):
        yield Rest(
            "key result",
            one.title,
            one.objective.title,
            one.objective_id,
            one.measure,
            feelings.of(one.measure),
        )


def _objectives(person: Person, on: date, feelings: Feelings) -> Iterator[Rest]:
    found = _mine(person, on).filter(measure__in=_in_use()).select_related("measure__mechanism")
    for one in found.order_by("title", "pk"):
        yield Rest("objective", one.title, "", one.pk, one.measure, feelings.of(one.measure))


def _targets(person: Person, feelings: Feelings) -> Iterator[Rest]:
    found = Measure.objects.visible_to(person).in_use().exclude(target=None).select_related("mechanism")
    for one in found.order_by("mechanism__name", "name", "pk"):
        yield Rest("target", one.name, "", None, one, feelings.of(one))


def _in_use() -> QuerySet:
    return Measure.objects.in_use().order_by().values("pk")


def sentence(feeling: Feeling) -> str:
    """Why, in words; "" where there is nothing to say against it."""
    if feeling.state == OTHER_WAY:
        return _("%(outcomes)s gets worse where this counts as better.") % {
            "outcomes": joined(feeling.of(MATTERS))
        }
    if not feeling.idle:
        return ""
    told = _("It makes no difference to %(outcomes)s.") % {"outcomes": joined(feeling.of(NOT))}
    open_ = feeling.of(CANNOT_TELL)
    if not open_:
        return told
    return f"{told} {_('Of %(outcomes)s the numbers cannot tell.') % {'outcomes': joined(open_)}}"


def joined(columns: list[str]) -> str:
    names = [label(name) for name in columns]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
