"""Pages of plans."""

from tests.house.permissions.rule import Rule

RULES: dict[str, Rule] = {}
