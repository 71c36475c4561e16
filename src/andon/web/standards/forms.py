"""What is asked for when a role or a standard is written down, read, or agreed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from andon.mechanisms.models import Measure
from andon.people.models import Person, Team
from andon.standards.models import Acknowledgement, Behaviour
from andon.web.mechanisms.fields import NumberField

LONGEST = 4000
MOST_PEOPLE = 5000


def text_area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MeasureChoice(forms.ModelChoiceField):
    """A measure with the mechanism it watches."""

    def __init__(self, **kwargs: Any) -> None:
        measures = Measure.objects.in_use().select_related("mechanism")
        super().__init__(measures, required=False, **kwargs)

    def label_from_instance(self, measure: Measure) -> str:
        return f"{measure.mechanism.name}: {measure.name}"


class RoleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("What is the role for?"), widget=text_area(), required=False, max_length=LONGEST
    )
    serves = forms.CharField(
        label=_("Which customer outcome does it serve?"),
        help_text=_("In words a customer would use: “What I ordered arrives on the day.”"),
        widget=text_area(),
        required=False,
        max_length=LONGEST,
    )


class VersionForm(forms.Form):
    """What one version says; `unit` and direction are those of the measure."""

    statement = forms.CharField(
        label=_("What is expected?"), widget=text_area(3), max_length=LONGEST,
        help_text=_("One sentence that somebody new would understand."),
    )  # fmt: skip
    level = NumberField(
        label=_("Level"), required=False,
        help_text=_("Of the measure, where there is one: 85 % and 0.85 are the same."),
    )  # fmt: skip
    serves = forms.CharField(
        label=_("Why does it matter, and to which customer outcome?"), widget=text_area(3), max_length=LONGEST
    )  # fmt: skip
    why_changed = forms.CharField(
        label=_("Why does it change?"), widget=text_area(), max_length=LONGEST,
        help_text=_("Stands in the history, for everybody it concerns."),
    )  # fmt: skip

    def __init__(self, *args: Any, first: bool = False, measured: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["why_changed"]
        if not measured:
            del self.fields["level"]


class StandardForm(forms.Form):
    name = forms.CharField(label=_("What is it called?"), max_length=120)
    team = forms.ModelChoiceField(
        Team.objects.all(), required=False, label=_("Where does it hold?"),
        empty_label=_("Everywhere"),
        help_text=_("A bar of a team holds there instead of the one for everywhere about the same thing."),
    )  # fmt: skip
    statement = forms.CharField(
        label=_("What is expected?"), widget=text_area(3), max_length=LONGEST,
        help_text=_("One sentence that somebody new would understand."),
    )  # fmt: skip
    measure = MeasureChoice(
        label=_("By which measure does one see it?"),
        empty_label=_("By none: it is a behaviour, or only words"),
    )
    level = NumberField(
        label=_("Level"), required=False,
        help_text=_("Of the measure: 85 % and 0.85 are the same. Unit and direction are those of the measure."),
    )  # fmt: skip
    behaviour = forms.ModelChoiceField(
        Behaviour.objects.none(), required=False, label=_("Or by which behaviour?"),
        empty_label=_("By none"),
    )  # fmt: skip
    serves = forms.CharField(
        label=_("Why does it matter, and to which customer outcome?"), widget=text_area(3), max_length=LONGEST
    )  # fmt: skip
    outcome_measure = MeasureChoice(
        label=_("Which measure of customers should it move?"),
        empty_label=_("None named yet"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behaviour"].queryset = Behaviour.objects.in_use()


class AgreeForm(forms.Form):
    starts = forms.DateField(
        label=_("It holds from"), widget=day_input(),
        help_text=_("Today or later: a standard never binds backwards. Leave people time to read it."),
    )  # fmt: skip


class BringInForm(forms.Form):
    """For what was agreed before Andon was there."""

    agreed_before = forms.DateField(label=_("Agreed on"), widget=day_input())
    starts = forms.DateField(label=_("It holds since"), widget=day_input())
    source = forms.CharField(
        label=_("Where does that stand?"), max_length=240,
        help_text=_("A document and its place: “Service handbook 2024, page 12”."),
    )  # fmt: skip


class EndForm(forms.Form):
    ends = forms.DateField(
        label=_("The first day without it"), widget=day_input(),
        help_text=_("Today or later: what held, held."),
    )  # fmt: skip
    why = forms.CharField(label=_("Why does it end?"), widget=text_area(), max_length=LONGEST)


class AcknowledgeForm(forms.Form):
    """Nothing is chosen beforehand: it is theirs to say."""

    kind = forms.ChoiceField(
        label=_("You say"), choices=Acknowledgement.Kind.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=LONGEST, widget=text_area(3),
        help_text=_("What it means for your work, what you ask, or what you object to. Your line and HR read it."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), max_length=LONGEST, widget=text_area(2))


class PeopleField(forms.CharField):
    """People at work by staff number or e-mail address, one a line or with commas between.

    `reach` narrows whom it knows: a number of somebody out of reach reads as one of nobody.
    """

    reach: QuerySet[Person] | None = None

    def clean(self, value: str | None) -> list[Person]:
        text = super().clean(value) or ""
        parts = (part.strip() for part in text.replace(",", "\n").splitlines())
        named = list(dict.fromkeys(filter(None, parts)))
        if len(named) > MOST_PEOPLE:
            raise ValidationError(_("At most %(n)s people at once.") % {"n": f"{MOST_PEOPLE:,}"})
        found = self._found(named)
        unknown = [name for name in named if name.casefold() not in found]
        if unknown:
            raise ValidationError(
                _("Nobody with whom you can do this has the number or address: %(names)s.")
                % {"names": ", ".join(unknown[:10])}
            )
        return list({found[name.casefold()].pk: found[name.casefold()] for name in named}.values())

    def _found(self, named: list[str]) -> dict[str, Person]:
        people = Person.objects.at_work() if self.reach is None else self.reach
        lower = [name.casefold() for name in named]
        found: dict[str, Person] = {}
        for start in range(0, len(named), 400):
            part = Q(number__in=named[start : start + 400]) | Q(email__in=lower[start : start + 400])
            for person in people.filter(part):
                found[person.number.casefold()] = person
                found[(person.email or person.number).casefold()] = person
        return found


class AssignForm(forms.Form):
    """One person, many, or everybody with a title of the staff list."""

    title = forms.ChoiceField(label=_("Everybody whose title is"), required=False)
    people = PeopleField(
        label=_("Or these people"), required=False, widget=text_area(3),
        help_text=_("Staff numbers or e-mail addresses, one a line."),
    )  # fmt: skip
    starts = forms.DateField(label=_("From"), widget=day_input())
    replace = forms.BooleanField(label=_("Their other roles end that day"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_work = Person.objects.at_work().exclude(title="")
        titles = sorted(set(at_work.values_list("title", flat=True)), key=str.casefold)
        self.fields["title"].choices = [("", _("Nobody by title")), *((title, title) for title in titles)]

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        if not fields.get("title") and not fields.get("people") and not self.errors:
            raise ValidationError(_("Choose a title, or name people."))
        return fields


class EndHoldingForm(forms.Form):
    ends = forms.DateField(widget=day_input())


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do they differ?"), max_length=LONGEST, widget=text_area(2),
        help_text=_("What differs in the work, the customers or the help that teams have; not who works there."),
    )  # fmt: skip


def today_in(form: type[forms.Form], today: date, **kwargs: Any) -> forms.Form:
    """A form whose day is today until it is changed."""
    return form(initial={"starts": today, "ends": today}, **kwargs)
