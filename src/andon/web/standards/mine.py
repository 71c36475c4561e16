"""What is expected of one's own role, and why: for the page of standards and for the hub. Five queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from andon.people.models import Person
from andon.standards import queries
from andon.standards.models import Acknowledgement, Anchor, Holding, JobRole, Reminder, StandardVersion
from andon.web.standards.bars import basis_words, level_words, where_words


@dataclass(frozen=True, slots=True)
class Bar:
    """One version that binds, or will, with what the person has said of it. `to_read`: nothing yet."""

    version: StandardVersion
    level: str
    where: str
    basis: str
    said: list[Acknowledgement]
    anchors: list[Anchor]
    reminded: Reminder | None = None
    coming: bool = False

    @property
    def to_read(self) -> bool:
        return not self.said


@dataclass(frozen=True, slots=True)
class Expected:
    """The roles somebody holds today, what is expected in them, and how many bars they have not read yet."""

    roles: list[JobRole]
    bars: list[Bar]

    @property
    def unread(self) -> int:
        return sum(bar.to_read for bar in self.bars)


def expected(person: Person, now: datetime) -> Expected:
    """What is expected of `person` today, and what has been agreed to be from a later day."""
    today = timezone.localdate(now)
    roles = [holding.job_role for holding in Holding.objects.of(person, today)]
    every = queries.binding(person, today).every
    said = queries.acknowledgements(person, every)
    steps = anchors_of(every)
    reminders = _reminders(person, every)
    return Expected(
        roles,
        [
            Bar(
                version=one,
                level=level_words(one),
                where=where_words(one),
                basis=basis_words(one),
                said=said.get(one.pk, []),
                anchors=steps.get(one.standard.behaviour_id, []),
                reminded=reminders.get(one.pk),
                coming=one.starts > today,
            )
            for one in every
        ],
    )


def anchors_of(versions: list[StandardVersion]) -> dict[int | None, list[Anchor]]:
    """The steps in words of the behaviours that versions are about, by behaviour."""
    behaviours = {one.standard.behaviour_id for one in versions} - {None}
    found: dict[int | None, list[Anchor]] = {}
    for anchor in Anchor.objects.in_use().filter(behaviour__in=behaviours).order_by("step"):
        found.setdefault(anchor.behaviour_id, []).append(anchor)
    return found


def _reminders(person: Person, versions: list[StandardVersion]) -> dict[int, Reminder]:
    """The last time somebody asked for each to be read."""
    sent = Reminder.objects.filter(person=person, version__in=versions).select_related("by")
    return {reminder.version_id: reminder for reminder in sent}


def history(person: Person) -> list[StandardVersion]:
    """Every version of somebody's roles, everywhere or in their team, with what they said of it; the newest first.

    What they said of versions of an earlier team stays among them.
    """
    roles = Holding.objects.filter(person=person).values("job_role")
    mine = Prefetch("acknowledgements", Acknowledgement.objects.of(person), to_attr="said")
    here = Q(standard__job_role__in=roles) & (Q(standard__team=None) | Q(standard__team=person.team_id))
    told = Q(pk__in=Acknowledgement.objects.of(person).values("version"))
    versions = StandardVersion.objects.agreed().filter(here | told)
    return list(versions.with_all().prefetch_related(mine).order_by("-starts", "standard__name")[:200])
