"""A Debian machine without Swift in namespaces of this one: real systemd as process 1, and no network but its own loopback.

It needs root, debootstrap and a Debian mirror the first time. The base system is kept in a folder and never changed.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
# What the tests use, and what haunt depends on: installed beforehand, so that the test itself needs no network.
PACKAGES = [
    "systemd", "dbus", "libmosquitto1", "libsqlite3-0", "libstdc++6", "zlib1g", "mosquitto", "mosquitto-clients", "curl", "sqlite3",
    "binutils", "procps", "ca-certificates", "man-db", "jq", "python3",
]

BOOT = """
set -e
root=$1
mount --make-rprivate /
ip link set lo up
# An address by which other machines would reach this one.
ip address add 192.0.2.7/32 dev lo
mount -t proc proc $root/proc
mount --bind $root/proc/sys $root/proc/sys && mount -o remount,ro,bind $root/proc/sys
mount -t sysfs -o ro sysfs $root/sys
mount -t tmpfs -o mode=755 tmpfs $root/sys/fs/cgroup
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t cgroup2 cgroup2 $root/sys/fs/cgroup
else
  mkdir $root/sys/fs/cgroup/systemd
  mount -t cgroup -o none,name=systemd cgroup $root/sys/fs/cgroup/systemd
fi
mount -t tmpfs -o mode=755 tmpfs $root/run
mount -t tmpfs tmpfs $root/tmp
mount -t tmpfs -o mode=755 tmpfs $root/dev
for device in null zero full random urandom tty; do
  mknod -m 666 $root/dev/$device c $(stat -c '0x%t 0x%T' /dev/$device)
done
mkdir $root/dev/pts $root/dev/shm
ln -s pts/ptmx $root/dev/ptmx
# The sandbox of a service needs a root that is a mount of its own, so chroot would not do.
mkdir -p $root/outside
cd $root
pivot_root . outside
exec /usr/bin/env -i container=unshare PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 /bin/bash -c '
  umount --lazy /outside
  # systemd mounts the credentials of a service in a process of its own.
  mount --make-rshared /
  exec /lib/systemd/systemd --system --unit=multi-user.target --log-target=journal'
"""


def base_system(arguments=(), suite="bookworm"):
    """The folder of the base system of a Debian release, made when it is missing or has other packages.

    Ends where no machine can be made.
    """
    if subprocess.run(["unshare", "--mount", "--pid", "--net", "--cgroup", "--fork", "true"], check=False).returncode:
        print("Skipped: this needs root and namespaces, which a container without privileges does not have.")
        sys.exit(0)
    folder = pathlib.Path(*arguments) if arguments else SOURCE / ".build/machine" / suite
    root, mark = folder / "root", folder / "packages"
    wanted = " ".join([suite] + PACKAGES)
    if mark.exists() and mark.read_text() == wanted:
        return root
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print("Installing a Debian machine (two minutes)", flush=True)
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", "--include=" + ",".join(PACKAGES), suite, str(root)],
        check=False, stdout=subprocess.DEVNULL)
    if made.returncode:
        print("Skipped: debootstrap cannot make a Debian machine here; what it says of it is above.")
        sys.exit(0)
    mark.write_text(wanted)
    return root


class Machine:
    """A machine that is on from `with` to its end. Its disk is a layer on the base system and is thrown away."""

    def __init__(self, base):
        self.base = base

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="haunt-machine-"))
        for name in ["layer", "root"]:
            (self.folder / name).mkdir()
        self.root = self.folder / "root"
        # A layer on a temporary file system, because the file system below may be a layer itself.
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", self.folder / "layer"], check=True)
        for name in ["upper", "work"]:
            (self.folder / "layer" / name).mkdir()
        options = f"lowerdir={self.base},upperdir={self.folder}/layer/upper,workdir={self.folder}/layer/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, self.root], check=True)
        (self.root / "etc/machine-id").write_text("0" * 31 + "1\n")
        (self.root / "etc/hosts").write_text("127.0.0.1 localhost\n")
        self.boot()
        return self

    def boot(self):
        """Switches it on and waits until systemd has started everything."""
        command = ["unshare", "--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup", "--fork", "--kill-child"]
        self.process = subprocess.Popen(
            command + ["bash", "-c", BOOT, "boot", str(self.root)], stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            state = self.run("systemctl is-system-running", check=False).stdout.strip()
            if state in ("running", "degraded"):
                return
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError(f"The machine does not start: {state}")
            time.sleep(0.2)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for mounted in [self.root, self.folder / "layer"]:
            subprocess.run(["umount", "--lazy", mounted], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, command, user="root", check=True, stdin=None, timeout=120):
        """Runs a shell command on the machine.

        The command runs in the login shell's environment of `user`. With `check` a failure is an error.
        """
        inside = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if not inside:
            return subprocess.CompletedProcess(command, 1, "", "")
        enter = ["nsenter", "-t", inside[0], "-m", "-p", "-u", "-i", "-n", "-C"]
        login = ["env", "-i", "LANG=C.UTF-8", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
        shell = ["runuser", "-u", user, "--", "bash", "-c", f"export HOME=~{user}; cd; {command}"]
        result = subprocess.run(
            enter + login + shell, capture_output=True, text=True, input=stdin or "", timeout=timeout)
        if check and result.returncode != 0:
            log = self.run("journalctl --no-pager -n 20 -u 'haunt*'", check=False).stdout
            raise AssertionError(
                f"{command} (as {user}) ended with {result.returncode}:\n{result.stdout}{result.stderr}{log}")
        return result
