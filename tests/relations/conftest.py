from homes import live_home, model_home

__all__ = ["live_home", "model_home"]
