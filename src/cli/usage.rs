//! What is wrong with the arguments, in Chinese: the parser says it in English only.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// The language that the arguments ask for, found without understanding them.
pub(super) fn language(args: &[OsString]) -> Option<&str> {
    let mut args = args.iter().skip(1).filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--");
    while let Some(arg) = args.next() {
        if arg == "--lang" {
            return args.next();
        }
        if let Some(lang) = arg.strip_prefix("--lang=") {
            return Some(lang);
        }
    }
    None
}

/// One sentence with cause and remedy; `None` for what is no error of the user's.
pub(super) fn chinese(error: &Error) -> Option<String> {
    let cause = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => invalid_value(error),
        ErrorKind::UnknownArgument => unknown_argument(error),
        ErrorKind::InvalidSubcommand => format!(
            "不认识子命令 `{}`{}",
            words(error, ContextKind::InvalidSubcommand),
            perhaps(error, ContextKind::SuggestedSubcommand)
        ),
        ErrorKind::MissingSubcommand => {
            format!("缺少子命令；可用：{}", quoted(error, ContextKind::ValidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", quoted(error, ContextKind::InvalidArg)),
        ErrorKind::ArgumentConflict => format!(
            "{} 不能与 {} 同时使用",
            quoted(error, ContextKind::InvalidArg),
            quoted(error, ContextKind::PriorArg)
        ),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{} 的取值个数不符", quoted(error, ContextKind::InvalidArg))
        }
        _ => return None,
    };
    Some(format!("{cause}；请用 `--help` 查看用法"))
}

fn invalid_value(error: &Error) -> String {
    let argument = quoted(error, ContextKind::InvalidArg);
    let value = words(error, ContextKind::InvalidValue);
    if value.is_empty() {
        return format!("{argument} 缺少取值");
    }
    let valid = quoted(error, ContextKind::ValidValue);
    let valid = if valid.is_empty() { valid } else { format!("；可用：{valid}") };
    format!("{argument} 的取值 `{value}` 无效{valid}{}", perhaps(error, ContextKind::SuggestedValue))
}

fn unknown_argument(error: &Error) -> String {
    let argument = words(error, ContextKind::InvalidArg);
    match perhaps(error, ContextKind::SuggestedArg) {
        none if none.is_empty() => format!("不认识参数 `{argument}`；如是文件名，请写在 `--` 之后"),
        perhaps => format!("不认识参数 `{argument}`{perhaps}"),
    }
}

fn perhaps(error: &Error, kind: ContextKind) -> String {
    // The nearest comes last.
    each(error, kind).pop().map_or_else(String::new, |near| format!("；是否为 `{near}`"))
}

fn quoted(error: &Error, kind: ContextKind) -> String {
    each(error, kind).iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join("、")
}

fn words(error: &Error, kind: ContextKind) -> String {
    each(error, kind).join("、")
}

fn each(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(arguments: &str) -> String {
        let arguments = std::iter::once("gongkai").chain(arguments.split(' ').filter(|word| !word.is_empty()));
        let error = crate::cli::command().try_get_matches_from(arguments).expect_err("misuse");
        chinese(&error).expect("an error of the user's")
    }

    #[test]
    fn every_kind_of_misuse_has_its_sentence() {
        for (arguments, sentence) in [
            (
                "--lang zh",
                "缺少子命令；可用：`extract`、`check`、`diff`、`panel`、`compare`、`show`、`explain`、`schema`、`formats`、`render`、`sum`、`completions`、`man`、`help`",
            ),
            ("chek", "不认识子命令 `chek`；是否为 `check`"),
            ("extract", "缺少 `<INPUT>...`"),
            ("extract a --excel", "缺少 `--out <DIR>`"),
            ("extract -x", "不认识参数 `-x`；如是文件名，请写在 `--` 之后"),
            ("extract a --quite", "不认识参数 `--quite`；是否为 `--quiet`"),
            ("check a --format xml", "`--format <FORMAT>` 的取值 `xml` 无效；可用：`text`、`json`、`sarif`、`junit`"),
            ("show a --width 3", "`--width <N>` 的取值 `3` 无效"),
            ("show a --width", "`--width <N>` 缺少取值"),
            ("show a b", "不认识参数 `b`；如是文件名，请写在 `--` 之后"),
            ("schema --json --format md", "`--json` 不能与 `--format <FORMAT>` 同时使用"),
            ("render a", "缺少 `--output <FILE.docx>`"),
        ] {
            assert_eq!(said(arguments), format!("{sentence}；请用 `--help` 查看用法"), "{arguments}");
        }
    }

    #[test]
    fn help_is_no_misuse() {
        let help = crate::cli::command().try_get_matches_from(["gongkai", "--help"]).expect_err("help");
        assert_eq!(chinese(&help), None);
    }

    #[test]
    fn the_language_is_found_before_the_arguments_are_understood() {
        let of = |arguments: &str| {
            let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
            language(&arguments).map(str::to_owned)
        };
        assert_eq!(of("gongkai check --lang zh --wrong").as_deref(), Some("zh"));
        assert_eq!(of("gongkai --lang=zh").as_deref(), Some("zh"));
        assert_eq!(of("gongkai check -- --lang zh"), None);
        assert_eq!(of("gongkai check --lang"), None);
    }
}
