"""What is asked, in every language of the house, and how often."""

import re
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from andon.culture.pulse.actions.opening import demand_running, rhythm
from andon.culture.pulse.defaults import OURS, lay_out
from andon.culture.pulse.models import FEWEST, FEWEST_COMMENTS, Dimension, Every, Question, Rhythm
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy

LONGEST, MOST = 200, 20  # characters of a question; questions


@transaction.atomic
def keep_question(
    question: Question | None,
    *,
    dimension: str,
    texts: dict[str, str],
    turned: bool = False,
    by: Person,
    now: datetime,
) -> Question:
    """Adds one, or writes one anew. A wave that is open keeps its words. Raises PermissionDenied, ValidationError."""
    demand_running(by)
    lay_out()
    texts = {language: tidy(texts.get(language, "")) for language, _name in settings.LANGUAGES}
    _demand(texts, dimension, question)
    if question is None:
        last = Question.objects.aggregate(last=Max("place"))["last"] or 0
        question = Question(key=_key(texts["en"]), place=last + 1, source=OURS)
    elif texts != question.texts:
        question.key, question.source = _key(texts["en"]), ""  # other words are another question
    question.dimension, question.texts, question.turned = dimension, texts, turned
    question.save()
    record(by, "pulse.question.kept", f"pulse question {question.key}", now)
    return question


def _demand(texts: dict[str, str], dimension: str, question: Question | None) -> None:
    wrong = {
        f"text_{language}": _("Write it in every language, in at most %(most)s characters.")
        % {"most": LONGEST}
        for language, text in texts.items()
        if not 0 < len(text) <= LONGEST
    }
    if dimension not in Dimension.values:
        wrong["dimension"] = _("Choose what it is about.")
    if question is None and Question.objects.filter(retired_at=None).count() >= MOST:
        wrong["text_en"] = _("More than %(most)s questions take too long. Take one away first.") % {
            "most": MOST
        }
    if wrong:
        raise ValidationError(wrong)


def _key(text: str) -> str:
    base = slugify(re.sub(r"[’']", "", text))[:30].strip("-") or "question"
    key, n = base, 1
    while Question.objects.filter(key=key).exists():
        n += 1
        key = f"{base}-{n}"
    return key


@transaction.atomic
def retire_question(question: Question, *, by: Person, now: datetime) -> None:
    """Asked no more from the next wave on."""
    demand_running(by)
    question.retired_at = now
    question.save(update_fields=["retired_at"])
    record(by, "pulse.question.retired", f"pulse question {question.key}", now)


@transaction.atomic
def keep_rhythm(
    *, every: str, open_days: int, next_on: date | None, fewest: int = FEWEST, fewest_comments: int = FEWEST_COMMENTS,
    by: Person, now: datetime,
) -> Rhythm:  # fmt: skip
    """How often waves open, and from how many answers on they are shown. Holds for waves that open later.

    Raises PermissionDenied, ValidationError.
    """
    demand_running(by)
    if every != Every.NEVER and next_on is None:
        raise ValidationError({"next_on": _("Name the day on which the next wave opens.")})
    kept = rhythm()
    kept.every, kept.open_days, kept.next_on = every, open_days, next_on
    kept.fewest, kept.fewest_comments = fewest, fewest_comments
    kept.full_clean()
    kept.save()
    record(by, "pulse.rhythm.kept", "pulse rhythm", now, every=every)
    return kept
