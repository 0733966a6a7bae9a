"""WHAT COMES HOME (来稿): the file that left, changed by others → the case with their words."""
