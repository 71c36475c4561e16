"""What is written when a change is planned, put in place, watched longer or dropped."""

import re
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations.models import Escalation
from andon.mechanisms.models import Measure, Mechanism
from andon.web.escalations.forms import OneOfSeveral
from andon.web.escalations.turning_forms import words

NUMBER = re.compile(r"([+-]?\d[\d,.\s]*)\s*(%?)\s*(\D*)")
DATE = {"type": "date"}


def measures() -> list[tuple[str, list[tuple[int, str]]]]:
    """Those in use, by mechanism."""
    found: dict[str, list[tuple[int, str]]] = {}
    for one in Measure.objects.in_use().select_related("mechanism"):
        found.setdefault(one.mechanism.name, []).append((one.pk, one.name))
    return list(found.items())


class MeasureField(forms.TypedChoiceField):
    """One of the measures in use, shown under their mechanisms."""

    def __init__(self, **options):
        super().__init__(coerce=int, empty_value=None, **options)


class PlanForm(forms.Form):
    """The change, and the test of its effect."""

    mechanism = forms.ModelChoiceField(
        Mechanism.objects.none(), to_field_name="slug", label=gettext_lazy("The mechanism that changes")
    )
    what = words(gettext_lazy("What changes"))
    on_measure = forms.BooleanField(label=gettext_lazy("It changes how we measure"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("In place by"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    measure = MeasureField(label=gettext_lazy("The measure that will show it"))
    level = forms.CharField(
        label=gettext_lazy("It helped if the measure is then at this level, or better"), max_length=40,
        help_text=gettext_lazy("For a share write 1.5 %. Better is the side that the register says is better."),
    )  # fmt: skip
    window_days = forms.IntegerField(
        label=gettext_lazy("Watched for how many days"), min_value=1, max_value=366, initial=56
    )
    watched = MeasureField(
        label=gettext_lazy("What could get worse by it"), required=False,
        help_text=gettext_lazy("A measure that is watched beside it."),
    )  # fmt: skip
    no_side_effect = words(gettext_lazy("Or why nothing can get worse"), 2, required=False)

    def __init__(self, *args, escalation: Escalation, on_measure: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mechanism"].queryset = Mechanism.objects.in_use()
        choices = measures()
        self.fields["measure"].choices = [("", _("Choose a measure")), *choices]
        self.fields["watched"].choices = [("", _("None")), *choices]
        if not self.is_bound:
            self.initial |= {
                "mechanism": escalation.mechanism and escalation.mechanism.slug, "measure": escalation.measure_id,
                "due_on": timezone.localdate() + timedelta(days=7), "on_measure": on_measure,
            }  # fmt: skip

    @property
    def chosen(self) -> Measure | None:
        """The measure as it stands in the form, for its baseline."""
        value = self["measure"].value()
        return Measure.objects.filter(pk=value).first() if str(value or "").isdecimal() else None

    def clean(self) -> dict:
        found = super().clean()
        keys = [key for key in (found.get("measure"), found.get("watched")) if key]
        rows = Measure.objects.in_use().select_related("mechanism").in_bulk(keys)
        found["measure"], found["watched"] = rows.get(found.get("measure")), rows.get(found.get("watched"))
        if found["measure"] and found.get("level"):
            self._read_level(found)
        return found

    def _read_level(self, found: dict) -> None:
        level = read_level(found["level"], found["measure"].unit)
        if level is None:
            self.add_error("level", _("Write one number, such as 1.5 % or 12."))
        found["level"] = level

    @property
    def said(self) -> dict:
        measure = self.cleaned_data["measure"]
        return {**self.cleaned_data, "side": "at_most" if measure.good == "low" else "at_least"}


def read_level(text: str, unit: str) -> float | None:
    """A number as people write it; of a share, 1.5 and 1.5 % both mean 0.015. None when it is none."""
    found = NUMBER.fullmatch(text.strip())
    if not found:
        return None
    digits = found[1].replace(" ", "").strip()
    digits = (
        digits.replace(",", ".") if "." not in digits and digits.count(",") == 1 else digits.replace(",", "")
    )
    try:
        value = float(digits)
    except ValueError:
        return None
    return value / 100 if unit == "share" and (found[2] or value > 1) else value


class InPlaceForm(OneOfSeveral):
    since = forms.DateField(
        label=gettext_lazy("In place since"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    note = words(gettext_lazy("What was done, if it differs"), 2, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["since"] = timezone.localdate()


class WatchOnForm(OneOfSeveral):
    days = forms.IntegerField(
        label=gettext_lazy("For how many more days"), min_value=1, max_value=366, initial=28
    )
    why = words(gettext_lazy("Why more cases are to be expected"), 2)


class DropForm(OneOfSeveral):
    why = words(gettext_lazy("Why it is not done"), 2)
