"""Who audits, what was brought, audits so far; and for managers, what the newest audit says of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from andon.culture.fairness import access, actions
from andon.culture.fairness.models import Attribute, FairnessAudit, FairnessAuditor, GroupList
from andon.culture.fairness.telling_others import own as said_of
from andon.people.access import MANAGER, is_any
from andon.web.fairness.forms import NameForm, SpanForm
from andon.web.fairness.reach import demand

MOST = 50


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    demand(access.may_enter(request.user))
    return answer(request)


def answer(request: HttpRequest, form: NameForm | None = None, span: SpanForm | None = None) -> HttpResponse:
    person, now = request.user, timezone.now()
    audits = access.is_auditor(person)
    names = access.may_name(person)
    page = {
        "audits_them": audits, "names": names, "asked": access.is_asked(person),
        "auditors": FairnessAuditor.objects.standing().select_related("person", "named_by"),
        "form": (form or NameForm(by=person)) if names else None,
    }  # fmt: skip
    if audits:
        page |= {
            "audits": FairnessAudit.objects.defer("content", "tokens").select_related("by")[:MOST],
            "attributes": Attribute.objects.select_related("came_in__by"),
            "waiting": GroupList.objects.filter(by=person, applied_at=None).exclude(rows=[]),
            "span": span or SpanForm.usual(timezone.localdate(now)),
        }
    bound = any(one is not None and one.is_bound for one in (form, span))
    return render(request, "fairness/home.html", page, status=422 if bound else 200)


@require_POST
def name_auditor(request: HttpRequest) -> HttpResponse:
    demand(access.may_name(request.user))
    form = NameForm(request.POST, by=request.user)
    if not form.is_valid():
        return answer(request, form=form)
    try:
        actions.name_auditor(**form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return answer(request, form=form)
    messages.success(request, _("Named. It begins when they accept."))
    return redirect("fairness:home")


@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    demand(access.is_asked(request.user))
    actions.accept(by=request.user, now=timezone.now())
    messages.success(request, _("You are an auditor from now on."))
    return redirect("fairness:home")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    demand(access.may_enter(request.user))
    auditor = get_object_or_404(FairnessAuditor.objects.standing(), pk=pk)
    try:
        actions.end(auditor, by=request.user, now=timezone.now())
    except PermissionDenied:
        demand(False)
    messages.success(request, _("Ended."))
    return redirect("fairness:home" if access.may_enter(request.user) else "home")


@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """For a manager: the newest audit's sentences on their own decisions. Nobody else's are there."""
    demand(is_any(request.user, MANAGER))
    audit = FairnessAudit.objects.filter(state=FairnessAudit.State.DONE).defer("tokens").first()
    page = {"audit": audit, "said": said_of(audit.content, request.user.pk) if audit else []}
    return render(request, "fairness/own.html", page)
