"""One page with every component on it, and the application's own addresses behind it."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler

from vincle.web.charts import Series, bars, lines
from vincle.web.permissions import needs

SOURCE = """
{% extends "base.html" %}
{% block title %}Gallery{% endblock %}
{% block content %}
  <c-page-header title="Mercè Roca" subtitle="Girona · speaks Catalan" back="/me/" back_label="People">
    <c-slot name="lead"><c-avatar name="Mercè Roca" size="lg" /></c-slot>
    <c-slot name="chips">
      <c-chip tone="well">Client since 2021</c-chip><c-chip>Learner</c-chip>
      <c-chip tone="warm">Disappointed</c-chip><c-chip tone="gold" icon="clock">due Friday</c-chip>
    </c-slot>
    <c-slot name="actions">
      <c-button icon="pencil">Note</c-button>
      <c-dropdown label="More">
        <c-dropdown-item href="/me/" icon="download" current="yes">Export</c-dropdown-item>
      </c-dropdown>
      <c-button tone="primary">Write</c-button>
    </c-slot>
  </c-page-header>
  <c-tabs label="Views"><c-tab href="?" current="yes" count="12">All</c-tab><c-tab href="?b">Orders</c-tab></c-tabs>
  <div class="grid grid-figures">
    <c-card>
      <c-figure label="Seen" value="1,240" interval="870 to 1,660" people="412" href="/me/" evidence="observational" />
    </c-card>
    <c-card><c-figure label="Lost" value="391" tone="warm" href="/me/" /></c-card>
    <c-card><c-figure label="Worth" value="€12" tone="gold" /></c-card>
  </div>
  <div class="grid grid-2">
    <c-card title="Activity"><c-chart id="activity" :chart="activity" /></c-card>
    <c-card title="Kinds"><c-chart id="kinds" :chart="kinds" height="sm" /></c-card>
  </div>
  <div class="grid grid-side">
    <c-card title="Everything, in order">
      <c-slot name="actions"><c-chip href="?" tone="well" aria-current="true">All</c-chip></c-slot>
      <c-timeline label="What happened">
        <c-timeline-item title="Third time" tone="warm" meta="e-mail"><p>read as disappointed</p></c-timeline-item>
        <c-timeline-item title="Box of the week" tone="gold" meta="shop" />
        <c-timeline-item title="Sourdough" tone="well" /><c-timeline-item title="Opened" />
      </c-timeline></c-card>
    <div class="stack">
      <c-card title="Where she is">
        <c-progress label="Course" note="4 of 7" value="4" max="7" /><c-progress label="Waiting" />
      </c-card>
      <c-notice tone="warm" title="Three rows">Nothing was lost.</c-notice><c-notice tone="well">Done</c-notice>
      <c-notice tone="gold">Due</c-notice><c-notice>Plain</c-notice>
    </div>
  </div>
  <c-card flush="yes" title="People"><c-table caption="People">
    <c-slot name="head"><th scope="col">Name</th><th scope="col" class="number">Orders</th></c-slot>
    <tbody><tr>
      <th scope="row"><div class="with-face"><c-avatar name="Joan Pi" size="sm" /><a href="/me/">Joan Pi</a></div></th>
      <td class="number">12</td>
    </tr></tbody></c-table></c-card>
  <c-card><c-empty icon="file-import" title="No imports yet"><p>Bring in a file.</p>
    <c-slot name="action"><c-button tone="primary" href="/me/">Bring in a file</c-button></c-slot></c-empty></c-card>
{% endblock %}
"""

MONTHS = ["Jan", "Feb", "Mar", "Apr"]


@needs("today.view")
def gallery(request: HttpRequest) -> HttpResponse:
    context = {
        "activity": lines(
            "Orders and talk", "Month", MONTHS, [Series("Orders", [4, 3, 5, 6]), Series("Talk", [9, 8, 7, 9], "gold")]
        ),
        "kinds": bars(
            "By kind", "Kind", ["order.placed"], [Series("Times", [7], urls=["/me/?from=chart"])], lying=True
        ),
    }
    return HttpResponse(engines["django"].from_string(CottonCompiler().process(SOURCE)).render(context, request))


urlpatterns = [path("gallery/", gallery, name="gallery"), path("", include("vincle.site.urls"))]

handler404 = "vincle.web.errors.page_not_found"
