use super::*;

#[test]
fn the_table_is_whole_and_in_order() {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(rows, BY_NAME.len());
    assert!(rows > 3_500, "only {rows} rows");
    let order = |division: &Division| (division.name, division.code, division.years);
    assert!(BY_NAME.windows(2).all(|pair| order(&pair[0]) < order(&pair[1])));
    for division in BY_NAME.iter() {
        assert!((110_000..830_000).contains(&division.code), "{division:?}");
        assert!(division.name.ends_with(|c| ENDINGS.contains(c)), "{division:?}");
        assert!(division.name.chars().count() <= LONGEST_NAME, "{division:?}");
        assert!(division.years.0 <= division.years.1 && division.years.1 <= LAST_YEAR, "{division:?}");
    }
}

#[test]
fn a_code_has_one_name_a_year_and_something_above_it() {
    for year in FIRST_YEAR..=LAST_YEAR {
        let of_year: Vec<&Division> = BY_NAME.iter().filter(|division| division.stands_in(year)).collect();
        assert!((3_200..3_240).contains(&of_year.len()), "{year}: {}", of_year.len());
        let codes: std::collections::HashSet<u32> = of_year.iter().map(|division| division.code).collect();
        assert_eq!(codes.len(), of_year.len(), "{year}");
        for division in of_year {
            let above = division.parent(year);
            assert_eq!(above.is_none(), division.tier() == Tier::Province, "{year} {division:?}");
        }
    }
}

fn codes(reading: Option<Reading>) -> Vec<u32> {
    reading.map_or_else(Vec::new, |reading| reading.ends.iter().map(|division| division.code).collect())
}

#[test]
fn names_are_read_from_the_front_in_the_table_of_the_year() {
    let cases: &[(&str, i32, &[u32])] = &[
        ("韶关市武江区人民政府", 2021, &[440203]),
        ("广东省韶关市", 2021, &[440200]),
        ("武江区教育局", 2021, &[440203]),
        ("南京市鼓楼区人民政府", 2021, &[320106]),
        ("江苏省鼓楼区", 2021, &[320106, 320302]),
        ("淮安市洪泽县", 2015, &[320829]),
        ("淮安市洪泽区", 2016, &[320813]),
        ("淮安市洪泽区", 2015, &[320800]),
        ("铜梁县人民政府", 2013, &[500224]),
        ("铜梁县人民政府", 2014, &[]),
        ("济源市人民政府", 2021, &[419001]),
        ("海南省儋州市", 2020, &[460400]),
        ("广西崇左市", 2021, &[451400]),
        ("内蒙古呼和浩特市新城区", 2021, &[150102]),
        ("海南藏族自治州共和县", 2021, &[632521]),
        ("海南", 2021, &[]),
        ("广西政府", 2021, &[]),
        ("示例市东区人民政府", 2021, &[]),
        ("市中区教育局", 2021, &[370103, 370402, 511002, 511102]),
        ("济南市市中区", 2021, &[370103]),
        ("上海市浦东新区", 2021, &[310115]),
        ("恩施州教育局", 2021, &[422800]),
        ("青海省海南州共和县", 2021, &[632521]),
        ("苏州教育局", 2021, &[]),
        ("广州市", 2021, &[440100]),
        ("襄樊市", 2009, &[420600]),
        ("襄阳市", 2011, &[420600]),
        ("沈阳市", 2021, &[210100]),
        ("", 2021, &[]),
    ];
    for (text, year, expected) in cases {
        assert_eq!(codes(leading(text, *year)), *expected, "{text} {year}");
    }
}

#[test]
fn names_are_read_from_the_back_only_where_they_are_names() {
    let cases: &[(&str, &[u32])] = &[
        ("现公布凉州区", &[620602]),
        ("武威市凉州区", &[620602]),
        ("地址：南京市鼓楼区", &[320106]),
        ("地址：鼓楼区", &[320106, 320302, 350102, 410204]),
        ("示例市东区", &[]),
        ("浦东区", &[]),
        ("攀枝花市东区", &[510402]),
        ("和县", &[340523]),
        ("开发区", &[]),
        ("在韶关", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(codes(trailing(text, 2021)), *expected, "{text}");
    }
}

#[test]
fn a_name_has_those_above_it() {
    let name = |code, year| of_code(code, year).map(|division| division.full_name(year));
    assert_eq!(name(440_203, 2021).as_deref(), Some("广东省韶关市武江区"));
    assert_eq!(name(310_115, 2021).as_deref(), Some("上海市浦东新区"));
    assert_eq!(name(419_001, 2021).as_deref(), Some("河南省济源市"));
    assert_eq!(name(999_999, 2021), None);
    assert_eq!(of_code_near(320_829, 2021).map(|(division, year)| (division.name, year)), Some(("洪泽县", 2015)));
}

#[test]
fn another_year_is_never_a_silent_guess() {
    assert_eq!((edition(Some(2021)), edition(Some(2030)), edition(None)), (2021, LAST_YEAR, LAST_YEAR));
    assert_eq!(edition(Some(1999)), FIRST_YEAR);
}

#[test]
fn long_texts_are_read_in_no_time() {
    let text = "市区县".repeat(100_000);
    assert_eq!(codes(leading(&text, 2021)), Vec::<u32>::new());
    let text = "市".repeat(300_000);
    assert_eq!(codes(trailing(&text, 2021)), Vec::<u32>::new());
}

#[test]
fn traditional_characters_of_names_are_known() {
    assert!(SIMPLIFIED.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert_eq!(simplified("廣州市國資委 韶關市 乾县"), "广州市国资委 韶关市 乾县");
    for division in BY_NAME.iter() {
        assert_eq!(simplified(division.name), division.name);
    }
}
