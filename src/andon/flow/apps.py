from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "andon.flow"
    label = "flow"

    def ready(self) -> None:
        """What happens downstream is known here only; the stages below say when."""
        from andon.flow import tasks
        from andon.signals import jobs

        jobs.queue_with("read", tasks.read.enqueue)
        jobs.queue_with("learn", tasks.learn_soon)
        jobs.queue_with("removed", tasks.refresh.enqueue)
