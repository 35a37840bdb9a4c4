"""Advisories and components: what agrees, how sure that makes it, and that what is fixed never matches."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.risk.matching import Advisory, Component, Match, Matcher, Product
from meterward.core.risk.products import Cpe, Purl, maker_key, product_key, read_cpe, read_purl
from meterward.core.risk.version_ranges import EVERY, UNKNOWN, UNSAID, Versions, exactly, read_range

WEAK = frozenset(("CVE-2021-1",))
LOG4J = "pkg:maven/org.apache.logging.log4j/log4j-core"


def product(vendor: str = "Siemens", name: str = "SINEC NMS", versions: str = "", **more: Any) -> Product:  # noqa: ANN401 - as each field is
    """A product that is affected, in these versions."""
    about = read_range(versions) if versions else UNSAID
    return Product(vendor, name, about, affected=WEAK)._replace(**more)


def component(name: str = "SINEC NMS", version: str = "", vendor: str = "Siemens AG", **more: str) -> Component:
    """A component, with its identifiers as texts."""
    return Component(((vendor, name),), version, read_purl(more.get("purl", "")), read_cpe(more.get("cpe", "")))


def match(one: Component, *products: Product) -> Match | None:
    """What an advisory about some products says of a component."""
    found = [*Matcher([Advisory("A", "Title", products)]).matches(one)]
    assert len(found) <= 1
    return found[0] if found else None


def judged(one: Component, *products: Product) -> tuple[str, str] | None:
    """Why they match, and how surely."""
    found = match(one, *products)
    return (found.why, found.confidence) if found else None


@pytest.mark.parametrize(
    ("version", "versions", "expected"),
    [
        ("2.14.1", "<2.15.0", ("purl", "certain")),
        ("2.15.0", "<2.15.0", None),
        ("", "<2.15.0", ("purl", "likely")),
        ("2.14.1", "", ("purl", "likely")),
        ("2.0-beta9", "<2.15.0", ("purl", "possible")),
        ("", "*", ("purl", "certain")),
        ("2.14.1", "All versions with a remote socket", ("purl", "possible")),
    ],
)
def test_a_package_matches_by_its_url_and_version(
    version: str, versions: str, expected: tuple[str, str] | None
) -> None:
    one = component("log4j-core", version, "", purl=f"{LOG4J}@{version}" if version else LOG4J)
    assert judged(one, product("", "Log4j", versions, purl=read_purl(LOG4J))) == expected


@pytest.mark.parametrize(
    ("version", "versions", "expected"),
    [
        ("1.0.1f", "1.0.1f", ("cpe", "certain")),
        ("", "<1.0.1", ("cpe", "likely")),
        ("1.0.1f", "<1.0.1g", ("cpe", "possible")),
        ("1.0.2", "<1.0.1", None),
    ],
)
def test_a_cpe_name_matches_with_its_version(version: str, versions: str, expected: tuple[str, str] | None) -> None:
    one = component("libssl", version, "", cpe="cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*")
    assert judged(one, product("", "OpenSSL", versions, cpe=read_cpe("cpe:/a:openssl:openssl"))) == expected
    other = read_cpe("cpe:/o:openssl:openssl")
    assert judged(one, product("", "Other", versions, cpe=other)) is None


@pytest.mark.parametrize(
    ("vendor", "name", "version", "expected"),
    [
        ("Siemens AG", "SINEC NMS", "V1.0.1", ("product_and_version", "likely")),
        ("", "Siemens SINEC-NMS", "1.0.1", ("product_and_version", "likely")),
        ("SIEMENS", "Siemens Sinec NMS (6GK8781-1BA01)", "1.0.1", ("product_and_version", "likely")),
        ("", "SINEC NMS", "V1.0.1", ("product", "possible")),
        ("Siemens", "SINEC NMS", "", ("product", "possible")),
        ("Siemens", "SINEC NMS", "build 7", ("product", "possible")),
        ("Siemens", "SINEC NMS", "V1.0.3", None),
        ("", "SINEC NMS", "V1.0.3", None),
        ("Hitachi", "SINEC NMS", "V1.0.1", None),
        ("Siemens", "SINEC", "V1.0.1", None),
        ("Siemens", "SINEC NMS Client", "V1.0.1", None),
    ],
)
def test_names_match_by_maker_product_and_version(
    vendor: str, name: str, version: str, expected: tuple[str, str] | None
) -> None:
    assert judged(component(name, version, vendor), product(versions="< V1.0.3")) == expected


def test_the_surest_reason_is_told_and_a_package_in_another_version_is_not_found_by_name_again() -> None:
    one = component("log4j-core", "2.14.1", "Apache", purl=f"{LOG4J}@2.14.1")
    by_both = product("Apache", "log4j-core", "<2.15", purl=read_purl(LOG4J))
    assert judged(one, by_both) == ("purl", "certain")
    assert judged(one, by_both._replace(versions=read_range("<2.14"))) is None


def test_what_is_part_of_something_else_is_at_most_likely() -> None:
    one = component("log4j-core", "2.14.1", "", purl=f"{LOG4J}@2.14.1")
    assert judged(one, product("", "x", "*", purl=read_purl(LOG4J), at_most="likely")) == ("purl", "likely")


def test_a_fixed_version_is_free_of_what_is_fixed_and_of_nothing_else() -> None:
    fixed = product(affected=frozenset(), unaffected=WEAK, versions="2.0")
    both = product(affected=WEAK | {"CVE-2021-2"}, versions="*")
    one = component(version="2.0")
    assert judged(one, product(versions="*"), fixed) is None
    found = match(one, both, fixed)
    assert found
    assert found.weaknesses == {"CVE-2021-2"}
    assert judged(component(version="1.9"), product(versions="*"), fixed) == ("product_and_version", "likely")


def test_what_another_maker_fixed_says_nothing_of_this_product() -> None:
    fixed = product("Hitachi", affected=frozenset(), unaffected=WEAK, versions="2.0")
    assert judged(component(version="2.0", vendor=""), product(versions="*"), fixed) == ("product", "possible")


VERSION = st.sampled_from(["1.0", "1.1", "2.0", "2.0 SP1", "R15A", "V2.0", ""])
NAMED = st.tuples(st.sampled_from(["", "Siemens", "Apache"]), st.sampled_from(["SINEC NMS", "log4j-core"]))
PURLS = st.sampled_from([None, Purl("maven", "a", "b"), Purl("npm", "", "b")])
CPES = st.sampled_from([None, Cpe("a", "siemens", "sinec")])
RANGES = st.sampled_from(["*", "<2.0", ">=1.1", "1.0", "R15A", "odd range <", "<2.0 SP1"]).map(read_range)


@given(NAMED, VERSION, PURLS, CPES, RANGES | st.just(UNKNOWN))
def test_what_is_fixed_in_its_very_version_never_matches(
    named: tuple[str, str], version: str, purl: Purl | None, cpe: Cpe | None, versions: Versions
) -> None:
    one = Component((named,), version, purl, cpe)
    affected = Product(*named, versions, purl, cpe, WEAK)
    fixed = Product(*named, exactly(version) if version else EVERY, purl, cpe, unaffected=WEAK)
    assert judged(one, affected, fixed) is None
    assert judged(one, fixed) is None


@given(NAMED, NAMED, VERSION, PURLS, PURLS, RANGES)
def test_knowing_less_of_a_component_never_makes_it_surer(
    mine: tuple[str, str],
    theirs: tuple[str, str],
    version: str,
    purl: Purl | None,
    other: Purl | None,
    versions: Versions,
) -> None:
    sure = ("certain", "likely", "possible", None)
    about = Product(*theirs, versions, other, None, WEAK)
    whole = judged(Component((mine,), version, purl), about)
    named = judged(Component((mine,), version), about)
    if whole and named:
        assert sure.index(whole[1]) <= sure.index(named[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?packaging=sources",
            "org.apache.xmlgraphics batik-anim 1.9.1",
        ),
        ("pkg:npm/%40angular/animation@12.3.1", "@angular animation 12.3.1"),
        ("pkg:golang/google.golang.org/genproto#googleapis/api", "google.golang.org genproto "),
        ("pkg://github/Package-URL/Purl-Spec@244fd47e07d1004f0aed9c", "package-url purl-spec 244fd47e07d1004f0aed9c"),
        ("pkg:pypi/Django_Filter@1.11.1", " django-filter 1.11.1"),
        ("pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie", "debian curl 7.50.3-1"),
        ("pkg:npm/@angular/core", "@angular core "),
        ("pkg:maven/", None),
        ("pkg:", None),
        ("maven/a/b@1", None),
        ("pkg:npm/" + "a" * 3_000, None),
    ],
)
def test_package_urls_are_read_as_their_specification_says(text: str, expected: str | None) -> None:
    found = read_purl(text)
    assert (f"{found.namespace} {found.name} {found.version}" if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cpe:2.3:a:openssl:openssl:1.0.1f:*:*:*:*:*:*:*", Cpe("a", "openssl", "openssl", "1.0.1f")),
        (r"cpe:2.3:o:siemens:a\:b:1\.0:-:*:*:*:*:*:*", Cpe("o", "siemens", "a:b", "1.0")),
        ("cpe:/h:schneider-electric:modicon%20m340", Cpe("h", "schneider-electric", "modicon m340")),
        ("cpe:2.3:a:openssl:openssl:1.0.1f", None),
        ("cpe:2.3:a:*:openssl:1:*:*:*:*:*:*:*", None),
        ("cpe:/x:a:b", None),
        ("cpe:/a", None),
        ("", None),
    ],
)
def test_cpe_names_of_both_forms_are_read(text: str, expected: Cpe | None) -> None:
    assert read_cpe(text) == expected


def test_names_are_compared_without_their_spelling() -> None:
    assert maker_key("Schneider Electric Software, LLC") == "schneiderelectricsoftware"
    assert maker_key("Co") == "co"
    assert product_key("SIMATIC S7-1500 (6ES7511)") == product_key("simatic s7 1500")
    assert product_key("Hitachi Energy PROMOD IV", "Hitachi Energy") == "promodiv"
    assert product_key("(only this)") == "onlythis"


def test_many_products_of_one_name_are_gone_through_once_and_counted() -> None:
    many = 20_000
    weak = [frozenset((f"CVE-{number}",)) for number in range(50)]
    products = tuple(product(affected=weak[n % 50], unaffected=weak[(n + 1) % 50], versions="*") for n in range(many))
    matcher = Matcher([Advisory("A", "", products)])
    assert [*matcher.matches(component(version="1"))] == []
    assert matcher.looked == many
