"""What is asked for when a mechanism or a measure is written down."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Team
from andon.signals.models import Dataset
from andon.stats.rules import RULES
from andon.web.mechanisms.fields import ColleagueField, NumberField, Suggestions
from andon.web.templatetags.andon import rules_name

UNITS = ["share", "count", "rate", "seconds", "money", "plain"]
SHORT = forms.Textarea(attrs={"rows": 2})


class MechanismForm(forms.ModelForm):
    """A mechanism as its owner would describe it to a new colleague."""

    owner = ColleagueField(
        required=False,
        label=gettext_lazy("Owner"),
        help_text=gettext_lazy("E-mail address or staff number of who answers for it."),
    )

    class Meta:
        model = Mechanism
        fields = (
            "name", "kind", "purpose", "owner_team", "owner", "consumers",
            "inputs", "outputs", "specification", "inspection",
        )  # fmt: skip
        labels = {
            "name": gettext_lazy("Name"),
            "kind": gettext_lazy("Kind"),
            "purpose": gettext_lazy("What is it for?"),
            "owner_team": gettext_lazy("Owning team"),
            "consumers": gettext_lazy("Teams that rely on it"),
            "inputs": gettext_lazy("It turns …"),
            "outputs": gettext_lazy("… into"),
            "specification": gettext_lazy("What counts as good"),
            "inspection": gettext_lazy("How you see that it is followed"),
        }
        help_texts = {
            "name": gettext_lazy("Short and plain: “Pick and pack labels”."),
            "purpose": gettext_lazy("One sentence a customer would understand."),
            "owner_team": gettext_lazy("Questions about it go to this team."),
            "inputs": gettext_lazy("What goes in: “an order line and a shelf position”."),
            "outputs": gettext_lazy("What should come out: “the right item in the right parcel”."),
            "specification": gettext_lazy(
                "With a number where there is one: “at most 5 % returned as wrong”."
            ),
            "inspection": gettext_lazy("An audit, a sample, a log that somebody reads."),
        }
        widgets = {
            "purpose": SHORT,
            "inputs": SHORT,
            "outputs": SHORT,
            "specification": SHORT,
            "inspection": SHORT,
            "consumers": forms.SelectMultiple(attrs={"size": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_team"].empty_label = _("No team yet")
        self.fields["owner_team"].queryset = self.fields["consumers"].queryset = Team.objects.order_by("name")
        if self.instance.pk:
            self.initial["owner"] = self.instance.owner

    def _post_clean(self) -> None:
        """The action writes and checks; the form only reads."""


class RevisionForm(MechanismForm):
    """The next version of a mechanism."""

    what_changed = forms.CharField(
        label=gettext_lazy("What changed, and why?"),
        widget=SHORT,
        max_length=2000,
        help_text=gettext_lazy("Stands in the history of the mechanism, for whoever wonders later."),
    )
    field_order = ["what_changed"]


class MeasureForm(forms.ModelForm):
    """A number that a mechanism is watched by."""

    spec_lower = NumberField(
        required=False,
        label=gettext_lazy("Lower spec limit"),
        help_text=gettext_lazy("Not acceptable below."),
    )
    spec_upper = NumberField(
        required=False,
        label=gettext_lazy("Upper spec limit"),
        help_text=gettext_lazy("Not acceptable above."),
    )
    target = NumberField(
        required=False,
        label=gettext_lazy("Target"),
        help_text=gettext_lazy("Where you want it to be. 5 % and 0.05 are the same."),
    )
    rules = forms.ChoiceField(
        label=gettext_lazy("Rules that mark a point"),
        choices=lambda: [(name, rules_name(name)) for name in RULES],
        help_text=gettext_lazy("Nelson suits most measures."),
    )

    class Meta:
        model = Measure
        fields = (
            "name", "kind", "outcome", "of", "unit", "good", "every", "target",
            "spec_lower", "spec_upper", "season", "rules", "baseline_from", "baseline_to",
        )  # fmt: skip
        labels = {
            "name": gettext_lazy("Name"),
            "kind": gettext_lazy("What kind of number is it?"),
            "outcome": gettext_lazy("Outcome column"),
            "of": gettext_lazy("Denominator column"),
            "unit": gettext_lazy("Unit"),
            "good": gettext_lazy("Which way is better?"),
            "every": gettext_lazy("One point for each"),
            "season": gettext_lazy("Season"),
            "baseline_from": gettext_lazy("Baseline from"),
            "baseline_to": gettext_lazy("Baseline up to"),
        }
        help_texts = {
            "name": gettext_lazy(
                "With what it is a share or an average of: “Returned because wrong, share of parcels”."
            ),
            "outcome": gettext_lazy(
                "The column of the interactions to look at. Empty: interactions are counted."
            ),
            "of": gettext_lazy(
                "Only for data already added up: the column that says how many there were in all."
            ),
            "unit": gettext_lazy(
                "“share” reads as per cent, “seconds” as minutes and hours; any other word as it is."
            ),
            "season": gettext_lazy("What comes back each week or year is no exception."),
            "baseline_from": gettext_lazy("The limits are taken from this time. Empty: from all of it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = known_columns()
        self.fields["outcome"].widget = Suggestions(columns)
        self.fields["of"].widget = Suggestions(columns)
        self.fields["unit"].widget = Suggestions(UNITS)
        for name in ("baseline_from", "baseline_to"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    @property
    def fine_print_open(self) -> bool:
        """Unfold what is seldom needed when something stands there, or is wrong there."""
        return any(self[name].errors or self[name].value() for name in ("of", "baseline_from", "baseline_to"))

    def _post_clean(self) -> None:
        """The action writes and checks; the form only reads."""


class PhaseForm(forms.Form):
    """From one day on, new limits, because something was changed."""

    starts = forms.DateField(
        label=gettext_lazy("New limits from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day of the change."),
    )
    reason = forms.CharField(
        label=gettext_lazy("What was changed?"),
        max_length=240,
        help_text=gettext_lazy(
            "Stands on the chart: “second scan at the packing table”. Limits never move silently."
        ),
    )


def known_columns() -> list[str]:
    """Columns of what is in the lake, so that nobody has to remember their names."""
    newest = Dataset.objects.in_lake().order_by("-at").values_list("columns", flat=True)[:20]
    return sorted({str(column) for columns in newest for column in columns or []})
