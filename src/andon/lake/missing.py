"""What people write where nothing is known."""

# Compared without case and surrounding space. A mechanism may truly be called "NA" (North America, Namibia),
# so names of things use the short list only.
NOTHING = frozenset({
    "", "?", "-", "--", ".", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "missing", "unknown", "nat",
    "not known", "not available", "did not answer", "no answer", "not answered", "(blank)", "<na>", "-nan",
})  # fmt: skip
NO_NAME = frozenset({"", "?"})
NOT_GIVEN = "(not given)"


def is_nothing(text: str) -> bool:
    return text.strip().casefold() in NOTHING


def name_of(value: object) -> str:
    """The name of a mechanism, team or product as written; “(not given)” for an empty one or a question
    mark.
    """
    text = " ".join(str(value).split()) if value is not None else ""
    return NOT_GIVEN if text in NO_NAME else text
