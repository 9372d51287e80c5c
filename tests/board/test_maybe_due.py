"""A document says no later than the judgement when its prospect can fall due."""

from datetime import UTC, date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_board.board import Board, Scope, due_count, next_due
from review_board.board.maybe_due import ANY_DAY, not_due_before
from review_board.board.scope import queue_of
from review_board.errors import InvalidValueError, UsageError
from review_board.judgement import gather
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.records import Bet, Snooze
from review_board.pipeline.vocabulary import Column
from review_board.review import due_on
from review_board.settings import Review, Settings, Thresholds
from tests.judgement import strategies as some
from tests.judgement.build import DEFAULTS, TODAY, day, moment
