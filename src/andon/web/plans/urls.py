"""Addresses of plans: one’s own, those of a line, those of HR, and meetings that look at cases alike."""

from django.urls import path

from andon.web.plans import acts, calibration, dossier, hr, lists, mine, verbs, way, writing

app_name = "plans"
urlpatterns = [
    path("me/plan/", mine.all_of_mine, name="mine"),
    path("me/plan/<int:pk>/", mine.show, name="my_plan"),
    path("me/plan/<int:pk>/dossier.pdf", dossier.mine, name="my_dossier"),
    path("me/plan/<int:pk>/checkpoint/<int:checkpoint>/", mine.note, name="my_note"),
    path("me/plan/gate/<int:pk>/", mine.gate, name="my_gate"),
    *[path(f"me/plan/<int:pk>/{act.slug}/", acts.mine(act), name=f"my_{act.name}") for act in verbs.OWN],
    path("plans/", lists.everyone, name="list"),
    path("plans/way/<int:pk>/", way.way, name="way"),
    path("plans/gate/<int:pk>/", way.gate, name="gate"),
    path("plans/gate/<int:pk>/override/", way.override, name="override_gate"),
    path("plans/gate/<int:pk>/propose/", writing.propose, name="propose"),
    path("plans/<int:pk>/", lists.show, name="show"),
    path("plans/<int:pk>/dossier.pdf", dossier.theirs, name="dossier"),
    path("plans/<int:pk>/amend/", writing.amend, name="amend"),
    path("plans/<int:pk>/revise/", writing.revise, name="revise"),
    path("plans/<int:pk>/outcome/", acts.look_at_outcome, name="outcome"),
    path("plans/<int:pk>/checkpoint/<int:checkpoint>/", acts.note, name="note"),
    *[path(f"plans/<int:pk>/{act.slug}/", acts.theirs(act), name=act.name) for act in verbs.OTHERS],
    path("hr/plans/", hr.queue, name="queue"),
    path("hr/consistency/", hr.consistency, name="consistency"),
    path("hr/calibration/", calibration.meetings, name="meetings"),
    path("hr/calibration/<int:pk>/", calibration.meeting, name="meeting"),
    path("hr/calibration/<int:pk>/case/", calibration.add_case, name="meeting_case"),
    path("hr/calibration/<int:pk>/remark/", calibration.remark, name="meeting_remark"),
    path("hr/calibration/<int:pk>/change/", calibration.change, name="meeting_change"),
    path("hr/calibration/<int:pk>/close/", calibration.close, name="meeting_close"),
]
