"""Addresses of objectives. Verbs begin with "+", which no short name can hold."""

from django.urls import path

from andon.web.objectives import bulk, cycles, edits, results, templates, views

app_name = "objectives"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("mine/", views.mine, name="mine"),
    path("line/", views.line, name="line"),
    path("+new/", edits.new, name="new"),
    path("cycles/", cycles.every, name="cycles"),
    path("cycles/+new/", cycles.new, name="new_cycle"),
    path("cycles/<slug:slug>/+open/", cycles.open_it, name="open_cycle"),
    path("cycles/<slug:slug>/+freeze/", cycles.freeze, name="freeze_cycle"),
    path("templates/", templates.every, name="templates"),
    path("templates/+new/", templates.new, name="new_template"),
    path("templates/<int:pk>/+edit/", templates.change, name="change_template"),
    path("templates/<int:pk>/+retire/", templates.retire, name="retire_template"),
    path("templates/<int:pk>/+use/", templates.use, name="use_template"),
    path("import/", bulk.bring, name="import"),
    path("import/example.csv", bulk.example, name="example"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/+edit/", edits.change, name="change"),
    path("<int:pk>/+give-up/", edits.drop, name="drop"),
    path("<int:pk>/+note/", edits.note, name="note"),
    path("<int:pk>/+key-result/", results.add, name="add_result"),
    path("key-results/<int:pk>/+edit/", results.change, name="change_result"),
    path("key-results/<int:pk>/+remove/", results.remove, name="remove_result"),
    path("key-results/<int:pk>/+check-in/", results.check_in, name="check_in"),
]
