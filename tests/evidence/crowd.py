"""Many who add at the same moment. Also run as a program: one worker of several, on one database."""

import sys

from tests.escalations.crowd import THREADS, at_once

EACH = 15


def adding(cast):
    """One chain without gaps, though some of what is begun is taken back, and seals are set between."""
    from andon.evidence import reading

    at_once(lambda n: work(n, cast.alice, cast.bob, cast.now))
    report = reading.check()
    assert report.problems == []
    assert report.entries == kept(THREADS)


def kept(workers):
    return workers * EACH * 4 // 5


def work(n, one, other, now):
    from django.db import transaction

    from andon.evidence import ledger

    for m in range(EACH):
        with transaction.atomic():
            about = (one, other, None)[(n + m) % 3]
            ledger.append("crowd.added", about=about, body={"n": n, "m": m}, by=one, now=now)
            if m % 5 == 4:
                transaction.set_rollback(True)
        if m % 7 == 0:
            ledger.seal(now)


def main():
    """Adds as worker `n`, to the database that ANDON_HOME names."""
    import django

    django.setup()
    from andon.people.models import Person
    from tests.cast import NOW

    alice, bob = Person.objects.filter(number__in=["11", "12"]).order_by("number")
    work(int(sys.argv[1]), alice, bob, NOW)


if __name__ == "__main__":
    main()
