"""Where the web application will listen, and whether it answers there."""

import http.client
import socket

from vincle.kernel.errors import BadInput, NotReady

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - to recognise it, not to bind to it


def free_port(host: str, port: int) -> int:
    """`port`, or a free one for 0; raises `NotReady` when another program has it."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except socket.gaierror as error:
        raise BadInput(f"There is no address called {host}.", "Use 127.0.0.1, or this machine's own.") from error
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            return int(trial.getsockname()[1])
        except PermissionError as error:
            raise NotReady(f"This user may not open port {port}.", "Choose one above 1023 with --port.") from error
        except (OSError, OverflowError) as error:
            raise NotReady(
                f"Port {port} on {host} is taken by another program.", "Stop it, or choose another with --port."
            ) from error


def url(host: str, port: int) -> str:
    """The address a person opens in a browser on this machine."""
    name = "127.0.0.1" if host in EVERYWHERE else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def answers(host: str, port: int) -> bool:
    """Whether somebody answers HTTP there."""
    name = "127.0.0.1" if host in EVERYWHERE else host
    connection = http.client.HTTPConnection(name, port, timeout=2)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
