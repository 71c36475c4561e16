"""A climber that is killed while it tells of what is late: run as a program, with how many it may tell before.

python -m tests.escalations.climber asked       makes three questions
python -m tests.escalations.climber climb 2     climbs, and is killed at the second notice; 0: never
python -m tests.escalations.climber told        prints what is recorded and told, as JSON
"""

import json
import os
import signal
import sys
from datetime import timedelta


def asked():
    from django.core.management import call_command

    from andon.escalations.actions import raise_escalation
    from tests.cast import make_cast

    call_command("migrate", verbosity=0)
    cast = make_cast()
    for n in range(3):
        raise_escalation(by=cast.alice, now=cast.now, mechanism=cast.labels, note=f"Why {n}?")


def climb(most: str):
    from andon.escalations import climbing
    from tests.cast import NOW

    tell, told = climbing.tell, []

    def tell_or_die(*args, **more):
        told.append(args)
        if len(told) == int(most):
            os.kill(os.getpid(), signal.SIGKILL)
        return tell(*args, **more)

    climbing.tell = tell_or_die
    climbing.climb(NOW + timedelta(hours=2))


def told():
    from andon.escalations.models import Breach
    from andon.people.notices.models import Notice

    breaches = list(Breach.objects.order_by("pk").values_list("escalation__number", "clock", "level"))
    late = list(Notice.objects.filter(kind="late").order_by("key").values_list("key", flat=True))
    json.dump({"breaches": sorted(breaches), "told": late}, sys.stdout)


if __name__ == "__main__":
    import django

    django.setup()
    {"asked": asked, "climb": climb, "told": told}[sys.argv[1]](*sys.argv[2:])
