"""An explanation: read, written section by section as a draft, posted, and what readers say of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.escalations import access, actions, drafts
from andon.escalations.models import Escalation, Explanation
from andon.escalations.rules import explaining
from andon.web.escalations import sections, tree
from andon.web.escalations.naming import offered
from andon.web.escalations.turning import access_or_404
from andon.web.escalations.turning_forms import ReviewForm
from andon.web.escalations.views import visible
from andon.web.escalations.writing import plainly, say


def readable(request: HttpRequest, number: int) -> Escalation:
    """For those who may read the question; for others there is no explanation either."""
    escalation = visible(request, number)
    access_or_404(request, escalation, access.may_read)
    return escalation


@require_safe
def show(request: HttpRequest, number: int, version: int = 0) -> HttpResponse:
    """The newest version, or the one that is named; a draft is shown where nothing is posted yet."""
    escalation = readable(request, number)
    return _page(request, escalation, _version(escalation, version))


def _version(escalation: Escalation, version: int) -> Explanation:
    found = list(escalation.explanations.select_related("version__mechanism", "posted_by", "edited_by"))
    posted = [one for one in found if not one.is_draft]
    chosen = [one for one in found if one.number == version] if version else (posted or found)[-1:]
    if not chosen:
        raise Http404
    return chosen[0]


def _page(request: HttpRequest, escalation: Escalation, one: Explanation, wrong=None) -> HttpResponse:
    page = {
        "escalation": escalation,
        "explanation": one,
        "parts": sections.read(one),
        "tree": tree.of(one, request.user),
        "versions": escalation.explanations.order_by("number"),
        "reviews": one.reviews.select_related("by"),
        "review_form": wrong or ReviewForm(),
        "may_write": escalation.is_open and access.may_own(request.user, escalation),
    }
    return render(request, "escalations/explanation.html", page, status=422 if wrong else 200)


@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    escalation = readable(request, number)
    plainly(
        request, _("Everything you write is kept as you write it."), actions.begin_explanation, escalation
    )
    return redirect("escalations:draft", number)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """All sections on one page. With script each is kept as it is written; without, by one button."""
    escalation = readable(request, number)
    access_or_404(request, escalation, access.may_own)
    one = escalation.explanations.filter(posted_at=None).first()
    if one is None:
        return redirect("escalations:show", number)
    if request.method != "POST":
        return draft_page(request, escalation, one)
    try:
        problems = sections.keep(escalation, sections.ORDER, request.POST, request.user, timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("escalations:show", number)
    if problems:
        one.refresh_from_db()
        return draft_page(request, escalation, one, problems)
    if "post" in request.POST:
        return _post(request, escalation)
    messages.success(request, _("Kept."))
    return redirect("escalations:draft", number)


def _post(request: HttpRequest, escalation: Escalation) -> HttpResponse:
    try:
        posted = actions.post_explanation(escalation, by=request.user, now=timezone.now())
    except ValidationError as error:
        one = escalation.explanations.get(posted_at=None)
        return draft_page(request, escalation, one, missing=error.messages)
    messages.success(request, _("Posted. Thank you for looking for the cause."))
    if posted.measure_wrong == Explanation.MeasureWrong.YES:
        messages.info(request, _("You found that the measure itself is wrong: plan what changes about it."))
        return redirect(f"{_plan_address(escalation)}?on_measure=1")
    return redirect("escalations:explanation", escalation.number)


def _plan_address(escalation: Escalation) -> str:
    from django.urls import reverse

    return reverse("escalations:plan", args=[escalation.number])


def draft_page(
    request: HttpRequest, escalation: Escalation, one: Explanation, problems=None, missing=(), **of_tree
) -> HttpResponse:
    """`of_tree`: what was written to the tree of whys and refused, as `whys` shows it."""
    page = {
        "escalation": escalation,
        "explanation": one,
        "parts": sections.written(one, request.POST if problems else None, problems or {}),
        "tree": tree.of(one, request.user),
        "measures": tree.measures(),
        "missing": missing or (),
        "still": explaining.missing(drafts.content(one)),
        **of_tree,
    }
    wrong = problems or missing or of_tree
    return render(request, "escalations/draft.html", page, status=422 if wrong else 200)


@require_POST
def section(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One section, as somebody writes it: kept, or said that somebody else changed it meanwhile."""
    escalation = readable(request, number)
    if name not in explaining.SECTIONS:
        raise Http404
    now = timezone.now()
    try:
        problem = sections.keep(escalation, [name], request.POST, request.user, now).get(name)
    except ValidationError as error:  # posted a moment ago, perhaps by the same hand
        gone = {"name": name, "problem": " ".join(error.messages)}
        return render(request, "escalations/section_gone.html", gone)
    one = escalation.explanations.get(posted_at=None)
    text = request.POST.get(name, "") if name in explaining.TEXTS else ""
    about = escalation.mechanism.name if escalation.mechanism else ""
    page = {
        "part": sections.one_of(one, name, problem=problem),
        "kept_at": None if problem else now,
        "offer": offered(request.user, text, about),
        "still": explaining.missing(drafts.content(one)),
    }
    return render(request, "escalations/section_anew.html", page, status=200)


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    escalation = readable(request, number)
    plainly(request, _("The draft is gone. Posted versions stay."), actions.drop_explanation, escalation)
    return redirect("escalations:show", number)


@require_POST
def review(request: HttpRequest, number: int, version: int) -> HttpResponse:
    escalation = readable(request, number)
    one = _version(escalation, version)
    form = ReviewForm(request.POST)
    if form.is_valid() and say(
        request, form, _("Written. All readers see it."), actions.review, one, **form.cleaned_data
    ):
        return redirect("escalations:version", number, version)
    return _page(request, escalation, one, form)
