"""What a line of the form offers: what a condition can be about, and where something can have happened."""

from django.utils.translation import gettext as _

from vincle.apps.lists.filters import offers
from vincle.apps.people.facade import attribute_words, channel_words, namespace_words, place_words, source_labels
from vincle.web.permissions import Words


def whats() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """What a condition can be about, in groups."""
    labels = source_labels()
    lists = [("list", _("stands on a list"))] if offers.list_names() else []
    return [
        (_("What they did"), [("did", _("something happened")), ("spent", _("money in a period"))]),
        (
            _("In all"),
            [
                ("seen:last", _("last seen")),
                ("seen:first", _("first seen")),
                ("total:interactions", _("interactions in all")),
                ("total:money", _("money in all")),
            ],
        ),
        (
            _("What they are worth"),
            [
                ("worth:worth", _("expected to bring")),
                ("worth:present", _("brought in 12 months")),
                ("worth:alive", _("still with us, in %")),
                ("worth:expected", _("expected visits")),
            ],
        ),
        (_("What is known of them"), [(f"known:{name}", attribute_words(name)) for name in offers.attribute_names()]),
        (_("Known by"), [(f"by:{name}", namespace_words(name, labels)) for name in offers.namespace_names()]),
        (_("Found or listed"), [*lists, ("found", _("found by words"))]),
    ]


def wheres() -> list[tuple[str, str]]:
    """Channels, and the places in them."""
    seen = offers.places()
    channels = dict.fromkeys(channel for channel, _place in seen)
    return [(channel, channel_words(channel)) for channel in channels] + [
        (f"{channel}|{place}", place_words(channel, place)) for channel, place in seen if place
    ]
