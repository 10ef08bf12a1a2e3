"""Measures the package of this interpreter once and writes the figures to the file named as the argument."""

import importlib
import json
import os
import resource
import runpy
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

MIB = 1024 * 1024


def main() -> None:
    seconds = float(os.environ["SECONDS"])
    users = [int(count) for count in os.environ["USERS"].split(",")]
    began = time.perf_counter()
    importlib.import_module(os.environ["MODULE"])
    figures = {"import time (ms)": (time.perf_counter() - began) * 1000}
    work = operation()
    if work is not None:
        figures["throughput (1/s)"] = throughput(work, seconds)
        for count in users:
            figures[f"response time, {count} concurrent (ms)"] = response_time(work, count, seconds)
    figures["memory (MiB)"] = memory()
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(figures, file)


def operation():
    """What users do: work() of the workload, or else a start of the package's command."""
    workload = os.environ.get("WORKLOAD")
    if workload:
        return runpy.run_path(workload)["work"]
    command = json.loads(os.environ.get("COMMAND", "[]"))
    if not command:
        return None
    return lambda: subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def throughput(work, seconds: float) -> float:
    began = time.perf_counter()
    calls = 0
    while calls == 0 or time.perf_counter() - began < seconds:
        work()
        calls += 1
    return calls / (time.perf_counter() - began)


def response_time(work, count: int, seconds: float) -> float:
    """The median of what each of `count` users waits when all of them call at once."""
    end = time.perf_counter() + seconds

    def user() -> list[float]:
        waits = []
        while not waits or time.perf_counter() < end:
            began = time.perf_counter()
            work()
            waits.append((time.perf_counter() - began) * 1000)
        return waits

    with ThreadPoolExecutor(max_workers=count) as pool:
        each = [pool.submit(user) for _ in range(count)]
        return statistics.median(wait for waits in each for wait in waits.result())


def memory() -> float:
    """The most that the process and its largest child held."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + child) * 1024 / MIB


if __name__ == "__main__":
    main()
