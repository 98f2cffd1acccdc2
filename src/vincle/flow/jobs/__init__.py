"""Background work: tasks by name, a queue of leased jobs, the worker that does them, schedules.

A room registers its tasks in its `jobs.py`:

    from vincle.flow.jobs.registry import task

    @task("imports.run")
    def run(context: Context, *, batch: int) -> None: ...

and asks for one inside the transaction that causes it, so that the job exists exactly when its cause does:

    from vincle.flow.jobs.queue import enqueue

    enqueue("imports.run", arguments={"batch": 7}, key="imports:7", now=now)
"""
