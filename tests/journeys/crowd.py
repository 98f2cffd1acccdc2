"""A crowd that buys in two ways, small enough to work out who is in its middle."""

from people.telling import happened, tell

FEW, MANY = 12, 12


def crowd() -> None:
    """F00 to F11 visit and mostly buy once, in January; M00 to M11 buy three to five times, in March.

    They are of two towns in turn.
    """
    events = []
    for at in range(FEW):
        town = {"observations": {"town": "Girona" if at % 2 else "Salt"}, "name": f"Few {at:02}"}
        events.append(happened(f"F{at:02}", f"2026-01-{at + 1:02} 10:00", "visit.made", **town))
        if at % 4:
            events.append(happened(f"F{at:02}", f"2026-01-{at + 2:02} 10:00", "order.placed"))
    for at in range(MANY):
        town = {"observations": {"town": "Girona" if at % 2 else "Salt"}, "name": f"Many {at:02}"}
        events.append(happened(f"M{at:02}", "2026-03-01 10:00", "order.placed", **town))
        events += [
            happened(f"M{at:02}", f"2026-03-{2 + each * 3:02} 1{at % 10}:00", "order.placed")
            for each in range(2 + at % 3)
        ]
    tell(*events)
