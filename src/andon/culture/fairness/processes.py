"""What an audit looks at: what may happen to somebody at work, and whether it is good for them. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    GOOD = "good"
    """To miss it is adverse."""
    BAD = "bad"
    EITHER = "either"
    """Help for one and a burden for another: the audit says more or less often, and calls neither adverse."""


@dataclass(frozen=True, slots=True)
class Process:
    """`among`: only people to whom this other process happened are compared, as whoever has no plan cannot meet it."""

    slug: str
    nature: Nature
    among: str = ""


PROCESSES = (
    Process("coached", Nature.EITHER),
    Process("evidence", Nature.EITHER),
    Process("promised", Nature.GOOD),
    Process("delivered", Nature.GOOD, "promised"),
    Process("examined", Nature.BAD),
    Process("planned", Nature.BAD),
    Process("overridden", Nature.BAD, "examined"),
    Process("decided", Nature.EITHER, "planned"),
    Process("met", Nature.GOOD, "decided"),
    Process("appealed", Nature.EITHER, "planned"),
    Process("upheld", Nature.GOOD, "appealed"),
    Process("calibrated", Nature.EITHER, "planned"),
    Process("training", Nature.GOOD),
    Process("trained", Nature.GOOD, "training"),
    Process("mentored", Nature.GOOD),
    Process("moved", Nature.GOOD),
    Process("promoted", Nature.GOOD),
    Process("recognised", Nature.GOOD),
)
OF = {one.slug: one for one in PROCESSES}
WAITS = ("delivery", "doubt", "reply", "issue", "appeal", "follow_up")
"""From asking to answer: promised help, a doubt about it, a reply on the record, a plan, an appeal, coaching."""
JUDGED = ("coached", "evidence", "examined", "planned")
"""What a manager decides: how much managers differ in it."""
