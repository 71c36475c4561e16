"""Pages of growth: feedback, coaching, training, careers."""

from tests.house.permissions.rule import Rule

RULES: dict[str, Rule] = {}
