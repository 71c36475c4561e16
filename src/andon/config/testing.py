"""Settings for tests: the same, but in a folder of their own, quick to hash passwords, and jobs run at once."""

import os
import tempfile

os.environ["ANDON_HOME"] = os.environ.get("ANDON_TEST_HOME") or tempfile.mkdtemp(prefix="andon-test-")

from andon.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
