"""What Home Assistant's Supervisor does for ingress: a prefix before every address, and the name of the user in the headers."""
import http.client
import http.server
import threading

PREFIX = "/api/hassio_ingress/a-made-up-prefix"
USER = {"X-Remote-User-Id": "571b", "X-Remote-User-Name": "ben", "X-Remote-User-Display-Name": "Ben"}


def serve(port):
    """Serve the daemon's ingress port below the prefix; return the address of the page."""
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_):
            pass

        def answer(self):
            if not self.path.startswith(PREFIX + "/"):
                return self.send_error(404)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("x-remote")}
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request(self.command, self.path[len(PREFIX):], body or None, headers | USER)
            answer = connection.getresponse()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                    self.send_header(name, value)
            self.end_headers()
            try:
                while part := answer.read1(65536):
                    self.wfile.write(part)
            except OSError:
                connection.close()

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}{PREFIX}/"
