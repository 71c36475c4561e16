"""Who complained, after whom they were served, and who asked: counted from what is kept. No person leaves this room."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from andon.escalations.models import Entry, Escalation
from andon.lake.serving import served_by
from andon.people.models import Team
from andon.signals.models import Dataset, Signal

COMPLAINTS = ("low", "")  # bands of ratings: a low one, or none at all; as clusters and complaints count them
HELPED = (Entry.Kind.MADE_RIGHT, Entry.Kind.EXPLAINED)
MOST = 100_000  # the newest complaints that are looked through


@dataclass(frozen=True, slots=True)
class Complaint:
    """`who` is a customer, or the signal itself where nobody knows; `team` and `mechanism` are keys or None."""

    who: str
    mechanism: int | None
    team: int | None


@dataclass(frozen=True, slots=True)
class Complaints:
    """Counted by customers, as one who writes often is one."""

    rows: tuple[Complaint, ...]

    def by_team(self) -> Counter[int]:
        return _distinct((row.team, row.who) for row in self.rows)

    def by_mechanism(self) -> Counter[int]:
        return _distinct((row.mechanism, row.who) for row in self.rows)


def _distinct(pairs) -> Counter[int]:
    return Counter(key for key, _who in set(pairs) if key is not None)


def complaints(since: datetime, now: datetime) -> Complaints:
    """Two queries, and a look into the lake for who was served by which team."""
    found = Signal.objects.filter(received_at__gte=since, received_at__lt=now, band__in=COMPLAINTS)
    columns = ("key", "customer", "mechanism", "mechanism__slug", "received_at")
    rows = list(found.order_by("-received_at", "-pk").values_list(*columns)[:MOST])
    teams = _teams([row[1] for row in rows], [row[3] or "" for row in rows], [row[4] for row in rows])
    return Complaints(
        tuple(
            Complaint(customer or key, mechanism, team)
            for (key, customer, mechanism, _slug, _at), team in zip(rows, teams, strict=True)
        )
    )


def _teams(customers: list[str], mechanisms: list[str], at: list[datetime]) -> list[int | None]:
    paths = [one.lake_path for one in Dataset.objects.in_lake().order_by("pk") if one.lake_path.exists()]
    moments = np.array([one.astimezone(UTC).replace(tzinfo=None) for one in at], "datetime64[us]")
    names = served_by(paths, customers, mechanisms, moments)
    known = {
        key.casefold(): pk for pk, *keys in Team.objects.values_list("pk", "name", "slug") for key in keys
    }
    return [known.get(name.strip().casefold()) for name in names]


def asked_by_team(since: datetime, now: datetime) -> Counter[int]:
    """Questions that somebody of a team raised or joined; the same question once a team."""
    asked: dict[int, set[int]] = defaultdict(set)
    raised = Escalation.objects.filter(raised_at__gte=since, raised_at__lt=now)
    joined = Entry.objects.filter(kind=Entry.Kind.ALSO_ASKED, at__gte=since, at__lt=now)
    pairs = [
        *raised.order_by().values_list("raised_by__team", "pk"),
        *joined.order_by().values_list("by__team", "escalation"),
    ]
    for team, question in pairs:
        if team is not None:
            asked[team].add(question)
    return Counter({team: len(questions) for team, questions in asked.items()})


def closed_by_team(since: datetime, now: datetime, young: timedelta) -> tuple[Counter[int], Counter[int]]:
    """Questions put to each team that were closed; and of these how many died young.

    Closed within `young` of being asked, with nothing made right and nothing explained: with a reason only.
    """
    closed = Escalation.objects.filter(closing__at__gte=since, closing__at__lt=now, to_team__isnull=False)
    closed = closed.filter(merging__isnull=True).order_by()
    helped = set(closed.filter(entries__kind__in=HELPED).values_list("pk", flat=True))
    cases, died = Counter[int](), Counter[int]()
    for pk, team, raised, ended in closed.values_list("pk", "to_team", "raised_at", "closing__at"):
        cases[team] += 1
        died[team] += pk not in helped and ended - raised < young
    return cases, died
