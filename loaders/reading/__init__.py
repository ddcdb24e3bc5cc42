"""Reading: what is common to all languages; a language's own data lies in its folder (`loaders/ru/`, …)."""
