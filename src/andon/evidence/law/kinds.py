"""Classes of what is kept about people: the processing register, and the schedule by which it goes.

A higher stage adds its own: `KINDS["mentoring"] = Kind(...)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """What is kept, why, on which ground, who sees it, and for how many days by default (0: while employed).

    `prefixes` are of the ledger's entries whose words go when their time has come. Things outside of the ledger
    give `due(before) -> queryset` and `dispose(queryset, now)`, with the look-up of the person as `of`.
    """

    name: Any
    what: Any
    why: Any
    ground: Any
    seen_by: Any
    days: int
    since: Any
    prefixes: tuple[str, ...] = ()
    due: Callable[[datetime], Any] | None = None
    dispose: Callable[[Any, datetime], Any] | None = None
    of: str = "person"


INTEREST = _("Legitimate interest: to lead people fairly, and to show it.")
CONTRACT = _("The contract of employment.")
DUTY = _("A legal duty: to show what was done with the data.")
LINE_AND_HR = _(
    "The person, their line, HR partners. Every reading by others is noted and shown to the person."
)

KINDS: dict[str, Kind] = {
    "record": Kind(
        name=_("Items on the record"),
        what=_("Dated items with their source, that the person saw them, their replies and corrections."),
        why=_("So that whatever is said of somebody rests on evidence that they have seen and could answer."),
        ground=INTEREST, seen_by=LINE_AND_HR, days=1095, since=_("the day it was added"), prefixes=("item.",),
    ),
    "coaching": Kind(
        name=_("Coaching and promises of support"),
        what=_("What was agreed between somebody and those who lead them, and whether promised help came."),
        why=_("Support comes before anything else, and is owed once it is promised."),
        ground=INTEREST, seen_by=LINE_AND_HR, days=1095, since=_("the day it was written"),
        prefixes=("coaching.", "promise.", "support."),
    ),
    "plans": Kind(
        name=_("Plans, decisions and appeals"),
        what=_("Plans with their gate, evidence, checkpoints, decisions with reasons, and appeals."),
        why=_("A decision about somebody can be looked at again as long as it may be disputed."),
        ground=INTEREST, seen_by=LINE_AND_HR, days=2190, since=_("the day it was written"),
        prefixes=("plan.", "gate.", "appeal.", "decision.", "checkpoint."),
    ),
}  # fmt: skip
