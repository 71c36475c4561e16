"""Coaching as a manager sees it: first the process, then the person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.evidence import access_log
from andon.growth.actions import coaching as actions
from andon.growth.actions.coaching import Support
from andon.growth.line import may_coach
from andon.growth.models import Coaching, Promise
from andon.growth.rules.wording import hints
from andon.people.models import Person
from andon.web.team.doing import done
from andon.web.team.forms import CoachingForm, FollowUpForm, NotedViewForm, TextForm, in_two_weeks
from andon.web.team.reach import coached_person, read_coaching
from andon.web.team.subject import Subject, subject_of, subjects

TEXTS = ("situation", "behaviour", "impact", "agreed_action", "their_view", "outcome", "words", "text")


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is about, how that process stands, and only then the form."""
    person = coached_person(request, pk)
    subject = subject_of(person, request.GET.get("about", ""), timezone.now())
    if request.method != "POST":
        start = {"follow_up_on": in_two_weeks(timezone.localdate())}
        return _note_page(request, person, subject, CoachingForm(initial=start))
    form = CoachingForm(request.POST)
    if "look" in request.POST:
        return _note_page(request, person, subject, CoachingForm(initial=request.POST.dict()), looked=True)
    said = _("Noted. {name} can read it now and add how they see it.").format(name=person.name)
    if done(request, form, lambda written: _note(request, person, subject, written), said):
        return redirect("team:person", person.pk)
    return _note_page(request, person, subject, form)


def _note(request: HttpRequest, person: Person, subject: Subject | None, written: dict) -> Coaching:
    support = {name: written.pop(f"support_{name}") for name in ("what", "kind", "due")}
    return actions.note_coaching(
        person, **written, support=[Support(**support)] if support["what"] else (), by=request.user,
        now=timezone.now(), standard=subject and subject.standard, mechanism=subject and subject.mechanism,
    )  # fmt: skip


def _note_page(
    request: HttpRequest, person: Person, subject: Subject | None, form: CoachingForm, looked: bool = False
) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "subject": subject,
        "subjects": subjects(person, timezone.now()),
        "chosen": request.GET.get("about", ""),
        "looked": looked,
        "hints": hints(*_texts(request)),
    }
    return render(request, "team/note.html", context, status=422 if form.errors else 200)


@require_POST
def hint(request: HttpRequest) -> HttpResponse:
    """A gentle word while somebody writes; nothing is kept of the text."""
    return render(request, "team/hint.html", {"hints": hints(*_texts(request))})


def _texts(request: HttpRequest) -> list[str]:
    return [request.POST.get(name, "") for name in TEXTS]


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, read_coaching(request, pk))


@require_POST
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    coaching, form = _acted(request, pk), FollowUpForm(request.POST)

    def act(written: dict) -> object:
        return actions.follow_up(coaching, **written, by=request.user, now=timezone.now())

    if done(request, form, act, _("Looked back. It is on the record, for both of you.")):
        return redirect("team:coaching", pk)
    return _page(request, coaching, follow_up_form=form)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    coaching, form = _acted(request, pk), TextForm(request.POST, auto_id="correct_%s")

    def act(written: dict) -> object:
        return actions.correct(coaching, written["text"], by=request.user, now=timezone.now())

    if done(request, form, act, _("The correction stands beside the note.")):
        return redirect("team:coaching", pk)
    return _page(request, coaching, correct_form=form)


@require_POST
def note_view(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person said, with their consent; it counts once they say that it is right."""
    coaching, form = _acted(request, pk), NotedViewForm(request.POST, auto_id="view_%s")

    def act(written: dict) -> object:
        return actions.add_their_view(coaching, **written, by=request.user, now=timezone.now())

    if done(request, form, act, _("Noted. They are asked whether it is what they said.")):
        return redirect("team:coaching", pk)
    return _page(request, coaching, view_form=form)


def _acted(request: HttpRequest, pk: int) -> Coaching:
    coaching = read_coaching(request, pk)
    if not may_coach(request.user, coaching.person):
        raise Http404
    return coaching


def _page(request: HttpRequest, coaching: Coaching, **forms: object) -> HttpResponse:
    now = timezone.now()
    access_log.note(request.user, coaching.person, gettext_noop("A coaching note"), now)
    context = {
        "coaching": coaching,
        "promises": Promise.objects.filter(coaching=coaching).complete(),
        "may_coach": may_coach(request.user, coaching.person),
        "follow_up_form": FollowUpForm(),
        "correct_form": TextForm(auto_id="correct_%s", label=_("What was wrong, and what is right")),
        "view_form": NotedViewForm(auto_id="view_%s", label=_("How they see it")),
        "now": now,
        "today": timezone.localdate(now),
    }
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "team/coaching.html", context | forms, status=422 if wrong else 200)
