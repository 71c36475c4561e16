"""A mail server, and an Andon that sends through it."""

import pytest

from andon.config import env
from tests.mail.server import Server, started


@pytest.fixture
def server():
    handler = Server()
    controller = started(handler)
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def goes_out(settings, server):
    settings.MAIL_GOES_OUT = True
    settings.DEFAULT_FROM_EMAIL = "Andon <andon@example.com>"
    settings.ADDRESS = "https://andon.example.com"
    settings.MAILERS = {"default": env.mailer(f"smtp+plain://127.0.0.1:{server.port}")}
    return server
