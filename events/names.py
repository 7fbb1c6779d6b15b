"""The names that every timeline prints, read once for as long as nobody changes them."""

from functools import cached_property

from events.incumbents import terms_of_heads
from events.models import Country, Person, Term, Topic
from events.search import KnownNames


class Names:
    """Countries, topics, people and terms of office; each is read at its first use, in one query.

    Rows are shared by whoever asks: nobody may change them.
    """

    @cached_property
    def countries(self) -> dict[str, Country]:
        """By code, in the published order."""
        return {country.code: country for country in Country.objects.in_published_order()}

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """By slug, in the order of their making."""
        return {topic.slug: topic for topic in Topic.objects.order_by("id")}

    @cached_property
    def people(self) -> dict[str, Person]:
        """By slug, in the published order of their countries, then by family name."""
        people = Person.objects.order_by("country__position", "family_name_en", "slug")
        return {person.slug: person for person in people}

    @cached_property
    def terms(self) -> list[Term]:
        """Those of Korea's presidents and Japan's prime ministers, oldest first."""
        return terms_of_heads()

    @cached_property
    def in_searches(self) -> KnownNames:
        """Who is meant by a word that is somebody's name."""
        return KnownNames.read()
