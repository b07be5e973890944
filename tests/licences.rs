//! Every crate that the program or its tests are built from has a licence that permits it.

use std::process::Command;

use spdx::{Expression, LicenseItem, ParseMode};

/// Licences that ask for no more than their text and the authors' names.
const PERMISSIVE: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

fn is_permissive(licence: &str) -> bool {
    // Older crates write `MIT/Apache-2.0`.
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else { return false };
    expression.evaluate(|asked| match &asked.license {
        LicenseItem::Spdx { id, .. } => PERMISSIVE.contains(&id.name),
        LicenseItem::Other { .. } => false,
    })
}

/// Name, version and licence of every package that the lock file names.
fn packages() -> Vec<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages
        .map(|package| (format!("{} {}", text(&package["name"]), text(&package["version"])), text(&package["license"])))
        .collect()
}

#[test]
fn every_dependency_is_permissive() {
    let packages = packages();
    assert!(packages.len() > 100, "only {} packages", packages.len());
    let refused: Vec<_> = packages.iter().filter(|(_, licence)| !is_permissive(licence)).collect();
    assert!(refused.is_empty(), "no permissive licence: {refused:#?}");
}

#[test]
fn others_are_refused() {
    for licence in ["GPL-3.0-only", "AGPL-3.0", "MIT AND LGPL-2.1-or-later", "", "Proprietary"] {
        assert!(!is_permissive(licence), "{licence}");
    }
    for licence in ["MIT/Apache-2.0", "GPL-2.0-only OR MIT", "Apache-2.0 WITH LLVM-exception", "Zlib"] {
        assert!(is_permissive(licence), "{licence}");
    }
}
