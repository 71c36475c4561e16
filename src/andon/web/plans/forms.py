"""What can be written on the pages of plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andon.growth.models.promises import Kind
from andon.people.models import Person
from andon.people.retelling import retold
from andon.plans import access
from andon.plans.rules.gate import NAMES
from andon.plans.rules.life import DECISIONS, LONGEST, SHORTEST, SHORTEST_EXTENSION, SUPPORT
from andon.standards.models import StandardVersion

LONGEST_TEXT = 20_000
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text(label: str, rows: int = 3, required: bool = True, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, required=required, widget=widget, help_text=help_text
    )


class SeenForm(forms.Form):
    """Keeps how many steps the page showed, so that nobody acts on what has changed since."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class PlainForm(SeenForm):
    """A button without words."""


class ReasonForm(SeenForm):
    words = text(_("Why"), help_text=_("A sentence or two. The person reads it."))


class WordsForm(SeenForm):
    words = text(_("In your words"))


class MaybeWordsForm(SeenForm):
    words = text(_("Anything you want to say to it"), required=False)


class RefusedForm(SeenForm):
    """Who was there, besides the two."""

    witness = forms.ModelChoiceField(Person.objects.none(), label=_("Who was there as a witness"))
    words = text(_("What was said"), required=False)

    def __init__(self, *args: Any, person: Person, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["witness"].queryset = access.witnesses(person, by)


class ExtendForm(SeenForm):
    days = forms.IntegerField(label=_("Days more"), min_value=SHORTEST_EXTENSION, max_value=LONGEST)
    words = text(_("Why"), help_text=_("A sentence or two. The person reads it."))


class DecideForm(SeenForm):
    outcome = forms.ChoiceField(
        label=_("It is"), choices=[(str(one), str(one)) for one in DECISIONS], widget=forms.RadioSelect
    )
    words = text(
        _("Why, and what it rests on"),
        rows=5,
        help_text=_("The person reads it, and so does who approves it."),
    )


class HearForm(SeenForm):
    outcome = forms.ChoiceField(
        label=_("After hearing both sides, it"),
        choices=[("stands", _("stands")), ("set aside", _("is set aside"))], widget=forms.RadioSelect,
    )  # fmt: skip
    words = text(_("Why"), rows=4, help_text=_("The person reads it."))


class OverrideForm(SeenForm):
    """Of a plan: a condition that failed since, or support that did not come."""

    condition = forms.TypedChoiceField(label=_("What is left out"), coerce=int)
    words = text(_("Why"), help_text=_("The person reads it, and it is counted."))

    def __init__(self, *args: Any, issued: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        support = [(SUPPORT, _("Support that did not come"))]
        self.fields["condition"].choices = (
            support if issued else [(one, retold(name)) for one, name in NAMES.items()]
        )


class OverrideGateForm(forms.Form):
    condition = forms.TypedChoiceField(label=_("Which condition"), coerce=int)
    reason = text(_("Why"), help_text=_("The person reads it, and it is counted."))

    def __init__(self, *args: Any, unmet: frozenset[int] = frozenset(NAMES), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["condition"].choices = [(one, f"{one}. {retold(NAMES[one])}") for one in sorted(unmet)]


class ExamineForm(forms.Form):
    """Which standard, and why: the reason comes first."""

    version = forms.ModelChoiceField(
        StandardVersion.objects.none(), label=_("Which standard"), empty_label=_("Choose a standard")
    )
    reason = text(
        _("Why do you look?"),
        help_text=_("The person sees that you looked, when, and this reason in your words."),
    )

    def __init__(self, *args: Any, versions: list[StandardVersion], **kwargs: Any):
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in versions]
        self.fields["version"].queryset = StandardVersion.objects.filter(pk__in=keys).select_related(
            "standard"
        )
        self.fields["version"].label_from_instance = lambda one: one.standard.name
        if len(keys) == 1:
            self.fields["version"].initial = keys[0]


class NoteForm(forms.Form):
    """What one side sees at a checkpoint, and the figures of targets that have one."""

    text = text(_("What do you see?"))

    def __init__(self, *args: Any, targets: tuple = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        for place, target in enumerate(targets):
            if target.target is not None:
                help_text = _("As a share: 0.05 is 5 %.") if target.unit == "share" else target.unit
                self.fields[f"value_{place}"] = forms.FloatField(
                    label=target.what, required=False, help_text=help_text
                )

    @property
    def values(self) -> dict[str, float]:
        found = {
            name.removeprefix("value_"): one
            for name, one in self.cleaned_data.items()
            if name.startswith("value_")
        }
        return {place: one for place, one in found.items() if one is not None}


class PlanForm(forms.Form):
    why = text(
        _("Why there is a plan"), rows=4,
        help_text=_("To the person, in plain words: what customers miss, and that you want them to get there."),
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("How many days"), min_value=SHORTEST, max_value=LONGEST,
        help_text=_("30 to 90. They begin when the person has acknowledged the receipt."),
    )  # fmt: skip
    words = text(_("What was changed, and why"), rows=2, help_text=_("The person reads it."))

    def __init__(self, *args: Any, changes: bool = False, locked: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not changes:
            del self.fields["words"]
        if locked:
            del self.fields["days"]


class TargetForm(forms.Form):
    what = forms.CharField(label=_("What exactly"), max_length=200, required=False)
    baseline = forms.FloatField(label=_("Where it stands now"), required=False)
    target = forms.FloatField(label=_("What is asked for"), required=False)
    seen = forms.CharField(
        label=_("Or: what will be seen"),
        max_length=500,
        required=False,
        help_text=_("Where there is no figure."),
    )
    source = forms.CharField(label=_("Where that will be told from"), max_length=200, required=False)
    due = forms.DateField(label=_("By"), required=False, widget=DATE)


class SupportForm(forms.Form):
    what = forms.CharField(label=_("What will be done"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *Kind.choices], required=False)
    owed_by = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who owes it"), required=False, empty_label="—"
    )
    due = forms.DateField(label=_("It comes by"), required=False, widget=DATE)

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if people is not None:
            self.fields["owed_by"].queryset = people


TargetSet = forms.formset_factory(TargetForm, extra=1, max_num=5)
SupportSet = forms.formset_factory(SupportForm, extra=2, max_num=10)
