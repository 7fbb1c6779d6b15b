"""Addresses of the site: pages under a language, everything else without one."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

admin.autodiscover()
# The admin's own sign-in is neither throttled nor asks for a second factor; allauth's does both.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]
urlpatterns += i18n_patterns(path("", include("events.urls")), prefix_default_language=True)
