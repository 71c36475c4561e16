"""Skills, their levels in words, and what each job role looks for."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.growth.actions import skills as actions
from andon.growth.models import RoleSkill, Skill
from andon.standards.models import JobRole
from andon.web.growing.forms import SkillForm, WantedForm
from andon.web.growing.keeper import kept_by_hr
from andon.web.me.doing import done, own_page

MOST = 200


@kept_by_hr
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """The matrix: skills down, roles as lists of what they look for."""
    roles = JobRole.objects.in_use().prefetch_related("wanted_skills__skill", "wanted_skills__wanted")
    page = {"skills": Skill.objects.in_use().prefetch_related("levels")[:MOST], "roles": roles[:MOST]}
    return own_page(request, "growing/skills.html", page)


@kept_by_hr
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = SkillForm(request.POST or None)
    if form.is_bound and form.is_valid() and _keep(request, form, None, form.slug()):
        return redirect("growing:skills")
    return own_page(request, "growing/skill.html", {}, form)


@kept_by_hr
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    skill = get_object_or_404(Skill.objects.in_use().prefetch_related("levels"), slug=slug)
    levels = "\n".join(f"{level.word}: {level.anchor}" for level in skill.levels.all())
    begun = {"name": skill.name, "about": skill.about, "levels": levels}
    form = SkillForm(request.POST or None, initial=begun)
    if form.is_bound and form.is_valid() and _keep(request, form, skill, slug):
        return redirect("growing:skills")
    return own_page(request, "growing/skill.html", {"skill": skill}, form)


def _keep(request: HttpRequest, form: SkillForm, skill: Skill | None, slug: str) -> Skill | None:
    try:
        return actions.keep_skill(skill, slug=slug, **form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return None


@kept_by_hr
@require_POST
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    skill = get_object_or_404(Skill, slug=slug)
    said = _("No longer looked for. What people said of themselves stays with them.")
    return done(request, actions.retire_skill, skill, said=said, then="growing:skills")


@kept_by_hr
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(JobRole.objects.in_use(), slug=slug)
    skills = list(Skill.objects.in_use().prefetch_related("levels")[:MOST])
    wanted = dict(RoleSkill.objects.filter(job_role=found).values_list("skill__slug", "wanted_id"))
    form = WantedForm(request.POST or None, skills=skills, initial=wanted)
    if request.method == "POST" and form.is_valid():
        _want(request, found, skills, form.cleaned_data, wanted)
        messages.success(request, _("Kept."))
        return redirect("growing:skills")
    return own_page(request, "growing/role.html", {"role": found, "skills": skills}, form)


def _want(request: HttpRequest, found: JobRole, skills: list[Skill], said: dict, wanted: dict) -> None:
    """Only what differs, so that the trail says what was changed."""
    for skill in skills:
        levels = {str(level.pk): level for level in skill.levels.all()}
        chosen = levels.get(said.get(skill.slug, ""))
        if (chosen.pk if chosen else None) != wanted.get(skill.slug):
            actions.want(found, skill, chosen, by=request.user, now=timezone.now())
