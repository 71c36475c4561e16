"""What every change begins with: may it be done, and is what was given sound?"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.people.words import tidy
from andon.standards import access


def demand(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)


def demand_keeper(by: Person | None) -> None:
    """`by=None` is the installation itself."""
    demand(
        by is None or access.may_set_standards(by),
        _("Principles, roles and standards are kept by HR partners."),
    )


def refuse(problem: str | dict[str, str], field: str = "") -> None:
    """Raises what is wrong, at its field where it has one."""
    if isinstance(problem, dict):
        said = {name: text for name, text in problem.items() if text}
        if said:
            raise ValidationError({name or "__all__": text for name, text in said.items()})
    elif problem:
        raise ValidationError({field: problem} if field else problem)


def sentence(text: str, longest: int, what: str) -> str:
    """Tidied, and neither empty nor too long."""
    tidied = tidy(text)
    if not tidied:
        raise ValidationError(_("Write %(what)s.") % {"what": what})
    if len(tidied) > longest:
        raise ValidationError(_("Longer than %(longest)s characters. Say it shorter.") % {"longest": longest})
    return tidied


def free_slug(name: str, taken: Iterable[str], fallback: str) -> str:
    """A short name for addresses; with a number where it is taken. “new” and its like begin with a sign in URLs."""
    base, used = slugify(name)[:70] or fallback, set(taken)
    numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, len(used) + 2))
    return next(slug for slug in numbered if slug not in used)
