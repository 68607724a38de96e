#!/usr/bin/python3
"""Writes what was measured as a table: medians, their spread, and the ratios that are promised."""
import csv
import os
import platform
import subprocess
import sys
from collections import defaultdict
from datetime import date
from statistics import median


def line(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def main():
    seconds, memory = defaultdict(list), defaultdict(list)
    with open(sys.argv[1], newline="") as times:
        for what, keys, took, kilobytes in csv.reader(times):
            seconds[what].append(float(took))
            memory[what].append(int(kilobytes))
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    runs = len(seconds["run"])
    count = f"{int(keys):,}".replace(",", " ")
    print(f"\n## {date.today()}: {count} keys, {runs} night{'s' if runs > 1 else ''}")
    print(f"\n{os.cpu_count()} cores, {platform.system()} {platform.release()}, {java}, PostgreSQL {sys.argv[2]} on the same"
          f" machine, Python {platform.python_version()}. Load when it ended: {os.getloadavg()[0]:.1f}.\n")
    line("what", "median s", "least–most s", "peak MB", "÷ pipe")
    line("---", "---:", "---:", "---:", "---:")
    pipe = median(seconds["pipe"])
    for what, took in seconds.items():
        peak = max(memory[what])
        line(what, f"{median(took):.1f}", f"{min(took):.1f}–{max(took):.1f}", round(peak / 1024) if peak else "",
             f"{median(took) / pipe:.2f}")
    print()
    line("figure", "goal", "measured")
    line("---", "---:", "---:")
    run = median(seconds["run"])
    line("takeInventory ÷ pipe", "≤ 1.0", f"{median(seconds['step takeInventory']) / pipe:.2f}")
    line("run ÷ pipe", "≤ 2.0", f"{run / pipe:.2f}")
    line("run ÷ script", "≤ 0.35", f"{run / median(seconds['script']):.2f}")
    line("run ÷ script without snapshot", "≤ 0.6", f"{run / median(seconds['script-without-snapshot']):.2f}")


if __name__ == "__main__":
    main()
