"""A client of MQTT 3.1.1: publishes, subscribes, and waits for messages and answers of Haunt."""
import itertools
import json
import queue
import socket
import struct
import threading
import time

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, DISCONNECT = 0x10, 0x20, 0x30, 0x40, 0x82, 0x90, 0xE0


class Lost(Exception):
    """The connection to the broker ended, or an answer did not come."""


def text(value):
    data = value.encode()
    return struct.pack("!H", len(data)) + data


def length(count):
    out = bytearray()
    while True:
        count, low = divmod(count, 128)
        out.append(low | (0x80 if count else 0))
        if not count:
            return bytes(out)


class Client:
    """Messages go to `take`, on the thread that reads, and the newest payload of each topic is kept."""

    def __init__(self, port, name, filters=("haunt/#",), take=None, user=None, password=None):
        self.take, self.latest, self.retained = take, {}, set()
        self._numbers, self._sending, self._changed = itertools.count(1), threading.Lock(), threading.Condition()
        self._answers, self._lost = {}, False
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._file = self._socket.makefile("rb")
        flags = 0x02 | (0xC0 if user else 0)
        access = text(user) + text(password) if user else b""
        self._send(CONNECT, text("MQTT") + struct.pack("!BBH", 4, flags, 0) + text(name) + access)
        kind, body = self._read()
        if kind != CONNACK or body[1]:
            raise Lost(f"the broker refuses {name}: {body!r}")
        self._socket.settimeout(None)
        self._acknowledged = queue.Queue()
        threading.Thread(target=self._receive, daemon=True).start()
        if filters:
            self._send(SUBSCRIBE, struct.pack("!H", 1) + b"".join(text(each) + b"\1" for each in filters))
            self._acknowledged.get(timeout=60)

    def _send(self, kind, body):
        with self._sending:
            try:
                self._socket.sendall(bytes([kind]) + length(len(body)) + body)
            except OSError as error:
                raise Lost(str(error)) from None

    def _read(self):
        kind, count, shift = self._file.read(1)[0], 0, 0
        while True:
            byte = self._file.read(1)[0]
            count |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        body = self._file.read(count)
        if len(body) < count:
            raise IndexError("cut off")
        return kind, body

    def _receive(self):
        try:
            while True:
                kind, body = self._read()
                if kind & 0xF0 == PUBLISH:
                    self._message(kind, body)
                elif kind == SUBACK:
                    self._acknowledged.put(body)
        except (IndexError, OSError, ValueError, Lost):
            with self._changed:
                self._lost = True
                self._changed.notify_all()

    def _message(self, kind, body):
        end = 2 + struct.unpack("!H", body[:2])[0]
        topic, qos = body[2:end].decode(), kind >> 1 & 3
        if qos:
            self._send(PUBACK, body[end:end + 2])
            end += 2
        payload = body[end:]
        if self.take:
            self.take(topic, payload)
        with self._changed:
            self.latest[topic] = payload
            if kind & 1:
                self.retained.add(topic)
            if topic.startswith("haunt/bridge/response/"):
                self._answer(payload)
            self._changed.notify_all()

    def _answer(self, payload):
        answer = json.loads(payload)
        number = answer.get("transaction")
        if isinstance(number, str) and number in self._answers:
            self._answers[number] = answer

    # What others call

    def publish(self, topic, payload, qos=1, retain=False):
        data = payload if isinstance(payload, bytes) else payload.encode()
        number = struct.pack("!H", next(self._numbers) % 65535 + 1) if qos else b""
        self._send(PUBLISH | qos << 1 | retain, text(topic) + number + data)

    def wait(self, fits, timeout=60):
        """Wait until `fits()` is true; it is asked after each message."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._lost or fits(), timeout) or self._lost:
                raise Lost("the connection ended" if self._lost else f"nothing that fits came in {timeout} s")

    def state(self, topic):
        """The newest payload of a topic as JSON, or None."""
        payload = self.latest.get(topic)
        return json.loads(payload) if payload else None

    def ask(self, operation, fields=None, topic=None, timeout=60):
        """Do an operation over MQTT and return the whole answer."""
        transaction = f"{id(self)}-{next(self._numbers)}-{time.monotonic_ns()}"
        self._answers[transaction] = None
        request = json.dumps({**(fields or {}), "transaction": transaction})
        try:
            self.publish(topic or f"haunt/bridge/request/{operation}", request)
            self.wait(lambda: self._answers[transaction], timeout)
            return self._answers[transaction]
        finally:
            del self._answers[transaction]

    def close(self):
        try:
            self._send(DISCONNECT, b"")
            self._socket.shutdown(socket.SHUT_RDWR)
        except (Lost, OSError):
            pass
        self._socket.close()
