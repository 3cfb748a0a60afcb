"""What can be seen in the files of the page: the length of modules, and the texts of all languages."""
import pathlib
import re

from processes import Fault

PAGE = pathlib.Path(__file__).resolve().parent.parent / "Sources/HTTPAPI/Resources/page"
LANGUAGES = sorted(PAGE.glob("lang/*.js"))
MOST_LINES = 200
TEXT = r'"(?:[^"\\]|\\.)*"'
ENTRY = re.compile(rf'({TEXT}): ({TEXT}|\{{ (?:\w+: {TEXT},? )+\}})')


def texts(path):
    """The texts of a language by key, each as its forms."""
    found = {}
    for key, value in ENTRY.findall(path.read_text()):
        forms = dict(re.findall(rf"(\w+): ({TEXT})", value)) if value.startswith("{ ") else {"": value}
        if key in found:
            raise Fault(f"{path.name} says {key} twice")
        found[key.strip('"')] = forms
    return found


def values(forms):
    """The values that a text has a place for."""
    return {name for form in forms.values() for name in re.findall(r"\{(\w+)\}", form)}


def used_keys(modules):
    """The keys that modules name, and what those begin with that they put together."""
    source = "\n".join(path.read_text() for path in modules)
    return set(re.findall(r'"([a-z][a-z_.-]*)"', source)), set(re.findall(r"`([a-z][a-z.]*)\$\{", source))


def check_files():
    """Raise a fault when a module is too long, or a language lacks a text, a value or a form; say how much there is."""
    modules = [path for path in PAGE.rglob("*.js") if path.parent.name != "lang"]
    for path in modules:
        if (lines := path.read_text().count("\n")) > MOST_LINES:
            raise Fault(f"{path.name} has {lines} lines")
    languages = {path.stem: texts(path) for path in LANGUAGES}
    english = languages["en"]
    for name, said in languages.items():
        if said.keys() != english.keys():
            raise Fault(f"only one of {name} and en has {sorted(said.keys() ^ english.keys())}")
        for key, forms in said.items():
            if values(forms) != values(english[key]) or forms.keys() != english[key].keys():
                raise Fault(f"{name} says {key} with {sorted(values(forms))}, en with {sorted(values(english[key]))}")
    named, begun = used_keys(modules)
    unused = {key for key in english if key not in named and not any(key.startswith(each) for each in begun)}
    missing = {key for path in modules for key in re.findall(r'\bt\("([^"]+)"', path.read_text()) if key not in english}
    if unused or missing:
        raise Fault(f"texts that nothing says: {sorted(unused)}; that are not there: {sorted(missing)}")
    return f"{len(modules)} modules of at most {MOST_LINES} lines; {len(english)} texts in {len(languages)} languages"
