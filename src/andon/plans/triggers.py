"""What the database itself refuses to change of plans: only what an erasure took from the ledger may go here too."""

from andon.evidence.triggers import CONTENT_GONE
from andon.people.guarding import Guard, same

REFUSAL = "What was written of a plan does not change"


def _written(table: str, unique: tuple[str, ...], kept: tuple[str, ...], blank: str) -> Guard:
    erased = f"{same('id', 'at', 'by_id', 'entry_id', *kept)} AND {blank} AND {CONTENT_GONE}"
    return Guard(table, unique, REFUSAL, unless=erased)


GATE_GONE = (
    "NEW.gate = '{}' AND NEW.gate_at_issue IS NULL AND EXISTS (SELECT 1 FROM plans_examination x "
    "JOIN evidence_content c ON c.entry_id = x.entry_id WHERE x.id = OLD.examination_id AND c.body IS NULL)"
)
GATE_STAYS = f"{same('gate')} AND (OLD.gate_at_issue IS NULL OR {same('gate_at_issue')})"

GUARDS = (
    Guard(
        "plans_plan",
        ("id", "examination_id"),
        REFUSAL,
        unless=same("id", "person_id", "standard_id", "version_id", "examination_id", "proposed_by_id", "proposed_at")
        + f" AND (({GATE_STAYS}) OR ({GATE_GONE}))",
    ),
    _written(
        "plans_version", ("id", "plan_id, number"), ("plan_id", "number"),
        "NEW.content = '{}' AND NEW.why_changed = ''",
    ),
    _written(
        "plans_step", ("id", "plan_id, nth"), ("plan_id", "nth", "on"), "NEW.data = '{}' AND NEW.words = ''",
    ),
    _written(
        "plans_examination", ("id",), ("person_id", "standard_id", "version_id", "starts", "ends"),
        "NEW.conditions = '{}' AND NEW.reason = ''",
    ),
    _written(
        "plans_override", ("id", "examination_id, condition"), ("examination_id", "condition"), "NEW.reason = ''",
    ),
    _written("plans_checkpointnote", ("id",), ("checkpoint_id",), "NEW.text = '' AND NEW.\"values\" = '{}'"),
    _written("plans_outcomelook", ("id",), ("plan_id",), "NEW.figures = '{}' AND NEW.words = ''"),
    Guard("plans_citation", ("id", "version_id, item_id"), REFUSAL),
)  # fmt: skip
