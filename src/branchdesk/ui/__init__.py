"""Everything Qt: the window, its screens, and the widgets they are made of."""
