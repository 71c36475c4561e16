"""Addresses of standards. Verbs begin with "+", which no short name can hold."""

from django.urls import path

from andon.web.standards import calibration, reading, roles, team, views, writing

app_name = "standards"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("history/", views.history, name="history"),
    path("team/", team.line, name="team"),
    path("calibration/", calibration.side_by_side, name="calibration"),
    path("roles/", roles.every, name="roles"),
    path("roles/+new/", roles.new, name="new_role"),
    path("roles/<slug:slug>/", roles.show, name="role"),
    path("roles/<slug:slug>/+edit/", roles.change, name="change_role"),
    path("roles/<slug:slug>/+retire/", roles.retire, name="retire_role"),
    path("roles/<slug:slug>/+people/", roles.assign, name="assign"),
    path("roles/<slug:slug>/+standard/", writing.new, name="new"),
    path("holdings/<int:pk>/+end/", roles.end_holding, name="end_holding"),
    path("<int:pk>/", views.standard, name="standard"),
    path("<int:pk>/readers/", views.readers_of, name="readers"),
    path("<int:pk>/+version/", writing.revise, name="revise"),
    path("<int:pk>/+agree/", writing.agree, name="agree"),
    path("<int:pk>/+bring-in/", writing.bring_in, name="bring_in"),
    path("<int:pk>/+discard/", writing.discard, name="discard"),
    path("<int:pk>/+end/", writing.end, name="end"),
    path("versions/<int:pk>/+acknowledge/", reading.acknowledge, name="acknowledge"),
    path("versions/<int:pk>/+remind/", reading.remind, name="remind"),
    path("said/<int:pk>/+answer/", reading.answer, name="answer"),
]
