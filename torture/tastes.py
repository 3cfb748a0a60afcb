"""Compares every taste with its rebuild."""
from house import PEOPLE
from processes import Fault, wait_until
from store import Snapshot

PROFILES = (*PEOPLE, "default")


def check_tastes(house):
    """Rebuild every taste and compare. A play that ends meanwhile changes both, so look again then."""
    wait_until("tastes that lack an import's listens are rebuilt at start", lambda: not Snapshot(house.store).stale())
    for _ in range(5):
        count, before = Snapshot(house.store).tastes()
        for name in PROFILES:
            status, _ = house.web.ask("POST", f"/api/profiles/{name}/build-taste", {})
            if status != 200:
                raise Fault(f"build-taste of {name}: {status}")
        again, after = Snapshot(house.store).tastes()
        if count == again:
            return compare(before, after, "its rebuild")
    raise Fault("listens go on being stored while nothing plays")


def compare(before, after, what):
    for name, rows in after.items():
        # A profile without listens has no taste until it is built.
        if rows != before.get(name, rows):
            differing = [pair for pair in zip(before[name], rows) if pair[0] != pair[1]][:2]
            words = f"{len(before[name])} and {len(rows)} rows, {str(differing)[:1000]}"
            raise Fault(f"the taste of {name} is not {what}: {words}")
