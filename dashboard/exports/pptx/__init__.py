"""PowerPoint: native, editable charts and maps on slides."""
