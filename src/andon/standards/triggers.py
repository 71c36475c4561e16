"""What the database itself refuses to change of what was agreed. Its end alone is written later, and only earlier."""

from andon.people.guarding import Guard, same

AGREED = Guard(
    "standards_standardversion",
    ("id", "standard_id, number"),
    "What was agreed does not change",
    rows="OLD.agreed_at IS NOT NULL",
    unless=same(
        "id", "standard_id", "number", "statement", "level", "unit", "good", "serves", "starts", "why_changed",
        "drafted_at", "agreed_at", "basis", "agreed_before", "source",
    )
    + " AND (NEW.ends <=> OLD.ends OR OLD.ends IS NULL OR NEW.ends < OLD.ends)",
)  # fmt: skip
GUARDS = (AGREED,)
