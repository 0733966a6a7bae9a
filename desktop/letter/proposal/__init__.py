"""A PROPOSAL'S ORIGINAL (提案原文): what it says of itself, and how it is cut into suggestions."""
