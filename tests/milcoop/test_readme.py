"""What people read first tells the truth: commands give the answers below them, and the settings are all there are."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from server.settings import SETTINGS

REPOSITORY = Path(__file__).resolve().parents[2]
README = REPOSITORY / "README.md"
EXAMPLES = re.findall(r"```sh\n([^`]+?)\n```\n\n```text\n(.+?)\n```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_there_are_five_questions() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize(("command", "answer"), EXAMPLES)
def test_a_question_has_the_answer_that_the_readme_gives(
    samples: Path, tmp_path: Path, command: str, answer: str
) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    asked = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env={**os.environ, "MILCOOP_STORE": str(samples)},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip

    assert asked.stdout.strip() == answer


def test_every_setting_stands_in_the_table() -> None:
    text = (REPOSITORY / "docs" / "operating.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"| `{setting.option}` | `{setting.variable}` |" in text
        assert setting.sentence in text
