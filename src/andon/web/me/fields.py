"""Fields that several forms of one's own share: numbers, links, days, and things of the house to choose from."""

import re
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from andon.growth.models import Level
from andon.mechanisms.models import Measure
from andon.standards.models import Behaviour


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text_input(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Figure(forms.CharField):
    """A number as people write it: 4.6, 2,140 or 4.6 %; in German 4,6 and 2.140. Per cent become a share."""

    def to_python(self, value: Any) -> float | None:
        text = re.sub(r"\s", "", super().to_python(value) or "").replace("−", "-")
        if not text:
            return None
        plain = number_of(text.removesuffix("%"))
        if plain is None:
            raise forms.ValidationError(_("Write a number, such as 4.6 or 4.6 %."))
        return plain / 100 if text.endswith("%") else plain

    def prepare_value(self, value: Any) -> Any:
        return (
            f"{value:.12g}".replace(".", formats.get_format("DECIMAL_SEPARATOR"))
            if isinstance(value, float)
            else value
        )


def number_of(text: str) -> float | None:
    """A number in the active language, or with the other sign where only one reading is left; None when it is none."""
    point = formats.get_format("DECIMAL_SEPARATOR")
    groups = "," if point == "." else "."
    if re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}(\{groups}\d{{3}})+(\{point}\d+)?", text):
        return float(text.replace(groups, "").replace(point, "."))
    return (
        float(text.replace(",", "."))
        if re.fullmatch(r"[+-]?\d{0,15}([.,]\d{1,15})?", text) and text.strip("+-")
        else None
    )


class Links(forms.CharField):
    """Addresses, one a line."""

    widget = forms.Textarea(attrs={"rows": 2, "placeholder": "https://"})

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class MeasureChoice(forms.ModelChoiceField):
    def label_from_instance(self, measure: Measure) -> str:
        return f"{measure.mechanism.name}: {measure.name}"


class BehaviourChoice(forms.ModelChoiceField):
    def label_from_instance(self, behaviour: Behaviour) -> str:
        return f"{behaviour.principle.name}: {behaviour.text}"


class LevelChoice(forms.ModelChoiceField):
    def label_from_instance(self, level: Level) -> str:
        return f"{level.word}: {level.anchor}"
