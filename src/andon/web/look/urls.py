"""Addresses of the look. The engine's carries its version, so that a browser may keep it for ever."""

from django.urls import path

from andon.plots import engine
from andon.web.look import views

urlpatterns = [
    path("guide/", views.guide, name="guide"),
    path(f"look/engine-{engine.VERSION}.js", views.chart_engine, name="chart_engine"),
]
