"""Addresses of the weekly review: the seven days up to now, and any week by its Monday, each also as a PDF."""

from datetime import date

from django.urls import path, register_converter

from andon.web.review import views


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")
app_name = "review"
urlpatterns = [
    path("", views.latest, name="latest"),
    path("review.pdf", views.latest_pdf, name="latest_pdf"),
    path("<day:day>/", views.week, name="week"),
    path("<day:day>/review.pdf", views.week_pdf, name="week_pdf"),
]
