"""Facts: one function a table; each row becomes a node of a fact class with its source, and links to the nodes it speaks of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from rdflib import RDF, SKOS, Literal

from kg.graph.identity import plain, stem
from kg.graph.namespaces import CKG, ID, iri, slug
from kg.graph.nodes import Builder
from kg.graph.vocabulary import FAMILIES, FAMILY_NAMES, GRADE_WORDS, GRADES, JURISDICTIONS, RANKS, ROW_STATES, TIERS

Row = Mapping[str, str]
#: The class of a credential recognised in a family.
FAMILY_CLASSES = {
    "title": CKG.ProfessionalTitle,
    "skill": CKG.SkillCertificate,
    "practice": CKG.PracticeQualification,
    "onex": CKG.OnePlusXCertificate,
    "industry": CKG.IndustryCertificate,
}
SHANGHAI_TITLE = "《2025年上海市双师型教师专业认定细则（试用版）》"
DIRECTORY_TITLE = "《社会培训评价组织征集遴选职业（工种）目录（已发布）》"
NANTONG_TITLE = "南通市2025年补贴文件"
#: The lists of Nantong's document by their printed annexes and titles.
SUBSIDY_LISTS = {
    "南通指导目录": "附件2《南通市2025年政府补贴性职业技能培训职业（工种）指导目录》",
    "南通紧缺目录": "附件3《南通市2025年高技能人才培训补贴紧缺型职业（工种）指导目录（第一批）》",
    "江苏指导目录": "附件4《江苏省2025年政府补贴性职业技能培训职业（工种）指导目录》",
    "江苏附件5": "附件5《江苏省2025年高技能人才培训补贴紧缺型职业（工种）指导目录》",
}
ZHEJIANG_TITLE = "浙人社发〔2022〕77号"


def _split(text: str) -> list[str]:
    """The parts of a |-separated cell."""
    return [part for part in text.split("|") if part]


def add_coverage(builder: Builder, rows: Iterable[Row]) -> None:
    """专业大类 and 专业类, and what the text has of each (the catalogue's rows)."""
    for row in rows:
        group = ID[f"major-group/{row['group']}"]
        builder.named(group, row["group_name"], CKG.MajorGroup)
        # 专业大类 has the first two digits of the codes of its 专业类 at each level.
        codes = {CKG.secondaryCode: row["group"], CKG.collegeCode: row["code_college"][:2], CKG.bachelorCode: row["code_bachelor"][:2]}
        for code, value in codes.items():
            builder.add(group, code, value)
            builder.add(group, SKOS.notation, value)
        builder.add(group, SKOS.topConceptOf, ID["scheme/categories"])
        node = ID[f"category/{row['category']}"]
        builder.named(node, row["category_name"], CKG.MajorCategory)
        builder.add(node, SKOS.notation, row["category"], row["code_college"], row["code_bachelor"])
        builder.add(node, CKG.secondaryCode, row["category"])
        builder.add(node, CKG.collegeCode, row["code_college"])
        builder.add(node, CKG.bachelorCode, row["code_bachelor"])
        builder.add(node, SKOS.broader, group)
        fact = builder.fact(
            CKG.RowCoverage,
            f"coverage/{row['category']}",
            row,
            f"{SHANGHAI_TITLE}目录，{row['group']} {row['group_name']}，{row['category']} {row['category_name']}",
        )
        builder.add(fact, CKG.forCategory, node)
        builder.add(fact, CKG.rowState, ROW_STATES[row["state"]])
        builder.add(fact, CKG.loss, Literal(row["loss"], lang="zh") if row["loss"] else None)
        for column in _split(row["affected"]):
            family, tier = column.split(".")
            affected = ID[f"column/{row['category']}-{family}-{slug(tier)}"]
            builder.add(affected, RDF.type, CKG.DamagedColumn)
            builder.add(affected, CKG.inFamily, FAMILIES[family])
            builder.add(affected, CKG.atTier, TIERS[tier])
            builder.add(fact, CKG.damagedColumn, affected)


def add_recognitions(builder: Builder, rows: Iterable[Row], categories: Mapping[str, Row]) -> None:
    """Recognitions: credential × 专业类 × family × tier, with grades, level word and issuer as printed."""
    for row in rows:
        category, family, tier = row["category"], row["family"], row["tier"]
        about = categories[category]
        place = f"{SHANGHAI_TITLE}目录，{about['group']} {about['group_name']}，{category} {about['category_name']}，{FAMILY_NAMES[family]}，{tier}"
        credential = builder.credential(row["name"], FAMILY_CLASSES[family])
        level = row["grades"].replace("|", "") or slug(row["level"]) * bool(row["level"])
        path = f"recognition/{category}-{family}-{slug(tier)}-{slug(stem(row['name']))}{f'-{level}' if level else ''}"
        fact = builder.fact(CKG.Recognition, path, row, place)
        builder.add(fact, CKG.recognizes, credential)
        builder.add(fact, CKG.forCategory, ID[f"category/{category}"])
        builder.add(fact, CKG.inFamily, FAMILIES[family])
        builder.add(fact, CKG.atTier, TIERS[tier])
        builder.add(fact, CKG.grade, *(GRADES[grade] for grade in _split(row["grades"])))
        builder.add(fact, CKG.printedName, row["name"])
        builder.add(fact, CKG.printedLevel, row["level"])
        builder.add(fact, CKG.qualifier, row["qualifier"])
        if row["issuer"]:
            issuer = builder.organization(row["issuer"], CKG.CertificateIssuer)
            builder.add(fact, CKG.issuer, issuer)
            builder.add(fact, CKG.printedIssuer, row["issuer"])
            builder.add(credential, CKG.issuedBy, issuer)


def add_notes(builder: Builder, rows: Iterable[Row]) -> None:
    """The explanations before the catalogue; note 3 maps skill grades to tiers."""
    for row in rows:
        fact = builder.fact(CKG.CatalogueNote, f"catalogue-note/{row['number']}", row, f"{SHANGHAI_TITLE}说明第{row['number']}条")
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.statement, Literal(row["statement"], lang="zh"))


def add_awards(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 1: awards and honours."""
    for row in rows:
        award = builder.named(iri("award", plain(row["name"])), row["name"], CKG.Award)
        fact = builder.fact(
            CKG.AwardListing, f"award-listing/{slug(row['name'])}", row, f"{SHANGHAI_TITLE}附件1，{row['kind']}{'，' + row['scope'] if row['scope'] else ''}"
        )
        builder.add(fact, CKG.lists, award)
        builder.add(fact, CKG.awardKind, Literal(row["kind"], lang="zh"))
        builder.add(fact, CKG.awardScope, Literal(row["scope"], lang="zh") if row["scope"] else None)


def add_bodies(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 2: administrative bodies whose competitions count."""
    for row in rows:
        body = builder.organization(row["name"], CKG.AdministrativeBody)
        fact = builder.fact(CKG.BodyListing, f"body-listing/annex-2-{row['number']}", row, f"{SHANGHAI_TITLE}附件2，第{row['number']}号")
        builder.add(fact, CKG.lists, body)
        builder.add(fact, CKG.number, int(row["number"]))


def add_competitions(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 3: designated competitions."""
    for row in rows:
        competition = builder.named(iri("competition", row["example"]), row["example"], CKG.Competition)
        fact = builder.fact(CKG.CompetitionListing, f"competition-listing/annex-3-{row['number']}", row, f"{SHANGHAI_TITLE}附件3，第{row['number']}号")
        builder.add(fact, CKG.lists, competition)
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.competitionKind, Literal(row["kind"], lang="zh"))


def add_associations(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 4: 893 national associations; a name printed twice is two entries and two nodes."""
    rows = list(rows)
    nodes = {row["name"]: iri("association", row["number"], row["name"]) for row in reversed(rows)}
    for row in rows:
        node = builder.named(iri("association", row["number"], row["name"]), row["name"], CKG.IndustryAssociation)
        place = f"{SHANGHAI_TITLE}附件4，{row['list']}全国性行业协会商会参考名单，第{row['number']}号"
        fact = builder.fact(CKG.AssociationListing, f"association-listing/annex-4-{row['number']}", row, place)
        builder.add(fact, CKG.lists, node)
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.inList, ID["association-list/dual" if row["list"] == "双重管理" else "association-list/decoupled"])
        if row["supervisor"]:
            supervisor = builder.organization(row["supervisor"], CKG.AdministrativeBody)
            builder.add(fact, CKG.supervisor, supervisor)
            builder.add(node, CKG.supervisedBy, supervisor)
        if row["head_unit"]:
            unit = nodes.get(row["head_unit"])
            builder.add(fact, CKG.headUnit, unit or builder.organization(row["head_unit"], CKG.IndustryAssociation))


def add_offers(builder: Builder, rows: Iterable[Row]) -> None:
    """Annexes 5 and 6: who may assess what, at which grades."""
    for row in rows:
        organization = builder.organization(row["organization"], CKG.EvaluationOrganization)
        place = f"{SHANGHAI_TITLE}附件{row['annex']}，{row['kind']}，编号{row['organization_number']}{'，序号' + row['number'] if row['number'] else ''}"
        fact = builder.fact(CKG.AssessmentOffer, f"offer/annex-{row['annex']}-{slug(row['organization'])}-{slug(row['name'])}", row, place)
        builder.add(fact, CKG.offeredBy, organization)
        builder.add(fact, CKG.offerKind, Literal(row["kind"], lang="zh"))
        builder.add(fact, CKG.recordNumber, row["record_number"])
        builder.add(fact, CKG.occupationCode, row["code"])
        builder.add(fact, CKG.printedName, row["name"])
        builder.add(fact, CKG.grade, *(GRADES[grade] for grade in _split(row["grades"])))
        if row["kind"] == "专项职业能力考核":
            builder.add(fact, CKG.assesses, builder.credential(row["name"], CKG.SpecialSkillCertificate))
        else:
            builder.add(fact, CKG.assesses, builder.occupation(row["occupation"], row["code"]))
            if row["work_type"]:
                builder.add(fact, CKG.workType, builder.work_type(row["occupation"], row["work_type"]))
        if row["supervisor"]:
            supervisor = builder.organization(row["supervisor"], CKG.AdministrativeBody)
            builder.add(fact, CKG.supervisor, supervisor)
            builder.add(organization, CKG.supervisedBy, supervisor)


def add_onex(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 7: 447 1+X certificates with issuer and batch."""
    for row in rows:
        credential = builder.credential(row["name"], CKG.OnePlusXCertificate)
        issuer = builder.organization(row["issuer"], CKG.CertificateIssuer)
        fact = builder.fact(CKG.OnePlusXListing, f"onex-listing/annex-7-{row['number']}", row, f"{SHANGHAI_TITLE}附件7，第{row['number']}号")
        builder.add(fact, CKG.lists, credential)
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.issuer, issuer)
        builder.add(fact, CKG.batch, Literal(row["batch"], lang="zh"))
        builder.add(credential, CKG.issuedBy, issuer)


def add_qualifications(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 8: the national qualification list (2021)."""
    for row in rows:
        name = row["subitem"] or row["name"]
        credential = builder.credential(name, CKG.PracticeQualification)
        place = f"{SHANGHAI_TITLE}附件8，{row['part']}，第{row['number']}号{'，' + row['name'] if row['subitem'] else ''}"
        fact = builder.fact(CKG.QualificationListing, f"qualification-listing/annex-8-{slug(row['part'])}-{row['number']}-{slug(name)}", row, place)
        builder.add(fact, CKG.lists, credential)
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.listPart, Literal(row["part"], lang="zh"))
        builder.add(fact, CKG.qualificationClass, ID["qualification-class/access" if row["class"] == "准入类" else "qualification-class/level"])
        builder.add(fact, CKG.department, *(builder.organization(each, CKG.Organization) for each in _split(row["departments"])))
        builder.add(fact, CKG.legalBasis, *(Literal(each, lang="zh") for each in _split(row["basis"])))
        builder.add(fact, CKG.remarks, Literal(row["remarks"], lang="zh") if row["remarks"] else None)
        if row["subitem"]:
            parent = builder.credential(row["name"], CKG.PracticeQualification)
            builder.add(credential, SKOS.broader, parent)


def add_overseas(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 9: overseas qualifications, classes A to D; the same name from two societies is two credentials, and so are two names in one class."""
    listed = list(rows)
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in listed:
        names[row["class"], row["issuer"], _shortest(row)].add(stem(row["name"]))
    shared = {(issuer, short) for (_, issuer, short), stems in names.items() if len(stems) > 1}
    for row in listed:
        issuer_name = row["issuer"]
        apart = row["name"] if (issuer_name, _shortest(row)) in shared else _shortest(row)
        issuer = builder.organization(issuer_name, CKG.CertificateIssuer)
        node = iri("credential", "overseas", row["issuer_abbreviation"] or issuer_name, apart if apart != row["name"] else stem(row["name"]))
        label = f"{row['name']}（{row['abbreviation']}）" if row["abbreviation"] and row["abbreviation"] not in row["name"] else row["name"]
        credential = builder.named(node, label, CKG.Credential, CKG.OverseasQualification)
        fact = builder.fact(
            CKG.OverseasListing,
            f"overseas-listing/annex-9-{row['class'].lower()}-{row['number']}",
            row,
            f"{SHANGHAI_TITLE}附件9，{row['class']}类，第{row['number']}号",
        )
        builder.add(fact, CKG.lists, credential)
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.overseasClass, ID[f"overseas-class/{row['class'].lower()}"])
        builder.add(fact, CKG.industryField, Literal(row["field"], lang="zh"))
        builder.add(fact, CKG.issuer, issuer)
        builder.add(fact, CKG.condition, Literal(row["condition"], lang="zh") if row["condition"] else None)
        builder.add(credential, CKG.issuedBy, issuer)
        builder.names[credential] += [row["name"]] if row["name"] != label else []
        builder.add(credential, SKOS.altLabel, Literal(row["english"], lang="en") if row["english"] else None)
        builder.add(credential, SKOS.notation, row["abbreviation"])
        builder.add(issuer, SKOS.altLabel, Literal(row["issuer_english"], lang="en") if row["issuer_english"] else None)
        builder.add(issuer, SKOS.notation, row["issuer_abbreviation"])


def _shortest(row: Row) -> str:
    """What tells an overseas qualification from others of its society: the abbreviation where it has one."""
    return row["abbreviation"] or row["english"] or row["name"]


def add_titles(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 10: titles of each series by rank."""
    for row in rows:
        series = builder.named(iri("title-series", row["series"]), row["series"], CKG.TitleSeries)
        title = builder.credential(row["title"], CKG.ProfessionalTitle)
        place = f"{SHANGHAI_TITLE}附件10，第{row['number']}号 {row['series']}，{row['tier']}（{row['rank']}）"
        fact = builder.fact(CKG.TitleRank, f"title-rank/{row['number']}-{slug(row['title'])}-{slug(row['rank'])}", row, place)
        builder.add(fact, CKG.title, title)
        builder.add(fact, CKG.inSeries, series)
        builder.add(fact, CKG.titleLevel, RANKS[row["rank"]])
        builder.add(fact, CKG.atTier, TIERS[row["tier"]])


def add_equivalences(builder: Builder, rows: Iterable[Row]) -> None:
    """Annex 11: national qualification → title, by level and condition."""
    for row in rows:
        qualification = builder.credential(row["qualification"], CKG.PracticeQualification)
        title = builder.credential(row["title"], CKG.ProfessionalTitle)
        parts = "-".join(slug(part) for part in (row["qualification"], row["level"], row["title"]) if part)
        fact = builder.fact(CKG.Equivalence, f"equivalence/{row['number']}-{parts}", row, f"{SHANGHAI_TITLE}附件11，第{row['number']}号")
        builder.add(fact, CKG.qualification, qualification)
        if row["level"] and "资格" not in row["level"] and "级：" not in row["level"] and len(row["level"]) > 3:
            narrower = builder.credential(row["level"], CKG.PracticeQualification)
            builder.add(fact, CKG.levelQualification, narrower)
            builder.add(narrower, SKOS.broader, qualification if narrower != qualification else None)
        builder.add(fact, CKG.levelWord, Literal(row["level"], lang="zh") if row["level"] else None)
        builder.add(fact, CKG.condition, Literal(row["condition"], lang="zh") if row["condition"] else None)
        builder.add(fact, CKG.title, title)
        builder.add(fact, CKG.relation, row["relation"])
        builder.add(fact, CKG.number, int(row["number"]))


def add_directory(builder: Builder, rows: Iterable[Row]) -> None:
    """The directory of occupations open to social evaluation organisations."""
    for row in rows:
        fact = builder.fact(CKG.DirectoryEntry, f"directory-entry/{row['number']}", row, f"{DIRECTORY_TITLE}，第{row['number']}号")
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.occupationCode, row["code"])
        builder.add(fact, CKG.printedName, row["name"])
        builder.add(fact, CKG.grade, *(GRADES[grade] for grade in _split(row["grades"])))
        if "Z" in row["code"]:
            # Such a code is of a special skill within an occupation, not of an occupation: it has no grades.
            builder.add(fact, CKG.credential, builder.credential(row["name"], CKG.SpecialSkillCertificate))
            continue
        occupation = builder.occupation(row["occupation"], row["code"])
        builder.add(fact, CKG.occupation, occupation)
        if row["work_type"]:
            builder.add(fact, CKG.workType, builder.work_type(row["occupation"], row["work_type"]))


def add_subsidy_rates(builder: Builder, rows: Iterable[Row]) -> None:
    """Nantong's rates: amount by project, class and grade."""
    for row in rows:
        place = f"{NANTONG_TITLE}附件1，{row['project']}{'，' + row['class'] + '类' if row['class'] else ''}，{row['label']}"
        fact = builder.fact(
            CKG.SubsidyRate, f"subsidy-rate/{slug(row['project'])}-{slug(row['class']) + '-' if row['class'] else ''}{slug(row['label'])}", row, place
        )
        builder.add(fact, CKG.inJurisdiction, JURISDICTIONS["nantong"])
        builder.add(fact, CKG.project, Literal(row["project"], lang="zh"))
        builder.add(fact, CKG.subsidyClass, row["class"])
        builder.add(fact, CKG.printedName, row["label"])
        above = [GRADES[word] for word in ("特级技师", "首席技师") if word in row["label"]]
        builder.add(fact, CKG.grade, *(GRADES[grade] for grade in _split(row["grades"])), *above)
        builder.add(fact, CKG.amount, int(row["amount"]) if row["amount"] else None)
        builder.add(fact, CKG.remarks, Literal(row["note"], lang="zh") if row["note"] else None)


def add_subsidy_directory(builder: Builder, rows: Iterable[Row]) -> None:
    """Nantong's and Jiangsu's subsidised occupations, and the shortage lists."""
    for row in rows:
        place = f"{NANTONG_TITLE}{SUBSIDY_LISTS[row['list']]}{'，' + row['project'] if row['project'] else ''}，第{row['number']}号"
        fact = builder.fact(
            CKG.SubsidyEligibility, f"subsidy-eligibility/{slug(row['list'])}-{slug(row['project']) + '-' if row['project'] else ''}{row['number']}", row, place
        )
        builder.add(fact, CKG.inJurisdiction, JURISDICTIONS["nantong" if row["list"].startswith("南通") else "jiangsu"])
        builder.add(fact, CKG.subsidyList, Literal(row["list"], lang="zh"))
        builder.add(fact, CKG.project, Literal(row["project"], lang="zh") if row["project"] else None)
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.subsidyClass, row["class"])
        builder.add(fact, CKG.printedName, row["name"])
        builder.add(fact, CKG.qualifier, row["qualifier"])
        builder.add(fact, CKG.marks, row["marks"])
        builder.add(fact, CKG.occupationCode, row["code"])
        builder.add(fact, CKG.upliftPercent, int(row["uplift"]) if row["uplift"] else None)
        builder.add(fact, CKG.remarks, Literal(row["note"], lang="zh") if row["note"] else None)
        if row["code"]:
            builder.add(fact, CKG.occupation, builder.occupation(row["name"], row["code"]))
        elif row["project"] == "专项职业能力证书":
            builder.add(fact, CKG.credential, builder.credential(row["name"], CKG.SpecialSkillCertificate))


def add_subsidy_rules(builder: Builder, rows: Iterable[Row]) -> None:
    """The notes of Nantong's tables."""
    for row in rows:
        fact = builder.fact(CKG.SubsidyRule, f"subsidy-rule/{slug(row['rule'])}", row, f"{NANTONG_TITLE}备注")
        builder.add(fact, CKG.inJurisdiction, JURISDICTIONS["nantong"])
        builder.add(fact, CKG.ruleName, row["rule"])
        builder.add(fact, CKG.statement, Literal(row["statement"], lang="zh"))


def add_pathways(builder: Builder, rows: Iterable[Row]) -> None:
    """Zhejiang's rules joining skill grades and titles, both ways."""
    for row in rows:
        direction = row["direction"]
        if direction == "requirement":
            path = f"pathway/requirement-l{row['line']}-{slug(row['target'])[:24]}"
        else:
            path = f"pathway/{slug(direction)}-{slug(row['source'])}-{slug(row['target'])}"
        fact = builder.fact(CKG.Pathway, path, row, f"{ZHEJIANG_TITLE}，{row['source'] if direction == 'requirement' else '贯通主要内容'}")
        builder.add(fact, CKG.inJurisdiction, JURISDICTIONS["zhejiang"])
        builder.add(fact, CKG.direction, direction)
        builder.add(fact, CKG.pathwaySource, Literal(row["source"], lang="zh"))
        builder.add(fact, CKG.pathwayTarget, Literal(row["target"], lang="zh"))
        builder.add(fact, CKG.years, int(row["years"]) if row["years"] else None)
        builder.add(fact, CKG.condition, Literal(row["condition"], lang="zh") if row["condition"] else None)
        if direction == "grade_to_title":
            builder.add(fact, CKG.fromGrade, GRADE_WORDS[row["source"]])
            builder.add(fact, CKG.toLevel, RANKS[row["target"]])
        elif direction == "title_to_grade":
            builder.add(fact, CKG.fromLevel, RANKS[row["source"]])
            builder.add(fact, CKG.toGrade, GRADE_WORDS[row["target"]])
        elif direction == "award_to_title":
            builder.add(fact, CKG.fromAward, builder.named(iri("award", plain(row["source"])), row["source"], CKG.Award))
            builder.add(fact, CKG.toLevel, RANKS[row["target"]])


def add_series(builder: Builder, rows: Iterable[Row]) -> None:
    """Zhejiang's table: occupation → title series."""
    for row in rows:
        fact = builder.fact(
            CKG.SeriesEligibility,
            f"series-eligibility/{row['number']}",
            row,
            f"{ZHEJIANG_TITLE}附件《技能人才职业（工种）与专技人才职称系列对应关系表》，第{row['number']}号",
        )
        builder.add(fact, CKG.inJurisdiction, JURISDICTIONS["zhejiang"])
        builder.add(fact, CKG.number, int(row["number"]))
        builder.add(fact, CKG.occupation, builder.occupation(row["occupation"]))
        builder.add(fact, CKG.inSeries, *(builder.named(iri("title-series", "zhejiang", each), each, CKG.TitleSeries) for each in _split(row["series"])))
        builder.add(fact, CKG.qualifier, row["specialty"])


#: Table → the function that adds its facts; the catalogue needs the coverage table too and is added apart.
ADDERS: dict[str, Callable[[Builder, Iterable[Row]], None]] = {
    "coverage": add_coverage,
    "notes": add_notes,
    "awards": add_awards,
    "bodies": add_bodies,
    "competitions": add_competitions,
    "associations": add_associations,
    "offers": add_offers,
    "onex": add_onex,
    "qualifications": add_qualifications,
    "overseas": add_overseas,
    "titles": add_titles,
    "equivalences": add_equivalences,
    "directory": add_directory,
    "subsidy_rates": add_subsidy_rates,
    "subsidy_directory": add_subsidy_directory,
    "subsidy_rules": add_subsidy_rules,
    "pathways": add_pathways,
    "series": add_series,
}
