"""Steps by the names that people know."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from andon.culture.journeys.slicing import OTHER, UNKNOWN
from andon.mechanisms.models import Mechanism


@dataclass(frozen=True, slots=True)
class Names:
    """Short name to name, of mechanisms that the reader may see; others stay as the data call them."""

    known: dict[str, str]

    def of(self, key: str) -> str:
        if key == OTHER:
            return _("Other steps")
        return _("Not assigned yet") if key == UNKNOWN else self.known.get(key, key)

    def url(self, key: str) -> str:
        """Of its page; nothing for what is no mechanism."""
        return reverse("journeys:step", args=[key]) if key in self.known else ""


def names_of(person) -> Names:
    """One query."""
    return Names(dict(Mechanism.objects.visible_to(person).values_list("slug", "name")))
