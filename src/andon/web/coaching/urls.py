"""Addresses of one's own coaching, of what one was promised, and of talks of two."""

from django.urls import path

from andon.web.coaching import one_to_ones, views

app_name = "coaching"
urlpatterns = [
    path("coaching/", views.mine, name="mine"),
    path("coaching/<int:pk>/", views.show, name="show"),
    path("coaching/<int:pk>/view/", views.add_view, name="add_view"),
    path("coaching/view/<int:pk>/", views.confirm, name="confirm"),
    path("promises/<int:pk>/doubt/", views.doubt, name="doubt"),
    path("promises/<int:pk>/release/", views.release, name="release"),
    path("one-to-ones/", one_to_ones.everyone, name="one_to_ones"),
    path("one-to-ones/plan/", one_to_ones.plan, name="plan_one_to_one"),
    path("one-to-ones/<int:pk>/", one_to_ones.show, name="one_to_one"),
    path("one-to-ones/<int:pk>/agenda/", one_to_ones.put_on_agenda, name="agenda"),
    path("one-to-ones/<int:pk>/note/", one_to_ones.write_note, name="write_note"),
    path("one-to-ones/<int:pk>/action/", one_to_ones.agree_action, name="agree_action"),
    path("one-to-ones/agenda/<int:pk>/", one_to_ones.cover, name="cover"),
    path("one-to-ones/action/<int:pk>/", one_to_ones.finish, name="finish"),
]
