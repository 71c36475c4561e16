"""A company for fairness audits: Hana, named by Adam, audits; two roles, five managers, and groups that are planted."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np

from andon.culture.fairness import actions, auditing
from andon.culture.fairness.models import FairnessAudit
from andon.growth.models import Coaching, Recognition
from andon.people import lines
from andon.people.models import Grant, Person, Team

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SINCE, UNTIL = date(2024, 3, 1), date(2026, 3, 1)
ROLES = ("Adviser", "Handler")


def company(people: int = 200, managers: int = 10) -> SimpleNamespace:
    """`staff` in order of their numbers S0, S1, …; Adam administers, Hana and Helen are HR partners, Ana an analyst."""
    team = Team.objects.create(slug="all", name="All")
    found = SimpleNamespace(now=NOW, team=team)
    for key, role in (
        ("hana", "hr_partner"),
        ("helen", "hr_partner"),
        ("adam", "administrator"),
        ("ana", "analyst"),
    ):
        person = Person.objects.create_person(
            number=key, name=key.title(), email=f"{key}@example.com", team=team
        )
        Grant.objects.create(person=person, role=role, granted_at=NOW)
        setattr(found, key, person)
    heads = [Person(number=f"M{i}", name=f"Manager {i}", joined=date(2020, 1, 1)) for i in range(managers)]
    found.managers = Person.objects.bulk_create(heads)
    found.staff = hire(found, people)
    lines.rebuild()
    return found


def hire(
    found: SimpleNamespace, people: int, joined: date = date(2020, 1, 1), first: int = 0
) -> list[Person]:
    return Person.objects.bulk_create(
        Person(
            number=f"S{i}", name=f"Somebody {i}", title=ROLES[i % 2], joined=joined,
            manager=found.managers[i % len(found.managers)],
        )
        for i in range(first, first + people)
    )  # fmt: skip


def audits(found: SimpleNamespace) -> None:
    """Hana is named and accepts."""
    actions.name_auditor(found.hana, "Yearly audit", by=found.adam, now=NOW)
    actions.accept(by=found.hana, now=NOW)


def csv_of(rows) -> bytes:
    return ("number,attribute,value\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows)).encode()


def bring(found: SimpleNamespace, rows, name: str = "gender") -> None:
    """`rows` are (person, value)."""
    raw = csv_of((person.number, name, value) for person, value in rows)
    brought = actions.bring(
        raw, "To see that all are treated alike.", "Works agreement 7", by=found.hana, now=NOW
    )
    actions.apply(brought, by=found.hana, now=NOW)


def coach(found: SimpleNamespace, people, at: datetime = NOW - timedelta(days=90)) -> None:
    Coaching.objects.bulk_create(
        Coaching(
            person=one, by=found.managers[0], at=at, situation="s", behaviour="b", impact="i",
            follow_up_on=date(2026, 4, 1),
        )
        for one in people
    )  # fmt: skip


def thank(found: SimpleNamespace, people, at: datetime = NOW - timedelta(days=90)) -> None:
    Recognition.objects.bulk_create(
        Recognition(to=one, by=found.managers[0], what="w", for_customer="c", at=at) for one in people
    )


def examine(found: SimpleNamespace, since: date = SINCE, until: date = UNTIL) -> FairnessAudit:
    audit = FairnessAudit.objects.create(since=since, until=until, by=found.hana, at=NOW)
    auditing.make(audit.pk, NOW)
    audit.refresh_from_db()
    assert audit.state == "done", audit.problem
    return audit


def part(audit: FairnessAudit, slug: str = "gender") -> dict:
    return next(one for one in audit.content["attributes"] if one["slug"] == slug)


def table(audit: FairnessAudit, process: str, slug: str = "gender") -> dict:
    return next(one for one in part(audit, slug)["tables"] if one["process"] == process)


def drawn(people, chances, seed: int = 1) -> list:
    """Of `people`, those whom chance chose, each with a chance of their own."""
    rng = np.random.default_rng(seed)
    return [one for one, chance in zip(people, chances, strict=True) if rng.random() < chance]
