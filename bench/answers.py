"""Writes Decision, Reason and Decided by into each row of a workbook's sheet Findings: answers.py REPORT ANSWERED."""
import re
import sys
import zipfile

ANSWERS = {"T": "disable", "W": "It runs at the end of each quarter, &amp; nobody else knows.", "X": "grace.hopper@example.com"}
CELL = re.compile(r'<c r="(%s)(\d+)" s="(\d+)"/>' % "|".join(ANSWERS))


def sheet(book):
    names = re.findall(r'<sheet name="([^"]*)" r:id="([^"]*)"', book.read("xl/workbook.xml").decode())
    number = dict(names)["Findings"]
    links = book.read("xl/_rels/workbook.xml.rels").decode()
    for link in re.findall(r"<Relationship [^>]*>", links):
        if f'Id="{number}"' in link:
            return "xl/" + re.search(r'Target="/?(?:xl/)?([^"]*)"', link)[1]
    sys.exit("no sheet Findings")


def answer(match):
    column, row, style = match.groups()
    text = ANSWERS[column]
    return f'<c r="{column}{row}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


with zipfile.ZipFile(sys.argv[1]) as report, zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED, compresslevel=3) as out:
    findings = sheet(report)
    for entry in report.infolist():
        content = report.read(entry.filename)
        out.writestr(entry.filename, CELL.sub(answer, content.decode()).encode() if entry.filename == findings else content)
