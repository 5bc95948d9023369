"""Where "make" serves the site, and what it says when it cannot."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_a_port_in_use_is_said_in_one_line_before_anything_is_done():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = subprocess.run(
            ["/bin/sh", "scripts/serve.sh"],
            cwd=ROOT,
            env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "THREADS": "1", "WOODSHED_DATA": "/dev/null/never"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"127.0.0.1:{port} cannot be had")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("environment", "arguments", "command"),
    [
        ({}, ["dev"], "HOST=127.0.0.1 .venv/bin/python manage.py runserver 127.0.0.1:8000"),
        ({}, ["run"], "HOST=127.0.0.1 PORT=8000 THREADS=64 sh scripts/serve.sh"),
        ({"HOST": "x86_64-linux-gnu"}, ["run"], "HOST=127.0.0.1 PORT=8000 THREADS=64 sh scripts/serve.sh"),
        ({"PORT": "9000", "THREADS": "4"}, ["run"], "HOST=127.0.0.1 PORT=9000 THREADS=4 sh scripts/serve.sh"),
        ({"PORT": "9000"}, ["run", "PORT=9001", "HOST=0.0.0.0"], "HOST=0.0.0.0 PORT=9001 THREADS=64 sh scripts/serve.sh"),
    ],
)
def test_the_site_is_served_where_it_is_told(environment, arguments, command):
    answer = subprocess.run(
        [str(shutil.which("make")), "--dry-run", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert command in answer.stdout.splitlines()
