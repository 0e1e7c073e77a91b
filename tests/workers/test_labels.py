"""Which workers may take a run."""

from __future__ import annotations

import pytest
from stores import begin


async def taken(workers, *labels: str) -> list:
    return [due.started.stream for due in await workers.due(10, labels)]


async def test_a_run_without_labels_is_taken_by_any_worker(runs, workers):
    run = await begin(runs)

    assert await taken(workers) == [run]
    assert await taken(workers, "gpu") == [run]


async def test_a_run_whose_labels_are_none_is_taken_by_any_worker(runs, workers):
    assert await begin(runs, labels=[]) in await taken(workers)


@pytest.mark.parametrize("has", [["eu", "gpu"], ["gpu", "eu", "x"]])
async def test_a_run_is_taken_by_a_worker_that_has_all_its_labels(runs, workers, has):
    assert await begin(runs, labels=["gpu", "eu"]) in await taken(workers, *has)


@pytest.mark.parametrize("has", [[], ["gpu"], ["gpu", "EU"], ["gpu,eu"]])
async def test_a_run_is_left_alone_by_a_worker_that_lacks_one_of_its_labels(runs, workers, has):
    await begin(runs, labels=["gpu", "eu"])

    assert await taken(workers, *has) == []


async def test_a_run_that_no_worker_may_take_does_not_hold_up_the_others(runs, workers):
    await begin(runs, labels=["nobody has it"])
    other = await begin(runs)

    assert await taken(workers) == [other]
