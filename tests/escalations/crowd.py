"""Many threads that ask at the same moment. Also run as a program, against a database file of its own."""

import json
import sys
import threading
import traceback

THREADS, EACH = 8, 5


def at_once(work):
    """Runs `work(n)` in every thread at the same moment. Raises what went wrong in any of them."""
    from django.db import connections

    barrier, wrong = threading.Barrier(THREADS), []

    def run(n):
        try:
            barrier.wait()
            work(n)
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise ExceptionGroup("In the crowd", wrong)


def numbers():
    from andon.escalations.models import Escalation

    return sorted(Escalation.objects.values_list("number", flat=True))


def asking_different_things(cast):
    """Numbers are unique and without gaps, though some of what is asked is refused."""
    from django.core.exceptions import ValidationError

    from andon.escalations.actions import raise_escalation

    def ask(n):
        for m in range(EACH):
            raise_escalation(by=cast.alice, now=cast.now, note=f"Why {n}.{m}?")
            try:
                raise_escalation(by=cast.alice, now=cast.now, title="x" * 500)
            except ValidationError:
                continue

    at_once(ask)
    assert numbers() == list(range(1, THREADS * EACH + 1))


def asking_the_same(cast):
    """One question, and everybody else joins it once."""
    from andon.escalations.actions import raise_escalation
    from andon.escalations.models import Escalation

    def ask(n):
        raise_escalation(by=(cast.alice, cast.bob)[n % 2], now=cast.now, signal=cast.torn)

    at_once(ask)
    assert numbers() == [1]
    assert Escalation.objects.get().entries.count() == 1


def owning_and_closing(cast):
    """Owned once and closed once."""
    from andon.escalations.actions import close, own, raise_escalation

    asked = raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn)
    at_once(lambda n: own(asked, cast.olga, cast.now))
    assert asked.ownerships.count() == 1
    at_once(lambda n: close(asked, f"Reason {n}", cast.olga, cast.now))


def climbing(cast):
    """Several climbers record each broken promise once, and tell everybody once."""
    from datetime import timedelta

    from andon.escalations.actions import raise_escalation
    from andon.escalations.climbing import climb
    from andon.escalations.models import Breach
    from andon.people.notices.models import Notice

    for n in range(EACH):
        raise_escalation(by=cast.alice, now=cast.now, mechanism=cast.labels, note=f"Why {n}?")
    made = []
    at_once(lambda n: made.append(climb(cast.now + timedelta(hours=2))))
    once = {(one.escalation_id, one.clock, one.level) for one in Breach.objects.all()}
    assert sum(made) == Breach.objects.count() == len(once) >= EACH, made
    late = Notice.objects.filter(kind="late").values_list("to", "thread")
    assert len(set(late)) == len(late) > 0


CROWDS = {
    crowd.__name__: crowd
    for crowd in (asking_different_things, asking_the_same, owning_and_closing, climbing)
}


def main():
    """Prints what went wrong with each, by name."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    json.dump({name: tried(crowd) for name, crowd in CROWDS.items()}, sys.stdout)


def tried(crowd):
    from django.core.management import call_command

    from tests.cast import make_cast

    call_command("flush", interactive=False, verbosity=0)
    try:
        crowd(make_cast())
    except Exception:
        return traceback.format_exc()
    return ""


if __name__ == "__main__":
    main()
