"""The pages, an area a line."""

from django.urls import include, path

urlpatterns = [
    path("", include("andon.web.home.urls")),
    path("wall/", include("andon.web.wall.urls")),
    path("mechanisms/", include("andon.web.mechanisms.urls")),
    path("voice/", include("andon.web.voice.urls")),
    path("escalations/", include("andon.web.escalations.urls")),
    path("leaders/", include("andon.web.leaders.urls")),
    path("journeys/", include("andon.web.journeys.urls")),
    path("review/", include("andon.web.review.urls")),
    path("pulse/", include("andon.web.pulse.urls")),
    path("hours/", include("andon.web.calendars.urls")),
    path("data/", include("andon.web.data.urls")),
    path("mail/", include("andon.web.mail.urls")),
    path("people/", include("andon.web.people.urls")),
    path("me/", include("andon.web.me.urls")),
    path("", include("andon.web.notices.urls")),
    path("hr/", include("andon.web.growing.urls")),
    path("me/", include("andon.web.coaching.urls")),
    path("team/", include("andon.web.team.urls")),
    path("", include("andon.web.plans.urls")),
    path("standards/", include("andon.web.standards.urls")),
    path("principles/", include("andon.web.principles.urls")),
    path("objectives/", include("andon.web.objectives.urls")),
    path("", include("andon.web.record.urls")),
    path("", include("andon.web.law.urls")),
    path("", include("andon.web.fairness.urls")),
    path("", include("andon.web.system.urls")),
    path("", include("andon.web.look.urls")),
]
