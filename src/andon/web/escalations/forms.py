"""What can be written on a question."""

from django import forms
from django.utils.translation import gettext_lazy

from andon.escalations.models import Entry
from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.web.escalations.naming import SomebodyField

LONGEST = 20_000


class OneOfSeveral(forms.Form):
    """A form that stands beside others on one page: its fields have names of their own for labels to point at."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", f"id_{type(self).__name__.removesuffix('Form').lower()}_%s")
        super().__init__(*args, **kwargs)


class RaiseForm(forms.Form):
    """An optional note, and optionally somebody else to ask than the owner: anyone, at any level."""

    title = forms.CharField(max_length=200, required=False)
    note = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, by: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"] = SomebodyField(by)

    def clean(self) -> dict:
        self.fields["to"].demand_chosen(self)
        return super().clean()


class EntryForm(OneOfSeveral):
    """`kinds` are those this person may write; without them any, as the action decides."""

    kind = forms.ChoiceField(label=gettext_lazy("It is"), initial=Entry.Kind.NOTE)
    text = forms.CharField(
        label=gettext_lazy("In your words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, kinds=Entry.Kind.values, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, label) for kind, label in Entry.Kind.choices if kind in kinds]


class MechanismForm(OneOfSeveral):
    mechanism = forms.ModelChoiceField(
        Mechanism.objects.none(),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose a mechanism"),
        label=gettext_lazy("Mechanism"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mechanism"].queryset = Mechanism.objects.filter(retired_at=None)


class CloseForm(OneOfSeveral):
    """A reason is needed only where nobody answered yet; the action knows."""

    reason = forms.CharField(
        label=gettext_lazy("Why now?"),
        help_text=gettext_lazy("Needed only where nobody has answered yet."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
