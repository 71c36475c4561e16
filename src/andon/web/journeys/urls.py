"""Addresses of the ways of customers."""

from django.urls import path

from andon.web.journeys import views

app_name = "journeys"
urlpatterns = [
    path("", views.home, name="home"),
    path("how/", views.how, name="how"),
    path("steps/<slug:slug>/", views.step, name="step"),
]
