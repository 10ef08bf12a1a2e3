"""Checks an installed package: its version, that it can be imported, and that its command runs."""

import importlib
import importlib.metadata
import json
import os
import subprocess
import sys
import uuid

from pip._vendor.packaging.version import Version

SECONDS = 120


def main() -> None:
    project = os.environ["PROJECT"]
    installed = importlib.metadata.version(project)
    if Version(installed) != Version(os.environ["VERSION"]):
        sys.exit(f"{project}: {installed} is installed instead of {os.environ['VERSION']}")
    command = json.loads(os.environ.get("COMMAND", "[]"))
    # What the package prints is text: the runner takes no command from it.
    token = uuid.uuid4()
    print(f"::stop-commands::{token}", flush=True)
    try:
        importlib.import_module(os.environ["MODULE"])
        if command:
            subprocess.run(command, check=True, timeout=SECONDS, stdin=subprocess.DEVNULL)
    finally:
        print(f"::{token}::", flush=True)
    ran = f", and {' '.join(command)} runs" if command else ""
    print(f"{project} {installed} imports as {os.environ['MODULE']}{ran}.")


if __name__ == "__main__":
    main()
