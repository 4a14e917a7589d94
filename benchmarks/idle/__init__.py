"""What `framejit.enable()` costs programs that are never compiled."""
