"""Auditing metrics anew, from the lake; each audit is kept whole as soon as it is known, in place of the older one."""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext_noop

from andon import lake
from andon.analysis.metrics.ask import answer
from andon.attribution.cells import brought
from andon.culture.metrics.asking import Ground, ground, question
from andon.culture.metrics.columns import Outcome
from andon.culture.metrics.keeping import kept
from andon.culture.metrics.models import MetricAudit
from andon.lake import BadInput

logger = logging.getLogger(__name__)
WENT_WRONG = gettext_noop("Something went wrong here, not in the data. It is tried again with the next data.")
NO_METRICS = gettext_noop("The data hold no number of the work to set beside what customers felt.")
TOO_FEW = gettext_noop(
    "Fewer than five people served these cases. What is said of so few would be said of persons."
)


def audit(
    now: datetime, outcomes: Iterable[str] | None = None, mechanisms: Collection[str] | None = None
) -> int:
    """Audits the metrics of these outcomes of customers, or of every one; how many audits could be made.

    `mechanisms`: only in these, "" for everywhere at once; None: in all that `Ground.scopes` names.
    """
    about = standing()
    if about is None:
        return 0
    wanted = {one.column for one in about.outcomes} if outcomes is None else set(outcomes)
    asked = [one for one in about.outcomes if one.column in wanted]
    scopes = [one for one in about.scopes() if mechanisms is None or one in mechanisms]
    return sum(_audit(about, one, scope, now) for one in asked for scope in scopes)


def to_audit() -> list[str]:
    """Outcomes of customers that the lake holds. What was said of others, and of mechanisms gone, is forgotten."""
    about = standing()
    if about is None:
        MetricAudit.objects.all().delete()
        return []
    columns = [one.column for one in about.outcomes]
    here = MetricAudit.objects.filter(outcome__in=columns, mechanism__in=about.scopes())
    MetricAudit.objects.exclude(pk__in=here.values("pk")).delete()
    return columns


def standing() -> Ground | None:
    """What the lake and the register hold; None while there are no data."""
    data = brought()
    return ground(data, lake.open_source([str(path) for path in data.paths])) if data.paths else None


def _audit(about: Ground, outcome: Outcome, scope: str, now: datetime) -> bool:
    try:
        told = _answered(about, outcome, scope)
    except (BadInput, ValueError) as error:
        told = {"problem": error.problem if isinstance(error, BadInput) else str(error)}
    except Exception:
        logger.exception("auditing metrics of %s %s", outcome.column, scope)
        told = {"problem": WENT_WRONG}
    _keep(about, outcome, scope, now, told)
    return not told.get("problem")


def _answered(about: Ground, outcome: Outcome, scope: str) -> dict:
    if not scope and about.few and about.few == set(about.people):
        return {"problem": TOO_FEW}
    asked = question(about, outcome, scope)
    return kept(answer(asked), about.few, about.units) if asked.metrics else {"problem": NO_METRICS}


def _keep(about: Ground, outcome: Outcome, scope: str, now: datetime, told: dict) -> None:
    blank = {"unit": "", "n": 0, "matters": None, "usual": None, "problem": "", "verdicts": {}, "content": {}}
    MetricAudit.objects.update_or_create(
        outcome=outcome.column, mechanism=scope,
        defaults={
            **blank, "good": outcome.good, "computed_at": now,
            "starts": about.data.starts, "ends": about.data.ends, **told,
        },
    )  # fmt: skip
