"""Addresses of a manager: the team, a person of it, coaching, and what one owes."""

from django.urls import path

from andon.web.team import coaching, owed, promising, views

app_name = "team"
urlpatterns = [
    path("", views.hub, name="hub"),
    path("owed/", owed.mine, name="owed"),
    path("owed/<int:pk>/", owed.promise, name="promise"),
    path("owed/<int:pk>/deliver/", owed.deliver, name="deliver"),
    path("owed/<int:pk>/answer/", owed.answer, name="answer"),
    path("owed/<int:pk>/hand-on/", owed.hand_on, name="hand_on"),
    path("hint/", coaching.hint, name="hint"),
    path("coaching/<int:pk>/", coaching.show, name="coaching"),
    path("coaching/<int:pk>/follow-up/", coaching.follow_up, name="follow_up"),
    path("coaching/<int:pk>/correct/", coaching.correct, name="correct"),
    path("coaching/<int:pk>/view/", coaching.note_view, name="note_view"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/coaching/", coaching.note, name="note"),
    path("<int:pk>/promise/", promising.promise, name="promise_to"),
]
