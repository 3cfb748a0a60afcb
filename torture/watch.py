"""Asks for health and memory while an attack runs."""
import os
import statistics
import threading
import time

from processes import Fault
from web import Gone, Web

HEALTH_S = 1.0
GROWTH_BYTES = 40 << 20


class Watch:
    """A thread that asks ten times a second, until `end`."""

    def __init__(self, house):
        self.house, self.times, self.sizes, self.over = house, [], [], threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        web = Web(self.house.http)
        while not self.times or not self.over.wait(0.1):
            began = time.monotonic()
            try:
                web.ask("GET", "/healthz")
                self.sizes.append(self.house.daemon.rss())
            except (Gone, OSError, AttributeError, StopIteration):
                return
            self.times.append(time.monotonic() - began)

    def end(self):
        """Check what was seen; return it in words."""
        self.over.set()
        self.thread.join(60)
        times = sorted(self.times)
        slow = times[int(len(times) * 0.99)]
        warm = max(self.sizes[:max(1, len(self.sizes) // 4)])
        # A machine that is busy with other things answers later in proportion.
        if slow > HEALTH_S * max(1, os.getloadavg()[0] / os.cpu_count()):
            raise Fault(f"/healthz took {slow:.2f} s (99 % were faster) during the attack")
        if self.sizes[-1] - warm > GROWTH_BYTES:
            raise Fault(f"memory grew from {warm >> 20} MB to {self.sizes[-1] >> 20} MB during the attack")
        return [
            ("  memory", f"{self.sizes[0] >> 20} MB before, {warm >> 20} MB warm, {max(self.sizes) >> 20} MB peak, {self.sizes[-1] >> 20} MB after"),
            ("  /healthz", f"p50 {statistics.median(times) * 1000:.1f} ms, p99 {slow * 1000:.1f} ms, max {times[-1] * 1000:.0f} ms")]
