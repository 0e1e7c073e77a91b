"""The brain behind an endpoint that speaks OpenAI's protocol: its answers are checked, and never raise."""

from __future__ import annotations

from ghostly.assist.openai.brain import OpenAIBrain
from ghostly.assist.openai.endpoint import Endpoint, LlmFailed, LlmTimeout
from ghostly.assist.openai.line import Line

__all__ = ["Endpoint", "Line", "LlmFailed", "LlmTimeout", "OpenAIBrain"]
