"""What is known of an organisation itself, tidy and checked."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from vincle.apps.relations import names
from vincle.apps.relations.models import Organisation, OrganisationKind
from vincle.kernel.errors import BadInput

LONGEST = {
    "name": names.LONGEST_NAME,
    "tax_number": 30,
    "website": 300,
    "domain": 253,
    "address": 1_000,
    "notes": 10_000,
}


@dataclass(frozen=True)
class Described:
    """What is known of an organisation itself."""

    name: str
    kind: str = OrganisationKind.COMPANY
    tax_number: str = ""
    website: str = ""
    domain: str = ""
    address: str = ""
    notes: str = ""

    @classmethod
    def of(cls, row: Organisation) -> "Described":
        return cls(row.name, row.kind, row.tax_number, row.website, row.domain, row.address, row.notes)

    def checked(self) -> "Described":
        """The same, tidy; raises `BadInput` for what cannot be."""
        name = names.tidy(self.name)
        if not names.match_key(name):
            raise BadInput(_("Give the organisation a name."))
        if self.kind not in OrganisationKind.values:
            raise BadInput(_("Choose what the organisation is."))
        told = replace(
            self,
            name=name,
            tax_number=names.tax_number(self.tax_number),
            website=names.website(self.website),
            domain=names.domain(self.domain),
            address=self.address.replace("\0", "").strip(),
            notes=self.notes.replace("\0", "").strip(),
        )
        for field, longest in LONGEST.items():
            if len(getattr(told, field)) > longest:
                raise BadInput(_("This is too long: at most %(count)d letters.") % {"count": longest})
        return told
