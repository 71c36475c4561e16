"""Refusing what cannot be done, with a sentence for each problem."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError


def refuse(problems: Mapping[str, str]) -> None:
    """Raises every problem at once, each at its field; nothing where there is none."""
    if found := {name: problem for name, problem in problems.items() if problem}:
        raise ValidationError(found)
