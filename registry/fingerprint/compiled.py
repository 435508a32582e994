"""How our loops are compiled: without the interpreter lock, cached on disk where there is a place for it."""

import importlib
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numba.core.registry import cpu_target
from numpy.typing import NDArray


def _load_without_scipy() -> None:
    """Load numba's array functions; where they find SciPy's linear algebra, which we never use, they load it.

    That would be 0.4 s of every command.
    """
    if "scipy.linalg" in sys.modules:
        return
    sys.modules["scipy.linalg"] = None  # type: ignore[assignment]  # makes its import fail
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules["scipy.linalg"]


_load_without_scipy()


def compiled(function: Callable[..., Any]) -> Any:
    """Compile on first call; kept beside the module, else in the user's cache, else nowhere."""
    return _with_cache(function)


def compiled_for(signature: Any) -> Callable[[Callable[..., Any]], Any]:
    """The same, compiled at once for arguments of these types."""
    return lambda function: _with_cache(function, signature)


def read_only(array: NDArray[Any], kind: type | None = None) -> NDArray[Any]:
    """The array as the one type that loops are compiled for: contiguous, read-only; copied if need be."""
    view: NDArray[Any] = np.ascontiguousarray(array, kind)[:]
    view.flags.writeable = False
    return view


def _with_cache(function: Callable[..., Any], *signature: Any) -> Any:
    try:
        return njit(*signature, nogil=True, cache=True)(function)
    except (OSError, RuntimeError):  # numba found no place for its cache, or the place is full
        return njit(*signature, nogil=True)(function)


def cpu_has(feature: str) -> bool:
    """Whether compiled code may use a feature of the CPU: asked of numba's target, also its cache key."""
    return f"+{feature}" in cpu_target.target_context.codegen().magic_tuple()[2].split(",")
