"""What the web server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andon.config.settings")
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # else whitenoise complains at every start
application = get_wsgi_application()
