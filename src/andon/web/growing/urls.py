"""Addresses of what HR partners keep for everybody's growth: courses, skills, paths."""

from django.urls import path

from andon.web.growing import courses, paths, skills

app_name = "growing"
urlpatterns = [
    path("courses/", courses.everything, name="courses"),
    path("courses/<int:pk>/", courses.edit, name="course"),
    path("courses/<int:pk>/retire/", courses.retire, name="retire_course"),
    path("skills/", skills.everything, name="skills"),
    path("skills/+new/", skills.new, name="new_skill"),
    path("skills/<slug:slug>/", skills.edit, name="skill"),
    path("skills/<slug:slug>/retire/", skills.retire, name="retire_skill"),
    path("skills/roles/<slug:slug>/", skills.role, name="role"),
    path("paths/", paths.everything, name="paths"),
    path("paths/<int:pk>/close/", paths.close, name="close_path"),
]
