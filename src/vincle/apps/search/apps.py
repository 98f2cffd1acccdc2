from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "vincle.apps.search"
    label = "search"

    def ready(self) -> None:
        from vincle.apps.search import builtin
        from vincle.apps.search.texts import rebuild
        from vincle.flow.replay import also_rebuild

        builtin.furnish()
        also_rebuild("texts", rebuild)
