"""Real lines of the Shanghai catalogue at their real numbers, for tests that need no documents; ⇥ stands for a tab."""

from collections.abc import Mapping
from dataclasses import replace

from kg.transcribe.decisions import Decisions, read_decisions
from kg.transcribe.document import Document

LINES: dict[int, str] = {
    1: "# 2025 年上海市双师型教师专业认定细则",
    37: "附件 11：国家专业技术人员职业资格与职称对应表⇥188",
    39: "## 说 明",
    45: "## “双师型”教师非教师系列专业技术资格及相关职业资格证书目录",
    47: "### 一、61（41、21）农林牧渔大类专业“双师型”教师非教师系列专业技术资格及相关职业资格证书目录",
    49: "双师级别 专业类别⇥本专业或相近专业非教师系列职务 (职称)⇥⇥⇥国家技能等级证书(职业资格证书)⇥⇥⇥执业资格证书⇥⇥⇥1+X技能等级证书⇥⇥⇥行业内其它权威证书⇥⇥",
    50: "⇥初级⇥中级⇥高级⇥初级⇥中级⇥高级⇥初级⇥中级⇥高级⇥初级⇥中级⇥高级⇥初级⇥中级⇥高级",
    52: (
        "6102 4102 2102 林业类⇥康复园林师 农业经济员 助理农业经济师 农艺技术⇥中级农艺师 农业经济师 工程师"
        "⇥高级工程师 室内设计师 高级农业经济师 正高级农业经济师 高级农艺师⇥园林绿化工(五级/初级) 林业有害生物防治员(五级/初级) 花卉园艺师(五级/初级)"
        "⇥园林绿化工(四级/中级) 林业有害生物防治员(四级/中级) 花卉园艺师(四级/中级) 插花花艺师(四级)"
        "⇥园林绿化工(三级/高级) 林业有害生物防治员(三级/高级) 花卉园艺师(三级/高级) 插花花艺师(三级)⇥二级注册建造师⇥一级注册建造师⇥"
        "⇥植保无人机应用职业技能等级证书(初级)⇥植保无人机应用职业技能等级证书(中级)⇥植保无人机应用职业技能等级证书(高级)"
        "⇥⇥⇥教育部教育管理信息中心:ITATAutoCAD 景观设计 教育部教育管理信息中心:ITATPhotoshop 平面设计"
    ),
    54: (
        "⇥员 助理农艺师 技术员 助理工程师⇥⇥正高级农艺师 高级工程师 正高级工程师"
        "⇥插花花艺师（五级/初级） 景观设计师（五级/初级） 农作物植保员（五级/初级） 康养园林师（五级/初级）"
        "⇥/中级） 景观设计师（四级/中级） 农作物植保员（四级/中级） 景观设计师（四级/中级）"
        "⇥高级） 景观设计师（三级/高级） 农作物植保员（三级/高级） 室内设计师（三级/高级）⇥⇥⇥⇥⇥⇥⇥⇥⇥"
    ),
    57: "## 二、62（42、22）资源环境与安全大类专业“双师型”教师非教师系列专业技术资格及相关职业资格证书目录",
    64: (
        "6206 4206 金属与 非金属矿 类⇥技术员 助理工程 师⇥工程师⇥高级工程 师 正高级工程 师⇥井下支护工(五级 /初级工) 矿山救护工(五级 /初级工)"
        "⇥井下支护工(四级 /中级工) 矿山救护工(四级 /中级工)⇥井下支护工(一级/ 高级技师) 矿山救护工(一级/ 高级技师)"
        "⇥⇥⇥注册冶金 工程师 注册采矿/ 矿物工程 师 矿山建设 工程质量 监督工程 师 冶金(注 册)监理工 程师 冶金行业 造价师 矿产储量 评估师⇥⇥⇥⇥⇥⇥"
    ),
    69: "--⇥--⇥--⇥--⇥--⇥--⇥---⇥--⇥--⇥--⇥--⇥--⇥--⇥--⇥--⇥--⇥--",
    182: "## 六、66（46、26）装备制造大类专业“双师型”教师非教师系列专业技术资格及相关职业资格证书目录",
    210: "6602 4602 2602 机电设备类⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥",
    219: (
        "⇥⇥⇥⇥高低压电器及成套设备装配工（五级/初级工）⇥高低压电器及成套设备装配工（四级/中级工）⇥铣工（三级/二级/一级/高级工/技师/高级技师）"
        "⇥⇥⇥⇥机电设备安装与调试职业技能等级证书（中级）⇥机电设备安⇥⇥⇥⇥"
    ),
    220: (
        "⇥⇥⇥⇥电气设备安装工（五级/初级工）⇥电气设备安装工（四级/中级工）⇥钳工（三级/二级/一级/高级工/技师/高级技师）"
        "⇥⇥⇥⇥机电设备安装与调试职业技能等级证书（初级）⇥机电设备安装⇥⇥⇥⇥"
    ),
    221: ("⇥⇥⇥⇥机械设备安装工（五级/初级工）⇥机械设备安装工（四级/中级工）⇥⇥⇥⇥⇥机电设备安装与调试职业技能等级证书（中级）⇥机电设备安装⇥⇥⇥⇥"),
    652: "### 附件 1：教学技能比赛、教学成果奖、高技能人才称号、科技或发明奖项目录",
}
#: Of this line only the heading is here.
CUT = 210
CATEGORIES = ("6102", "6206", "6602")


def excerpt(changed: Mapping[int, str] | None = None) -> Document:
    """The excerpt as a document.

    Args:
        changed: lines that say something else.
    """
    lines = {**LINES, **(changed or {})}
    return Document("shanghai-shuangshi-2025", tuple(lines.get(number, "").replace("⇥", "\t") for number in range(1, max(lines) + 1)))


def decisions() -> Decisions:
    """The decisions that people made on these lines."""
    made = read_decisions()
    return replace(
        made,
        categories=tuple(each for each in made.categories if each["category"] in CATEGORIES),
        lines={},
        columns={place: rule for place, rule in made.columns.items() if place[0] in LINES and place[0] != CUT},
        spans={place: rules for place, rules in made.spans.items() if place[0] in LINES and place[0] != CUT},
    )
