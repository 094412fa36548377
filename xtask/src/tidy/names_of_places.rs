//! Places that must not be named: folders of somebody's machine, and the hosts that packages come from.
//!
//! A machine's folder breaks on the next machine; a registry's host would be called or blocked where nobody expects it.

use super::Fault;
use super::tree::{File, Tree};

// Each cut in two, so that this file doesn't break its own rules.
const MACHINE_FOLDERS: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/tm", "p/")];
const REGISTRY_HOSTS: [&str; 6] = [
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npm", "js"),
    concat!("debian", ".org"),
    concat!("yarnpkg", ".com"),
];

/// Folders of one machine, named as absolute paths.
pub fn machine_paths(tree: &Tree) -> Vec<Fault> {
    let offends = |line: &str| MACHINE_FOLDERS.iter().find(|folder| names_folder(line, folder)).copied();
    find(tree.own(), |_, line| offends(line).map(|folder| format!("names {folder}, a folder of one machine")))
}

/// Hosts of package registries; the source of a crate in `Cargo.lock` is cargo's own.
pub fn registry_hosts(tree: &Tree) -> Vec<Fault> {
    find(tree.files.iter(), |file, line| {
        if file.path.ends_with("Cargo.lock") && line.starts_with("source = ") {
            return None;
        }
        let host = REGISTRY_HOSTS.iter().find(|host| line.contains(**host))?;
        Some(format!("names {host}, the host of a registry"))
    })
}

/// Download addresses in the lock files of Node packages.
pub fn addresses_in_node_locks(tree: &Tree) -> Vec<Fault> {
    let locks = tree.files.iter().filter(|file| file.path.ends_with("package-lock.json"));
    find(locks, |_, line| {
        let address = line.trim_start().starts_with("\"resolved\":");
        address.then(|| {
            String::from("names where a package was downloaded; set omit-lockfile-registry-resolved")
        })
    })
}

fn names_folder(line: &str, folder: &str) -> bool {
    // A longer path or an address may hold the same word further in.
    let further_in = |before: char| before.is_alphanumeric() || "._-~}>)*/".contains(before);
    line.match_indices(folder).any(|(place, _)| !line[..place].ends_with(further_in))
}

fn find<'a>(
    files: impl Iterator<Item = &'a File>,
    offends: impl Fn(&File, &str) -> Option<String>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        for (number, line) in file.lines() {
            faults.extend(offends(file, line).map(|what| Fault::new(&file.path, number, what)));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(faults: &[Fault]) -> Vec<usize> {
        faults.iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn a_folder_of_one_machine_is_found() {
        let text = MACHINE_FOLDERS.map(|folder| format!("run `{folder}someone/headway`\n")).concat();
        assert_eq!(lines(&machine_paths(&Tree::with_file("docs/running.md", &text))), [1, 2, 3, 4]);
    }

    #[test]
    fn the_same_word_inside_an_address_or_a_relative_path_passes() {
        let text = MACHINE_FOLDERS
            .map(|folder| format!("see council.example{folder}a and social{folder}b\n"))
            .concat();
        assert!(machine_paths(&Tree::with_file("docs/running.md", &text)).is_empty());
    }

    #[test]
    fn a_registry_host_is_found_anywhere_but_in_a_source_line_of_the_lock() {
        let line = format!("source = \"registry+https://{}-index\"\n", REGISTRY_HOSTS[0]);
        assert!(registry_hosts(&Tree::with_file("Cargo.lock", &line)).is_empty());
        assert_eq!(lines(&registry_hosts(&Tree::with_file("README.md", &line))), [1]);
        let named = REGISTRY_HOSTS.map(|host| format!("from {host}\n")).concat();
        assert_eq!(registry_hosts(&Tree::with_file("README.md", &named)).len(), REGISTRY_HOSTS.len());
    }

    #[test]
    fn a_node_lock_names_no_download_address() {
        let lock = "{\n  \"version\": \"1.0.0\",\n  \"resolved\": \"https://registry.example/a.tgz\"\n}";
        assert_eq!(
            lines(&addresses_in_node_locks(&Tree::with_file("tests/journeys/package-lock.json", lock))),
            [3]
        );
        assert!(addresses_in_node_locks(&Tree::with_file("docs/a.json", lock)).is_empty());
    }
}
