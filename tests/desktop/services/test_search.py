"""往年答复, search: what is found is what holds the words, whatever they are."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.bigrams import pattern
from db.search import Card, Letter, SearchIndex
from desktop.services import search_index
from desktop.services.search import cards_with, search
from tests.prose import Prose

SEED, PARAGRAPHS, QUERIES = 7, 20_000, 1000
