"""A client of HTTP/1.1 on one connection that is kept open."""
import json
import socket


class Gone(Exception):
    """The server closed the connection or does not answer."""


class Web:
    def __init__(self, port, timeout=120):
        self.port, self.timeout, self._socket, self._file = port, timeout, None, None

    def _open(self):
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._file = self._socket.makefile("rb")

    def close(self):
        if self._socket is not None:
            self._file.close()
            self._socket.close()
            self._socket = self._file = None

    def send(self, method, path, body=b"", headers=()):
        """Send a request; `receive` returns its answer."""
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        try:
            self._open()
            self._socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        except OSError as error:
            self.close()
            raise Gone(str(error)) from None

    def receive(self):
        """Return status and body of the next answer."""
        try:
            status = int(self._file.readline().split()[1])
            headers = {}
            while (line := self._file.readline().strip()):
                name, _, value = line.partition(b":")
                headers[name.lower()] = value.strip()
            body = self._body(headers)
            if headers.get(b"connection") == b"close":
                self.close()
            return status, body
        except (OSError, IndexError, ValueError, AttributeError) as error:
            self.close()
            raise Gone(str(error)) from None

    def _body(self, headers):
        if headers.get(b"transfer-encoding") != b"chunked":
            count = int(headers.get(b"content-length", 0))
            body = self._file.read(count)
            if len(body) < count:
                raise ValueError("cut off")
            return body
        body = b""
        while (count := int(self._file.readline(), 16)):
            body += self._file.read(count)
            self._file.readline()
        self._file.readline()
        return body

    def ask(self, method, path, fields=None, headers=()):
        """Send JSON, return status and JSON."""
        body = b"" if fields is None else json.dumps(fields).encode()
        self.send(method, path, body, [("Content-Type", "application/json"), *headers])
        status, answer = self.receive()
        return status, json.loads(answer) if answer else None
