"""Searches that somebody keeps."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.signals.models import SavedView

MOST = 50


@transaction.atomic
def save_view(name: str, query: str, by: Person, now: datetime) -> SavedView:
    """Keeps a search under a name of one's own; the same name again replaces it."""
    name, query = " ".join(name.split()), query.lstrip("?")
    if not name or len(name) > 80:
        raise ValidationError(_("Give the view a name of at most 80 characters."))
    if len(query) > 1000:
        raise ValidationError(_("This search is too long to keep."))
    others = SavedView.objects.filter(person=by).exclude(name=name)
    if others.count() >= MOST:
        raise ValidationError(
            _("You keep %(most)s views already. Forget one that you no longer use.") % {"most": MOST}
        )
    view, _new = SavedView.objects.update_or_create(
        person=by, name=name, defaults={"query": query, "at": now}
    )
    return view


def forget_view(view: SavedView, by: Person, now: datetime) -> None:
    """Only one's own; that of somebody else is not found."""
    SavedView.objects.get(pk=view.pk, person=by).delete()
