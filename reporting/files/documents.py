"""Plan documents → Lines."""
from pathlib import Path
from reporting.model import Line, Place
def read_document(path: Path) -> list[Line]:
    return [Line(t, Place(path.name,"",i,1)) for i,t in enumerate(path.read_text().splitlines(),1)]
