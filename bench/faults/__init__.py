"""What becomes of a store whose writers are killed."""
