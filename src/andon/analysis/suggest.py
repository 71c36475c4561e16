"""Which mechanism a text is probably about, learned from texts that people have given theirs.

Character n-grams, so no language is assumed; a linear model whose probabilities are honest enough to be unsure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNSURE = 0.5  # below this probability no suggestion is made
FEWEST = 2  # texts a label needs before it is suggested
LONGEST = 600  # characters read of a text: the reason for writing stands near the top
_WIDTH = 2**17
EPOCHS = 6  # more of them make it surer, not better


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A label and how probable it is (0..1); `label` is None where the texts do not tell."""

    label: str | None
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class Suggester:
    """What was learned. `labels` are those it may suggest."""

    labels: tuple[str, ...]
    unsure: float
    _vectors: Any
    _model: Any

    def suggest(self, texts: Sequence[str]) -> list[Suggestion]:
        """The likeliest label of each text, or None below `unsure`."""
        if not len(texts):
            return []
        if len(self.labels) < 2:
            return [Suggestion(None, 0.0)] * len(texts)
        return [self._best(row) for row in self._chances(texts)]

    def ranked(self, text: str, most: int = 3) -> list[Suggestion]:
        """The likeliest labels of one text, likeliest first, also when unsure: for people to choose from."""
        if len(self.labels) < 2:
            return []
        chances = self._chances([text])[0]
        return [Suggestion(self.labels[i], float(chances[i])) for i in np.argsort(-chances)[:most]]

    def _chances(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.asarray(self._model.predict_proba(self._vectors.transform(_read(texts))), np.float64)

    def _best(self, chances: NDArray[np.float64]) -> Suggestion:
        best = int(np.argmax(chances))
        probability = float(chances[best])
        return Suggestion(self.labels[best] if probability >= self.unsure else None, probability)


def _read(texts: Sequence[str]) -> list[str]:
    return [" ".join((text or "").split())[:LONGEST] for text in texts]


def _vectors() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), n_features=_WIDTH, alternate_sign=False, norm="l2"
    )


def learn(texts: Sequence[str], labels: Sequence[str], unsure: float = UNSURE, seed: int = 0) -> Suggester:
    """Learns labels from texts; 20,000 texts take seconds. Labels with fewer than two texts are left out.

    The same texts and seed learn the same. Raises ValueError when texts and labels differ in number.
    """
    if len(texts) != len(labels):
        raise ValueError(f"There are {len(texts)} texts and {len(labels)} labels.")
    names, counts = np.unique(np.asarray(labels, object).astype(str), return_counts=True)
    known = set(names[counts >= FEWEST].tolist())
    kept = [i for i, label in enumerate(labels) if str(label) in known]
    vectors = _vectors()
    if len(known) < 2:
        return Suggester(tuple(sorted(known)), unsure, vectors, None)
    model = _fitted(vectors.transform(_read([texts[i] for i in kept])), [str(labels[i]) for i in kept], seed)
    return Suggester(tuple(model.classes_.tolist()), unsure, vectors, model)


def _fitted(matrix: Any, labels: list[str], seed: int) -> Any:
    from sklearn.linear_model import SGDClassifier

    model = SGDClassifier(
        loss="log_loss", alpha=2e-5, max_iter=EPOCHS, tol=None, random_state=seed, average=True
    )
    return model.fit(matrix, labels)
