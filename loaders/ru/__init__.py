"""Russian: lexicon, patterns, numbers, dates and examples."""
