"""Whether a page is asked for whole, or only the part of it that changes."""

from django.http import HttpRequest


def wants_part(request: HttpRequest) -> bool:
    """A part for htmx; the whole page for a link, a boosted link, and a page the browser goes back to."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
