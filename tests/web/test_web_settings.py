"""Settings: read from the environment, checked, documented."""

from dataclasses import fields
from pathlib import Path

import pytest

from kg.web.settings import PREFIX, Settings, SettingsError

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "WEB.md").read_text(encoding="utf-8")


def test_values_of_the_environment_are_taken_as_their_types() -> None:
    settings = Settings.read({"CERTKG_PORT": "8000", "CERTKG_LOG_QUESTIONS": "yes", "CERTKG_FEEDBACK": "/tmp/f.jsonl", "CERTKG_LOGIN": "a:b:c", "OTHER": "x"})
    assert (settings.port, settings.log_questions, settings.feedback, settings.login) == (8000, True, Path("/tmp/f.jsonl"), "a:b:c")


def test_nothing_set_gives_the_defaults_which_are_safe() -> None:
    settings = Settings.read({})
    assert settings == Settings()
    assert settings.host == "127.0.0.1"
    assert not settings.log_questions


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("CONCURRENCY", "0"),
        ("LOG_QUESTIONS", "perhaps"),
        ("LOGIN", "nobody"),
        ("LOGIN", ":secret"),
        ("ROOT_PATH", "certkg"),
        ("ROOT_PATH", "/certkg/"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=PREFIX + name):
        Settings.read({PREFIX + name: value})


@pytest.mark.parametrize("name", [each.name for each in fields(Settings)])
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    shown = str(getattr(Settings(), name)).replace("False", "false") or "(empty)"
    assert f"| `{PREFIX}{name.upper()}` | {shown} |" in DOCUMENTED
