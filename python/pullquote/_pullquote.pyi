from typing import Any, List, Optional, Tuple

__version__: str

class Core:
    def __init__(
        self,
        gazetteer: List[str],
        aliases: List[str],
        model: Optional[str],
        min_confidence: float,
        turns: bool,
        offsets: str,
        jobs: int,
    ) -> None: ...
    def annotate(self, article: Any) -> bytes: ...
    def annotate_all(self, articles: List[Any], first: int) -> List[bytes]: ...

def rows(records: List[bytes], table: str) -> str: ...
def columns(table: str) -> List[Tuple[str, str]]: ...
