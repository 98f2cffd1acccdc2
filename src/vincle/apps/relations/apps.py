from django.apps import AppConfig


class RelationsConfig(AppConfig):
    name = "vincle.apps.relations"
    label = "relations"

    def ready(self) -> None:
        from vincle.apps.relations import keeping, nav
        from vincle.apps.relations.actions.joining import rebuild_wholes
        from vincle.flow.replay import also_rebuild

        nav.furnish()
        keeping.furnish()
        also_rebuild("organisations", rebuild_wholes)
