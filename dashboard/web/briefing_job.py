"""A briefing in the making: a thread of its own, which the page watches and may end."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from dashboard.dataset import Dataset
from dashboard.exports.briefing import Briefing, BriefingFormat
from dashboard.exports.briefing_making import make_briefing
from dashboard.exports.formats import Export, ExportError

MOST_AT_ONCE = 2
"""Briefings that are made at the same time for all readers; others wait for their turn."""
_turns = threading.BoundedSemaphore(MOST_AT_ONCE)


class BriefingCancelledError(Exception):
    """The reader no longer wants the briefing."""


@dataclass
class BriefingJob:
    """What is being made, how far it is, and what came of it.

    Attributes:
        briefing: What is made.
        format: As what kind of file.
        share: How much is done, from 0 to 1.
        words: What is done now.
        made: The file, once there is one.
        fault: Why there is none, as a sentence.
        is_running: False once the thread has ended, however it did.
        is_cancelled: Set to end the work.
    """

    briefing: Briefing
    format: BriefingFormat
    share: float = 0.0
    words: str = "Waiting for its turn"
    made: Export | None = None
    fault: str = ""
    is_running: bool = True
    is_cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """End the work; what was made so far is dropped."""
        self.is_cancelled.set()

    def tell(self, done: int, total: int, words: str) -> None:
        """Note how far the work is, or end it.

        Raises:
            BriefingCancelledError: The reader wants no more.
        """
        if self.is_cancelled.is_set():
            raise BriefingCancelledError
        self.share, self.words = done / total, words

    def run(self, dataset: Dataset) -> None:
        """Make the briefing; what goes wrong is noted as a sentence."""
        self.fault = "The briefing could not be made; the server’s log says why."
        try:
            with _turns:
                self.tell(0, 1, "Beginning")
                self.made = make_briefing(dataset, self.briefing, self.format, self.tell)
            self.fault = ""
        except ExportError as refusal:
            self.fault = str(refusal)
        except BriefingCancelledError:
            self.fault = ""
        finally:
            self.is_running = False


def started_job(dataset: Dataset, briefing: Briefing, format: BriefingFormat) -> BriefingJob:
    """Return a job whose work has begun."""
    job = BriefingJob(briefing, format)
    threading.Thread(target=job.run, args=(dataset,), daemon=True).start()
    return job
