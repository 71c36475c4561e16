"""What somebody sees when a page is not there, not theirs, or failed."""

from django.shortcuts import render


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def failed(request):
    return render(request, "500.html", status=500)
