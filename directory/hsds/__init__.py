"""The directory in the words of the Human Services Data Specification, HSDS 3.2."""
