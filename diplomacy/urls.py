"""All addresses of the site: those of readers, of staff and of the API.

Most requests are for those of readers, which stand alone too (`diplomacy.addressing`).
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from diplomacy import api_urls
from events.admin.autocomplete import ZeroFreeAutocomplete

admin.autodiscover()
# The admin's own sign-in is neither throttled nor asks for a second factor; allauth's does both.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.autocomplete_view = ZeroFreeAutocomplete.as_view(  # type: ignore[method-assign,assignment]
    admin_site=admin.site
)

handler404 = api_urls.handler404

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    path("review/", include("news.urls")),
    *api_urls.urlpatterns,
]
