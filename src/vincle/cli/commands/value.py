"""`vincle value`: what relationships are worth."""

from vincle.cli.commands import (
    value_bridge,
    value_cohorts,
    value_equity,
    value_fit,
    value_predict,
    value_rfm,
    value_survival,
)
from vincle.cli.options import new_app

EXAMPLE = "Example: vincle value predict orders.csv --customer client --time day --amount paid --margin 0.3"

app = new_app("What relationships are worth: who is still there, how often they will come, what they will spend.")

app.command("rfm", epilog=value_rfm.EXAMPLE)(value_rfm.rfm)
app.command("fit", epilog=value_fit.EXAMPLE)(value_fit.fit)
app.command("predict", epilog=value_predict.EXAMPLE)(value_predict.predict)
app.command("bridge", epilog=value_bridge.EXAMPLE)(value_bridge.bridge)
app.command("cohorts", epilog=value_cohorts.EXAMPLE)(value_cohorts.cohorts)
app.command("survival", epilog=value_survival.EXAMPLE)(value_survival.survival)
app.command("equity", epilog=value_equity.EXAMPLE)(value_equity.equity)


@app.callback(epilog=EXAMPLE)
def value() -> None:
    """What relationships are worth: who is still there, how often they will come, what they will spend."""
