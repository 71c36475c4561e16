"""Addresses of mail that comes in."""

from django.urls import path

from andon.web.mail import boxes, doing, letters, views

app_name = "mail"
urlpatterns = [
    path("", views.arrivals, name="list"),
    path("boxes/", boxes.mailboxes, name="mailboxes"),
    path("boxes/new/", boxes.add, name="add"),
    path("boxes/<slug:name>/", boxes.change, name="mailbox"),
    path("boxes/<slug:name>/retire/", boxes.retire, name="retire"),
    path("boxes/<slug:name>/renew/", boxes.renew, name="renew"),
    path("<str:key>/", views.show, name="show"),
    path("<str:key>/html/", letters.html, name="html"),
    path("<str:key>/message.eml", letters.whole, name="whole"),
    path("<str:key>/attached/<int:number>/", letters.attached, name="attached"),
    path("<str:key>/release/", doing.release, name="release"),
    path("<str:key>/dismiss/", doing.dismiss, name="dismiss"),
    path("<str:key>/try-again/", doing.try_again, name="try_again"),
    path("<str:key>/hear/", doing.hear, name="hear"),
    path("<str:key>/sender/", doing.confirm_sender, name="sender"),
]
