"""Addresses of what somebody was told."""

from django.urls import path

from andon.web.notices import stopping, views

app_name = "notices"
urlpatterns = [
    path("me/notices/", views.told, name="list"),
    path("me/notices/choose/", views.choose, name="choose"),
    path("me/notices/deliver/", views.deliver, name="deliver"),
    path("notices/stop/<str:token>/", stopping.stop, name="stop"),
]
