"""A line to a server that is cut in the middle, as networks do."""

import socket
import threading
from contextlib import suppress


class Cutting:
    """Passes bytes on; the first `cuts` connections are cut once the server has said `after` bytes."""

    def __init__(self, port: int, after: int, cuts: int = 1) -> None:
        self.target, self.after, self.cuts = port, after, cuts
        self.made = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _from = self.listener.accept()
                self.made += 1
                far = socket.create_connection(("127.0.0.1", self.target))
                most = self.after if self.made <= self.cuts else None
                threading.Thread(target=self._pass, args=(near, far, None), daemon=True).start()
                threading.Thread(target=self._pass, args=(far, near, most), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, most: int | None) -> None:
        passed = 0
        with suppress(OSError):
            while data := one.recv(4096):
                passed += len(data)
                if most is not None and passed > most:
                    other.sendall(data[: len(data) // 2])
                    break
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self.listener.close()
