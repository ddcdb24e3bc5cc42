"""From the bytes of a source to text with stable character offsets."""
