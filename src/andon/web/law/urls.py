"""Addresses of what the law asks."""

from django.urls import path

from andon.web.law import holding, keeping, leaving, views

app_name = "law"
urlpatterns = [
    path("hr/law/", views.home, name="home"),
    path("hr/law/retention/<slug:slug>/", keeping.keep, name="keep"),
    path("hr/law/retention/<slug:slug>/run/", keeping.run, name="run"),
    path("hr/law/holds/new/", holding.place, name="hold"),
    path("hr/law/holds/<int:pk>/lift/", holding.lift, name="lift"),
    path("hr/law/leavers/", leaving.leavers, name="leavers"),
    path("hr/law/leavers/<int:pk>/", leaving.leaver, name="leaver"),
    path("hr/law/leavers/<int:pk>/everything.zip", leaving.everything, name="access"),
    path("hr/law/leavers/<int:pk>/erase/", leaving.erase, name="erase"),
    path("what-is-kept/", views.notice, name="notice"),
]
