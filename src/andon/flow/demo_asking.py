"""Half a year of questions in the made-up organisation: teams ask as teams_monthly.csv says, and one asks nothing."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from andon.culture import silence
from andon.culture.weekly import keep_last_week
from andon.escalations import actions
from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.signals.models import Signal

FILE = "teams_monthly.csv"
MOST = 120
SEED = 11
MONTH = timedelta(days=28)
NOTES = (
    "?",
    "Again this week.",
    "How could this happen?",
    "A customer asked me to pass this on.",
    "Who can mend this?",
)


def add(folder: Path, now: datetime, most: int = MOST) -> int:
    """Asks, and looks for silence then; how many questions. Without the file nobody asks."""
    asked = 0
    if (folder / FILE).exists():
        rng = np.random.default_rng(SEED)
        for team, month, many in _months(folder / FILE, now, most):
            asked += sum(_ask(team, month, now, rng) for _each in range(rng.poisson(many)))
    silence.refresh(now)
    keep_last_week(now)
    return asked


def _months(path: Path, now: datetime, most: int) -> Iterator[tuple[str, datetime, float]]:
    """Team, month and how many questions to expect, of the months that are looked back at."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = [(row["team"], _month(row["month"]), int(row["escalations"])) for row in csv.DictReader(file)]
    recent = [row for row in rows if now - silence.LOOKED_BACK < row[1] < now - MONTH]
    share = most / max(most, sum(row[2] for row in recent))
    yield from ((team, month, many * share) for team, month, many in recent)


def _month(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC)


def _ask(team: str, month: datetime, now: datetime, rng: np.random.Generator) -> bool:
    """Somebody of the team asks about what a customer said of a mechanism that the team uses; it is answered."""
    people = list(Person.objects.at_work().filter(team__name=team).order_by("number")[:40])
    at = month + timedelta(seconds=float(rng.uniform(0, MONTH.total_seconds())))
    used = Mechanism.objects.in_use().filter(consumers__name=team)
    said = Signal.objects.filter(mechanism__in=used, band__in=["low", ""], escalations=None)
    signal = (
        said.filter(received_at__gte=month, received_at__lt=at)
        .exclude(text="")
        .order_by("-received_at")
        .first()
    )
    if not people or signal is None or at > now:
        return False
    pick: Callable = lambda many: many[int(rng.integers(len(many)))]  # noqa: E731
    question = actions.raise_escalation(by=pick(people), now=at, signal=signal, note=pick(NOTES))
    if owner := signal.mechanism.owner:
        _answer(question, owner, at, rng)
    return True


def _answer(question, owner: Person, at: datetime, rng: np.random.Generator) -> None:
    hours = np.cumsum(rng.exponential([0.6, 2.5, 14.0, 8.0]))
    owned, right, explained, closed = (at + timedelta(hours=float(hour)) for hour in hours)
    actions.own(question, by=owner, now=owned)
    actions.write(question, "made_right", "The customer has what they were promised.", by=owner, now=right)
    actions.write(
        question,
        "explained",
        "A case that the steps do not provide for. They do now.",
        by=owner,
        now=explained,
    )
    actions.close(question, "Put right and explained.", by=owner, now=closed)
