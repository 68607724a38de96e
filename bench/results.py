#!/usr/bin/python3
"""Writes what was measured as a table: medians, their spread, and the ratios that are promised.

results.py TITLE TIMES.CSV SERVER JAVA RATIO...
RATIO: what it is|its goal|A|B, where A and B are lines of the table, "A - C" or "peak A"."""
import csv
import os
import platform
import sys
from collections import defaultdict
from datetime import date
from statistics import median


def line(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def value(of, seconds, kilobytes):
    """The median seconds of "A" or "A - B", the largest memory of "peak A"."""
    if of.startswith("peak "):
        return max(kilobytes[of.removeprefix("peak ")])
    first, *others = (median(seconds[what]) for what in of.split(" - "))
    return first - sum(others)


def main():
    title, times, server, java, *ratios = sys.argv[1:]
    seconds, kilobytes = defaultdict(list), defaultdict(list)
    with open(times, newline="") as measured:
        for what, took, peak in csv.reader(measured):
            seconds[what].append(float(took))
            kilobytes[what].append(int(peak))
    print(f"\n## {date.today()}: {title}")
    print(f"\n{os.cpu_count()} cores, {platform.system()} {platform.release()}, {java}, PostgreSQL {server} on the same machine,"
          f" Python {platform.python_version()}. Load when it ended: {os.getloadavg()[0]:.1f}.\n")
    line("what", "times", "median s", "least–most s", "peak MB")
    line("---", "---:", "---:", "---:", "---:")
    for what, took in seconds.items():
        peak = max(kilobytes[what])
        line(what, len(took), f"{median(took):.2f}", f"{min(took):.2f}–{max(took):.2f}", round(peak / 1024) if peak else "")
    print()
    line("figure", "goal", "measured")
    line("---", "---:", "---:")
    for ratio in ratios:
        what, goal, first, second = ratio.split("|")
        line(what, goal, f"{value(first, seconds, kilobytes) / value(second, seconds, kilobytes):.2f}")


if __name__ == "__main__":
    main()
