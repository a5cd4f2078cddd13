"""AdamW (Loshchilov and Hutter 2019): how the weights of a network move."""

import numpy as np

WARM_UP = 0.15  # share of the steps in which the rate rises
WEIGHT_DECAY = 0.01
MEAN_KEPT, SQUARE_KEPT = 0.9, 0.999  # of a gradient's mean and of its mean square, from step to step
LARGEST = 1.0  # size of all gradients together, to which larger ones are cut


class AdamW:
    """Adam with decoupled weight decay; the rate rises, then falls along a cosine."""

    def __init__(self, weights: dict[str, np.ndarray], *, rate: float, n_steps: int) -> None:
        self.weights = weights
        self.rate = rate
        self.n_steps = n_steps
        self.n_done = 0
        self.means = {name: np.zeros_like(values) for name, values in weights.items()}
        self.squares = {name: np.zeros_like(values) for name, values in weights.items()}

    def step(self, gradients: dict[str, np.ndarray]) -> None:
        """Move the weights, in place."""
        self.n_done += 1
        size = np.sqrt(sum(float(np.square(gradient).sum()) for gradient in gradients.values()))
        rate = np.float32(self._rate())
        for name, weights in self.weights.items():
            gradient = gradients[name] * np.float32(min(1, LARGEST / size) if size else 1)
            mean, square = self.means[name], self.squares[name]
            mean += (gradient - mean) * np.float32(1 - MEAN_KEPT)
            square += (gradient * gradient - square) * np.float32(1 - SQUARE_KEPT)
            scaled = np.sqrt(square / np.float32(1 - SQUARE_KEPT**self.n_done)) + np.float32(1e-8)
            move = mean / np.float32(1 - MEAN_KEPT**self.n_done) / scaled
            weights -= rate * (move + np.float32(WEIGHT_DECAY) * weights)

    def _rate(self) -> float:
        done = self.n_done / self.n_steps
        if done < WARM_UP:
            return self.rate * done / WARM_UP
        return self.rate * (1 + np.cos(np.pi * (done - WARM_UP) / (1 - WARM_UP))) / 2
