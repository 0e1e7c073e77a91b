"""Each user chooses a model; its key goes in, is used, and never comes out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from models import answers, model, says

from ghostly import node
from ghostly.assist.openai import Endpoint

KEY = "sk-hush-hush-0123456789"
CUSTOM = {"providerId": "custom", "model": "tiny", "baseUrl": "http://127.0.0.1:9/v1"}
PATH = "/v1/settings/llm"


async def chosen(caller, **changes):
    return await caller.ask("PUT", PATH, json=CUSTOM | changes)


async def test_whoever_chose_nothing_is_assisted_by_rules(ana):
    answer = await ana.get(PATH)

    assert answer.json == {
        "ok": True,
        "settings": None,
        "status": {
            "available": True,
            "providerId": "offline",
            "model": "offline",
            "source": "env",
        },
        "envFallback": False,
    }


async def test_what_was_chosen_is_told_without_its_key(ana):
    await chosen(ana, apiKey=KEY)
    answer = await ana.get(PATH)

    assert "hush" not in answer.text
    assert answer.json["settings"] == {
        "providerId": "custom",
        "model": "tiny",
        "baseUrl": "http://127.0.0.1:9/v1",
        "apiKeyConfigured": True,
        "apiKeyHint": "sk-h••••6789",
    }


async def test_what_was_chosen_assists(ana):
    assert (await chosen(ana)).json["status"]["source"] == "user"
    assert (await ana.get("/v1/ping")).json["llm"]["provider"] == "custom"


async def test_a_choice_is_nobody_elses(ana, bo):
    await chosen(ana, apiKey=KEY)

    assert (await bo.get(PATH)).json["settings"] is None


async def test_no_table_holds_the_key(ana, service):
    await chosen(ana, apiKey=KEY)
    rows = [
        row[0]
        for table in ("llm_settings", "events")
        for row in await service.store.pool.fetch(f"select t::text from {table} t")
    ]

    assert not [row for row in rows if "hush" in row or b"hush".hex() in row]


async def test_the_key_stays_until_it_is_cleared(ana):
    await chosen(ana, apiKey=KEY)

    assert (await chosen(ana, model="other")).json["settings"]["apiKeyConfigured"]
    assert not (await chosen(ana, clearApiKey=True)).json["settings"]["apiKeyConfigured"]


async def test_a_key_goes_to_no_other_host_than_it_was_given_for(ana):
    async with model(says({})) as server:
        await chosen(ana, apiKey=KEY)
        await chosen(ana, baseUrl=server.url)
        await ana.post(f"{PATH}/test")

    assert "hush" not in str(server.headers)


async def test_the_choice_can_be_taken_back(ana):
    await chosen(ana)
    answer = await ana.ask("PUT", PATH, json={"providerId": "server", "model": "auto"})

    assert answer.json["settings"] is None
    assert (await ana.get(PATH)).json["status"]["providerId"] == "offline"


async def test_rules_alone_can_be_chosen(ana):
    answer = await ana.ask("PUT", PATH, json={"providerId": "offline", "model": "offline"})

    assert (answer.json["settings"]["baseUrl"], answer.json["status"]["providerId"]) == (None, "offline")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"providerId": "nobody"}, "providerId"),
        ({"providerId": "openai", "baseUrl": None}, "apiKey"),
        ({"providerId": "azure", "baseUrl": None}, "baseUrl"),
        ({"baseUrl": None}, "baseUrl"),
        ({"baseUrl": "file:///etc/passwd"}, "baseUrl"),
        ({"baseUrl": "http://ana:pw@host/v1"}, "baseUrl"),
        ({"baseUrl": "http://host/v1?key=7"}, "baseUrl"),
        ({"baseUrl": "no url"}, "baseUrl"),
        ({"model": ""}, "model"),
        ({"model": " "}, "model"),
        ({"apiKey": "two\r\nlines"}, "apiKey"),
        ({"apiKey": 7}, "apiKey"),
        ({"more": 1}, "more"),
    ],
)
async def test_what_cannot_be_chosen_is_named(ana, changes, place):
    answer = await chosen(ana, **changes)

    assert (answer.status, answer.code, answer.places) == (400, "validation_error", [place])


async def test_a_model_without_a_word_to_write_it_with_is_refused(ana):
    assert (await chosen(ana, model="\0")).status == 400


async def test_who_may_only_read_chooses_nothing(reader):
    assert (await reader.get(PATH)).status == 200
    assert (await chosen(reader)).code == "forbidden"


# ---- guarded


@pytest.fixture
async def guarded(serving, settings, service):
    strict = replace(settings, egress="guarded")
    return await serving(brains=node._brains(strict, service.parts.people))


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.1", "[::1]", "0.0.0.0", "[::ffff:169.254.169.254]"])
async def test_a_guarded_server_asks_no_address_of_its_own(guarded, calling, ana, host):
    caller = await calling(guarded, "gly_ana")
    answer = await chosen(caller, baseUrl=f"http://{host}/v1")

    assert (answer.code, answer.places) == ("validation_error", ["baseUrl"])


async def test_a_guarded_server_looks_where_a_name_leads(guarded, calling, ana):
    async with model(says({})) as server:
        caller = await calling(guarded, "gly_ana")
        await chosen(caller, baseUrl=server.url.replace("127.0.0.1", "localhost"))
        answer = await caller.post(f"{PATH}/test")

    assert "asks only where runs may go" in answer.json["status"]["message"]
    assert (server.asked, server.headers) == ([], [])


# ---- asking


async def test_a_model_that_answers_is_available(ana):
    async with model(says("hello")) as server:
        await chosen(ana, baseUrl=server.url, apiKey=KEY)
        answer = await ana.post(f"{PATH}/test")

    assert answer.json["status"]["available"]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("reply", [answers(401), answers(500), says(None)])
async def test_a_model_that_does_not_answer_is_not_and_the_reason_is_told(ana, reply):
    async with model(reply) as server:
        await chosen(ana, baseUrl=server.url, apiKey=KEY)
        answer = await ana.post(f"{PATH}/test")

    assert answer.status == 200
    assert not answer.json["status"]["available"]
    assert answer.json["status"]["message"]


async def test_rules_alone_always_answer(ana):
    assert (await ana.post(f"{PATH}/test")).json["status"]["available"]


async def test_the_models_of_what_was_chosen_are_asked_for(ana):
    async with model() as server:
        await chosen(ana, baseUrl=server.url)
        answer = await ana.get(f"{PATH}/models?providerId=custom")

    assert answer.json["models"] == [{"id": "a", "label": "a"}, {"id": "b", "label": "b"}]
    assert answer.json["source"] == "live"


async def test_models_that_nobody_can_be_asked_for_are_those_that_are_known(ana):
    answer = (await ana.get(f"{PATH}/models?providerId=openai")).json

    assert (answer["source"], answer["models"][0]["id"]) == ("static", "gpt-4.1-mini")


async def test_models_of_nobody_are_a_mistake(ana):
    assert (await ana.get(f"{PATH}/models?providerId=nobody")).code == "validation_error"


async def test_every_provider_says_what_has_to_be_known(ana):
    providers = (await ana.get(f"{PATH}/providers")).json["providers"]
    names = {
        "id", "label", "kind", "description", "needsApiKey", "needsBaseUrl", "defaultBaseUrl", "defaultModel",
        "supportsAutoModel", "supportsLiveModels", "modelOptions",
    }  # fmt: skip

    assert {frozenset(provider) for provider in providers} == {frozenset(names)}


# ---- the server's own


@pytest.fixture
async def given(serving, settings, service):
    ours = replace(settings, llm_base_url="http://127.0.0.1:9/v1", llm_model="ours", llm_api_key=KEY)
    return await serving(brains=node._brains(ours, service.parts.people))


async def test_the_servers_model_assists_whoever_chose_nothing(given, calling, ana):
    caller = await calling(given, "gly_ana")
    answer = await caller.get(PATH)

    assert (answer.json["status"]["model"], answer.json["envFallback"]) == ("ours", True)
    assert "hush" not in answer.text


async def test_what_a_user_chose_goes_before_it(given, calling, ana, service):
    caller = await calling(given, "gly_ana")
    await chosen(caller)
    owner = await service.store.pool.fetchval("select owner from llm_settings")

    assert (await given.parts.brains.of(owner)).model == "tiny"


async def test_the_servers_key_is_its_models_alone(given, calling, ana):
    async with model(says({})) as server:
        caller = await calling(given, "gly_ana")
        await chosen(caller, baseUrl=server.url)
        await caller.post(f"{PATH}/test")

    assert "hush" not in str(server.headers)


def test_a_key_is_in_no_text_of_an_endpoint():
    assert "hush" not in repr(Endpoint(base_url="http://h/v1", model="m", api_key=KEY))
