"""Somebody who hears everything on the broker, remembers it, and can wait for what a check is about."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import paho.mqtt.client as mqtt


@dataclass(frozen=True)
class Message:
    topic: str
    payload: str
    retained: bool
    at: float

    @property
    def json(self):
        try:
            return json.loads(self.payload)
        except ValueError:
            return None


class Listener:
    def __init__(self, port: int) -> None:
        self.port, self.heard, self.loop = port, [], asyncio.get_running_loop()
        self.changed = asyncio.Event()
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="acceptance", protocol=mqtt.MQTTv5)
        self.client.on_connect = lambda client, *_: client.subscribe("#", qos=1)
        self.client.on_message = self._take
        self.client.reconnect_delay_set(1, 1)
        self.client.connect_async("127.0.0.1", port)
        self.client.loop_start()

    def _take(self, _client, _userdata, message: mqtt.MQTTMessage) -> None:
        heard = Message(message.topic, message.payload.decode(errors="replace"), message.retain, time.time())
        self.loop.call_soon_threadsafe(self._remember, heard)

    def _remember(self, message: Message) -> None:
        self.heard.append(message)
        self.changed.set()

    def say(self, topic: str, payload: object, retain: bool = False) -> None:
        text = payload if isinstance(payload, str) else json.dumps(payload)
        self.client.publish(topic, text, qos=1, retain=retain)

    @property
    def mark(self) -> int:
        """A place in what was heard, to look only at what comes after."""
        return len(self.heard)

    async def wait(
        self, topic: str, fits: Callable[[Message], object] = lambda _: True, since: int = 0, timeout: float = 30
    ) -> Message:
        """The first message on a topic that fits; live or kept by the broker."""
        deadline = time.monotonic() + timeout
        place = since
        while True:
            for message in self.heard[place:]:
                if message.topic == topic and fits(message):
                    return message
            place = len(self.heard)
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), deadline - time.monotonic())
            except TimeoutError:
                raise AssertionError(f"nothing that fits came on {topic} in {timeout:.0f} s") from None

    async def ask(self, operation: str, **fields: object) -> dict:
        """Do an operation of Haunt, return its data."""
        since = self.mark
        self.say(f"haunt/bridge/request/{operation}", {**fields, "transaction": str(since)})
        answer = await self.wait(
            f"haunt/bridge/response/{operation}", lambda m: m.json and m.json["transaction"] == str(since), since
        )
        if answer.json["status"] != "ok":
            raise AssertionError(f"{operation}: {answer.json['error']}")
        return answer.json["data"]

    def kept(self, prefix: str) -> set[str]:
        """Topics that a new subscriber would be told of."""
        topics: set[str] = set()
        done = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="acceptance-kept", protocol=mqtt.MQTTv5)
        done.on_message = lambda _c, _u, message: topics.add(message.topic) if message.retain else None
        done.connect("127.0.0.1", self.port)
        done.subscribe(prefix, qos=1)
        end = time.monotonic() + 1
        while time.monotonic() < end:
            done.loop(0.1)
        done.disconnect()
        return topics

    def end(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()
