"""SHA-256 (FIPS 180-4) for compiled kernels: by the CPU's SHA instructions, or else portable."""

# Compiled callers in other modules keep a copy of these functions in their own file cache, which does not
# notice a change here. That is harmless only because the standard is frozen: keep anything else out.

from collections.abc import Iterator
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from registry.fingerprint.compiled import compiled, cpu_has
from registry.fingerprint.leaves import U8, U32

BLOCK = 64
INITIAL: U32 = np.array(
    [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19],
    dtype=np.uint32,
)
_PRIMES = [p for p in range(2, 312) if all(p % q for q in range(2, p))]


def _root_fraction(prime: int) -> int:
    """The first 32 bits of the fraction of a prime's cube root (FIPS 180-4, 4.2.2), in exact integers."""
    low, high = 0, 1 << 36
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**3 <= prime << 96 else (low, middle)
    return low & 0xFFFFFFFF


_ROUND: U32 = np.array([_root_fraction(prime) for prime in _PRIMES], dtype=np.uint32)


def has_sha_instructions() -> bool:
    """Whether compiled code may use x86 SHA."""
    return cpu_has("sha")


@compiled
def compress_portable(state: U32, data: U8, at: int, blocks: int) -> None:
    """Fold `blocks` blocks of 64 bytes, from data[at] on, into the state uint32[8]."""
    u32 = np.uint32
    w = np.empty(64, np.uint32)
    for block in range(blocks):
        base = at + BLOCK * block
        for t in range(16):
            i = base + 4 * t
            w[t] = u32(
                (u32(data[i]) << u32(24))
                | (u32(data[i + 1]) << u32(16))
                | (u32(data[i + 2]) << u32(8))
                | u32(data[i + 3])
            )
        for t in range(16, 64):
            x, y = w[t - 15], w[t - 2]
            small0 = _rotate(x, 7) ^ _rotate(x, 18) ^ u32(x >> u32(3))
            small1 = _rotate(y, 17) ^ _rotate(y, 19) ^ u32(y >> u32(10))
            w[t] = u32(u32(w[t - 16] + small0) + u32(w[t - 7] + small1))
        a, b, c, d = state[0], state[1], state[2], state[3]
        e, f, g, h = state[4], state[5], state[6], state[7]
        for t in range(64):
            big1 = u32(_rotate(e, 6) ^ _rotate(e, 11) ^ _rotate(e, 25))
            choose = u32((e & f) ^ (~e & g))
            first = u32(u32(u32(h + big1) + u32(choose + _ROUND[t])) + w[t])
            big0 = u32(_rotate(a, 2) ^ _rotate(a, 13) ^ _rotate(a, 22))
            majority = u32((a & b) ^ (a & c) ^ (b & c))
            h, g, f, e = g, f, e, u32(d + first)
            d, c, b, a = c, b, a, u32(first + u32(big0 + majority))
        state[0] += a
        state[1] += b
        state[2] += c
        state[3] += d
        state[4] += e
        state[5] += f
        state[6] += g
        state[7] += h


@compiled
def _rotate(value: int, bits: int) -> Any:
    return np.uint32((value >> np.uint32(bits)) | (value << np.uint32(32 - bits)))


@intrinsic
def _sha_instructions(typing: Any, state: Any, data: Any, at: Any, blocks: Any) -> Any:
    """The same as `compress_portable` in LLVM IR, four rounds by two `sha256rnds2`."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        state, data, at, blocks = arguments
        stream = _pointers(context, builder, signature.args, (state, data, at))
        return _emit_call(context, builder, "sha256_blocks_by_instructions", stream, blocks)

    return types.void(state, data, at, blocks), emit


@intrinsic
def _sha_instructions_of_two(
    typing: Any, state: Any, data: Any, at: Any, state2: Any, data2: Any, at2: Any, blocks: Any
) -> Any:
    """Two messages side by side: a round waits for the one before it, and the other fills the time."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        *places, blocks = arguments
        one = _pointers(context, builder, signature.args, places[:3])
        other = _pointers(context, builder, signature.args[3:], places[3:])
        return _emit_call(context, builder, "sha256_blocks_of_two", [*one, *other], blocks)

    return types.void(state, data, at, state2, data2, at2, blocks), emit


def _pointers(context: Any, builder: Any, kinds: Any, place: Any) -> list[Any]:
    """Of a state, and of the data at a place."""
    state, data, at = place
    words = context.make_array(kinds[0])(context, builder, state).data
    source = context.make_array(kinds[1])(context, builder, data).data
    return [words, builder.gep(source, [at])]


def _emit_call(context: Any, builder: Any, name: str, streams: list[Any], blocks: Any) -> Any:
    kind = ir.FunctionType(ir.VoidType(), [*(pointer.type for pointer in streams), blocks.type])
    function = cgutils.get_or_insert_function(builder.module, kind, name)
    if function.is_declaration:
        function.linkage = "linkonce_odr"
        function.attributes.add("noinline")  # its copies in every caller would take seconds to compile
        _emit_function(function)
    builder.call(function, [*streams, blocks])
    return context.get_dummy_value()


_LANES = [(5, 4, 1, 0), (7, 6, 3, 2)]  # the instructions keep eight words so, lowest lane first


def _emit_function(function: Any) -> None:
    """Arguments: pointers to state and data of each stream, then the number of blocks."""
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    *pointers, blocks = function.args
    states, sources = pointers[::2], pointers[1::2]
    halves = [_emit_load(builder, words) for words in states]
    with cgutils.for_range(builder, blocks) as loop:
        offset = builder.mul(loop.index, ir.Constant(loop.index.type, BLOCK))
        rounds = [
            _emit_rounds(builder, builder.gep(source, [offset]), half)
            for source, half in zip(sources, halves, strict=True)
        ]
        for _ in zip(*rounds, strict=True):
            pass
    for words, half in zip(states, halves, strict=True):
        _emit_store(builder, words, half)
    builder.ret_void()


def _emit_load(builder: Any, words: Any) -> list[Any]:
    vector = ir.VectorType(ir.IntType(32), 4)
    halves = []
    for order in _LANES:
        value = ir.Constant(vector, ir.Undefined)
        for lane, word in enumerate(order):
            loaded = builder.load(builder.gep(words, [_i32(word)]))
            value = builder.insert_element(value, loaded, _i32(lane))
        halves.append(cgutils.alloca_once_value(builder, value))
    return halves


def _emit_store(builder: Any, words: Any, halves: list[Any]) -> None:
    for half, order in zip(halves, _LANES, strict=True):
        value = builder.load(half)
        for lane, word in enumerate(order):
            element = builder.extract_element(value, _i32(lane))
            builder.store(element, builder.gep(words, [_i32(word)]))


def _emit_rounds(builder: Any, block: Any, halves: list[Any]) -> Iterator[None]:
    """The rounds of one block; stops after each instruction that waits, for another stream's to follow."""
    vector = ir.VectorType(ir.IntType(32), 4)

    def call(name: str, *operands: Any) -> Any:
        kind = ir.FunctionType(vector, [vector] * len(operands))
        return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), operands)

    def lanes(left: Any, right: Any, *order: int) -> Any:
        mask = ir.Constant(ir.VectorType(ir.IntType(32), 4), list(order))
        return builder.shuffle_vector(left, right, mask)

    message = builder.bitcast(block, vector.as_pointer())
    w = []
    for quarter in range(4):
        loaded = builder.load(builder.gep(message, [_i32(quarter)]), align=1)
        w.append(call("llvm.bswap.v4i32", loaded))
    abef, cdgh = before = [builder.load(half) for half in halves]
    for four in range(16):
        if four >= 4:
            earlier = builder.add(
                call("llvm.x86.sha256msg1", w[four - 4], w[four - 3]),
                lanes(w[four - 2], w[four - 1], 1, 2, 3, 4),
            )
            w.append(call("llvm.x86.sha256msg2", earlier, w[four - 1]))
        constants = ir.Constant(vector, [int(k) for k in _ROUND[4 * four : 4 * four + 4]])
        keyed = builder.add(w[four], constants)
        cdgh = call("llvm.x86.sha256rnds2", cdgh, abef, keyed)
        yield
        abef = call("llvm.x86.sha256rnds2", abef, cdgh, lanes(keyed, keyed, 2, 3, 0, 1))
        yield
    for half, old, new in zip(halves, before, (abef, cdgh), strict=True):
        builder.store(builder.add(old, new), half)


def _i32(value: int) -> Any:
    return ir.Constant(ir.IntType(32), value)


@compiled
def compress_by_instructions(state: U32, data: U8, at: int, blocks: int) -> None:
    """`compress_portable` by the CPU's SHA instructions; only where `has_sha_instructions()`."""
    _sha_instructions(state, data, at, blocks)


@compiled
def _two_by_instructions(one: U32, a: U8, at: int, other: U32, b: U8, at_b: int, blocks: int) -> None:
    _sha_instructions_of_two(one, a, at, other, b, at_b, blocks)


@compiled
def _two_portable(one: U32, a: U8, at: int, other: U32, b: U8, at_b: int, blocks: int) -> None:
    compress_portable(one, a, at, blocks)
    compress_portable(other, b, at_b, blocks)


compress = compress_by_instructions if has_sha_instructions() else compress_portable
compress_two = _two_by_instructions if has_sha_instructions() else _two_portable


@intrinsic
def copy(typing: Any, to: Any, at: Any, source: Any, start: Any, size: Any) -> Any:
    """to[at : at + size] = source[start : start + size], bytes of arrays that do not overlap."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        target = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        origin = context.make_array(signature.args[2])(context, builder, arguments[2]).data
        target, origin = builder.gep(target, [arguments[1]]), builder.gep(origin, [arguments[3]])
        cgutils.raw_memcpy(builder, target, origin, arguments[4], 1)
        return context.get_dummy_value()

    return types.void(to, at, source, start, size), emit


@compiled
def finish(state: U32, buffer: U8, used: int, total: int, out: U8, row: int) -> None:
    """Pad the last `used` bytes of a message of `total` bytes in place, and write the digest to out[row].

    All whole blocks but those in the buffer are already in the state; the buffer has room for 72 more bytes.
    """
    compress(state, buffer, 0, pad(buffer, used, total))
    write(state, out, row)


@compiled
def pad(buffer: U8, used: int, total: int) -> int:
    """Pad the last `used` bytes of a message of `total` bytes in place; how many blocks they are now."""
    end = (used + 8) // BLOCK * BLOCK + BLOCK
    buffer[used] = 0x80
    for i in range(used + 1, end - 8):
        buffer[i] = 0
    for i in range(8):
        buffer[end - 1 - i] = np.uint8((np.uint64(8 * total) >> np.uint64(8 * i)) & np.uint64(255))
    return end // BLOCK


@compiled
def write(state: U32, out: U8, row: int) -> None:
    """The state as a digest, to out[row]."""
    for word in range(8):
        for byte in range(4):
            out[row, 4 * word + byte] = np.uint8((state[word] >> np.uint32(24 - 8 * byte)) & np.uint32(255))
