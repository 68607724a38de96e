#!/usr/bin/python3
"""The rival: the script that a good engineer writes in an afternoon. It reads the keys, says which are idle, unnamed,
orphaned or old, stores findings and (unless told not to) every key, and writes a workbook. It knows nothing of gates,
owners, restarts, hostile text or the night before."""
import argparse
import io
from datetime import datetime, timedelta, timezone

import psycopg2
import xlsxwriter

BLOCK = 5000
PLACEHOLDERS = {"test", "test key", "my key", "new key", "key", "api key", "default", "untitled", "demo", "temp", "foo"}
DAY = timedelta(days=1)
MARGIN = timedelta(hours=48, minutes=5)
COLUMNS = ("key_id", "name", "masked_key", "project_id", "project_name", "project_state", "owner_id", "owner_name",
           "owner_email", "owner_state", "created_at", "last_used_at", "expires_at", "status", "kind")


def judge(key, as_of):
    """The findings of an active key, each as rule, level, reason."""
    found = []
    created, used = key[10], key[11]
    since = max(t for t in (used, created) if t is not None)
    unused = as_of - since - MARGIN
    if unused >= 45 * DAY:
        level = "VIOLATION" if unused >= 90 * DAY else "WARN"
        what = "Last used on" if used else "Never used since it was created on"
        found.append(("IDLE", level, f"{what} {since:%Y-%m-%d}, {(as_of - since).days} days ago."))
    name = (key[1] or "").strip().casefold()
    if not name or name in PLACEHOLDERS or name == key[0].casefold() or len(name) < 3:
        found.append(("UNNAMED", "WARN", f"Its name says nothing: {key[1]!r}."))
    if key[5] in ("missing", "deleted") or key[9] in ("missing", "disabled"):
        found.append(("ORPHANED", "WARN", f"Project {key[4]} is {key[5]}, owner {key[7]} is {key[9]}."))
    if as_of - created >= 365 * DAY:
        found.append(("AGED", "WARN", f"Created on {created:%Y-%m-%d}."))
    return found


def field(value):
    if value is None:
        return "\\N"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


class Copy:
    """Rows on their way into a table."""

    def __init__(self, cursor, table):
        self.cursor, self.table, self.rows = cursor, table, []

    def add(self, *values):
        self.rows.append("\t".join(field(value) for value in values))
        if len(self.rows) >= BLOCK:
            self.flush()

    def flush(self):
        self.cursor.copy_expert(f"COPY {self.table} FROM STDIN", io.StringIO("\n".join(self.rows) + "\n"))
        self.rows = []


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--source", required=True)
    options.add_argument("--governance", required=True)
    options.add_argument("--select", required=True)
    options.add_argument("--as-of", required=True)
    options.add_argument("--report", required=True)
    options.add_argument("--no-snapshot", action="store_true")
    option = options.parse_args()
    as_of = datetime.fromisoformat(option.as_of).replace(tzinfo=timezone.utc)

    source = psycopg2.connect(option.source)
    governance = psycopg2.connect(option.governance)
    write = governance.cursor()
    write.execute("TRUNCATE script_snapshot, script_finding")
    snapshot = Copy(write, f"script_snapshot ({', '.join(COLUMNS)}, findings)")
    findings = Copy(write, "script_finding")

    book = xlsxwriter.Workbook(option.report, {"constant_memory": True})
    bold, dates = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet("Findings")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, ["Key id", "Name", "Masked key", "Project", "Owner", "Owner email", "Created", "Last used",
                           "Idle days", "Findings", "Level", "Reasons"], bold)
    row, count = 0, 0

    read = source.cursor("keys")
    read.itersize = BLOCK
    read.execute(open(option.select).read())
    for key in read:
        count += 1
        found = judge(key, as_of) if key[13] == "active" and key[14] in ("personal", "team") else []
        if not option.no_snapshot:
            snapshot.add(*key, "{" + ",".join(rule for rule, _, _ in found) + "}")
        if not found:
            continue
        for rule, level, reason in found:
            findings.add(key[0], rule, level, reason)
        row += 1
        sheet.write_string(row, 0, key[0])
        sheet.write_string(row, 1, key[1] or "")
        sheet.write_string(row, 2, key[2])
        sheet.write_string(row, 3, key[4] or key[3] or "")
        sheet.write_string(row, 4, key[7] or key[6] or "")
        sheet.write_string(row, 5, key[8] or "")
        sheet.write_datetime(row, 6, key[10].replace(tzinfo=None), dates)
        if key[11]:
            sheet.write_datetime(row, 7, key[11].replace(tzinfo=None), dates)
        else:
            sheet.write_string(row, 7, "never")
        sheet.write_number(row, 8, (as_of - (key[11] or key[10])).days)
        sheet.write_string(row, 9, ", ".join(rule for rule, _, _ in found))
        sheet.write_string(row, 10, "VIOLATION" if any(level == "VIOLATION" for _, level, _ in found) else "WARN")
        sheet.write_string(row, 11, " ".join(reason for _, _, reason in found))
    if snapshot.rows:
        snapshot.flush()
    if findings.rows:
        findings.flush()
    sheet.autofilter(0, 0, row, 11)
    summary = book.add_worksheet("Summary")
    summary.write_row(0, 0, ["Keys", "Flagged"], bold)
    summary.write_row(1, 0, [count, row])
    book.close()
    governance.commit()


if __name__ == "__main__":
    main()
