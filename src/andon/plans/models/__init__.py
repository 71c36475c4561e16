"""The gate and who examined it, plans and all that happened to them, and meetings that look at many cases alike."""

from andon.plans.models.calibration import Case, Change, Invitation, Meeting, Minutes, Remark
from andon.plans.models.gates import Examination, Override
from andon.plans.models.plans import (
    Checkpoint,
    CheckpointNote,
    Citation,
    OutcomeLook,
    Plan,
    Step,
    Support,
    Version,
)

__all__ = [
    "Case",
    "Change",
    "Checkpoint",
    "CheckpointNote",
    "Citation",
    "Examination",
    "Invitation",
    "Meeting",
    "Minutes",
    "OutcomeLook",
    "Override",
    "Plan",
    "Remark",
    "Step",
    "Support",
    "Version",
]
