"""Form fields that read what people type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.people.models import Person


class NumberField(forms.FloatField):
    """A number as people write it: 0.05, 0,05 and 5 % are the same."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": gettext_lazy("Please write a number, such as 0.05, 5 % or 12.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> float | None:
        if not isinstance(value, str):
            return super().to_python(value)
        text, percent = value.replace("\u00a0", " ").strip(), 1.0
        if text.endswith("%"):
            text, percent = text[:-1].strip(), 100.0
        number = super().to_python(_with_point(text))
        return number / percent if number is not None else None


def _with_point(text: str) -> str:
    """A lone comma is a decimal one."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


class ColleagueField(forms.CharField):
    """Somebody at work, by e-mail address or staff number: a list of thousands would help nobody."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def clean(self, value: str | None) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        found = Person.objects.at_work().filter(Q(email__iexact=text) | Q(number=text)).first()
        if not found:
            raise ValidationError(
                _("Nobody at work has the e-mail address or staff number “%(text)s”.") % {"text": text}
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return (value.email or value.number) if isinstance(value, Person) else value


class Suggestions(forms.TextInput):
    """A text with a list to choose from; anything else may be typed too."""

    template_name = "mechanisms/suggestions.html"

    def __init__(self, options: list[str]) -> None:
        super().__init__({"autocomplete": "off"})
        self.options = options

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options"] = self.options
        context["widget"]["attrs"]["list"] = f"options-{name}"
        return context
