"""The templates of pages, filled in; the only importer of Jinja2."""

import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket


def render(template: str, **view: Any) -> str:
    """A template of the package filled in; what it names must be in `view`."""
    return _templates().get_template(template).render(view)


@cache
def _templates() -> Environment:
    beside = str(Path(cache_from_source(__file__)).parent)
    made_by = sha256(Path(__file__).read_bytes() + version("jinja2").encode()).hexdigest()[:12]
    compiled = _Compiled(beside, f"template-%s-{made_by}.{sys.implementation.cache_tag}")
    environment = Environment(
        loader=PackageLoader("reportcard.page.compose"),
        bytecode_cache=None if sys.dont_write_bytecode else compiled,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    return environment


class _Compiled(FileSystemBytecodeCache):
    """Templates compiled once, like modules and beside theirs: 45 ms of each process. Where nothing
    can be kept, nothing is.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever is wrong with a damaged one: it is compiled again
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
