"""An organisation to ask: teams of chosen sizes under one roof, a wave, and answers for it."""

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from andon.culture.pulse import actions
from andon.culture.pulse.models import Wave
from andon.people import lines
from andon.people.models import Grant, Person, Team

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LAST_DAY = date(2026, 3, 12)
AFTER = datetime(2026, 3, 13, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def company(sizes: Mapping[str, int], sites: Mapping[str, str] | None = None) -> dict[str, list[Person]]:
    """People of each team by its name; an HR partner, an analyst and an administrator outside of all teams."""
    made: dict[str, list[Person]] = {}
    boss = _person("boss", None, "leader")
    for role in ("hr_partner", "analyst", "administrator"):
        _person(role, None, role)
    for name, n in sizes.items():
        team = Team.objects.create(slug=name, name=name.capitalize(), site=(sites or {}).get(name, ""))
        manager = _person(f"{name}-manager", None, "", boss)
        made[name] = [_person(f"{name}-{i}", team, "", manager) for i in range(n)]
    lines.rebuild()
    return made


def _person(number: str, team: Team | None, role: str, manager: Person | None = None) -> Person:
    person = Person.objects.create_person(
        number=number,
        name=f"{number.title()} Testperson",
        email=f"{number}@example.com",
        team=team,
        manager=manager,
    )
    if role:
        Grant.objects.create(person=person, role=role, granted_at=NOW)
    return person


def who(number: str) -> Person:
    return Person.objects.get(number=number)


def opened(now: datetime = NOW, last_day: date = LAST_DAY) -> Wave:
    return actions.open_wave(last_day, by=None, now=now)


def answers(wave: Wave, point: int = 4) -> dict[str, int | None]:
    return {question["key"]: point for question in wave.questions}


def answered(wave: Wave, people, point: int = 4, comment: str = "") -> None:
    for person in people:
        actions.answer(
            wave,
            answers(wave, point),
            comment,
            by=person,
            now=wave.opens_at + DAY,
            rng=random.Random(person.pk),
        )


def counted(wave: Wave) -> Wave:
    actions.count(wave, wave.closes_at + timedelta(hours=1), rng=random.Random(1))
    wave.refresh_from_db()
    return wave
