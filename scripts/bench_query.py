"""The benchmark's query without any sandbox: ``python -I bench_query.py ROOT WORLDS WORLD IMAGE warm|cold``, the code on stdin.

``warm`` runs it each time a line comes in, and answers with the milliseconds it took: the floor. ``cold`` runs it once and ends:
what one new interpreter per run costs. Both read a world's database from a file, as a run finds it in memory.
"""

import os
import sys
import time
from pathlib import Path


def main() -> None:
    root, worlds, world, image, mode = sys.argv[1:]
    sys.path[:0] = [root, worlds]
    os.environ["DJANGO_SETTINGS_MODULE"] = "sandbox.settings"

    import django

    django.setup()
    from django.apps import apps
    from django.db import connection

    from sandbox.names import NAMES
    from sandbox.source import Source, module
    from sandbox.worlds import install, use

    install(world)
    use(None)
    connection.connection.deserialize(Path(image).read_bytes())
    models = {model.__name__: model for model in apps.get_app_config(world).get_models()}
    lines = iter(sys.stdin.readline, "")
    code = next(lines).encode().decode("unicode_escape")

    def query() -> object:
        source, namespace = Source("answer.py", code), module({**models, **NAMES})
        source.run(namespace)
        return source.answer(namespace)

    if mode == "cold":
        print(query())
        return
    for _ in lines:
        started = time.perf_counter()
        query()
        print((time.perf_counter() - started) * 1000, flush=True)


if __name__ == "__main__":
    main()
