"""Shows the board: four columns of cards, their keys, and how they are to be seen."""
