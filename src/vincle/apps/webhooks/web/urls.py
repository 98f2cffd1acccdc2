from django.urls import path

from vincle.apps.webhooks.web import deliveries, endpoints

app_name = "webhooks"

urlpatterns = [
    path("", endpoints.webhooks, name="list"),
    path("new/", endpoints.new, name="new"),
    path("<int:number>/", deliveries.webhook, name="webhook"),
    path("<int:number>/change/", endpoints.change, name="change"),
    path("<int:number>/rotate/", endpoints.rotate, name="rotate"),
    path("<int:number>/off/", endpoints.switch_off, name="off"),
    path("<int:number>/on/", endpoints.switch_on, name="on"),
    path("<int:number>/remove/", endpoints.remove, name="remove"),
    path("<int:number>/restore/", endpoints.restore, name="restore"),
    path("<int:number>/test/", deliveries.test, name="test"),
    path("<int:number>/messages/<int:message>/", deliveries.message, name="message"),
    path("<int:number>/messages/<int:message>/again/", deliveries.again, name="again"),
]
