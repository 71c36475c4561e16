"""Pages of standards, principles and objectives."""

from tests.house.permissions.rule import Rule

RULES: dict[str, Rule] = {}
