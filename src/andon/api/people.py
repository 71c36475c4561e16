"""Who is asking."""

from django.http import HttpRequest
from ninja import Router, Schema

from andon.people.access import roles_of

router = Router(tags=["people"])


class Me(Schema):
    """Whoever is signed in."""

    number: str
    name: str
    roles: list[str]


@router.get("", response=Me)
def me(request: HttpRequest):
    """Who is signed in, and what they are to the house."""
    return Me(number=request.user.number, name=request.user.name, roles=sorted(roles_of(request.user)))
