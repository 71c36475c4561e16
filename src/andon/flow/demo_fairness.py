"""Groups and a fairness audit in the demo organisation. They are drawn by chance: no difference is planted."""

import hashlib
from datetime import date, datetime, timedelta

from django.utils import timezone

from andon.culture.fairness import actions, auditing
from andon.culture.fairness.auditing import half_year_before
from andon.growth.actions import training
from andon.growth.models import Course
from andon.people.models import Person

PURPOSE = "To see once a year whether everybody is treated alike."
BASIS = "Agreement with the works council of 3 March, section 4"
GROUPS = {
    "Gender": (("woman", 48), ("man", 48), ("diverse", 4)),
    "Age band": (("under 30", 26), ("30 to 39", 30), ("40 to 49", 22), ("50 and over", 22)),
    "Contract": (("full time", 74), ("part time", 26)),
}
"""Shares in a hundred."""


def add(now: datetime) -> None:
    """An administrator names an HR partner, who accepts, brings groups, and asks for an audit of two years."""
    auditor = Person.objects.at_work().with_role("hr_partner").first()
    names = (
        Person.objects.at_work()
        .with_role("administrator")
        .exclude(pk=auditor.pk if auditor else None)
        .first()
    )
    if auditor is None or names is None:
        return
    _learn(now)
    actions.name_auditor(auditor, "The yearly audit that was agreed.", by=names, now=now)
    actions.accept(by=auditor, now=now)
    brought = actions.bring(_list(), PURPOSE, BASIS, by=auditor, now=now)
    actions.apply(brought, by=auditor, now=now)
    until = timezone.localdate(now)
    actions.ask(_since(until), until, by=auditor, now=now, start=lambda key: auditing.make(key, now))


def _learn(now: datetime) -> None:
    """Within a year and a half, two people of five take up a course that is on offer: by chance, whoever they are."""
    courses = list(Course.objects.on_offer().order_by("pk"))
    for person in Person.objects.at_work().filter(trainings=None).order_by("pk") if courses else ():
        at = _share(person.number, "training", 1000)
        if at < 400:
            begun = now - timedelta(days=20 + at)
            training.enrol(by=person, now=begun, course=courses[at % len(courses)])


def _since(until: date) -> date:
    for _half in range(4):
        until = half_year_before(until)
    return until


def _list() -> bytes:
    rows = [
        f"{number},{name},{_drawn(number, name)}"
        for number in Person.objects.order_by("pk").values_list("number", flat=True)
        for name in GROUPS
    ]
    return "\n".join(["number,attribute,value", *rows]).encode()


def _drawn(number: str, name: str) -> str:
    """The same for the same person each time."""
    at = _share(number, name, 100)
    for group, share in GROUPS[name]:
        at -= share
        if at < 0:
            return group
    return GROUPS[name][-1][0]


def _share(number: str, name: str, of: int) -> int:
    """A number from 0 to below `of`, as if drawn."""
    return int(hashlib.sha256(f"{name} {number}".encode()).hexdigest(), 16) % of
