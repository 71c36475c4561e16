"""The script that makes charts live, and the guide to the look."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from andon.people.access import is_any
from andon.people.models import Role
from andon.plots import engine
from andon.web.look import sample


@require_safe
@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
def chart_engine(request: HttpRequest) -> FileResponse:
    return FileResponse(_engine_file().open("rb"), content_type="text/javascript; charset=utf-8")


def _engine_file() -> Path:
    """Made on first use and kept in ANDON_HOME; written aside first, so that nobody reads half a file."""
    path: Path = settings.HOME / "cache" / f"engine-{engine.VERSION}.js"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        fresh.write_text(engine.javascript(), "utf-8")
        fresh.replace(path)
    return path


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    if not is_any(request.user, Role.ADMINISTRATOR):
        raise Http404
    return render(request, "parts/guide.html", sample.context())
