"""What alert requests of other products look like: doors check them, triage reads them."""
