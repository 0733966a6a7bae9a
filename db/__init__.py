"""The store: facts of every case (卷宗) in one SQLite file. stdlib + peewee; no Qt, no Word."""
