#!/usr/bin/python3
"""An administration API that lists keys in pages: api.py KEYS.JSONL PORT ROWS-A-PAGE"""
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


def main():
    file, port, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with open(file, "rb") as rows:
        keys = rows.read().splitlines()

    class Api(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            page = int(parse_qs(urlsplit(self.path).query).get("page", ["1"])[0])
            body = b'{"data":[' + b",".join(keys[(page - 1) * size:page * size]) + b"]}"
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    ThreadingHTTPServer(("127.0.0.1", port), Api).serve_forever()


if __name__ == "__main__":
    main()
