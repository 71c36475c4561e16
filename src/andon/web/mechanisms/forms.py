"""What is asked for when a mechanism or a measure is written down."""

from typing import Any

from django import forms

from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Team
from andon.signals.models import Dataset
from andon.stats.rules import RULES
from andon.web.mechanisms.fields import ColleagueField, NumberField, Suggestions

UNITS = ["share", "count", "rate", "seconds", "money", "plain"]
SHORT = forms.Textarea(attrs={"rows": 2})


class MechanismForm(forms.ModelForm):
    """A mechanism as its owner would describe it to a new colleague."""

    owner = ColleagueField(
        required=False,
        label="Owner",
        help_text="E-mail address or staff number of who answers for it.",
    )

    class Meta:
        model = Mechanism
        fields = (
            "name", "kind", "purpose", "owner_team", "owner", "consumers",
            "inputs", "outputs", "specification", "inspection",
        )  # fmt: skip
        labels = {
            "purpose": "What is it for?",
            "owner_team": "Owning team",
            "consumers": "Teams that rely on it",
            "inputs": "It turns …",
            "outputs": "… into",
            "specification": "What counts as good",
            "inspection": "How you see that it is followed",
        }
        help_texts = {
            "name": "Short and plain: “Pick and pack labels”.",
            "purpose": "One sentence a customer would understand.",
            "owner_team": "Questions about it go to this team.",
            "inputs": "What goes in: “an order line and a shelf position”.",
            "outputs": "What should come out: “the right item in the right parcel”.",
            "specification": "With a number where there is one: “at most 5 % returned as wrong”.",
            "inspection": "An audit, a sample, a log that somebody reads.",
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
        self.fields["owner_team"].empty_label = "No team yet"
        self.fields["owner_team"].queryset = self.fields["consumers"].queryset = Team.objects.order_by("name")
        if self.instance.pk:
            self.initial["owner"] = self.instance.owner

    def _post_clean(self) -> None:
        """The action writes and checks; the form only reads."""


class RevisionForm(MechanismForm):
    """The next version of a mechanism."""

    what_changed = forms.CharField(
        label="What changed, and why?",
        widget=SHORT,
        max_length=2000,
        help_text="Stands in the history of the mechanism, for whoever wonders later.",
    )
    field_order = ["what_changed"]


class MeasureForm(forms.ModelForm):
    """A number that a mechanism is watched by."""

    spec_lower = NumberField(required=False, label="Lower spec limit", help_text="Not acceptable below.")
    spec_upper = NumberField(required=False, label="Upper spec limit", help_text="Not acceptable above.")
    target = NumberField(required=False, help_text="Where you want it to be. 5 % and 0.05 are the same.")
    rules = forms.ChoiceField(
        label="Rules that mark a point",
        choices=lambda: [(name, name.replace("-", " ").capitalize()) for name in RULES],
        help_text="Nelson suits most measures.",
    )

    class Meta:
        model = Measure
        fields = (
            "name", "kind", "outcome", "of", "unit", "good", "every", "target",
            "spec_lower", "spec_upper", "season", "rules", "baseline_from", "baseline_to",
        )  # fmt: skip
        labels = {
            "kind": "What kind of number is it?",
            "good": "Which way is better?",
            "every": "One point for each",
            "season": "Season",
            "baseline_from": "Baseline from",
            "baseline_to": "Baseline up to",
        }
        help_texts = {
            "name": "With what it is a share or an average of: “Returned because wrong, share of parcels”.",
            "outcome": "The column of the interactions to look at. Empty: interactions are counted.",
            "of": "Only for data already added up: the column that says how many there were in all.",
            "unit": "“share” reads as per cent, “seconds” as minutes and hours; any other word as it is.",
            "season": "What comes back each week or year is no exception.",
            "baseline_from": "The limits are taken from this time. Empty: from all of it.",
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
        label="New limits from",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day of the change.",
    )
    reason = forms.CharField(
        label="What was changed?",
        max_length=240,
        help_text="Stands on the chart: “second scan at the packing table”. Limits never move silently.",
    )


def known_columns() -> list[str]:
    """Columns of what is in the lake, so that nobody has to remember their names."""
    newest = Dataset.objects.in_lake().order_by("-at").values_list("columns", flat=True)[:20]
    return sorted({str(column) for columns in newest for column in columns or []})
