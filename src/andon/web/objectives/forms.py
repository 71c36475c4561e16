"""What is asked for when an objective, a key result or a check-in is written down."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from andon.mechanisms.models import Mechanism
from andon.people.access import HR_PARTNER, LEADER, is_any
from andon.people.models import Person, Team
from andon.standards import access
from andon.standards.models import CheckIn, Cycle, Objective
from andon.web.mechanisms.fields import NumberField, Suggestions
from andon.web.standards.forms import LONGEST, MeasureChoice, PeopleField, day_input, text_area

UNITS = ["share", "count", "seconds", "money"]
MINE, EVERYBODY = "mine", "everybody"


MOST_OFFERED = 200


class ParentChoice(forms.ModelChoiceField):
    """An objective with whose it is."""

    def label_from_instance(self, objective: Objective) -> str:
        whose = objective.person or objective.team or _("everybody")
        return f"{objective.title} ({whose})"

    def offer(self, by: Person, owner: Person | None, chosen: Any) -> None:
        """Any that may stand above is taken; offered are those nearby, as thousands in a list would help nobody."""
        self.queryset = alignable(by, owner)
        near = Q(team=None) | Q(team=by.team_id) | Q(team__in=access.teams_led(by).values("pk"))
        if isinstance(chosen, Objective | int):
            near |= Q(pk=chosen.pk if isinstance(chosen, Objective) else chosen)
        offered = [
            (one.pk, self.label_from_instance(one)) for one in self.queryset.filter(near)[:MOST_OFFERED]
        ]
        self.choices = [("", self.empty_label), *offered]


def alignable(person: Person, owner: Person | None) -> Any:
    """Objectives of everybody and of teams, and those of the owner themselves, in cycles that still change."""
    seen = Objective.objects.visible_to(person).kept().filter(Q(person=None) | Q(person=owner))
    return seen.exclude(cycle__frozen_at__isnull=False).select_related("team", "person").order_by("title")


class ObjectiveForm(forms.Form):
    """Without whose it is: that stays."""

    title = forms.CharField(
        label=_("What do you want to reach?"), max_length=200,
        help_text=_("In words a customer would be glad of: “Refunds arrive when we said.”"),
    )  # fmt: skip
    why = forms.CharField(label=_("Why?"), required=False, max_length=LONGEST, widget=text_area())
    parent = ParentChoice(
        Objective.objects.none(), required=False, label=_("Which objective does it serve?"),
        empty_label=_("It is a top one"),
    )  # fmt: skip
    measure = MeasureChoice(
        label=_("Which measure of customers does it move?"), empty_label=_("None, or the one above says it"),
        help_text=_("A top objective names one, or a mechanism: that is where the path to the customer ends."),
    )  # fmt: skip
    mechanism = forms.ModelChoiceField(
        Mechanism.objects.in_use(), required=False, label=_("Or which mechanism?"), empty_label=_("None")
    )
    due = forms.DateField(label=_("By when?"), required=False, widget=day_input())

    def __init__(self, *args: Any, by: Person, owner: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(by, owner, self.initial.get("parent"))


class NewObjectiveForm(ObjectiveForm):
    """Whose it is and its cycle are said once."""

    whose = forms.ChoiceField(label=_("Whose is it?"))
    person = PeopleField(
        label=_("Or of somebody in your line"), required=False,
        help_text=_("Staff number or e-mail address; only they, their line and HR see it."),
    )  # fmt: skip
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), required=False, label=_("In which cycle?"),
        empty_label=_("In none: a goal of its own time"),
    )  # fmt: skip
    field_order = ["title", "why", "whose", "person", "cycle", "parent", "measure", "mechanism", "due"]

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, by=by, owner=by, **kwargs)
        self.teams = {f"team-{team.pk}": team for team in access.teams_written_by(by)}
        self.by = by
        wide = [(EVERYBODY, _("Everybody’s"))] if is_any(by, LEADER, HR_PARTNER) else []
        teams = [(key, team.name) for key, team in self.teams.items()]
        self.fields["whose"].choices = [(MINE, _("Mine")), *wide, *teams]
        self.fields["cycle"].queryset = Cycle.objects.filter(frozen_at=None)
        self.fields["person"].reach = access.people_written_by(by)
        if not access.may_bulk(by):
            del self.fields["person"]

    def clean_person(self) -> Person | None:
        people = self.cleaned_data["person"]
        if len(people) > 1:
            raise ValidationError(_("One person at a time; for many, use a template or a file."))
        return people[0] if people else None

    def fields_of(self) -> dict[str, Any]:
        """As the action takes them."""
        fields = dict(self.cleaned_data)
        whose, named = fields.pop("whose"), fields.pop("person", None)
        team: Team | None = None if named else self.teams.get(whose)
        person = named or (self.by if whose == MINE else None)
        return {**fields, "team": team, "person": person}


class KeyResultForm(forms.Form):
    title = forms.CharField(
        label=_("How will one know?"), max_length=200, help_text=_("“Refunds issued in three days”")
    )
    measure = MeasureChoice(label=_("Which measure says so?"), empty_label=_("None: it is counted by hand"))
    baseline = NumberField(
        label=_("Where does it stand at the start?"), help_text=_("84 % and 0.84 are the same.")
    )
    target = NumberField(label=_("Where should it be?"))
    good = forms.ChoiceField(
        label=_("Which way is better?"), choices=[("high", _("Higher")), ("low", _("Lower"))]
    )
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=20, widget=Suggestions(UNITS),
        help_text=_("“share” reads as per cent. Empty: that of the measure."),
    )  # fmt: skip
    weight = NumberField(label=_("Weight"), required=False, help_text=_("Empty for all: they count alike."))

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        measure = fields.get("measure")
        if measure and not fields.get("unit"):
            fields["unit"] = measure.unit
        if not fields.get("unit") and any(
            "%" in str(self.data.get(name, "")) for name in ("baseline", "target")
        ):
            fields["unit"] = "share"
        return fields


class CheckInForm(forms.Form):
    value = NumberField(label=_("Where does it stand now?"))
    confidence = forms.ChoiceField(
        label=_("How sure are you to reach it?"), choices=CheckIn.Confidence.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What helped, what stands in the way?"),
        required=False,
        max_length=LONGEST,
        widget=text_area(),
    )


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why is it given up?"), max_length=LONGEST, widget=text_area())


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("What was wrong, and what is right?"), max_length=LONGEST, widget=text_area(),
        help_text=_("Stands beside it with today’s date; nothing else changes."),
    )  # fmt: skip


class CycleForm(forms.Form):
    name = forms.CharField(
        label=_("What is it called?"), max_length=120, help_text=_("“First quarter of 2027”")
    )
    starts = forms.DateField(label=_("First day"), widget=day_input())
    ends = forms.DateField(label=_("Last day"), widget=day_input())


class TemplateForm(forms.Form):
    """An objective to start from, with up to four key results."""

    name = forms.CharField(label=_("What is the template called?"), max_length=120)
    title = forms.CharField(label=_("Objective"), max_length=200)
    why = forms.CharField(label=_("Why?"), required=False, max_length=LONGEST, widget=text_area())
    ROWS = range(1, 5)
    PARTS = ("title", "baseline", "target", "good", "unit", "weight")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in self.ROWS:
            for part, made in KeyResultForm.base_fields.items():
                if part in self.PARTS:
                    self.fields[f"{part}_{row}"] = _optional(made)

    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{part}_{row}"] for part in self.PARTS] for row in self.ROWS]

    def results(self) -> list[dict[str, Any]]:
        """The key results that were named."""
        found = []
        for row in self.ROWS:
            fields = {part: self.cleaned_data.get(f"{part}_{row}") for part in self.PARTS}
            if fields["title"]:
                found.append(fields)
        return found


def _optional(made: forms.Field) -> forms.Field:
    """The same question, which may stay open."""
    if isinstance(made, forms.ChoiceField):
        return forms.ChoiceField(label=made.label, choices=made.choices, required=False)
    if isinstance(made, NumberField):
        return NumberField(label=made.label, required=False)
    return forms.CharField(label=made.label, required=False, max_length=200)


class UseForm(forms.Form):
    """For whom: people of one's line, whole teams' people, or the teams themselves."""

    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), required=False, label=_("In which cycle?"),
        empty_label=_("In none: a goal of its own time"),
    )  # fmt: skip
    parent = ParentChoice(
        Objective.objects.none(),
        required=False,
        label=_("Which objective does it serve?"),
        empty_label=_("None"),
    )
    people = PeopleField(
        label=_("For these people"), required=False, widget=text_area(3),
        help_text=_("Staff numbers or e-mail addresses of people in your line, one a line."),
    )  # fmt: skip
    everybody_in = forms.ModelMultipleChoiceField(
        Team.objects.none(), required=False, label=_("For everybody in these teams, one each"),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )  # fmt: skip
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(), required=False, label=_("For these teams, one together"),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["cycle"].queryset = Cycle.objects.filter(frozen_at=None)
        self.fields["parent"].offer(by, None, None)
        self.fields["people"].reach = access.people_written_by(by)
        self.fields["teams"].queryset = access.teams_written_by(by)
        all_teams = is_any(by, HR_PARTNER)
        self.fields["everybody_in"].queryset = Team.objects.all() if all_teams else access.teams_led(by)

    def fields_of(self) -> dict[str, Any]:
        fields = dict(self.cleaned_data)
        members = access.people_written_by(self.by).filter(team__in=fields.pop("everybody_in"))
        people = {one.pk: one for one in (*members, *fields["people"])}
        return {**fields, "people": list(people.values())}


class BulkForm(forms.Form):
    """A file, or its text: the preview carries the text on."""

    file = forms.FileField(label=_("A CSV file"), required=False)
    text = forms.CharField(
        label=_("Or its text"), required=False, max_length=2_000_000, widget=text_area(6), strip=False
    )

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        if fields.get("file"):
            fields["text"] = _decoded(fields["file"].read(2_000_001))
        if not (fields.get("text") or "").strip() and not self.errors:
            raise ValidationError(_("Choose a file, or paste its text."))
        return fields


def _decoded(content: bytes) -> str:
    """UTF-8, or what older spreadsheets write."""
    if len(content) > 2_000_000:
        raise ValidationError(_("More than 2 MB. Bring it in in parts."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
