"""What is done about plans: each verb checks permission, writes, adds to the ledger and records, together."""

from andon.plans.actions.checking import note
from andon.plans.actions.gates import examine, override
from andon.plans.actions.living import (
    acknowledge,
    agree,
    appeal,
    approve,
    close_for_leavers,
    decide,
    extend,
    hear,
    pause,
    refuse_receipt,
    reopen,
    resume,
    revise,
    say,
    send_back,
    take_up,
    transfer,
    withdraw,
)
from andon.plans.actions.living import override as override_later
from andon.plans.actions.outcomes import look_at_outcome
from andon.plans.actions.proposing import amend, issue, propose

__all__ = [
    "acknowledge",
    "agree",
    "amend",
    "appeal",
    "approve",
    "close_for_leavers",
    "decide",
    "examine",
    "extend",
    "hear",
    "issue",
    "look_at_outcome",
    "note",
    "override",
    "override_later",
    "pause",
    "propose",
    "refuse_receipt",
    "reopen",
    "resume",
    "revise",
    "say",
    "send_back",
    "take_up",
    "transfer",
    "withdraw",
]
