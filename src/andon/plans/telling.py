"""From what is kept of an act to the act, and back."""

from dataclasses import asdict
from typing import Any

from andon.plans.rules.life import Act

SETS = ("unmet", "overridden")
TOLD_APART = {"kind", "by", "basis", "on", "reason"}


def data_of(act: Act) -> dict[str, Any]:
    """What an act rested on, as JSON; what is as usual is left out."""
    plain = asdict(Act(act.kind, act.by, act.basis, act.on))
    told = {name: one for name, one in asdict(act).items() if name not in TOLD_APART and one != plain[name]}
    return {name: sorted(one) if name in SETS else one for name, one in told.items()}


def act_of(step: Any) -> Act:
    """The act that a step keeps."""
    data = {
        name: frozenset(one) if name in SETS else one for name, one in step.data.items() if name in FIELDS
    }
    return Act(step.kind, step.by_id or 0, step.basis, step.on, step.words, **data)


FIELDS = frozenset(Act.__dataclass_fields__) - TOLD_APART
