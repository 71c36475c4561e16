"""Addresses of the metric audit."""

from django.urls import path

from andon.web.metrics import views

app_name = "metrics"
urlpatterns = [path("metrics/", views.audit, name="audit")]
