"""One fact, one row: what the stages, the documents and the tests are read off."""
