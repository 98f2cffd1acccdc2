"""What really happens along journeys: steps, ways, who comes back, and the moments that matter."""
