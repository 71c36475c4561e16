"""Half a year of the pulse in the made-up organisation: monthly waves, and a team in which few dare to speak.

How teams feel follows teams_monthly.csv: engagement as it says, month by month. The team that never asks anything there
is the one whose manager discourages it; its people say so where they are asked about voice.
"""

import csv
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
from django.utils import timezone

from andon.culture.pulse import actions, figures
from andon.culture.pulse.actions.answering import Ballot
from andon.culture.pulse.models import Dimension, Every, Kept, Wave
from andon.flow.pulse import next_day
from andon.people.models import Person

FILE = "teams_monthly.csv"
WAVES, OPEN_DAYS, SEED, MONTH = 6, 10, 23, 30
TAKES_PART = 0.78
LEVELS = {
    Dimension.ENGAGEMENT: 0.0, Dimension.STRESS: -9.0, Dimension.VOICE: -3.0, Dimension.FAIRNESS: 4.0,
    Dimension.SUPPORT: 7.0, Dimension.MEANING: 5.0,
}  # fmt: skip
UNSAFE = {Dimension.VOICE: -34.0, Dimension.SUPPORT: -10.0, Dimension.FAIRNESS: -8.0}
SAID = (
    "The new returns form takes three screens where one would do. Customers wait on the line meanwhile.",
    "Returns without a number land on our desk and nobody owns them.",
    "Please let us see what became of the questions we ask.",
    "The roster comes out on Thursday for Monday. A week earlier would change a lot.",
    "The roster changes after it was published, and it is always the late shift.",
    "Training on the card reader was good, more of that.",
    "When the system is slow we get the blame on the phone. Tell us when it is slow.",
    "The system logs me out in the middle of a call.",
    "I like that the weekly review is about processes and not about us.",
    "Breaks are too short on Mondays.",
    "Roster swaps by mail take days. A list on the wall was quicker.",
    "Chat and phone tell customers different things about delivery dates.",
    "Delivery dates on the site are not those that we see.",
    "Good team, I would not want another.",
)
SAID_THERE = (
    "Whoever asks a question is told to get on with it.",
    "We were told not to send things up. So we do not.",
    "Best to keep your head down here.",
)
Levels = dict[tuple[str, str], float]


def add(folder: Path, now: datetime) -> int:
    """Waves that were counted; how many. Without the file there are none."""
    if not (folder / FILE).exists() or Wave.objects.exists():
        return 0
    with (folder / FILE).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    _figures(rows, now)
    levels, silent = _levels(rows), _silent(rows)
    rng = np.random.default_rng(SEED)
    persons = {pk: rng.normal(0, 13) for pk in Person.objects.order_by("pk").values_list("pk", flat=True)}
    today = timezone.localdate(now)
    for back in range(WAVES, 0, -1):
        _wave(today - timedelta(days=back * MONTH), levels, silent, persons, rng)
    _go_on(today, now)
    return WAVES


def _figures(rows: list[dict[str, str]], now: datetime) -> None:
    partner = Person.objects.at_work().with_role("hr_partner").order_by("number").first()
    if partner is None:
        return
    lines = [
        f'"{row["team"]}",{row["month"]},{measure},{row[measure]},{row["headcount"]}'
        for row in rows
        for measure in (Kept.ABSENCE, Kept.ATTRITION)
    ]
    figures.bring("\n".join([",".join(figures.COLUMNS), *lines]), by=partner, now=now)


def _levels(rows: list[dict[str, str]]) -> Levels:
    return {(row["team"], row["month"]): float(row["engagement"]) for row in rows if row["engagement"]}


def _silent(rows: list[dict[str, str]]) -> set[str]:
    """Teams whose customers complain most and that asked nothing in all the time."""
    asked, complaints = defaultdict(int), defaultdict(int)
    for row in rows:
        asked[row["team"]] += int(row["escalations"])
        complaints[row["team"]] += int(row["complaints"])
    usual = float(np.median(list(complaints.values())))
    return {team for team, n in asked.items() if n == 0 and complaints[team] > usual}


def _wave(opens: date, levels: Levels, silent: set[str], persons: dict, rng: np.random.Generator) -> None:
    last = opens + timedelta(days=OPEN_DAYS)
    begin, end = (
        timezone.make_aware(datetime.combine(day, time(8))) for day in (opens, last + timedelta(days=1))
    )
    wave = actions.open_wave(last, by=None, now=begin)
    places = {(cell["team"], cell["site"]): i for i, cell in enumerate(wave.cells)}
    ballots = [
        _ballot(wave, person, places, levels, silent, persons[person.pk], rng)
        for person in Person.objects.at_work(opens).select_related("team").order_by("pk")
        if rng.random() < TAKES_PART
    ]
    actions.put_in(wave, [ballot for ballot in ballots if ballot])
    actions.count(wave, end)


def _ballot(
    wave: Wave,
    person: Person,
    places: dict,
    levels: Levels,
    silent: set[str],
    own: float,
    rng: np.random.Generator,
) -> Ballot | None:
    team = person.team.name if person.team else ""
    cell = places.get((person.team_id, person.site or (person.team.site if person.team else "")))
    if cell is None:
        return None
    level = levels.get((team, f"{wave.opened_on:%Y-%m}"), 71.0)
    there = team in silent
    answers = {q["key"]: _answer(level + own, Dimension(q["dimension"]), there, rng) for q in wave.questions}
    said = SAID_THERE if there and rng.random() < 0.3 else SAID
    comment = said[int(rng.integers(len(said)))] if rng.random() < 0.16 else ""
    return f"person:{person.pk}", cell, answers, comment


def _answer(level: float, dimension: Dimension, there: bool, rng: np.random.Generator) -> int | None:
    if rng.random() < 0.015:
        return None
    points = level + LEVELS[dimension] + (UNSAFE.get(dimension, 0.0) if there else 0.0) + rng.normal(0, 19)
    return int(np.clip(np.round(points / 25), 0, 4)) + 1


def _go_on(today: date, now: datetime) -> None:
    """A wave is open to try, and the next ones come every month."""
    partner = Person.objects.at_work().with_role("hr_partner").order_by("number").first()
    if partner is not None:
        actions.keep_rhythm(
            every=Every.MONTH, open_days=OPEN_DAYS, next_on=next_day(today, 1, today), by=partner, now=now
        )
        actions.open_wave(today + timedelta(days=OPEN_DAYS), by=partner, now=now)
