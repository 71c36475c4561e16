"""Addresses of escalations: the board, a question of its own, and what can be done with it."""

from django.urls import path

from andon.web.escalations import asking, views, writing

app_name = "escalations"
urlpatterns = [
    path("", views.board, name="list"),
    path("raise/", asking.ask, name="raise"),
    path("colleagues/", asking.colleagues, name="colleagues"),
    path("what-not-who/", asking.hint, name="hint"),
    path("<int:number>/", views.show, name="show"),
    path("<int:number>/clocks/", views.clocks, name="clocks"),
    path("<int:number>/own/", writing.own, name="own"),
    path("<int:number>/write/", writing.write, name="write"),
    path("<int:number>/mechanism/", writing.name_mechanism, name="name_mechanism"),
    path("<int:number>/close/", writing.close, name="close"),
]
