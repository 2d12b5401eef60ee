"""Reproducible draws, and the safetensors files they and their references are kept in.

Everything random is a pure function of a 32-bit seed and an index, so that no library's generator is involved and large
tensors need not be stored: the reader draws them again (VectorDraw.cs is the same formula in C#).
"""

import json
import struct
import zlib

import numpy as np


def seed_of(label, attempt=0):
    """The seed of a named draw: adding a tensor to a file leaves all others as they were."""
    return zlib.crc32(f"{label}#{attempt}".encode())


def draw_bits(seed, count):
    """24 uniform bits for each index: SplitMix64's output function over seed and index."""
    with np.errstate(over="ignore"):
        z = (np.uint64(seed << 32) + np.arange(1, count + 1, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (z ^ (z >> np.uint64(31))) >> np.uint64(40)


def draw(seed, shape, exponent=0):
    """Uniform on [−2^exponent, 2^exponent) in steps of 2^(exponent − 23): every value is exactly a float32."""
    signed = draw_bits(seed, int(np.prod(shape))).astype(np.int64) - (1 << 23)
    return np.ldexp(signed.astype(np.float64), exponent - 23).astype(np.float32).reshape(shape)


def draw_indices(seed, shape, classes):
    """Class indices, uniform up to 2⁻²⁴."""
    return (draw_bits(seed, int(np.prod(shape))).astype(np.int64) * classes >> 24).reshape(shape)


class VectorFile:
    """Tensors by name: givens (float32), references (float64), indices (int64), and two kinds that only the metadata holds."""

    TYPES = {np.dtype("<f8"): "F64", np.dtype("<i8"): "I64", np.dtype("<f4"): "F32"}  # in the order of storage

    def __init__(self, name, about):
        self.name = name
        self.tensors = {}
        self.rounded = set()
        self.metadata = {"about": " ".join(about.split())}

    def given(self, name, values):
        exact = np.asarray(values, dtype="<f4")
        assert np.array_equal(exact.astype(np.float64), np.asarray(values, dtype=np.float64)), f"{name} is no float32"
        self._add(name, exact)

    def generated(self, name, seed, shape, exponent=0):
        """A given that is not stored: the reader draws it from its seed."""
        self._declare(f"generated:{name}", {"seed": seed, "shape": list(shape), "exponent": exponent})
        return draw(seed, shape, exponent)

    def reference(self, name, values):
        self._add(name, np.asarray(values, dtype="<f8"))

    def rounded_reference(self, name, values):
        """A reference for a comparison that is far coarser than float32, at half the bytes."""
        self.rounded.add(name)
        self._add(name, np.asarray(values, dtype="<f4"))

    def repeated(self, name, rows):
        """Says that the rows of a tensor go round until there are so many."""
        self._declare(f"repeated:{name}", {"rows": rows})

    def product(self, name, left, right):
        """A reference that is leftᵀ·right of two other tensors of the file: a dense layer's weight gradient is one."""
        self._declare(f"product:{name}", {"left": left, "right": right})

    def indices(self, name, values):
        self._add(name, np.asarray(values, dtype="<i8"))

    def describe(self, kind, name, text):
        self._declare(f"{kind}:{name}", text)

    def _declare(self, key, value):
        assert key not in self.metadata, key
        self.metadata[key] = value if isinstance(value, str) else json.dumps(value, sort_keys=True)

    def _add(self, name, array):
        assert name not in self.tensors, name
        assert np.all(np.isfinite(array)), f"{name} is not finite"
        self.tensors[name] = np.asarray(array, order="C")

    def to_bytes(self):
        """Widest type first, then by name, header padded to eight bytes: the order safetensors itself writes."""
        widths = list(self.TYPES)
        order = sorted(self.tensors, key=lambda name: (widths.index(self.tensors[name].dtype), name))
        header = {"__metadata__": dict(sorted(self.metadata.items()))}
        end = 0
        for name in order:
            array = self.tensors[name]
            begin, end = end, end + array.nbytes
            header[name] = {"dtype": self.TYPES[array.dtype], "shape": list(array.shape), "data_offsets": [begin, end]}
        text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        return struct.pack("<Q", len(text)) + text + b"".join(self.tensors[name].tobytes() for name in order)


def read_tensors(data):
    """The stored tensors and the metadata of a file that VectorFile wrote."""
    types = {code: dtype for dtype, code in VectorFile.TYPES.items()}
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[begin:end], dtype=types[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata
