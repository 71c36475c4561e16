"""The dossier of a plan, for the person, their line and HR."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from andon.plans.dossier import dossier
from andon.plans.models import Plan
from andon.plans.words import label, titled
from andon.web.plans import reach
from andon.web.plans.mine import private


@require_safe
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, reach.my_plan(request, pk))


@require_safe
def theirs(request: HttpRequest, pk: int) -> HttpResponse:
    plan = reach.plan(request, pk)
    reach.noted(request, plan.person, titled(), timezone.now())
    return _file(request, plan)


def _file(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Its name says nothing of whom it is about."""
    answer = HttpResponse(dossier(plan, by=request.user, now=timezone.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(label()) or "plan"}-{plan.pk}.pdf"'
    return private(answer)
