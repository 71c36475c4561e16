"""Addresses of the API."""

from django.urls import path

from andon.api import (
    clusters,
    escalations,
    measures,
    mechanisms,
    people,
    question_turns,
    separations,
    signals,
)
from andon.api.house import api, open_door

api.add_router("/me", people.router)
api.add_router("/me", separations.mine)
api.add_router("/mechanisms", mechanisms.router)
api.add_router("/measures", measures.router)
api.add_router("/signals", signals.router)
api.add_router("/clusters", clusters.router)
api.add_router("/escalations", escalations.router)
api.add_router("/escalations", question_turns.router)
api.add_router("/separations", separations.router)

patterns, *names = api.urls
urlpatterns = [path("", (open_door(patterns), *names))]
