"""My self-assessment: mine until I share it with somebody above me, and never evidence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.evidence import access_log
from andon.growth.actions import assessments as actions
from andon.growth.models import SelfAssessment, SharedAssessment
from andon.growth.prompts import PROMPTS
from andon.web.me.doing import done, from_form, kept, own_page
from andon.web.me.forms import BeginForm, ShareForm
from andon.web.me.line import people_above

MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
def everything(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST or None)
    if begun := kept(request, form, actions.begin):
        return redirect("me:assessment", begun.pk)
    received = SharedAssessment.objects.visible_to(request.user).filter(to=request.user)
    page = {
        "mine": SelfAssessment.objects.visible_to(request.user).prefetch_related("versions__to")[:MOST],
        "received": received.select_related("assessment__person")[:MOST],
    }
    return own_page(request, "me/assessments.html", page, form)


def _mine(request: HttpRequest, pk: int) -> SelfAssessment:
    return get_object_or_404(SelfAssessment.objects.visible_to(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _mine(request, pk)
    if request.method == "POST":
        said = _("Kept. Only you can read it.")
        return done(request, actions.write, draft, request.POST.dict(), said=said, then=("me:assessment", pk))
    page = {
        "draft": draft,
        "prompts": [(key, prompt, draft.answers.get(key, "")) for key, prompt in PROMPTS.items()],
        "versions": draft.versions.select_related("to"),
        "share": ShareForm(people=people_above(request.user)),
    }
    return own_page(request, "me/assessment.html", page)


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    form = ShareForm(request.POST, people=people_above(request.user))
    said = _("Shared as it reads now. What you write from here on stays yours until you share again.")
    then = ("me:assessment", pk)
    return from_form(request, form, actions.share, _mine(request, pk), said=said, then=then)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, actions.remove, _mine(request, pk), said=_("Removed."), then="me:assessments")


@require_safe
def shared(request: HttpRequest, pk: int) -> HttpResponse:
    seen = SharedAssessment.objects.visible_to(request.user).select_related("assessment__person", "to")
    version = get_object_or_404(seen, pk=pk)
    person = version.assessment.person
    if person != request.user:
        access_log.note(request.user, person, gettext_noop("A self-assessment they shared"), timezone.now())
    return own_page(request, "me/assessment_shared.html", {"version": version, "person": person})


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    mine = SharedAssessment.objects.filter(assessment__person=request.user).select_related("assessment")
    version = get_object_or_404(mine, pk=pk)
    said, then = _("Taken back. They can no longer read it."), ("me:assessment", version.assessment_id)
    return done(request, actions.take_back, version, said=said, then=then)
