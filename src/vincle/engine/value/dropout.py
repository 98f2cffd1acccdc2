"""Means over people whose probability to leave is beta distributed, by Gauss-Jacobi quadrature.

The closed forms hold a hypergeometric function over (a - 1): they overflow, and lose all digits where a is near 1. The
mean is of a smooth function, and Gauss's nodes for the beta distribution itself give it to some twelve digits, however
concentrated that is.

G. Golub, J. Welsch, Calculation of Gauss quadrature rules, Mathematics of Computation 23 (1969) 221-230.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_FEWEST, _MOST = 24, 160  # nodes
_ROWS = 20_000  # at a time: 24 nodes of each take 4 MB
_TINY = 1e-18


def beta_nodes(a: float, b: Floats, nodes: int = 48) -> tuple[Floats, Floats]:
    """Nodes and weights (one row for each of `b`) of the mean over a beta distribution (a, b)."""
    return _nodes(a, b.tobytes(), nodes)


@lru_cache(maxsize=4)  # many horizons are asked of the same people
def _nodes(a: float, of: bytes, nodes: int) -> tuple[Floats, Floats]:
    b = np.frombuffer(of)
    first, second = np.broadcast_to(a - 1.0, b.shape)[:, None], (b - 1.0)[:, None]
    both, k = first + second, np.arange(1, nodes)[None, :]
    matrix = np.zeros((len(b), nodes, nodes))
    places = np.arange(nodes)
    matrix[:, 0, 0] = ((first - second) / (both + 2))[:, 0]
    matrix[:, places[1:], places[1:]] = both * (first - second) / ((2 * k + both) * (2 * k + both + 2))
    off = 4 * k * (k + second) * (k + first) / ((2 * k + both) ** 2 * (2 * k + both + 1))
    # Of the first, (k + both) and (2 k + both - 1) are the same and may both be nothing.
    off[:, 1:] *= (k[:, 1:] + both) / (2 * k[:, 1:] + both - 1)
    matrix[:, places[1:], places[:-1]] = np.sqrt(off)
    at, vectors = np.linalg.eigh(matrix)  # reads the lower half
    return np.clip((at + 1) / 2, _TINY, 1.0), vectors[:, 0, :] ** 2


def mean_returns(a: float, b: Floats, place: Ints, shape: Floats, ahead: Floats) -> Floats:
    """How often those still there come in a time ahead: purchases at a gamma distributed rate until they leave.

    Row i: leaving is beta distributed (a, b[place[i]]), the rate is of `shape[i]`, and `ahead[i]` is the time over its
    inverse scale. The mean of (1 - (1 + p ahead)^-shape) / p over p.
    """
    # What is averaged has its singularity at p = -1 / ahead: the nearer it is, the more nodes for the same digits.
    many = int(np.clip(np.ceil(7 * np.sqrt(np.max(ahead))), _FEWEST, _MOST))
    nodes, weights = beta_nodes(a, b, many)
    found = np.empty(len(place))
    for begin in range(0, len(place), _ROWS):
        rows = slice(begin, begin + _ROWS)
        p = nodes[place[rows]]
        bought = -np.expm1(-shape[rows, None] * np.log1p(p * ahead[rows, None])) / p
        found[rows] = np.einsum("ij,ij->i", bought, weights[place[rows]])
    return found
