"""An evaluation as a job: what to measure, the command line that does it, and its runner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from beautyfinder.gui.catalogues.job import CatalogueJob
from beautyfinder.gui.catalogues.job_runner import JobRunner

PAPER_SOURCES = ("deep",)


@dataclass(frozen=True)
class EvaluationJob(CatalogueJob):
    """Look the photos of the CSV `queries` up in `store`; the files go to the folder `results`.

    Of the grid only the `poolings`, `metrics` and `reranks` named, all where none is; the
    short-list from `sources`, the paper's own by default. `limit`: only so many of the photos,
    0 for all.
    """

    queries: str = ""
    results: Path = Path()
    metrics: tuple[str, ...] = ()
    reranks: tuple[str, ...] = ()
    limit: int = 0


def evaluation_arguments(job: EvaluationJob) -> list[str]:
    """The command that does `job` and talks to the window."""
    options = [f"--store={job.store}", f"--queries={job.queries}", f"--results={job.results}"]
    for name, chosen in (
        ("backbone", (job.backbone,) if job.backbone else ()),
        ("pooling", job.poolings),
        ("metric", job.metrics),
        ("rerank", job.reranks),
        ("sources", job.sources),
    ):
        if chosen:
            options.append(f"--{name}={','.join(chosen)}")
    if job.limit:
        options.append(f"--limit={job.limit}")
    return ["evaluate", "--machine", "--grid", *options]


class EvaluationRunner(JobRunner):
    """Runs evaluations as JobRunner runs work on catalogues; none is remembered."""

    def _arguments(self, job: CatalogueJob) -> list[str]:
        assert isinstance(job, EvaluationJob)
        return evaluation_arguments(job)

    def _death(self, job: CatalogueJob, killed: bool) -> str:
        if killed:
            return self.tr("The evaluation was ended from outside or for want of memory. Try again "
                           "with fewer photos or methods.")  # fmt: skip
        return self.tr("The evaluation ended unexpectedly. Try again; the log may say why.")
