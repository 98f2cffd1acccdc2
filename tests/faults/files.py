"""Files to be brought in while something goes wrong."""

from pathlib import Path


def orders(path: Path, *, rows: int, people: int = 300, first: int = 0) -> Path:
    """A CSV of `rows` purchases, each different, one a minute."""
    with path.open("w", encoding="utf-8") as file:
        file.write("date,customer_id,what,place,amount,comment\n")
        for number in range(first, first + rows):
            day, minute = divmod(number, 1440)
            moment = f"2025-{1 + day // 28 % 12:02}-{1 + day % 28:02} {minute // 60:02}:{minute % 60:02}:00"
            file.write(f"{moment},c{number % people},purchase,Store {number % 9},{number % 97}.50,words {number}\n")
    return path
