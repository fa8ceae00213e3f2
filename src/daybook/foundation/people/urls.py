from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("<slug:unit>/", views.officers, name="officers"),
    path("<slug:unit>/people/<int:person>/", views.officers_of, name="officers-of"),
    path("<slug:unit>/cover/", views.cover, name="cover"),
    path("<slug:unit>/cover/end/", views.end_cover, name="end-cover"),
]
