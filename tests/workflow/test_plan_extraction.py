from pathlib import Path

import pytest
from fakes import CountingEstimator

from factcheck.domain.cost import Price, Prices
from factcheck.domain.extraction import DEFAULT_WINDOW, PromptVersion, RecordingHeader, ServiceTier, StructuredMethod
from factcheck.errors import InputError, ModelSetupError, RecordingError
from factcheck.workflow.plan_extraction import ExtractionOptions, ExtractionPlan

PROMPT = PromptVersion("extract_claims", "3", "a" * 64)
RECORDED = RecordingHeader(
    "openai:recorded", "extract_claims", "3", "a" * 64, 5, "http://127.0.0.1/v1", StructuredMethod.FUNCTION_CALLING
)
OPTIONS = ExtractionOptions("openai:named", 2, StructuredMethod.JSON_MODE)


@pytest.mark.parametrize(
    ("options", "default", "recorded", "made"),
    [
        (OPTIONS, "openai:set", RECORDED, ("openai:named", 2, StructuredMethod.JSON_MODE)),
        (ExtractionOptions(), "set", RECORDED, ("openai:recorded", 5, StructuredMethod.FUNCTION_CALLING)),
        (ExtractionOptions(), "set", None, ("openai:set", DEFAULT_WINDOW, StructuredMethod.JSON_SCHEMA)),
    ],
    ids=["options", "recording", "settings"],
)
def test_option_goes_before_recording_and_settings(
    options: ExtractionOptions, default: str, recorded: RecordingHeader | None, made: tuple[str, int, StructuredMethod]
) -> None:
    plan = ExtractionPlan(options, PROMPT, default, recorded)

    assert (plan.model, plan.window, plan.structured) == made


def test_nameless_model_cannot_be_asked() -> None:
    with pytest.raises(ModelSetupError, match="no model is named"):
        _ = ExtractionPlan(ExtractionOptions(), PROMPT).model


def test_recording_of_another_prompt_is_refused() -> None:
    options = ExtractionOptions(replay=Path("old.yaml"))

    with pytest.raises(RecordingError, match=r"'old\.yaml' was made with prompt extract_claims a{12}, this is b{12}"):
        ExtractionPlan(options, PromptVersion("extract_claims", "4", "b" * 64), recorded=RECORDED)


def test_header_leads_to_same_plan() -> None:
    header = ExtractionPlan(OPTIONS, PROMPT).header("http://127.0.0.1/v1")

    again = ExtractionPlan(ExtractionOptions(), PROMPT, recorded=header)
    assert (again.model, again.window, again.structured) == ("openai:named", 2, StructuredMethod.JSON_MODE)


def test_setup_tells_what_asks() -> None:
    setup = ExtractionPlan(ExtractionOptions(record=Path("made/here.yaml")), PROMPT, "m").setup(0.0)

    assert (setup.model, setup.prompt_hash, setup.recording) == ("openai:m", "a" * 64, "here.yaml")
    assert setup.parameters == {"window": DEFAULT_WINDOW, "structured": "json_schema", "temperature": 0.0}


def test_budget_takes_the_model_at_its_price() -> None:
    plan = ExtractionPlan(ExtractionOptions("m", budget=2.5), PROMPT)
    prices = Prices(({"openai:m": Price(1, 1, 2)},))

    budget = plan.budget(prices, CountingEstimator())
    assert budget is not None
    assert (budget.limit, budget.price) == (2.5, Price(1, 1, 2))
    with pytest.raises(InputError, match=r"^a budget needs a price, and none is known for 'openai:m'$"):
        plan.budget(Prices(), CountingEstimator())
    assert ExtractionPlan(ExtractionOptions("m"), PROMPT).budget(Prices(), CountingEstimator()) is None


def test_batch_is_asked_at_no_tier() -> None:
    options = ExtractionOptions(model="openai:named", batch=True)
    plan = ExtractionPlan(options, PROMPT, default_tier=ServiceTier.FLEX, is_openais=True)

    assert plan.service_tier is None
    assert "service_tier" not in plan.setup().parameters
