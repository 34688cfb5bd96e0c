"""The words of the tables as concepts: tiers, grades, families, title ranks, statuses, jurisdictions (the SKOS schemes in `ontology/vocabularies/`)."""

from rdflib import URIRef

from kg.graph.namespaces import ID

TIERS: dict[str, URIRef] = {"初级": ID["tier/junior"], "中级": ID["tier/intermediate"], "高级": ID["tier/senior"]}
GRADES: dict[str, URIRef] = {number: ID[f"skill-grade/{number}"] for number in "54321"} | {
    "特级技师": ID["skill-grade/special"],
    "首席技师": ID["skill-grade/chief"],
}
#: Grade words of the pathway rules.
GRADE_WORDS: dict[str, URIRef] = {
    "高级工": GRADES["3"],
    "技师": GRADES["2"],
    "高级技师": GRADES["1"],
    "特级技师": GRADES["特级技师"],
    "首席技师": GRADES["首席技师"],
}
FAMILIES: dict[str, URIRef] = {name: ID[f"family/{name}"] for name in ("title", "skill", "practice", "onex", "industry")}
RANKS: dict[str, URIRef] = {
    "正高级": ID["title-level/full-senior"],
    "副高级": ID["title-level/associate-senior"],
    "高级": ID["title-level/senior"],
    "中级": ID["title-level/intermediate"],
    "初级": ID["title-level/junior"],
    "助理级": ID["title-level/assistant"],
    "员级": ID["title-level/technician"],
}
STATUSES: dict[str, URIRef] = {name: ID[f"transcription-status/{name}"] for name in ("exact", "repaired", "uncertain")}
ROW_STATES: dict[str, URIRef] = {name: ID[f"row-state/{name}"] for name in ("complete", "damaged", "empty", "missing", "pending")}
JURISDICTIONS: dict[str, URIRef] = {name: ID[f"jurisdiction/{name}"] for name in ("cn", "shanghai", "zhejiang", "jiangsu", "nantong")}
FAMILY_NAMES: dict[str, str] = {
    "title": "本专业或相近专业非教师系列职务（职称）",
    "skill": "国家技能等级证书（职业资格证书）",
    "practice": "执业资格证书",
    "onex": "1+X技能等级证书",
    "industry": "行业内其它权威证书",
}
