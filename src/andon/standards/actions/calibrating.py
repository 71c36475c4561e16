"""One role with different bars in different teams: why, in writing."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.people.trail import record
from andon.standards.actions.checking import demand_keeper, sentence
from andon.standards.models import Difference, JobRole
from andon.standards.rules import writing


@transaction.atomic
def explain_difference(
    job_role: JobRole,
    subject: str,
    bars: Mapping[str, object],
    reason: str,
    *,
    by: Person | None,
    now: datetime,
) -> Difference:
    """Records why the bars differ, with the bars as they are: when they change, the question is open again."""
    demand_keeper(by)
    reason = sentence(reason, writing.LONGEST, _("why the bars differ"))
    told = Difference.objects.create(
        job_role=job_role, subject=subject[:160], bars=dict(bars), reason=reason, by=by, at=now
    )
    record(by, "said why bars differ", job_role, now, subject=subject, bars=dict(bars))
    return told
