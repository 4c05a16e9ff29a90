//! The key file on disk.

use std::fs;

use super::TestResult;
use crate::{KeyFileError, Keyring};

#[test]
fn a_made_file_reads_back() -> TestResult {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("master.key");

    Keyring::create_file(&path)?;

    assert!(Keyring::read_file(&path)?.primary_id().as_str().starts_with('k'));
    Ok(())
}

#[test]
fn an_existing_file_is_never_overwritten() -> TestResult {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("master.key");
    fs::write(&path, "precious")?;

    let refused = Keyring::create_file(&path);

    assert!(matches!(refused, Err(KeyFileError::Exists { .. })));
    assert_eq!(fs::read_to_string(&path)?, "precious");
    Ok(())
}

#[test]
fn a_missing_file_says_how_to_make_one() -> TestResult {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("master.key");

    let told = Keyring::read_file(&path).err().map(|error| error.to_string()).unwrap_or_default();

    assert!(told.contains(&format!("`linkdesk keygen --out {}`", path.display())), "{told}");
    Ok(())
}

#[test]
fn a_folder_that_is_not_there_is_told_apart_from_a_file_that_is() -> TestResult {
    let folder = tempfile::tempdir()?;

    let refused = Keyring::create_file(&folder.path().join("no/master.key"));

    assert!(matches!(refused, Err(KeyFileError::NotWritten { .. })));
    Ok(())
}

#[test]
fn a_folder_or_a_binary_file_is_no_key_file() -> TestResult {
    let folder = tempfile::tempdir()?;
    let binary = folder.path().join("binary");
    Keyring::create_file(&binary)?;
    fs::write(&binary, [0xff, 0xfe, 0x00])?;

    for path in [folder.path(), &binary] {
        assert!(matches!(Keyring::read_file(path), Err(KeyFileError::NotAKeyFile { .. })), "{path:?}");
    }
    Ok(())
}

#[cfg(unix)]
mod on_unix {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::{KeyFileError, Keyring, TestResult};

    #[test]
    fn a_made_file_is_readable_by_its_owner_alone() -> TestResult {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("master.key");

        Keyring::create_file(&path)?;

        assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o600);
        Ok(())
    }

    #[test]
    fn a_file_open_to_others_is_refused_and_says_chmod() -> TestResult {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("master.key");
        Keyring::create_file(&path)?;

        for mode in [0o640, 0o604, 0o620, 0o644, 0o601] {
            fs::set_permissions(&path, Permissions::from_mode(mode))?;
            let refused = Keyring::read_file(&path);
            assert!(matches!(refused, Err(KeyFileError::OpenToOthers { .. })), "{mode:o}");
            let told = refused.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(told.contains(&format!("run `chmod 600 {}`", path.display())), "{told}");
        }

        // The control: tighter than needed is fine.
        fs::set_permissions(&path, Permissions::from_mode(0o400))?;
        assert!(Keyring::read_file(&path).is_ok());
        Ok(())
    }
}
