"""Colleagues who join and part the same people at the same time cannot spoil anything."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from homes import LiveHome

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

PEOPLE, STEPS = 12, 40

# One colleague: joins, keeps apart and undoes at random; what is refused is part of it.
COLLEAGUE = """
import random
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.people import facade as people
from vincle.flow.models import Person, SamePerson
from vincle.kernel import clock
from vincle.kernel.errors import Refused

chance = random.Random({seed})
done = 0
for _ in range({steps}):
    verb = chance.choice(["join", "join", "keep_apart", "undo"])
    try:
        if verb == "undo":
            facts = list(SamePerson.objects.filter(withdrawn_at=None))
            if not facts:
                continue
            people.undo(chance.choice(facts), actor=COMMAND_LINE, now=clock.now())
        else:
            first, second = chance.sample(list(Person.objects.order_by("id")), 2)
            getattr(people, verb)(first, second, actor=COMMAND_LINE, now=clock.now())
        done += 1
    except Refused:
        continue
print(done)
"""

# What there is, before and after all of it is worked out again from the log.
LOOK = """
import json
from vincle.flow.models import Identity, Person, SamePerson
from vincle.flow.replay import replay

def look():
    return [
        list(Identity.objects.order_by("id").values_list("id", "person_id", "interactions")),
        list(Person.objects.order_by("id").values_list("id", "into_id", "interactions", "name")),
    ]

belonging = dict(Identity.objects.values_list("id", "person_id"))
apart = SamePerson.objects.filter(verdict="different", withdrawn_at=None).values_list("a_id", "b_id")
together = [[a, b] for a, b in apart if belonging[a] == belonging[b]]
grown = look()
replay()
print(json.dumps({"same": grown == look(), "together": together, "interactions": sum(p[2] for p in grown[1])}))
"""


def test_what_three_colleagues_do_at_once_is_what_one_could_have_done(live_home: LiveHome, tmp_path: Path):
    file = tmp_path / "shop.csv"
    rows = [f"c{n % PEOPLE},2025-03-{1 + n % 28:02d},purchase" for n in range(5 * PEOPLE)]
    file.write_text("\n".join(["customer,date,what", *rows]) + "\n", "utf-8")
    assert 5 * PEOPLE == live_home.ask("import", str(file), "--source", "shop")["new"]
    colleagues = [COLLEAGUE.format(seed=seed, steps=STEPS) for seed in (1, 2, 3)]
    with ThreadPoolExecutor(len(colleagues)) as pool:
        done = [int(said) for said in pool.map(live_home.python, colleagues)]
    assert all(steps > STEPS // 8 for steps in done), done
    looked = json.loads(live_home.python(LOOK).splitlines()[-1])
    assert {"same": True, "together": [], "interactions": 5 * PEOPLE} == looked
