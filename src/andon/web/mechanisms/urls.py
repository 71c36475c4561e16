"""Addresses of the register. Verbs begin with "+", which no name of a mechanism or measure can hold."""

from django.urls import path

from andon.web.mechanisms import edits, views

app_name = "mechanisms"
urlpatterns = [
    path("", views.register_list, name="list"),
    path("+new/", edits.new, name="new"),
    path("<slug:slug>/", views.show, name="show"),
    path("<slug:slug>/+revise/", edits.revise, name="revise"),
    path("<slug:slug>/+retire/", edits.retire, name="retire"),
    path("<slug:slug>/+measure/", edits.add_measure, name="add_measure"),
    path("<slug:slug>/<slug:measure>/", views.show, name="measure"),
    path("<slug:slug>/<slug:measure>/chart.json", views.chart_json, name="chart"),
    path("<slug:slug>/<slug:measure>/points.csv", views.points_csv, name="points"),
    path("<slug:slug>/<slug:measure>/+edit/", edits.revise_measure, name="revise_measure"),
    path("<slug:slug>/<slug:measure>/+retire/", edits.retire_measure, name="retire_measure"),
    path("<slug:slug>/<slug:measure>/+phase/", edits.begin_phase, name="begin_phase"),
]
