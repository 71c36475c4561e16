"""When a digest comes, and in which language."""

from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from andon.people.notices.models import Delivery
from andon.people.notices.preferences import HOURS

NAMED = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


class DeliveryForm(forms.Form):
    hour = forms.TypedChoiceField(label=_("Hour of the digest"), coerce=int)
    zone = forms.CharField(
        label=_("Your time zone"), required=False, max_length=64, widget=forms.TextInput(attrs={"list": "zones"}),
        help_text=_("Such as Europe/Berlin. Empty: as the organisation."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of mail"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hour"].choices = [(hour, f"{hour:02d}:00") for hour in HOURS]
        self.fields["language"].choices = [("", _("As the house")), *settings.LANGUAGES]

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryForm":
        return cls(initial={"hour": delivery.hour, "zone": delivery.zone, "language": delivery.language})


@cache
def zones() -> list[str]:
    """Names that a browser may offer while one is typed."""
    return sorted(zone for zone in available_timezones() if zone.startswith(NAMED))
