"""Law as dated, cited data: one folder a pack. `pack` reads them."""
