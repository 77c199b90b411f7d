"""What a figure plots, read from plotly's traces for programs that draw it anew."""
