"""Buttons that are pressed by many at the same moment; run as a program, on a database file of its own."""

import json
import sys
import traceback
from contextlib import suppress

from tests.escalations.crowd import at_once


def everything_at_once(cast):
    """Examined, proposed, issued and acknowledged once, whoever is quicker; one chain in the ledger."""
    from django.core.exceptions import ValidationError

    from andon.evidence import reading
    from andon.growth.models import Promise
    from andon.plans import actions
    from andon.plans.models import Examination, Plan, Step
    from tests.plans import story

    story.ready(cast)
    at_once(lambda n: story.examined(cast))
    looked = Examination.objects.order_by("pk").first()
    at_once(lambda n: actions.propose(looked, story.content(cast), by=cast.martin, now=cast.now))
    plan = Plan.objects.get()
    actions.take_up(plan, by=cast.hana, now=cast.now)
    actions.agree(plan, story.REASON, by=cast.hana, now=cast.now)
    at_once(lambda n: actions.issue(plan, by=cast.martin, now=cast.now, seen=3))

    def receive(n):
        with suppress(ValidationError):
            actions.acknowledge(plan, by=cast.alice, now=cast.now, seen=4)

    at_once(receive)
    kinds = list(Step.objects.filter(plan=plan).order_by("nth").values_list("kind", flat=True))
    assert kinds == ["proposed", "taken up", "agreed", "issued", "acknowledged"], kinds
    assert Promise.objects.filter(plan_support__plan=plan).count() == 2
    assert reading.check().problems == []


def main():
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from tests.cast import make_cast

    try:
        everything_at_once(make_cast())
        json.dump("", sys.stdout)
    except Exception:
        json.dump(traceback.format_exc(), sys.stdout)


if __name__ == "__main__":
    main()
