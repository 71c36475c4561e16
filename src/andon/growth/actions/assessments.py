"""A self-assessment: a draft for oneself, versions for whom one shares it with. Never evidence."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.growth.actions.guards import demand_at_work, demand_own, needed, optional, refuse
from andon.growth.models import SelfAssessment, SharedAssessment
from andon.growth.prompts import PROMPTS
from andon.growth.rules.sharing import Wish, problem_sharing
from andon.people import access
from andon.people.models import Person


@transaction.atomic
def begin(title: str, *, by: Person, now: datetime) -> SelfAssessment:
    demand_at_work(by)
    title = needed(title, _("Give it a name, such as the months it looks back on."), 120)
    return SelfAssessment.objects.create(person=by, title=title, begun_at=now, changed_at=now)


@transaction.atomic
def write(draft: SelfAssessment, answers: dict[str, str], *, by: Person, now: datetime) -> None:
    """`answers` by key of their prompt; unknown keys are left out."""
    demand_own(draft.person_id, by)
    draft.answers = {key: text for key in PROMPTS if (text := optional(answers.get(key, "")))}
    draft.changed_at = now
    draft.save(update_fields=["answers", "changed_at"])


@transaction.atomic
def share(draft: SelfAssessment, to: Person, *, by: Person, now: datetime) -> SharedAssessment:
    """A version as the draft reads now, for somebody above. Raises PermissionDenied, ValidationError."""
    locked = SelfAssessment.objects.select_for_update().get(pk=draft.pk)
    demand_own(locked.person_id, by)
    refuse(
        problem_sharing(
            Wish(
                own=True,
                to_self=to.pk == by.pk,
                to_at_work=access.at_work(to),
                to_above=access.in_line(to, by),
            )
        )
    )
    content = [[str(PROMPTS[key]), locked.answers[key]] for key in PROMPTS if key in locked.answers]
    if not content:
        raise ValidationError(_("There is nothing written yet to share."))
    last = locked.versions.order_by("number").last()
    return SharedAssessment.objects.create(
        assessment=locked, number=last.number + 1 if last else 1, content=content, to=to, at=now
    )


@transaction.atomic
def take_back(version: SharedAssessment, *, by: Person, now: datetime) -> None:
    demand_own(version.assessment.person_id, by)
    SharedAssessment.objects.filter(pk=version.pk, ended_at=None).update(ended_at=now)


@transaction.atomic
def remove(draft: SelfAssessment, *, by: Person, now: datetime) -> None:
    """With its versions: it is nobody else's."""
    demand_own(draft.person_id, by)
    draft.delete()
