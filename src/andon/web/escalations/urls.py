"""Addresses of escalations: the board, a question of its own, and what can be done with it."""

from django.urls import path

from andon.web.escalations import asking, explaining, mending, turning, views, whys, writing

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
    path("<int:number>/pass-on/", turning.pass_on, name="pass_on"),
    path("<int:number>/merge/", turning.merge, name="merge"),
    path("<int:number>/so-far/", turning.so_far, name="so_far"),
    path("<int:number>/reopen/", turning.reopen, name="reopen"),
    path("<int:number>/thanks/", turning.thank, name="thank"),
    path("<int:number>/explanation/", explaining.show, name="explanation"),
    path("<int:number>/explanation/<int:version>/", explaining.show, name="version"),
    path("<int:number>/explanation/<int:version>/review/", explaining.review, name="review"),
    path("<int:number>/explanation/begin/", explaining.begin, name="begin"),
    path("<int:number>/explanation/draft/", explaining.draft, name="draft"),
    path("<int:number>/explanation/draft/drop/", explaining.drop, name="drop_draft"),
    path("<int:number>/explanation/draft/<slug:name>/", explaining.section, name="section"),
    path("<int:number>/why/", whys.add, name="add_why"),
    path("<int:number>/why/<int:pk>/", whys.change, name="change_why"),
    path("<int:number>/why/<int:pk>/move/", whys.move, name="move_why"),
    path("<int:number>/why/<int:pk>/place/", whys.place, name="place_why"),
    path("<int:number>/why/<int:pk>/remove/", whys.remove, name="remove_why"),
    path("baseline/", mending.baseline, name="baseline"),
    path("<int:number>/changes/new/", mending.plan, name="plan"),
    path("<int:number>/changes/<int:pk>/", mending.show, name="fix"),
    path("<int:number>/changes/<int:pk>/in-place/", mending.put_in_place, name="in_place"),
    path("<int:number>/changes/<int:pk>/judge/", mending.judge, name="judge"),
    path("<int:number>/changes/<int:pk>/longer/", mending.watch_on, name="watch_on"),
    path("<int:number>/changes/<int:pk>/drop/", mending.drop, name="drop_fix"),
]
