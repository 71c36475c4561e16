"""Addresses of the pulse. Those of taking part are the same for everybody: nothing in them says who, or which team."""

from django.urls import path

from andon.web.pulse import answering, comparing, figures, questions, running, views

app_name = "pulse"
urlpatterns = [
    path("", views.home, name="home"),
    path("groups/", views.groups, name="groups"),
    path("results.csv", views.results_csv, name="results"),
    path("answer/", answering.answer, name="answer"),
    path("slip/", answering.slip, name="slip"),
    path("thanks/", answering.thanks, name="thanks"),
    path("speaking-up/", comparing.speaking_up, name="speaking_up"),
    path("figures/", figures.bring, name="figures"),
    path("figures/example.csv", figures.example, name="figures_example"),
    path("run/", running.run, name="run"),
    path("run/open/", running.open_one, name="open"),
    path("run/close/", running.close, name="close"),
    path("run/slips/", running.print_slips, name="slips"),
    path("run/questions/new/", questions.add, name="add_question"),
    path("run/questions/<int:pk>/", questions.edit, name="question"),
    path("run/questions/<int:pk>/retire/", questions.retire, name="retire_question"),
]
