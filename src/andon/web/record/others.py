"""The record of somebody whom one leads, or is a partner of: read, which is noted, and added to."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from andon.evidence import access, access_log, actions, rules
from andon.evidence.models import Item
from andon.people.access import at_work
from andon.people.models import Person
from andon.web.record.forms import ItemForm
from andon.web.record.listing import page_of


def within_reach(request: HttpRequest, pk: int) -> Person:
    """Somebody whose record this person may read; for others there is no such record."""
    person = get_object_or_404(Person.objects.select_related("team", "manager"), pk=pk)
    if access.basis(request.user, person) is None:
        raise Http404
    return person


@require_safe
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    person, now = within_reach(request, pk), timezone.now()
    if person == request.user:
        return redirect("record:mine")
    access_log.note(request.user, person, gettext_noop("Record"), now)
    page, lines = page_of(Item.objects.of(person), request.GET.get("page"), now)
    context = {"person": person, "page": page, "lines": lines, "now": now, "may_add": at_work(person)}
    return render(request, "record/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, pk: int) -> HttpResponse:
    person = within_reach(request, pk)
    kinds = sorted(rules.OWN_KINDS) if person == request.user else Item.Kind.values
    form = ItemForm(
        request.POST or None, kinds=kinds, initial={"kind": kinds[0]} if person == request.user else None
    )
    if request.method == "POST" and form.is_valid() and _added(request, person, form):
        messages.success(request, _("It is on the record. They see it the next time they open theirs."))
        return redirect("record:show", person.pk)
    context = {"person": person, "form": form, "mine": person == request.user}
    return render(request, "record/add.html", context, status=422 if form.is_bound else 200)


def _added(request: HttpRequest, person: Person, form: ItemForm) -> bool:
    try:
        actions.add_item(person, by=request.user, now=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
