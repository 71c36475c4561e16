"""What is done to principles, standards and objectives.

Each checks permission, writes and records together, and every door calls the same. `by=None` is the installation.
"""

from andon.standards.actions.acknowledging import acknowledge, answer, concerns, remind
from andon.standards.actions.agreeing import (
    agree,
    agree_standard,
    bring_in,
    bring_in_standard,
    end_standard,
    revise_standard,
)
from andon.standards.actions.bulk import import_objectives
from andon.standards.actions.calibrating import explain_difference
from andon.standards.actions.cycles import begin_cycle, freeze_cycle, open_cycle
from andon.standards.actions.drafting import (
    discard_draft,
    draft_standard,
    draft_version,
    redraft_standard,
)
from andon.standards.actions.objectives import (
    add_key_result,
    change_key_result,
    change_objective,
    check_in,
    correct,
    drop_objective,
    remove_key_result,
    write_objective,
)
from andon.standards.actions.principles import (
    add_behaviour,
    add_principle,
    bring_back_principle,
    change_principle,
    retire_behaviour,
    retire_principle,
    rewrite_behaviour,
    set_anchors,
)
from andon.standards.actions.roles import (
    add_role,
    assign_role,
    change_role,
    end_holding,
    retire_role,
    titled,
)
from andon.standards.actions.templates import keep_template, retire_template, use_template

__all__ = [
    "acknowledge",
    "add_behaviour",
    "add_key_result",
    "add_principle",
    "add_role",
    "agree",
    "agree_standard",
    "answer",
    "assign_role",
    "begin_cycle",
    "bring_back_principle",
    "bring_in",
    "bring_in_standard",
    "change_key_result",
    "change_objective",
    "change_principle",
    "change_role",
    "check_in",
    "concerns",
    "correct",
    "discard_draft",
    "draft_standard",
    "draft_version",
    "drop_objective",
    "end_holding",
    "end_standard",
    "explain_difference",
    "freeze_cycle",
    "import_objectives",
    "keep_template",
    "open_cycle",
    "redraft_standard",
    "remind",
    "remove_key_result",
    "retire_behaviour",
    "retire_principle",
    "retire_role",
    "retire_template",
    "revise_standard",
    "rewrite_behaviour",
    "set_anchors",
    "titled",
    "use_template",
    "write_objective",
]
