"""Speaks to a language server over its standard streams, as an editor does."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from other_tools.judges import NODE_FOLDER, PATIENCE

YAML_SERVER = (
    "node",
    str(NODE_FOLDER / "node_modules/yaml-language-server/bin/yaml-language-server"),
    "--stdio",
)
_SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},  # a list of schemas on the network
    }
}


class LanguageServer:
    """A language server with the files of one folder open."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, from_ = self._process.stdin, self._process.stdout
        self._arrived: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._last = 0
        threading.Thread(target=self._listen, args=(from_,), daemon=True).start()
        self._folder = folder
        capabilities = {
            "textDocument": {"hover": {"contentFormat": ["markdown"]}, "completion": {}},
            "workspace": {"configuration": True},
        }
        self._ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=capabilities)
        self._tell("initialized")

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._to.close()

    def opened(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a file, and return what the server has to say about it."""
        uri = (self._folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", textDocument=document)
        said = self._await(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == uri
            )
        )
        diagnostics: list[dict[str, Any]] = said["params"]["diagnostics"]
        return diagnostics

    def hover(self, name: str, line: int, column: int) -> str:
        """Return what is shown where the pointer rests."""
        found = self._at("textDocument/hover", name, line, column)
        return str(found["contents"]["value"]) if found else ""

    def completions(self, name: str, line: int, column: int) -> dict[str, str]:
        """Return what is offered at a place, with what is said about it."""
        found = self._at("textDocument/completion", name, line, column)
        return {item["label"]: _words(item.get("documentation")) for item in found["items"]}

    def _at(self, method: str, name: str, line: int, column: int) -> Any:
        document = {"uri": (self._folder / name).as_uri()}
        return self._ask(
            method, textDocument=document, position={"line": line, "character": column}
        )

    def _ask(self, method: str, **parameters: Any) -> Any:
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": parameters})
        answer = self._await(
            lambda message: message.get("id") == number and "method" not in message
        )
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, **parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._to.flush()

    def _await(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a message; answer what the server asks meanwhile."""
        while True:
            message = self._arrived.get(timeout=PATIENCE)
            assert message is not None, "the language server has ended"
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": _answer(message)})
            elif wanted(message):
                return message

    def _listen(self, stream: BinaryIO) -> None:
        with stream:
            while header := stream.readline():
                length = 0
                while header.strip():
                    name, _, value = header.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                    header = stream.readline()
                self._arrived.put(json.loads(stream.read(length)))
        self._arrived.put(None)


def _answer(message: dict[str, Any]) -> Any:
    if message["method"] != "workspace/configuration":
        return None
    return [_SETTINGS.get(item.get("section")) for item in message["params"]["items"]]


def _words(documentation: Any) -> str:
    return str(documentation["value"] if isinstance(documentation, dict) else documentation or "")
