//! Reports of several organs over several years that go together: everything carried over, every stock
//! rolled forward, texts of their own. What a set is to get wrong is changed in it afterwards.

use std::fmt::Write as _;

/// Figures of the rows of outcomes that are filled, for each of six kinds of applicants.
type Six = [u32; 6];

/// One report before it is written down.
#[derive(Debug, Clone)]
pub struct Paper {
    pub organ: String,
    pub year: i32,
    pub issued: u32,
    pub repealed: u32,
    pub in_force: u32,
    pub licensing: u32,
    pub penalties: u32,
    /// Edition 2019: items of the list of licences, and their change.
    pub items: (u32, i32),
    pub new_received: Six,
    pub carried_in: Six,
    pub carried_out: Six,
    /// The text of section one, paragraph by paragraph.
    pub overview: Vec<String>,
    pub problems: Vec<String>,
    /// In which order the columns of applicants are printed.
    pub columns: [usize; 6],
    /// What is printed for 0 among the applications.
    pub zero: &'static str,
}

/// The columns of the official form.
const AS_PRINTED: [usize; 6] = [0, 1, 2, 3, 4, 5];

/// Numbers that look like chance and are the same each time.
pub struct Dice(u64);

impl Dice {
    pub fn new(organ: &str) -> Self {
        Dice(organ.chars().fold(7, |sum, c| sum.wrapping_mul(31).wrapping_add(u64::from(u32::from(c)))))
    }

    /// At least the first, below the second.
    pub fn roll(&mut self, from: u32, to: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + u32::try_from(self.0 >> 33).expect("31 bits") % (to - from)
    }

    pub fn six(&mut self, from: u32, to: u32) -> Six {
        std::array::from_fn(|_| self.roll(from, to))
    }
}

/// An organ's reports for these years, each following from the one before.
pub fn chain(organ: &str, years: std::ops::RangeInclusive<i32>) -> Vec<Paper> {
    let mut dice = Dice::new(organ);
    let (mut carried, mut in_force, mut items) = (dice.six(0, 4), dice.roll(40, 90), dice.roll(60, 120));
    let (licensing, penalties) = (dice.roll(400, 900), dice.roll(50, 200));
    years
        .map(|year| {
            let (issued, repealed) = (dice.roll(3, 20), dice.roll(0, 9));
            let change = i32::try_from(dice.roll(0, 12)).expect("small") - 5;
            in_force = in_force + issued - repealed;
            let new_received = dice.six(6, 60);
            let (carried_in, carried_out) = (carried, dice.six(0, 5));
            let of_year = (items, change);
            items = items.saturating_add_signed(change);
            carried = carried_out;
            Paper {
                organ: organ.to_owned(),
                year,
                issued,
                repealed,
                in_force,
                licensing: licensing + dice.roll(0, 300),
                penalties: penalties + dice.roll(0, 60),
                items: of_year,
                new_received,
                carried_in,
                carried_out,
                overview: overview(organ, year, &mut dice),
                problems: problems(year, &mut dice),
                columns: AS_PRINTED,
                zero: "0",
            }
        })
        .collect()
}

/// An organ to which nobody applies: every year the same zeros, and few words.
pub fn idle(organ: &str, years: std::ops::RangeInclusive<i32>) -> Vec<Paper> {
    let paper = |year| Paper {
        organ: organ.to_owned(),
        year,
        issued: 0,
        repealed: 0,
        in_force: 0,
        licensing: 12,
        penalties: 3,
        items: (12, 0),
        new_received: [0; 6],
        carried_in: [0; 6],
        carried_out: [0; 6],
        overview: vec![format!(
            "{year}年，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，未收到政府信息公开申请。"
        )],
        problems: vec!["公开内容还不够丰富，下一步将加强培训，提高质量。".to_owned()],
        columns: AS_PRINTED,
        zero: "0",
    };
    years.map(paper).collect()
}

/// Things an organ did in a year, of which each year names others.
const DEEDS: [&str; 16] = [
    "组织召开政务公开工作推进会，明确各股室职责分工，压实工作责任",
    "修订完善信息发布审核流程，严格落实先审后发要求，确保内容准确",
    "开展政策解读专项行动，以图解、问答等形式回应群众关切",
    "建设政务公开专区，配置自助查询设备，方便群众就近查阅文件",
    "开展业务培训，邀请专家讲授依申请公开办理要点和典型案例",
    "对栏目进行全面梳理，清理失效链接和重复内容，优化检索功能",
    "推进基层政务公开标准化规范化，编制事项标准目录并动态调整",
    "加强新媒体账号管理，关停整合长期不更新的账号，规范信息发布",
    "围绕营商环境公开惠企政策，建立统一的政策文件库并及时更新",
    "举办政府开放日活动，邀请人大代表和群众代表走进机关参观座谈",
    "完善重大决策预公开制度，就民生实事项目公开征求社会公众意见",
    "强化监督检查，按季度通报公开情况，并督促责任单位限期整改",
    "做好财政预决算公开，细化项目支出说明，接受社会公众监督",
    "公开食品药品监督抽检结果，发布消费警示，回应社会关注热点",
    "推进公共企事业单位信息公开，明确教育、医疗等领域公开清单",
    "编制政府信息公开指南和目录，规范公开属性认定和保密审查",
];

fn overview(organ: &str, year: i32, dice: &mut Dice) -> Vec<String> {
    let first = dice.roll(0, 16) as usize;
    let step = [3, 5, 7, 11][dice.roll(0, 4) as usize];
    let deeds: Vec<&str> = (0..5).map(|at| DEEDS[(first + at * step) % DEEDS.len()]).collect();
    let (site, wechat) = (dice.roll(211, 989), dice.roll(111, 499));
    vec![
        format!("{year}年，{organ}认真贯彻落实《中华人民共和国政府信息公开条例》，各项工作平稳推进。"),
        format!(
            "（一）主动公开。全年通过网站发布动态类信息{site}条，编发各类图文{wechat}篇。{}；{}。",
            deeds[0], deeds[1]
        ),
        format!("（二）平台建设。{}。{}。", deeds[2], deeds[3]),
        format!("（三）监督保障。{}。本机关设置信息公开查阅点12个，公布咨询电话0578-2090823。", deeds[4]),
    ]
}

/// What all offices below one city hall write, each with its name and counts, as its template has it.
const TEMPLATE: [&str; 7] = [
    "{年}年，{机关}在市委、市政府的坚强领导下，按照《中华人民共和国政府信息公开条例》和上级部署，坚持以公开为常态、不公开为例外",
    "我镇成立由主要领导任组长、分管领导任副组长、各办公室负责人为成员的工作领导小组，形成一级抓一级、层层抓落实的工作格局",
    "通过村务公开栏、便民服务大厅电子屏和微信工作群等渠道，向群众公布惠农补贴、低保评定、项目招标等事项{数}条",
    "{机关}确定专人负责信息收集、整理和报送，对拟公开的信息逐条登记、逐级审签，做到不漏一条、不错一条",
    "全年接待来访群众{数}人次，对群众提出的诉求当场答复或者限时办结，做到事事有回音、件件有着落",
    "结合主题党日、集市宣传和入户走访，向群众发放宣传单{数}份，讲解如何申请获取信息、如何监督公开工作",
    "{机关}将公开工作列入年度目标考核，与评先评优挂钩，对工作不力的进行约谈，确保各项要求落到实处",
];

/// The reports of an office that fills in the template, in figures of its own.
pub fn templated(organ: &str, years: std::ops::RangeInclusive<i32>) -> Vec<Paper> {
    worded(organ, years, &TEMPLATE)
}

/// What one office wrote about its own work; nobody else's.
const OWN_WORDS: [&str; 7] = [
    "{年}年，{机关}把非物质文化遗产名录和文物保护单位的公开作为重点，全年更新名录{数}条，配上图片、录音和传承人访谈",
    "乡镇戏台巡演的场次、剧目和经费第一次按季度张榜，观众可以扫码点戏，也可以对演出质量打分",
    "图书馆、博物馆和美术馆的开放时间、讲座安排和志愿者招募统一发布，读者预约后到馆{数}人次",
    "考古工地公众开放日分三批邀请中小学生参观，讲解员现场回答关于出土陶器年代和修复过程的提问",
    "对旅行社投诉的处理结果逐件说明事由、依据和赔付金额，游客不满意的可以要求复核，全年复核{数}件",
    "{机关}把古籍数字化的进度做成一张长图，每完成一部就点亮一格，年底已经点亮过半",
    "剧团改制中职工关心的安置、社保和岗位竞聘方案先后公示两轮，收到的意见逐条回应后才提交讨论",
];

/// The reports of an office that writes its own, in figures of its own.
pub fn original(organ: &str, years: std::ops::RangeInclusive<i32>) -> Vec<Paper> {
    worded(organ, years, &OWN_WORDS)
}

fn worded(organ: &str, years: std::ops::RangeInclusive<i32>, words: &[&str]) -> Vec<Paper> {
    let mut papers = chain(organ, years);
    let mut dice = Dice::new(&format!("{organ}的文字"));
    for paper in &mut papers {
        let sentence = |words: &&str| {
            let words = words.replace("{年}", &paper.year.to_string()).replace("{机关}", organ);
            words.replace("{数}", &dice.roll(120, 980).to_string()) + "。"
        };
        paper.overview = words.iter().map(sentence).collect();
        paper.problems = paper.overview.split_off(words.len() - 2);
    }
    papers
}

const WANTS: [&str; 6] = [
    "部分栏目更新不够及时，公开内容与群众期待还有差距",
    "政策解读形式较为单一，通俗易懂的解读材料偏少",
    "基层工作人员变动频繁，业务能力有待进一步提升",
    "依申请公开答复的规范性还需加强，文书格式不够统一",
    "信息公开与保密审查的衔接还不够顺畅，审核耗时偏长",
    "新媒体互动功能发挥不足，回应群众留言的时效有待提高",
];

fn problems(year: i32, dice: &mut Dice) -> Vec<String> {
    let first = dice.roll(0, 6) as usize;
    vec![format!(
        "主要问题：{}；{}。{}年，我们将有针对性地加以改进。",
        WANTS[first],
        WANTS[(first + 1 + dice.roll(0, 4) as usize) % 6],
        year + 1
    )]
}

/// Rows of edition 2021: the label as a line of bars begins, and the share of it.
const OUTCOMES_2021: [&str; 21] = [
    "三、本年度办理结果 | （一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开 | 1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（四）无法提供 | 1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "（五）不予处理 | 1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "（六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
];

impl Paper {
    /// The report as flattened text.
    pub fn text(&self) -> String {
        let Paper { organ, year, .. } = self;
        let mut out = format!("{organ}{year}年政府信息公开工作年度报告\n");
        let _ = writeln!(out, "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n一、总体情况");
        self.overview.iter().for_each(|line| out += &format!("{line}\n"));
        out += "二、主动公开政府信息情况\n";
        out += &if *year < 2021 { self.proactive_2019() } else { self.proactive_2021() };
        out += "三、收到和处理政府信息公开申请情况\n";
        out += &self.applications();
        out += "四、政府信息公开行政复议、行政诉讼情况\n行政复议 | 行政诉讼 |\n\
            结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n\
            结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n\
            1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n\
            五、存在的主要问题及改进情况\n";
        self.problems.iter().for_each(|line| out += &format!("{line}\n"));
        out + "六、其他需要报告的事项\n本年度未收取信息处理费。\n"
    }

    fn proactive_2021(&self) -> String {
        let Paper { issued, repealed, in_force, licensing, penalties, .. } = self;
        format!(
            "第二十条第（一）项 |\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 0 |\n\
             行政规范性文件 | {issued} | {repealed} | {in_force} |\n第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n\
             行政许可 | {licensing} |\n第二十条第（六）项 |\n信息内容 | 本年处理决定数量 |\n行政处罚 | {penalties} |\n\
             行政强制 | 0 |\n第二十条第（八）项 |\n信息内容 | 本年收费金额（单位：万元） |\n行政事业性收费 | 0 |\n"
        )
    }

    fn proactive_2019(&self) -> String {
        let Paper { issued, in_force, licensing, penalties, items: (items, change), .. } = self;
        format!(
            "第二十条第（一）项 |\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 0 | 0 | 0 |\n\
             规范性文件 | {issued} | {issued} | {in_force} |\n第二十条第（五）项 |\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n\
             行政许可 | {items} | {change} | {licensing} |\n其他对外管理服务事项 | 0 | 0 | 0 |\n第二十条第（六）项 |\n\
             信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n行政处罚 | 0 | 0 | {penalties} |\n行政强制 | 0 | 0 | 0 |\n\
             第二十条第（八）项 |\n信息内容 | 上一年项目数量 | 本年增/减 |\n行政事业性收费 | 0 | 0 |\n第二十条第（九）项 |\n\
             信息内容 | 采购项目数量 | 采购总金额 |\n政府集中采购 | 0 | 0 |\n"
        )
    }

    fn applications(&self) -> String {
        let kinds = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"];
        let of_legal: Vec<&str> = self.columns.iter().filter(|at| **at > 0).map(|at| kinds[*at - 1]).collect();
        let mut out = format!(
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |\n\
             自然人 | 法人或其他组织 | 总计 |\n{} |\n",
            of_legal.join(" | ")
        );
        let line = |label: &str, figures: Six| {
            let figures = self.columns.map(|at| figures[at]);
            let total = figures.iter().sum::<u32>();
            let numbers = figures.iter().chain([&total]);
            let shown = |number: &u32| if *number == 0 { self.zero.to_owned() } else { number.to_string() };
            format!("{label} | {} |\n", numbers.map(shown).collect::<Vec<_>>().join(" | "))
        };
        out += &line("一、本年新收政府信息公开申请数量", self.new_received);
        out += &line("二、上年结转政府信息公开申请数量", self.carried_in);
        let concluded: Six =
            std::array::from_fn(|at| self.new_received[at] + self.carried_in[at] - self.carried_out[at]);
        // Most is granted, some in part, the rest is not held.
        let (part, not_held) = (concluded.map(|all| all / 4), concluded.map(|all| all / 5));
        let granted = std::array::from_fn(|at| concluded[at] - part[at] - not_held[at]);
        for (at, label) in OUTCOMES_2021.iter().enumerate() {
            let figures = match at {
                0 => granted,
                1 => part,
                10 => not_held,
                _ => [0; 6],
            };
            match (at, self.year < 2021) {
                (18, true) => out += &line("（六）其他处理", [0; 6]),
                (19 | 20, true) => {}
                _ => out += &line(label, figures),
            }
        }
        out += &line("（七）总计", concluded);
        out + &line("四、结转下年度继续办理", self.carried_out)
    }
}
