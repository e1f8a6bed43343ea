"""Work that is done later, by the worker: an action that takes ids, marked `@job`, called with `.later()`.

The job is a row in PostgreSQL, written in the transaction of its cause: rolled back with it, never lost. It may start
twice, so it must be able to: each job looks first whether its work is done.
"""

from collections.abc import Callable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

#: A job whose worker has not been heard of for so long is started again.
STALLED_AFTER = 60


class Job:
    """A function that the worker calls."""

    def __init__(self, act: Callable[..., None]) -> None:
        """Register the function under its name in its area."""
        self.act = act
        name = f"{act.__module__.split('.')[1]}.{act.__name__}"
        self.task = app.task(name=name, retry=RetryStrategy(max_attempts=3, exponential_wait=2))(act)

    def __call__(self, **arguments: Any) -> None:
        """Do it now."""
        self.act(**arguments)

    def later(self, **arguments: Any) -> None:
        """Have the worker do it when the transaction is committed."""
        self.task.defer(**arguments)


def job(act: Callable[..., None]) -> Job:
    """Mark an action as one that is done later."""
    return Job(act)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue", name="core.rescue_jobs", pass_context=True)
async def rescue_jobs(context: Any, timestamp: int) -> None:
    """Start again what a worker that died had begun."""
    for stalled in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await context.app.job_manager.retry_job(stalled)
