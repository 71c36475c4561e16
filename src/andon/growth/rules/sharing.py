"""What somebody may share of their own, and with whom. Pure: facts in, a reason out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to share: whether it is theirs, they may read it themselves, and who would receive it."""

    own: bool
    readable: bool = True
    to_self: bool = False
    to_at_work: bool = True
    to_above: bool = True
    line_only: bool = True


def problem_sharing(wish: Wish) -> str:
    """Why it cannot be shared; empty when it can.

    What somebody wrote about oneself goes to one's line only (`line_only`); a development plan to anybody at work.
    """
    if not wish.own:
        return _("Only who it is about shares it.")
    if not wish.readable:
        return _("What you may not read yourself yet cannot be shared.")
    if wish.to_self:
        return _("It is yours already.")
    if not wish.to_at_work:
        return _("Choose somebody who works here.")
    if wish.line_only and not wish.to_above:
        return _("This is shared with your own manager or somebody above them.")
    return ""
