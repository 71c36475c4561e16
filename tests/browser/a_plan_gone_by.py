"""Run beside a demo, with its settings: a plan whose days are over and whose help has not come. A browser cannot wait.

python -m tests.browser.a_plan_gone_by PASSWORD
"""

import json
import sys
from datetime import timedelta

import django

DAY = timedelta(days=1)


def main(password: str) -> dict:
    """Who it is about, who leads them, who reviewed it, who had no part in it: addresses to sign in with."""
    from django.utils import timezone

    from andon.flow import demo_plans as demo
    from andon.people.models import Grant, Person
    from andon.plans import actions

    now = timezone.now()
    plan = demo.Plan.objects.under_way().select_related("person").earliest("pk")
    person = demo._colleague(plan.person, now)
    manager, partner = person.manager, Person.objects.with_role("hr_partner").earliest("number")
    begun = now - 200 * DAY
    version = demo._version(person, now, "behaviour")
    demo._coached(person, manager, version, begun)
    demo._observed(person, manager, partner, version, begun + 40 * DAY)
    at = begun + 75 * DAY
    looked = actions.examine(
        person, version, "Coaching has not been enough, customers say.", by=manager, now=at
    )
    late = demo._proposed(looked, demo._check_that_it_helped(version, manager, at), manager, partner, at)
    actions.acknowledge(late, "Received.", by=person, now=at + 5 * DAY)
    person.set_password(password)
    person.save()
    other = Person.objects.with_role("analyst").earliest("number")
    Grant.objects.get_or_create(person=other, role="hr_partner")
    return {
        "person": person.email, "manager": manager.email, "partner": partner.email, "uninvolved": other.email,
        "plan": late.pk, "name": person.name,
    }  # fmt: skip


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(sys.argv[1])))  # noqa: T201
