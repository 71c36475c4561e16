"""A Dovecot of one's own: a real IMAP server in a folder, on a port that is free."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from imaplib import IMAP4
from pathlib import Path

PASSWORD = "secret-of-the-test"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
mail_max_userip_connections = 50
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
"""


@dataclass
class Dovecot:
    folder: Path
    port: int
    process: subprocess.Popen

    def client(self, user: str) -> IMAP4:
        client = IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(user, PASSWORD)
        return client

    def deliver(self, user: str, *messages: bytes, folder: str = "INBOX") -> None:
        with self.client(user) as client:
            for raw in messages:
                status, told = client.append(folder, None, None, raw)
                assert status == "OK", told

    def lying(self, user: str, folder: str = "INBOX", having: str = "ALL") -> int:
        with self.client(user) as client:
            client.select(folder, readonly=True)
            return len(client.search(None, having)[1][0].split())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder: Path) -> Dovecot:
    """Its messages belong to nobody in particular: a server that runs as root refuses to keep any for root."""
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    if not Path(program).exists():
        raise FileNotFoundError("These tests need Dovecot: apt-get install dovecot-imapd.")
    for name in ("run", "state", "mail"):
        (folder / name).mkdir(parents=True)
    uid, gid, user, group = _whose()
    for path in (folder, *folder.iterdir()):
        os.chown(path, uid, gid)
    port = free_port()
    config = folder / "dovecot.conf"
    fill = {"folder": folder, "port": port, "password": PASSWORD, "uid": uid, "gid": gid}
    config.write_text(CONFIG.format(user=user, group=group, **fill))
    process = subprocess.Popen(
        [program, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    server = Dovecot(folder, port, process)
    _await(server)
    return server


def _whose() -> tuple[int, int, str, str]:
    import grp
    import pwd

    if os.getuid() == 0:
        nobody = pwd.getpwnam("mail")
        return nobody.pw_uid, nobody.pw_gid, "dovecot", "dovecot"
    me = pwd.getpwuid(os.getuid())
    return me.pw_uid, me.pw_gid, me.pw_name, grp.getgrgid(me.pw_gid).gr_name


def _await(server: Dovecot) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise AssertionError(f"Dovecot ended: {server.process.stderr.read().decode()}")
        try:
            with server.client("nobody"):
                return
        except OSError:
            time.sleep(0.1)
        except IMAP4.error:
            raise AssertionError((server.folder / "log").read_text()[-2000:]) from None
    raise AssertionError("Dovecot does not answer.")
