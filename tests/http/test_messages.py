"""What is described of the messages of a stream is what they are."""

from __future__ import annotations

import jsonschema_rs
import msgspec
import pytest
from chance import facts
from hypothesis import given
from hypothesis import strategies as st
from stories import DAWN, RUN, encoded, row

from ghostly.domain.events import FACTS
from ghostly.projections import timeline
from tests.http.test_described import DOCUMENT

TOLD = [fact for fact in FACTS if fact.TOPIC in timeline.WIRE]
MEDIA = DOCUMENT["paths"]["/v1/runs/{id}/events/stream"]["get"]["responses"]["200"]["content"]
LINE, EVENT = MEDIA["application/x-ndjson"]["schema"], MEDIA["text/event-stream"]["schema"]
TYPES = DOCUMENT["components"]["schemas"]


def checker(schema):
    return jsonschema_rs.Draft202012Validator({**schema, "components": DOCUMENT["components"]})


MESSAGE = checker(LINE)
PAYLOADS = {fact: checker(TYPES[fact.__name__]) for fact in TOLD}


def read(message: bytes):
    return msgspec.json.decode(timeline.line(message))


@pytest.mark.parametrize("fact", TOLD, ids=lambda fact: fact.__name__)
@given(data=st.data())
def test_every_fact_is_told_as_it_is_described(fact, data):
    told = data.draw(facts(fact))
    message = read(timeline.frame(row(encoded(told), RUN)).bytes)

    assert MESSAGE.validate(message) is None
    assert PAYLOADS[fact].validate(message["payload"]) is None


AROUND = {
    "the status": read(timeline.status_message("pass", DAWN)),
    "the end": read(timeline.end_message(DAWN)),
    "a ping": msgspec.json.decode(timeline.ping_line(DAWN)),
}


@pytest.mark.parametrize("what", AROUND)
def test_what_stands_around_the_facts_is_described_too(what):
    assert MESSAGE.validate(AROUND[what]) is None


@pytest.mark.parametrize(
    "message", [7, {"kind": "dance"}, {"kind": "end"}, AROUND["the status"] | {"status": "odd"}]
)
def test_what_is_no_message_is_not_described(message):
    assert not MESSAGE.is_valid(message)


async def test_every_line_of_a_stream_is_as_described(ana, finished):
    answer = await ana.get(f"/v1/runs/{finished}/events/stream", format="ndjson")
    messages = [msgspec.json.decode(line) for line in answer.text.splitlines()]

    assert [MESSAGE.is_valid(message) for message in messages] == [True] * 7


def test_an_event_holds_a_message_or_the_number_of_a_ping():
    assert EVENT["properties"]["data"]["contentSchema"] == {"anyOf": [LINE, {"type": "integer"}]}
    assert EVENT["properties"]["event"]["enum"] == ["status", "assist", "end", "ping"]


def test_a_payload_is_described_by_its_names_on_the_wire():
    says = [TYPES[fact.__name__]["description"] for fact in TOLD]

    assert "`durationMs`" in TYPES["StepPassed"]["description"]
    assert not [each for each in says if "``" in each]
