"""What every page is made of: base templates, widgets, charts as SVG. No domain."""
