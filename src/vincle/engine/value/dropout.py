"""Means over people whose probability to leave is beta distributed, by Gauss-Jacobi quadrature.

The closed forms hold a hypergeometric function over (a - 1): they overflow, and lose all digits where a is near 1. The
mean is of a smooth function, and Gauss's nodes for the beta distribution itself give it to some twelve digits, however
concentrated that is.

G. Golub, J. Welsch, Calculation of Gauss quadrature rules, Mathematics of Computation 23 (1969) 221-230.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NODES, _FEW = 48, 24
_NEAR = 4.0  # so near ahead, in inverse scales of the rate, the few are as good
_ROWS = 20_000  # at a time: 48 nodes of each take 8 MB
_TINY = 1e-18


def beta_nodes(a: float, b: Floats, nodes: int = _NODES) -> tuple[Floats, Floats]:
    """Nodes and weights (one row for each of `b`) of the mean over a beta distribution (a, b)."""
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
    nodes, weights = beta_nodes(a, b, _FEW if np.max(ahead) <= _NEAR else _NODES)
    found = np.empty(len(place))
    for begin in range(0, len(place), _ROWS):
        rows = slice(begin, begin + _ROWS)
        p = nodes[place[rows]]
        bought = -np.expm1(-shape[rows, None] * np.log1p(p * ahead[rows, None])) / p
        found[rows] = np.einsum("ij,ij->i", bought, weights[place[rows]])
    return found
