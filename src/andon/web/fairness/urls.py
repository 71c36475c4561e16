"""Addresses of the fairness audit."""

from django.urls import path

from andon.web.fairness import audits, groups, views

app_name = "fairness"
urlpatterns = [
    path("hr/fairness/", views.home, name="home"),
    path("hr/fairness/auditors/", views.name_auditor, name="name"),
    path("hr/fairness/auditors/accept/", views.accept, name="accept"),
    path("hr/fairness/auditors/<int:pk>/end/", views.end, name="end"),
    path("hr/fairness/groups/", groups.bring, name="bring"),
    path("hr/fairness/groups/<int:pk>/", groups.preview, name="preview"),
    path("hr/fairness/groups/<int:pk>/let-go/", groups.let_go, name="let_go"),
    path("hr/fairness/attributes/<slug:slug>/forget/", groups.forget, name="forget"),
    path("hr/fairness/audits/", audits.ask, name="ask"),
    path("hr/fairness/audits/<int:pk>/", audits.show, name="audit"),
    path("hr/fairness/audits/<int:pk>/progress/", audits.progress, name="progress"),
    path("hr/fairness/audits/<int:pk>/audit.pdf", audits.pdf, name="pdf"),
    path("team/fairness/", views.own, name="own"),
]
