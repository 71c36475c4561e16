"""When a team works, as people write it."""

import re
from collections.abc import Iterator
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations.models import Calendar
from andon.escalations.rules.hours import DAY_NAMES, read_hours, write_hours

USUAL = "9:00–17:00"
MOST_LETTERS = 8000


class HoursForm(forms.Form):
    """Seven lines of hours, a zone, and days off. The rules of the content are the action's."""

    zone = forms.CharField(
        label=gettext_lazy("Time zone"), max_length=64, widget=forms.TextInput(attrs={"list": "zones"}),
        help_text=gettext_lazy("Such as Europe/Berlin. Summer time is taken care of."),
    )  # fmt: skip
    country = forms.CharField(
        label=gettext_lazy("Public holidays of"), max_length=2, required=False,
        help_text=gettext_lazy("Two letters of a country, such as DE; empty for none."),
    )  # fmt: skip
    subdivision = forms.CharField(
        label=gettext_lazy("Part of the country"), max_length=40, required=False,
        help_text=gettext_lazy("Such as BY for Bavaria, where holidays differ; empty for all of it."),
    )  # fmt: skip
    days_off = forms.CharField(
        label=gettext_lazy("Further days off"), max_length=MOST_LETTERS, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Such as 2026-12-24, one after the other."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for place, name in enumerate(DAY_NAMES):
            self.fields[f"day_{place}"] = forms.CharField(label=name, max_length=120, required=False)

    @property
    def days(self) -> Iterator[forms.BoundField]:
        return (self[f"day_{place}"] for place in range(7))

    def clean_country(self) -> str:
        return self.cleaned_data["country"].strip().upper()

    def clean_subdivision(self) -> str:
        return self.cleaned_data["subdivision"].strip()

    def clean_zone(self) -> str:
        return self.cleaned_data["zone"].strip()

    def clean_days_off(self) -> list[date]:
        return [_day(word) for word in re.split(r"[\s,;]+", self.cleaned_data["days_off"]) if word]

    def clean(self) -> dict:
        for place in range(7):
            self._clean_hours(f"day_{place}")
        return self.cleaned_data

    def _clean_hours(self, name: str) -> None:
        try:
            self.cleaned_data[name] = read_hours(self.cleaned_data.get(name, ""))
        except ValueError as error:
            self.add_error(name, str(error))

    @property
    def content(self) -> dict:
        """As `keep_calendar` takes it."""
        said = self.cleaned_data
        plain = {name: said[name] for name in ("zone", "country", "subdivision", "days_off")}
        return plain | {"week": tuple(said[f"day_{place}"] for place in range(7))}


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ValidationError(_("“%(word)s” is no day. Write it as 2026-12-24.") % {"word": word}) from None


def begun(calendar: Calendar | None, zone: str) -> dict[str, str]:
    """What stands in the form at first: what holds, or an ordinary week."""
    if calendar is None:
        return {"zone": zone} | {f"day_{place}": USUAL if place < 5 else "" for place in range(7)}
    days = {f"day_{place}": write_hours(spans) for place, spans in enumerate(calendar.working_time.week)}
    return {
        "zone": calendar.zone,
        "country": calendar.country,
        "subdivision": calendar.subdivision,
        "days_off": " ".join(calendar.days_off),
        **days,
    }
