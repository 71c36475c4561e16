"""Which files somebody may see and bring. For everybody else these pages do not exist."""

from collections.abc import Callable
from functools import wraps

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from andon.people.models import Person
from andon.signals.access import may_bring
from andon.signals.models import Dataset


def kinds(person: Person) -> list[str]:
    """What files this person may bring: values of `Dataset.Holds`."""
    return [holds for holds in Dataset.Holds.values if may_bring(person, holds)]


def files(person: Person) -> QuerySet[Dataset]:
    return Dataset.objects.filter(holds__in=kinds(person)).select_related("by")


def one(request: HttpRequest, key: str) -> Dataset:
    return get_object_or_404(files(request.user), key=key)


def for_bringers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for who may bring nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not kinds(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
