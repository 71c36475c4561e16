"""Where I can go from here, up and sideways, what each role looks for, and what I have."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.growth import reach
from andon.growth.actions import skills as actions
from andon.growth.models import PathStep, PersonSkill, Skill, SkillConfirmation
from andon.growth.queries.careers import gaps
from andon.growth.rules.careers import Gap, summary
from andon.people.access import at_work
from andon.standards.models import Holding, JobRole
from andon.web.me.colleagues import choice
from andon.web.me.doing import done, kept, own_page
from andon.web.me.forms import ColleagueForm, ConfirmForm, SayForm

MOST = 100


@dataclass(frozen=True, slots=True)
class Way:
    """A role one can go to, and what would be next for it."""

    role: JobRole
    way: str
    about: str
    summary: str


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Nine queries, however many paths and skills."""
    me = request.user
    mine = [one.job_role for one in Holding.objects.of(me, timezone.localdate())]
    paths = list(_paths(mine))
    found = gaps(me, [*mine, *(path.to_role for path in paths)])
    page = {
        "mine": [(role, found[role.pk]) for role in mine],
        "ways": [_way(path, found) for path in paths],
        "said": PersonSkill.objects.visible_to(me).select_related("skill", "level")[:MOST],
        "asked": _put_to(request).select_related("statement__person", "statement__skill")[:MOST],
        "skills": Skill.objects.in_use()[:MOST],
        "roles": JobRole.objects.in_use()[:MOST],
    }
    return own_page(request, "me/careers.html", page)


def _put_to(request: HttpRequest):
    """What this person is asked to confirm and has not answered."""
    return reach.between(SkillConfirmation.objects, request.user, "by").filter(answered_on=None)


def _paths(roles: list[JobRole]):
    found = PathStep.objects.filter(from_role__in=roles, to_role__retired_at=None)
    return found.select_related("to_role").order_by("-way", "to_role__name")  # up before sideways


def _way(path: PathStep, found: dict[int, list[Gap]]) -> Way:
    return Way(path.to_role, path.get_way_display(), path.about, summary(found[path.to_role_id]))


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    if not at_work(request.user):
        raise Http404
    found = get_object_or_404(JobRole.objects.in_use(), slug=slug)
    lines = gaps(request.user, [found])[found.pk]
    page = {"role": found, "gaps": lines, "summary": summary(lines), "paths": _paths([found])}
    return own_page(request, "me/career.html", page)


def _skill(request: HttpRequest, slug: str) -> Skill:
    if not at_work(request.user):
        raise Http404
    return get_object_or_404(Skill.objects.in_use().prefetch_related("levels"), slug=slug)


def _said(request: HttpRequest, skill: Skill) -> PersonSkill | None:
    mine = PersonSkill.objects.visible_to(request.user).filter(skill=skill)
    return mine.select_related("level").prefetch_related("confirmations__by", "confirmations__level").first()


@require_http_methods(["GET", "HEAD", "POST"])
def skill(request: HttpRequest, slug: str) -> HttpResponse:
    found = _skill(request, slug)
    said = _said(request, found)
    begun = {"level": said.level_id, "example": said.example} if said else {}
    form = SayForm(request.POST or None, skill=found, initial=begun)
    if kept(request, form, actions.say):
        return redirect("me:skill", slug)
    page = {"skill": found, "said": said, "courses": found.courses.on_offer()[:MOST]}
    return own_page(request, "me/skill.html", page, form)


def _statement(request: HttpRequest, slug: str) -> PersonSkill:
    mine = PersonSkill.objects.visible_to(request.user).select_related("level", "skill")
    return get_object_or_404(mine, skill__slug=slug)


@require_POST
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    return done(
        request, actions.take_back, _statement(request, slug), said=_("Taken back."), then="me:careers"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    said = _statement(request, slug)
    form = ColleagueForm(request.POST or None, by=request.user)
    if kept(request, form, actions.ask_to_confirm, said):
        return redirect("me:skill", slug)
    return own_page(request, "me/ask_to_confirm.html", {"said": said, "choice": choice(request)}, form)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """For whom is asked; others do not know that there is anything."""
    related = ("statement__person", "statement__skill", "level")
    found = get_object_or_404(_put_to(request).select_related(*related), pk=pk)
    form = ConfirmForm(request.POST or None)
    if kept(request, form, actions.answer_confirmation, found):
        messages.success(request, _("Thank you for saying so."))
        return redirect("me:hub")
    return own_page(request, "me/confirm.html", {"asked": found}, form)
