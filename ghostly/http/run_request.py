"""The body of POST /v1/run: what a client may ask for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field, to_builtins
from msgspec.structs import fields, replace

from ghostly.domain.errors import Flaw
from ghostly.domain.events import Json
from ghostly.domain.flow import NO_LOGIN, Flow, holds_a_password
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import AnyStep
from ghostly.http.body import checked
from ghostly.http.problems import Problem

METADATA_BYTES = 16 * 1024
METADATA_DEPTH = 64

Tag = Annotated[str, Meta(max_length=64)]
Label = Annotated[str, Meta(min_length=1, max_length=64)]  # no worker has one without a name
Short = Annotated[str, Meta(max_length=256)]


class Assisted(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What a planner says about the steps that it planned; returned in the record."""

    goal: Annotated[str, Meta(max_length=2000)]
    model: Short | None = None
    generated_at: Short | None = None
    prompt_version: Short | None = None
    assist_config: Any = None


class RunWithPlan(Struct, frozen=True):
    """The same with a `plan`: it fills what the top level leaves out or gives as null."""

    plan: Annotated[Json, Meta(description="any of the fields of `RunRequest`")]


class RunRequest(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The body of a start, with what ``plan`` holds filled in where the top level leaves it out."""

    project: Annotated[str, Meta(max_length=256, description="id or slug of a project of the caller")]
    base_url: Annotated[str, Meta(max_length=2048, description="absolute, `http` or `https`, without a user")]
    steps: Annotated[list[AnyStep], Meta(description="what to do, in order; may be absent with `assist`")] = []
    headless: Annotated[bool, Meta(description="false needs a display")] = True
    capture_a11y_after_each_step: bool = field(default=False, name="captureA11yAfterEachStep")
    capture_screenshot_after_each_step: bool = False
    record_video_on_failure: bool = False
    record_trace: Annotated[bool, Meta(description="to be looked at in Playwright's own viewer")] = False
    record_secrets: Annotated[
        bool, Meta(description="video and trace also of a run that types secrets: they show them")
    ] = False
    default_timeout_ms: Annotated[int, Meta(description="how long a step may take")] = 30_000
    context_id: Annotated[str, Meta(max_length=256, description="a commit, say, or a build")] | None = None
    artifacts_dir: Annotated[str, Meta(max_length=4096, description="kept, and otherwise ignored")] | None = None
    code_hints: Annotated[Any, Meta(description="kept beside the run, once, and not in its events")] = None
    assisted: Annotated[Assisted | None, Meta(description="what a planner says of the steps")] = None
    assist: Annotated[Pursuit | None, Meta(description="a goal to pursue")] = None
    tags: Annotated[list[Tag], Meta(max_length=32)] | None = None
    metadata: Annotated[Json, Meta(description="at most 16 KiB of JSON, nested at most 64 deep")] | None = None
    trigger: Literal["api", "ui", "cli", "ci", "mcp"] | None = None
    batch_id: Short | None = None
    labels: Annotated[list[Label], Meta(max_length=32)] | None = None

    def flow(self) -> Flow:
        """What shall be done."""
        return Flow(**{name: getattr(self, name) for name in Flow.__struct_fields__})

    def planned(self, *, model: str, prompt_version: str, at: str) -> RunRequest:
        """The same, saying who will plan, if a goal shall be pursued and nobody has planned yet."""
        if self.assist is None or self.assisted is not None:
            return self
        said = Assisted(goal=self.assist.goal, model=model, prompt_version=prompt_version, generated_at=at)
        return replace(self, assisted=said)

    def echoed(self) -> Json:
        """What the caller wants to find in the record."""
        assisted = to_builtins(self.assisted) if self.assisted else None
        if assisted:
            assisted.pop("assistConfig")
            assisted |= {"assistConfig": _config(self.assist)} if self.assist else {}
        told = {
            "contextId": self.context_id,
            "tags": self.tags,
            "metadata": self.metadata,
            "trigger": self.trigger,
            "batchId": self.batch_id,
            "labels": self.labels,
            "artifactsDir": self.artifacts_dir,
            "assisted": assisted,
        }
        return {name: value for name, value in told.items() if value is not None}


def _config(pursuit: Pursuit) -> Json:
    """Every option with its value, as those who show a run want to read them."""
    shown = {field.encode_name: getattr(pursuit, field.name) for field in fields(Pursuit)}
    victory = to_builtins(pursuit.victory) if pursuit.victory else None
    return {name: value for name, value in shown.items() if name not in {"goal", "v2"}} | {"victory": victory}


def parse(body: Any) -> RunRequest:
    """The body as it is meant; raises ``Problem``, naming the place."""
    asked = checked(_with_plan(body), RunRequest)
    if asked.assisted and holds_a_password(asked.assisted.goal):
        raise Problem("validation_error", [Flaw("assisted.goal", NO_LOGIN)])
    if _is_deeper(asked.metadata, METADATA_DEPTH):
        raise Problem("validation_error", [Flaw("metadata", f"must be nested at most {METADATA_DEPTH} deep")])
    if asked.metadata and len(msgspec.json.encode(asked.metadata)) > METADATA_BYTES:
        raise Problem("validation_error", [Flaw("metadata", f"must be at most {METADATA_BYTES} bytes of JSON")])
    return asked


def _with_plan(body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    plan = {} if body.get("plan") is None else body["plan"]
    if not isinstance(plan, dict):
        raise Problem("validation_error", [Flaw("plan", "must be an object")])
    # Programs that know a field but not its value send null.
    said = {name: value for name, value in body.items() if value is not None or name not in plan}
    return plan | {name: value for name, value in said.items() if name != "plan"}


def _is_deeper(value: Any, most: int) -> bool:
    # What is stored is read again at other depths of the stack: at the very limit it could be written, not read.
    if not isinstance(value, (dict, list)):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return most == 0 or any(_is_deeper(each, most - 1) for each in inner)
