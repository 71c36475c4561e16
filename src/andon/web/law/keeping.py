"""How long a class of things is kept, and letting go of what is due."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from andon.evidence.law import retention
from andon.web.law.views import for_partners


class KeepForm(forms.Form):
    days = forms.IntegerField(label=_("Days"), min_value=30, max_value=retention.LONGEST)
    why = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The law, or the agreement with employees, that it follows from."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    for_partners(request)
    if slug not in retention.KINDS:
        raise Http404
    form = KeepForm(request.POST or None, initial={"days": retention.days_of(slug)})
    if request.method == "POST" and form.is_valid():
        try:
            retention.keep_for(slug, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept so from now on."))
            return redirect("law:home")
    context = {"form": form, "kind": retention.KINDS[slug]}
    return render(request, "law/keep.html", context, status=422 if form.is_bound else 200)


@require_POST
def run(request: HttpRequest, slug: str) -> HttpResponse:
    for_partners(request)
    if slug not in retention.KINDS:
        raise Http404
    done = retention.run(slug, by=request.user, now=timezone.now())
    messages.success(
        request, ngettext("Let go of %(n)d thing.", "Let go of %(n)d things.", done) % {"n": done}
    )
    return redirect("law:home")
