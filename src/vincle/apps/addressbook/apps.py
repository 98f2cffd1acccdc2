from django.apps import AppConfig


class AddressBookConfig(AppConfig):
    name = "vincle.apps.addressbook"
    label = "addressbook"

    def ready(self) -> None:
        from vincle.apps.addressbook import nav

        nav.furnish()
