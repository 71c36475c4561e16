"""The register."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from andon.api.paging import Paging, after_key, page
from andon.mechanisms.models import Mechanism

router = Router(tags=["register"])


class MechanismLine(Schema):
    """A mechanism in a list."""

    slug: str
    name: str
    kind: str
    owner_team: str | None = None
    owner: str | None = None
    version: int
    retired_at: datetime | None

    @staticmethod
    def resolve_owner_team(mechanism) -> str | None:
        return mechanism.owner_team and mechanism.owner_team.name

    @staticmethod
    def resolve_owner(mechanism) -> str | None:
        return mechanism.owner and mechanism.owner.name


class MechanismPage(Schema):
    items: list[MechanismLine]
    next: str


class MeasureName(Schema):
    slug: str
    name: str


class MechanismOut(MechanismLine):
    """Everything the register says about a mechanism."""

    purpose: str
    inputs: str
    outputs: str
    specification: str
    inspection: str
    consumers: list[str]
    measures: list[MeasureName]

    @staticmethod
    def resolve_consumers(mechanism) -> list[str]:
        return [team.name for team in mechanism.consumers.all()]

    @staticmethod
    def resolve_measures(mechanism) -> list:
        return [measure for measure in mechanism.measures.all() if measure.retired_at is None]


def visible(request: HttpRequest):
    return Mechanism.objects.visible_to(request.user).select_related("owner_team", "owner")


@router.get("", response=MechanismPage)
def mechanisms(request: HttpRequest, paging: Query[Paging]):
    """Mechanisms in use, by short name."""
    rows = after_key(visible(request).in_use(), "slug", paging)
    return page(rows, paging, lambda one: one.slug)


@router.get("/{slug:slug}", response=MechanismOut)
def mechanism(request: HttpRequest, slug: str):
    """One mechanism, also a retired one."""
    return get_object_or_404(visible(request).prefetch_related("consumers", "measures"), slug=slug)
