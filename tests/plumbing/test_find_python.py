"""The Makefile takes a Python that really runs, and says in one sentence when there is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASE_PYTHON = Path(sys._base_executable).resolve()  # type: ignore[attr-defined]


def command(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def find(bin_folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", ROOT / "scripts/find_python.sh"],
        env={"PATH": str(bin_folder), "HOME": str(bin_folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A PATH with nothing on it yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def is_this_python(answer: subprocess.CompletedProcess[str]) -> bool:
    return answer.returncode == 0 and os.path.realpath(answer.stdout.strip()) == str(BASE_PYTHON)


def test_a_shim_that_does_not_run_is_passed_over(bin_folder):
    command(bin_folder, "python3.14", 'echo "pyenv: python3.14: command not found" >&2; exit 127')
    command(bin_folder, "python3", f'exec {BASE_PYTHON} "$@"')
    assert is_this_python(find(bin_folder))


def test_an_older_python3_is_passed_over_for_one_under_pyenv(bin_folder, tmp_path):
    command(bin_folder, "python3", 'echo "is Python 3.11"; exit 3')
    command(tmp_path / "pyenv", "versions/3.13.0/bin/python", f'exec {BASE_PYTHON} "$@"')
    assert is_this_python(find(bin_folder, PYENV_ROOT=str(tmp_path / "pyenv")))


def test_without_any_python_one_sentence_says_what_is_needed(bin_folder):
    answer = find(bin_folder)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "3.12, 3.13 or 3.14" in answer.stderr
    assert "PYTHON=" in answer.stderr


def test_a_python_without_venv_is_named_with_the_package_to_install(bin_folder):
    command(bin_folder, "python3.12", 'echo "has no module ensurepip (apt install python3-venv)"; exit 4')
    answer = find(bin_folder)
    assert answer.returncode == 1
    assert "python3.12 has no module ensurepip (apt install python3-venv)" in answer.stderr


def test_the_python_that_is_asked_for_is_taken_and_no_other(bin_folder):
    command(bin_folder, "python3", f'exec {BASE_PYTHON} "$@"')
    asked = command(bin_folder, "mine", f'exec {BASE_PYTHON} "$@"')
    assert is_this_python(find(bin_folder, PYTHON=str(asked)))
    refused = find(bin_folder, PYTHON="python3.99")
    assert refused.returncode == 1
    assert refused.stderr == "PYTHON=python3.99 does not run; Woodshed needs a Python 3.12, 3.13 or 3.14.\n"
