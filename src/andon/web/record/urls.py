"""Addresses of records: one's own, and of those whom one may read."""

from django.urls import path

from andon.web.record import items, mine, others

app_name = "record"
urlpatterns = [
    path("me/record/", mine.show, name="mine"),
    path("me/record/seen/", mine.see, name="see"),
    path("me/record/readers/", mine.readers, name="readers"),
    path("me/record/everything.zip", mine.everything, name="everything"),
    path("record/<int:pk>/", others.show, name="show"),
    path("record/<int:pk>/add/", others.add, name="add"),
    path("record/items/<int:pk>/", items.show, name="item"),
    path("record/items/<int:pk>/reply/", items.reply, name="reply"),
    path("record/items/<int:pk>/accept/", items.accept, name="accept"),
    path("record/items/<int:pk>/correct/", items.correct, name="correct"),
    path("record/items/<int:pk>/shown/", items.shown, name="shown"),
    path("record/replies/<int:pk>/answer/", items.answer, name="answer"),
]
