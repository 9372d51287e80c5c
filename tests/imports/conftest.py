from tests.exchange.conftest import shared

__all__ = ["shared"]
