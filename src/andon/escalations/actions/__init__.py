"""What is done to a question: each checks permission, writes and records together. All doors call these."""

from andon.escalations.actions.ending import close, merge, reopen
from andon.escalations.actions.explaining import (
    add_why,
    begin_explanation,
    change_why,
    drop_explanation,
    move_why,
    place_why,
    post_explanation,
    remove_why,
    review,
    write_sections,
)
from andon.escalations.actions.mending import drop_fix, judge, plan_fix, put_in_place, watch_on
from andon.escalations.actions.owning import name_mechanism, own, reroute
from andon.escalations.actions.writing import add_by_mail, say_preliminary, thank, write
from andon.escalations.asking import raise_escalation

__all__ = [
    "add_by_mail",
    "add_why",
    "begin_explanation",
    "change_why",
    "close",
    "drop_explanation",
    "drop_fix",
    "judge",
    "merge",
    "move_why",
    "name_mechanism",
    "own",
    "place_why",
    "plan_fix",
    "post_explanation",
    "put_in_place",
    "raise_escalation",
    "remove_why",
    "reopen",
    "reroute",
    "review",
    "say_preliminary",
    "thank",
    "watch_on",
    "write",
    "write_sections",
]
