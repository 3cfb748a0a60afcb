"""What was sent to the daemon, and what it answered as recorded."""
import threading
from processes import Fault



class Ledger:
    """A listen is known by its title, which is sent for one listen only."""

    def __init__(self):
        self.lock, self.sent, self.recorded, self.batches, self.answers = threading.Lock(), {}, set(), {}, 0
        self.open, self._doors = {}, {}

    def send(self, listens, key=None):
        """Note a request that is going to be sent: titles with what was sent. One `key` is one batch."""
        with self.lock:
            self.sent.update(listens)
            key = key or next(iter(listens))
            self.open[key] = dict(listens)
            if len(listens) > 1:
                self.batches[key] = set(listens)
            return key

    def record(self, key, door, answers=1):
        """Note that a request was answered as recorded."""
        with self.lock:
            listens = self.open.pop(key, None)
            if listens is not None:
                self.recorded.update(listens)
            self.answers += answers
            self._doors[door] = self._doors.get(door, 0) + answers

    def told(self, title, door):
        """Note that the daemon told of a listen by itself."""
        with self.lock:
            if title in self.sent and title not in self.recorded:
                self.recorded.add(title)
                self.answers += 1
                self._doors[door] = self._doors.get(door, 0) + 1

    def refuse(self, key):
        """Forget a request that was answered with an error: nothing of it may be stored."""
        with self.lock:
            for title in self.open.pop(key, {}):
                if title not in self.recorded:
                    self.sent.pop(title, None)
            self.batches.pop(key, None)

    def doors(self):
        return dict(self._doors)

    def check(self, read_titles):
        """Compare with the store, of which `read_titles` tells titles with the number of listens. Call it while nothing is sent.

        A play may end meanwhile: what is answered after the store was read is not yet in what was read.
        """
        with self.lock:
            recorded = set(self.recorded)
        stored = read_titles()
        problems = {
            "recorded and missing": [title for title in recorded if title not in stored],
            "stored twice": [title for title, count in stored.items() if count > 1],
            "stored and never sent": [title for title in stored if title not in self.sent],
            "half of a batch": [
                f"{key}: {found} of {len(titles)}" for key, titles in self.batches.items()
                if 0 < (found := sum(title in stored for title in titles)) < len(titles)],
        }
        found = {what: items for what, items in problems.items() if items}
        if found:
            raise Fault("; ".join(f"{what}: {len(items)}, such as {items[:3]}" for what, items in found.items()))
        self.batches = {key: titles for key, titles in self.batches.items() if key in self.open}
