"""What every change of the register begins with: may it be done, and is what was given sound?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from andon.mechanisms import rules
from andon.people.words import tidy


def demand(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(
            "The register is changed by a mechanism's owners, analysts and administrators."
        )


def refuse(problems: rules.Problems) -> None:
    if problems:
        raise ValidationError(problems)


def only(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {
        name: tidy(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if name in names
    }


def numbered(base: str, taken: set[str]) -> str:
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 100_000))) if slug not in taken)
