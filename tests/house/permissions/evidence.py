"""Pages of the record and the law."""

from tests.house.permissions.rule import Rule

RULES: dict[str, Rule] = {}
