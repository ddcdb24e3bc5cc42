"""Finding things by their names and passages by their words: whole or in part, inflected or misspelt, in any language.

`index` ranks names for people who type; `text_index` holds the words of all texts for queries, on disk.
"""
