from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "andon.mail"
    label = "mail"
