"""What "make run" says when it cannot serve."""

import os
import socket
import subprocess
from pathlib import Path

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
