from andon.analysis.linking.spec import Linked
def render(found: Linked) -> str:
    return "<!doctype html>" + "".join(f"<p>{one.sentence}</p>" for one in found.links)
