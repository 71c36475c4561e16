"""The courses on offer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andon.growth.actions import training as actions
from andon.growth.models import Course
from andon.web.growing.forms import CourseForm
from andon.web.growing.keeper import kept_by_hr
from andon.web.me.doing import done, kept, own_page

MOST = 200
FIELDS = ("name", "provider", "about", "link", "hours", "skill")


@kept_by_hr
@require_http_methods(["GET", "HEAD", "POST"])
def everything(request: HttpRequest) -> HttpResponse:
    form = CourseForm(request.POST or None)
    if kept(request, form, actions.keep_course, None):
        return redirect("growing:courses")
    courses = Course.objects.select_related("skill").order_by("retired_at", "name")
    return own_page(request, "growing/courses.html", {"courses": courses[:MOST]}, form)


@kept_by_hr
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(Course, pk=pk)
    form = CourseForm(request.POST or None, initial={name: getattr(course, name) for name in FIELDS})
    if kept(request, form, actions.keep_course, course):
        return redirect("growing:courses")
    return own_page(request, "growing/course.html", {"course": course}, form)


@kept_by_hr
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(Course, pk=pk)
    said = _("No longer offered. What was learnt there stays with people.")
    return done(request, actions.retire_course, course, said=said, then="growing:courses")
