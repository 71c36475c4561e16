"""What every change of the register begins with: may it be done, and is what was given sound?"""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from andon.mechanisms import rules
from andon.people.words import tidy


def demand(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(
            _("The register is changed by a mechanism's owners, analysts and administrators.")
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
    """`base`, or with the first number after it that is free."""
    if base not in taken:
        return base
    return next(slug for n in count(2) if (slug := f"{base}-{n}") not in taken)
