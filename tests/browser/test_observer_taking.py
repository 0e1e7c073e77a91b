"""What was sent to a site was taken only where it may keep it: not what it counts, is asked, or turns away."""

from __future__ import annotations

import pytest

from ghostly.browser.observer.taking import Sent, is_taken

HOME = "https://shop.example"


def write(path: str, status: int = 200, leads: str = "", body: bytes = b"") -> Sent:
    return Sent("POST", "fetch", path if "//" in path else f"{HOME}{path}", status, leads, body)


@pytest.mark.parametrize("path", ["/cart", "/api/events", "/api/orders/7/approve", "/graphics", "/login"])
def test_what_is_sent_to_be_kept_is_taken(path: str):
    assert is_taken(write(path))


@pytest.mark.parametrize("path", ["/collect", "/api/telemetry/v2", "https://stats.shop.example/e", "/rum/1"])
def test_what_is_only_counted_is_not_taken(path: str):
    assert not is_taken(write(path))


@pytest.mark.parametrize("path", ["/api/search", "/users/_search", "/address/validate"])
def test_a_question_that_is_sent_like_an_answer_is_not_taken(path: str):
    assert not is_taken(write(path))


@pytest.mark.parametrize(
    ("body", "taken"),
    [
        (b'{"query": "query Cart { cart { id } }"}', False),
        (b'{"query": "{ cart { id } }"}', False),
        (b'{"query": "mutation Add { add(id: 7) { id } }"}', True),
        (b"", False),
    ],
)
def test_of_a_graph_only_mutations_are_taken(body: bytes, taken: bool):
    assert is_taken(write("/api/graphql", body=body)) is taken


@pytest.mark.parametrize(("leads", "taken"), [("/login?next=/cart", False), ("/cart", True), ("/sign-in", False)])
def test_who_is_sent_to_log_in_was_not_heard(leads: str, taken: bool):
    assert is_taken(write("/cart", status=302, leads=leads)) is taken


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_read_or_refused_or_no_data_is_not_taken(method: str):
    assert not is_taken(write("/cart")._replace(method=method))
    assert not is_taken(write("/cart")._replace(kind="script"))
    assert not is_taken(write("/cart", status=409))
