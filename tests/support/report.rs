//! Reports written by hand: a compact text of values instead of a document.
//!
//! A line is a table's id, or a row's id with a value for each column in print order: digits,
//! `_` blank, `/` not applicable, `?` unreadable, `~` ambiguous, `!` missing. Rows that are not
//! written are missing. The origin of each figure counts tables, rows and columns of the form from 1.
#![allow(dead_code, reason = "no test uses everything")]

use std::collections::HashMap;
use std::sync::Arc;

use gongkai::document::Origin;
use gongkai::report::{Alignment, Figure, Organ, Report, TableReport, Value};
use gongkai::template::{FieldDef, Form, Key};

/// A report of edition 2021 in which everything holds; no two figures of a table are equal, none is 0.
pub const CLEAN_2021: &str = "\
proactive
  rules                                   3  2  41
  normative_documents                     7  5  60
  licensing                             812
  penalties                              95
  compulsion                             18
  fees                                59237.2449
applications
  new_received                           3520  3461  3151  3507  3275  2995 19909
  carried_in                              180   163   304   274   312    75  1308
  granted                                 273   148   227   280   159   300  1387
  partially_granted                        32   266   212   161     7   221   899
  denied.state_secret                     315   234   282   267   291    20  1409
  denied.prohibited_by_law                136    21   189   318   208    35   907
  denied.security_and_stability           214   301   317    86     8    27   953
  denied.third_party_rights               118   248   216    36    59    55   732
  denied.internal_affairs                 200   232   142    17   276   166  1033
  denied.process_information              224   132     2   222    69    15   664
  denied.enforcement_files                 14   287   165   217   145    48   876
  denied.administrative_inquiry           284    94    52   311   205   230  1176
  unavailable.not_held                     66   139   223    82   290    50   850
  unavailable.needs_creation              231    34   246    19   120    33   683
  unavailable.still_unclear               103    26    43   140   184   235   731
  not_processed.petition_or_complaint     307    16   111   225   297   308  1264
  not_processed.repeated                  252   207   191   192   168    93  1103
  not_processed.published_material         53    95   141   243   220   262  1014
  not_processed.excessive                  85    68    81   164   129   255   782
  not_processed.confirm_or_reissue        119   128   172   247   105   100   871
  other.correction_overdue                162   265   258   193   114   270  1262
  other.fee_overdue                        57   269    38    39   175   226   804
  other.misc                              268    98    73    23    62    67   591
  outcomes_total                         3513  3308  3381  3482  3291  3016 19991
  carried_out                             187   316    74   299   296    54  1226
review_litigation
  review                                   31    32    33    34   130
  litigation_direct                        41    42    43    46   172
  litigation_after_review                  51    57    53    54   215
";

/// The same of edition 2019; 上一年项目数量 and 本年增/减 need not add up to anything.
pub const CLEAN_2019: &str = "\
proactive
  rules                                   4   3   44
  normative_documents                     9   8   63
  licensing                             120  -35  815
  other_services                         77  1036  98
  penalties                             211    6  99
  compulsion                             17   -2  16
  fees                                   12    1
  procurement                            22  160.5964
applications
  new_received                           3746  3371  2884  3605  2627  3285 19518
  carried_in                              230    29   250   225   102   138   974
  granted                                 318   319    90   237   227   243  1434
  partially_granted                       189   215   279    82    47   235  1047
  denied.state_secret                     123   108   210   106    77   242   866
  denied.prohibited_by_law                232    54    83   252   276   244  1141
  denied.security_and_stability            21   315    26   177   112    63   714
  denied.third_party_rights               273    48   135    80    14   277   827
  denied.internal_affairs                 154   238   122   158   257   236  1165
  denied.process_information              126   264   295   268   124   284  1361
  denied.enforcement_files                151   152    66   217   198   149   933
  denied.administrative_inquiry           299   231   179    51    46   121   927
  unavailable.not_held                    307   311    24   262    36    15   955
  unavailable.needs_creation              248    91   290   226   144   118  1117
  unavailable.still_unclear               219   181    27   109   161   203   900
  not_processed.petition_or_complaint     223    59   272   222   208   206  1190
  not_processed.repeated                   87   173   114   275    52    81   782
  not_processed.published_material        317     8   134   259   283   221  1222
  not_processed.excessive                 212   162   278   280   193   153  1278
  not_processed.confirm_or_reissue        214   166   137   194   103   101   915
  other                                   169    65   171   184   164    18   771
  outcomes_total                         3882  3160  2932  3639  2722  3210 19545
  carried_out                              94   240   202   191     7   213   947
review_litigation
  review                                   31    32    33    34   130
  litigation_direct                        41    42    43    46   172
  litigation_after_review                  51    57    53    54   215
";

/// The shipped form of this edition.
pub fn form(edition: &str) -> Arc<Form> {
    Form::shipped().iter().find(|form| form.edition == edition).cloned().expect("a shipped edition")
}

/// The clean report of a city, for the first year of its edition.
pub fn clean(edition: &str) -> Report {
    report(&form(edition), if edition == "2019" { CLEAN_2019 } else { CLEAN_2021 })
}

/// The report of this form with these values. Tables that are not written were not found.
pub fn report(form: &Form, text: &str) -> Report {
    let mut written: HashMap<(String, String), Vec<&str>> = HashMap::new();
    let mut table = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let first = words.next().expect("a word").to_owned();
        if line.starts_with(' ') {
            written.insert((table.clone(), first), words.collect());
        } else {
            table = first;
            written.insert((table.clone(), String::new()), Vec::new());
        }
    }
    Report {
        number: 1,
        organ: Some(Organ {
            name: "示例市".to_owned(), inferred: Some("人民政府".to_owned()), by: "title".to_owned()
        }),
        year: Some(form.first_year),
        tables: (0..form.tables.len()).map(|table| table_report(form, table, &written)).collect(),
        ..Report::default()
    }
}

fn table_report(form: &Form, table: usize, written: &HashMap<(String, String), Vec<&str>>) -> TableReport {
    let id = &form.tables[table].id;
    if !written.contains_key(&(id.clone(), String::new())) {
        return TableReport::missing(form, table);
    }
    let mut figures = Vec::new();
    for field in form.fields_of(table) {
        let (_, block, row, _) = form.parts(field);
        match written.get(&(id.clone(), row.id.clone())) {
            Some(words) => {
                assert_eq!(words.len(), block.columns.len(), "{id}.{} has so many columns", row.id);
                figures.push(figure(form, field, words[field.column]));
            }
            None if row.optional => {}
            None => figures.push(Figure::missing(field)),
        }
    }
    TableReport {
        id: id.clone(),
        edition: Some(form.edition.clone()),
        form: form.edition.clone(),
        origin: Some(origin(table, None)),
        figures,
        extra_rows: Vec::new(),
    }
}

fn figure(form: &Form, field: &FieldDef, word: &str) -> Figure {
    let (table, block, ..) = form.parts(field);
    let above: usize = table.blocks[..field.block].iter().map(|block| block.rows.len()).sum();
    assert!(field.row < block.rows.len());
    Figure {
        value: value(word),
        raw: Some(if word == "_" { "" } else { word }.into()),
        origin: Some(origin(field.table, Some((above + field.row, field.column)))),
        by: Some(Alignment::Labels),
        ..Figure::missing(field)
    }
}

fn origin(table: usize, cell: Option<(usize, usize)>) -> Origin {
    let one = |index: usize| Some(u32::try_from(index + 1).expect("small"));
    Origin {
        table: one(table),
        row: cell.and_then(|(row, _)| one(row)),
        column: cell.and_then(|(_, column)| one(column)),
        ..Origin::default()
    }
}

/// The value that a word stands for.
pub fn value(word: &str) -> Value {
    match word {
        "_" => Value::Blank,
        "/" => Value::NotApplicable,
        "?" => Value::Unreadable,
        "~" => Value::Ambiguous,
        "!" => Value::Missing,
        digits => Value::Number(digits.parse().expect("a decimal")),
    }
}

/// Overwrites one figure.
pub fn set(report: &mut Report, key: &str, word: &str) {
    figure_mut(report, key).value = value(word);
}

/// Adds to one figure.
pub fn add(report: &mut Report, key: &str, number: i64) {
    let now = number_of(report, key);
    set(report, key, &(now + number).to_string());
}

/// The whole number that a figure is.
pub fn number_of(report: &Report, key: &str) -> i64 {
    let figure = report.figure(&Key::new(key)).expect("a figure of the form");
    figure.value.number().and_then(|number| i64::try_from(number).ok()).expect("a whole number")
}

/// The figure of this name.
pub fn figure_mut<'a>(report: &'a mut Report, key: &str) -> &'a mut Figure {
    let mut figures = report.tables.iter_mut().flat_map(|table| &mut table.figures);
    figures.find(|figure| figure.key.as_str() == key).expect("a figure of the form")
}
