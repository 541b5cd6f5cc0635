"""How the functions get into Excel: VBA module, add-in, installation, doctor."""
