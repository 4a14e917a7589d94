"""The LLVM back end: graph -> textual IR -> object -> loaded function."""
