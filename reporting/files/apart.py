"""Reading files in a child process, for what may die, hang or swallow all memory over a hostile one.

A crash in a C library cannot be caught; a child that crashes is only a file that cannot be read. What a child
answers is plain data with the bytes that go with it, and never a pickle: a child that a file took over can say
wrong things, and cannot make us do any.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from io import BufferedWriter
from pathlib import Path
from struct import Struct
from typing import IO, Any

SECONDS = 120
"""How long a child may be at one file."""
_MEMORY = 4 * 1024**3
_HEAD = Struct(">IQ")
"""How long the plain data of an answer is, and the bytes that go with it; two zeros end the answers."""
_MOST_WORDS, _MOST_BYTES = 512 * 1024**2, 512 * 1024**2

Question = Any
Answer = tuple[Any, bytes]


class ApartError(Exception):
    """The child died, took too long, ran out of memory, or said that it cannot read the file."""

    too_long = False
    """Whether it was still reading when its time was over."""
    too_large = False
    """Whether it asked for more memory than it may have."""
    said = ""
    """What it said was wrong, if it still could: the name of an error."""


def read_apart(module: str, data: bytes) -> Any:
    """Give a file to a module run as a program, which ends with ``answer``; what it answered,
    with lists for tuples.

    Costs a tenth of a second. Raises ``ApartError`` when there is no answer.
    """
    try:
        child = subprocess.run(
            _command(module), input=data, capture_output=True, timeout=SECONDS, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        late = ApartError(str(error))
        late.too_long = True
        raise late from error
    if child.returncode:
        raise ApartError(f"exit code {child.returncode}")
    try:
        return json.loads(child.stdout)
    except (ValueError, RecursionError) as error:
        raise ApartError("no answer") from error


def answer(read: Callable[[bytes], Any], *refusals: type[Exception]) -> int:
    """What the child does: read standard input, write what was read; its exit code."""
    bound_memory(_MEMORY)
    try:
        found = read(sys.stdin.buffer.read())
    except refusals:
        return 1
    sys.stdout.buffer.write(json.dumps(found).encode())
    return 0


def _command(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", module]  # whatever lies in the folder we stand in is none of ours


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH")) if part)
    return os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8:surrogateescape"}


def bound_memory(size: int) -> None:
    """Let this process have no more than so many bytes, where the system knows such a bound."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


# ---- a child that is asked again and again ---------------------------------------------------------------


_WAITING: dict[str, subprocess.Popen[bytes]] = {}
"""The children that nobody asks anything just now, one for each module: a start costs half a second."""


class Child:
    """A module run as a program that ends with ``serve``, asked about one file after another.

    It is started when it is first asked, and again after it died over a file.
    """

    def __init__(self, module: str, seconds: float = SECONDS) -> None:
        """``seconds`` is how long it may take over one question."""
        self._module, self._seconds = module, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._answering = self._is_awaited = False

    def start(self) -> None:
        """Start it, if it does not run: what it needs is loaded while its first question is still looked for."""
        if self._process is None:
            self._process = _WAITING.pop(self._module, None)
        if self._process is not None and self._process.poll() is not None:
            self.end()
        if self._process is None:
            self._process = subprocess.Popen(
                _command(self._module),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )

    def ask(self, question: Question) -> Iterator[Answer]:
        """Its answers, one after the other. Raises ``ApartError`` when it died, hangs, or failed over the file."""
        self.start()
        child = self._process
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        late, over = threading.Event(), threading.Event()

        def watch() -> None:
            # what we do with an answer is not time of the child's
            while not over.wait(self._seconds):
                if self._is_awaited:
                    late.set()
                    child.kill()
                    return

        threading.Thread(target=watch, daemon=True).start()
        self._answering = self._is_awaited = True
        try:
            words = json.dumps(question).encode()
            child.stdin.write(_HEAD.pack(len(words), 0) + words)
            child.stdin.flush()
            while (found := self._next(child.stdout)) is not None:
                self._is_awaited = False
                yield found
                self._is_awaited = True
            self._answering = False
        except (OSError, EOFError, ValueError, RecursionError) as error:
            self.end()
            died = ApartError(str(error))
            died.too_long = late.is_set()
            raise died from error
        except GeneratorExit:  # nobody asks for the rest: it must not answer the next question
            self.end()
            raise
        finally:
            over.set()

    def _next(self, stream: IO[bytes]) -> Answer | None:
        size, more = _HEAD.unpack(_exactly(stream, _HEAD.size))
        if size > _MOST_WORDS or more > _MOST_BYTES:
            raise EOFError
        if size == 0:
            return None
        words = json.loads(_exactly(stream, size))
        if isinstance(words, dict) and "failed" in words:
            failed = ApartError(str(words["failed"])[:200])
            failed.said = str(words["failed"])[:80]
            failed.too_large = failed.said == MemoryError.__name__
            self._answering = False
            if failed.too_large:  # what is left of its memory is in pieces
                self.end()
            raise failed
        return words, _exactly(stream, more)

    def leave(self) -> None:
        """Let it wait for whoever needs it next; it ends with us."""
        if self._answering:
            self.end()
        child, self._process = self._process, None
        if child is not None and _WAITING.setdefault(self._module, child) is not child:
            self._process = child
            self.end()

    def end(self) -> None:
        """End it, whatever it is at."""
        child, self._process, self._answering = self._process, None, False
        if child is not None:
            child.kill()
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            child.wait()


def _exactly(stream: IO[bytes], size: int) -> bytes:
    """So many bytes; a child that ends before is one that died."""
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def serve(answers: Callable[[Question], Iterable[Answer]], memory: int = _MEMORY) -> None:
    """What such a child does, until nobody asks any more: the answers to each question, or that it failed.

    Whatever else is printed in it goes nowhere.
    """
    bound_memory(memory)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    while head := sys.stdin.buffer.read(_HEAD.size):
        question = json.loads(sys.stdin.buffer.read(_HEAD.unpack(head)[0]))
        try:
            for words, data in answers(question):
                _tell(out, words, data)
            out.write(_HEAD.pack(0, 0))
        except Exception as error:  # noqa: BLE001  whatever a file does to a library, it does to this file alone
            _tell(out, {"failed": type(error).__name__}, b"")
        out.flush()


def _tell(out: BufferedWriter, words: Any, data: bytes) -> None:
    plain = json.dumps(words).encode()
    out.write(_HEAD.pack(len(plain), len(data)))
    out.write(plain)
    out.write(data)
    out.flush()
