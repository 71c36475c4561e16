"""Groups and a fairness audit in the demo organisation. They are drawn by chance: no difference is planted."""

import hashlib
from datetime import date, datetime

from django.utils import timezone

from andon.culture.fairness import actions, auditing
from andon.culture.fairness.auditing import half_year_before
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
    actions.name_auditor(auditor, "The yearly audit that was agreed.", by=names, now=now)
    actions.accept(by=auditor, now=now)
    brought = actions.bring(_list(), PURPOSE, BASIS, by=auditor, now=now)
    actions.apply(brought, by=auditor, now=now)
    until = timezone.localdate(now)
    actions.ask(_since(until), until, by=auditor, now=now, start=lambda key: auditing.make(key, now))


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
    at = int(hashlib.sha256(f"{name} {number}".encode()).hexdigest(), 16) % 100
    for group, share in GROUPS[name]:
        at -= share
        if at < 0:
            return group
    return GROUPS[name][-1][0]
