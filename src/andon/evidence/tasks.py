"""Background jobs of the record. They may run twice without harm."""

from django.tasks import task
from django.utils import timezone


@task()
def keep_no_longer() -> dict[str, int]:
    """Lets go of what was kept long enough, and seals the ledger."""
    from andon.evidence import ledger
    from andon.evidence.law import retention

    now = timezone.now()
    done = retention.run_all(now)
    ledger.seal(now)
    return done
