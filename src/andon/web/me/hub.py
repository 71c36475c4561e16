"""My work: what is expected and why, how it runs, what is the system's, where it leads, and what waits for me.

Nothing is computed here: charts and estimates are those that were kept.
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.growth.models import Recognition
from andon.web.me import measures, objectives, ways
from andon.web.me.doing import own_page
from andon.web.me.waiting import counted, waiting
from andon.web.plans.card import card_of
from andon.web.standards.mine import expected

LATEST = 3


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    now, me = timezone.now(), request.user
    mine = expected(me, now)
    counts = counted(me, now)
    thanks = Recognition.objects.filter(to=me).select_related("by", "behaviour__principle")
    page = {
        "expected": mine,
        "measures": measures.of(me, [bar.version for bar in mine.bars if not bar.coming]),
        "objectives": objectives.of(me),
        "waiting": waiting(counts, mine.unread),
        "plan": card_of(me, now) if counts.get("open plan") else None,
        "recognitions": thanks[:LATEST],
        "ways": ways.ways(),
    }
    return own_page(request, "me/hub.html", page)
