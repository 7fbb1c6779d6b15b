from django.apps import AppConfig


class DiplomacyConfig(AppConfig):
    name = "diplomacy"

    def ready(self) -> None:
        # Shared tasks find their broker through the Celery app, so it must exist in web processes.
        from diplomacy import celery  # noqa: F401
        from diplomacy.operations import log_context  # noqa: F401
