"""What is expected of somebody on a day, and whether it was known; the facts of pure rules, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from andon.people.models import Person
from andon.standards.models import (
    Acknowledgement,
    Anchor,
    Answer,
    Holding,
    Objective,
    Standard,
    StandardVersion,
)
from andon.standards.rules import knowing, writing
from andon.standards.rules.aligning import outcome_of, path
from andon.standards.rules.knowing import Known, Stretch


@dataclass(frozen=True, slots=True)
class Binding:
    """What binds somebody on a day, and what has been agreed to bind them from a later one."""

    current: list[StandardVersion]
    coming: list[StandardVersion]

    @property
    def every(self) -> list[StandardVersion]:
        return [*self.current, *self.coming]


def in_force_for(person: Person, on: date) -> list[StandardVersion]:
    """The versions that bind somebody on a day: of the roles they hold, everywhere or in their team.

    Where their team has a bar of its own for the same subject, that one holds instead of the one for everywhere.
    The team is the one of today: the staff list keeps no earlier one. One query.
    """
    return binding(person, on).current


def binding(person: Person, on: date) -> Binding:
    """As `in_force_for`, with what is coming. One query."""
    roles = Holding.objects.of(person, on).values("job_role")
    versions = StandardVersion.objects.agreed().filter(
        Q(ends=None) | Q(ends__gt=on), standard__job_role__in=roles
    )
    found = list(versions.with_all().order_by("standard__name", "standard_id", "number"))
    current = [one for one in found if one.starts <= on]
    coming = [one for one in found if one.starts > on]
    return Binding(applying(current, person.team_id), applying(coming, person.team_id, beside=current))


def applying(
    versions: Iterable[StandardVersion], team: int | None, beside: Iterable[StandardVersion] = ()
) -> list[StandardVersion]:
    """Of versions of whatever team, those for one team: its own bars before those of everywhere.

    `beside`: other versions whose bars of the team also stand before those of everywhere.
    """
    found = list(versions)
    own = {_bar(one) for one in (*found, *beside) if team is not None and one.standard.team_id == team}
    return [
        one
        for one in found
        if (one.standard.team_id == team and team is not None)
        or (one.standard.team_id is None and _bar(one) not in own)
    ]


def _bar(version: StandardVersion) -> tuple:
    return (version.standard.job_role_id, *version.standard.subject)


def known_through(person: Person, standard: Standard, starts: date, ends: date) -> Known:
    """Whether a standard was in force, measurable and known to somebody on every day from `starts` to `ends`."""
    versions = standard.versions.agreed().order_by("number")
    said = acknowledgements(person, versions)
    steps = (
        Anchor.objects.in_use().filter(behaviour=standard.behaviour_id).count()
        if standard.behaviour_id
        else 0
    )
    measurable = is_measurable(standard, steps, ends)
    facts = [_facts(version, said.get(version.pk, []), measurable, standard) for version in versions]
    return knowing.known_through(facts, _held(person, standard), starts, ends)


def is_measurable(standard: Standard, steps: int, through: date) -> bool:
    """By a measure that was watched to the end of the period, or by a behaviour with anchors."""
    if standard.measure_id:
        retired = standard.measure.retired_at
        return retired is None or timezone.localdate(retired) > through
    return standard.behaviour_id is not None and steps >= writing.FEWEST_ANCHORS


def _facts(
    version: StandardVersion, said: Sequence[Acknowledgement], measurable: bool, standard: Standard
) -> knowing.Version:
    return knowing.Version(
        starts=version.starts,
        ends=version.ends,
        number=version.number,
        measurable=measurable and (standard.measure_id is None or version.level is not None),
        known_on=knowing.known_on(map(_said, said)),
        asked=bool(said),
    )


def _said(one: Acknowledgement) -> tuple[date, bool, date | None]:
    answered = next((timezone.localdate(answer.at) for answer in one.answers.all()), None)
    return timezone.localdate(one.at), one.kind == Acknowledgement.Kind.QUESTION, answered


def _held(person: Person, standard: Standard) -> list[Stretch]:
    """When the person held the role, and the standard was for their team."""
    if not _for_team_of(person, standard):
        return []
    held = Holding.objects.filter(person=person, job_role=standard.job_role_id)
    return [Stretch(starts, ends) for starts, ends in held.values_list("starts", "ends")]


def _for_team_of(person: Person, standard: Standard) -> bool:
    if standard.team_id is not None:
        return standard.team_id == person.team_id
    if person.team_id is None:
        return True
    rivals = Standard.objects.in_use().filter(job_role=standard.job_role_id, team=person.team_id)
    agreed = rivals.filter(pk__in=StandardVersion.objects.agreed().values("standard"))
    return all(rival.subject != standard.subject for rival in agreed)


def acknowledgements(
    person: Person, versions: Iterable[StandardVersion] | QuerySet[StandardVersion]
) -> dict[int, list[Acknowledgement]]:
    """What somebody said of versions, by version, in the order of saying, with the answers. Two queries."""
    keys = [version.pk for version in versions]
    answered = Prefetch("answers", Answer.objects.select_related("by"))
    found: dict[int, list[Acknowledgement]] = {}
    for one in Acknowledgement.objects.of(person).filter(version__in=keys).prefetch_related(answered):
        found.setdefault(one.version_id, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Aligned:
    """The way from an objective up to the top, itself first, and the nearest one that names an outcome."""

    steps: list[Objective]
    outcome: Objective | None

    @property
    def reaches(self) -> bool:
        return self.outcome is not None


def alignment(objective: Objective, seen: QuerySet[Objective]) -> Aligned:
    """Within what a reader sees. As nobody's personal objective stands above another's, nothing is missing in it."""
    parents = parents_of([objective])
    keys = path(objective.pk, parents)
    found = seen.select_related("measure__mechanism", "mechanism", "team", "person").in_bulk(keys)
    steps = [found[key] for key in keys if key in found]
    named = {one.pk for one in steps if one.names_an_outcome}
    outcome = outcome_of(objective.pk, parents, named)
    return Aligned(steps, found.get(outcome) if outcome is not None else None)


def parents_of(objectives: Iterable[Objective]) -> dict[int, int | None]:
    """Each objective's parent, upwards until all tops are reached: one query a level."""
    parents: dict[int, int | None] = {one.pk: one.parent_id for one in objectives}
    missing = {parent for parent in parents.values() if parent is not None} - parents.keys()
    while missing:
        parents |= dict(Objective.objects.filter(pk__in=missing).values_list("pk", "parent"))
        missing = {parent for parent in parents.values() if parent is not None} - parents.keys()
    return parents


def bound_by(version: StandardVersion, on: date) -> QuerySet[Person]:
    """Everybody at work whom a version binds on a day, as `in_force_for` says of each of them."""
    standard = version.standard
    holders = Holding.objects.on(on).filter(job_role=standard.job_role_id).values("person")
    people = Person.objects.at_work(on).filter(pk__in=holders)
    if standard.team_id is not None:
        return people.filter(team=standard.team_id)
    return people.exclude(team__in=_teams_with_their_own(standard, on))


def _teams_with_their_own(standard: Standard, on: date) -> list[int]:
    """Teams that have a bar of their own about the same subject."""
    others = StandardVersion.objects.in_force(on).filter(
        standard__job_role=standard.job_role_id, standard__team__isnull=False
    )
    rivals = (one.standard for one in others.select_related("standard"))
    return [rival.team_id for rival in rivals if rival.subject == standard.subject]


def naming_an_outcome(keys: Iterable[int]) -> set[int]:
    """Of objectives, those that name a measure or a mechanism."""
    wanted = list(keys)
    if not wanted:
        return set()
    named = Objective.objects.filter(pk__in=wanted).exclude(measure=None, mechanism=None)
    return set(named.values_list("pk", flat=True))
