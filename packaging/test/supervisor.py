#!/usr/bin/env python3
"""A small Supervisor: knows one MQTT broker, and tells whoever has its token. Usage: supervisor.py PORT TOKEN [PASSWORD]

Without a password it knows no broker. Answers and errors have the form of the real one's.
"""

import http.server
import json
import sys

PORT, TOKEN, *PASSWORD = sys.argv[1:]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.answer(401, {"result": "error", "message": "unauthorized"})
        if self.path != "/services/mqtt" or not PASSWORD:
            return self.answer(400, {"result": "error", "message": "Service not enabled"})
        self.answer(200, {"result": "ok", "data": {
            "addon": "core_mosquitto", "host": "localhost", "port": 1883, "ssl": False, "protocol": "3.1.1",
            "username": "addons", "password": PASSWORD[0]}})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.HTTPServer(("127.0.0.1", int(PORT)), Handler).serve_forever()
