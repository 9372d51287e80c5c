"""Cohen's kappa of two people who judged the same cards: how far they agree beyond chance."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product

_Z = Decimal("1.96")
_STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Votes:
    """How often one person and another voted what, on the same cards: ``keep_purge`` is keep by the one."""

    keep_keep: int = 0
    keep_purge: int = 0
    purge_keep: int = 0
    purge_purge: int = 0

    @property
    def count(self) -> int:
        """Return the number of cards."""
        return self.keep_keep + self.keep_purge + self.purge_keep + self.purge_purge

    @property
    def agreed(self) -> int:
        """Return how often both voted the same."""
        return self.keep_keep + self.purge_purge

    @property
    def table(self) -> tuple[tuple[int, ...], ...]:
        """Return the counts as a table: a row for each vote of the one, a column for the other's."""
        return (self.keep_keep, self.keep_purge), (self.purge_keep, self.purge_purge)


@dataclass(frozen=True, slots=True)
class Kappa:
    """Kappa with its 95 % interval; without one where the votes leave no room for an error to be seen."""

    value: Decimal
    interval: tuple[Decimal, Decimal] | None


def cohens_kappa(table: tuple[tuple[int, ...], ...]) -> Kappa | None:
    """Return kappa for a square table of counts; ``None`` where chance alone would always agree.

    Kappa: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20 (1960), 37-46. Its large-sample standard error: J. L. Fleiss, J. Cohen, B. S.
    Everitt, Large sample standard errors of kappa and weighted kappa, Psychological Bulletin 72
    (1969), 323-327; so in J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and
    Proportions, chapter 18.
    """
    count = sum(map(sum, table))
    if not count:
        return None
    shares = [[Decimal(cell) / count for cell in row] for row in table]
    rows = [sum(row, Decimal(0)) for row in shares]
    columns = [sum(column, Decimal(0)) for column in zip(*shares, strict=True)]
    chance = sum((r * c for r, c in zip(rows, columns, strict=True)), Decimal(0))
    if chance == 1:
        return None
    seen = sum((shares[n][n] for n in range(len(shares))), Decimal(0))
    kappa = (seen - chance) / (1 - chance)
    rest = 1 - kappa
    spread = Decimal(0)
    for i, j in product(range(len(shares)), repeat=2):
        weight = 1 - (rows[i] + columns[i]) * rest if i == j else (columns[i] + rows[j]) * rest
        spread += shares[i][j] * weight**2
    variance = (spread - (kappa - chance * rest) ** 2) / (count * (1 - chance) ** 2)
    return Kappa(kappa.quantize(_STEP), _interval(kappa, variance))


def _interval(kappa: Decimal, variance: Decimal) -> tuple[Decimal, Decimal] | None:
    """Return the interval, inside -1 to 1."""
    if variance <= Decimal("1e-20"):  # what rounding leaves of nothing
        return None
    reach = _Z * variance.sqrt()
    low, high = max(Decimal(-1), kappa - reach), min(Decimal(1), kappa + reach)
    return low.quantize(_STEP), high.quantize(_STEP)


def kappa_words(kappa: Kappa | None) -> str:
    """Return kappa with its interval, or why there is none."""
    if kappa is None:
        return "no kappa yet, as all votes are the same"
    if kappa.interval is None:
        return f"kappa {kappa.value:.2f}, too few votes for its interval"
    low, high = kappa.interval
    return f"kappa {kappa.value:.2f} ({low:.2f} to {high:.2f})"
