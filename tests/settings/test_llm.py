from __future__ import annotations

import pytest

from ghostly.settings import SettingError, load

GIVEN = {"GHOSTLY_LLM_BASE_URL": "http://127.0.0.1:11434/v1", "GHOSTLY_LLM_MODEL": "tiny"}


def test_a_model_is_given_by_address_and_name():
    settings = load(GIVEN)

    assert (settings.llm_base_url, settings.llm_model, settings.llm_timeout_s) == (*GIVEN.values(), 60)


@pytest.mark.parametrize("name", GIVEN)
def test_half_a_model_stops_the_start(name):
    with pytest.raises(SettingError, match="belong together"):
        load({name: GIVEN[name]})


@pytest.mark.parametrize(
    "url", ["localhost:11434", "file:///etc", "http://ana:pw@host/v1", "http://host/v1?a=b", "http://"]
)
def test_an_address_that_is_none_is_named(url):
    with pytest.raises(SettingError, match="GHOSTLY_LLM_BASE_URL must be an http"):
        load(GIVEN | {"GHOSTLY_LLM_BASE_URL": url})


def test_no_text_of_the_settings_holds_the_key():
    assert "hush" not in repr(load(GIVEN | {"GHOSTLY_LLM_API_KEY": "sk-hush"}))
