//! Mail into a folder.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use services::{Mail, Mailer as _};

use super::{into_folder, mail};

/// The names in the folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn each_mail_is_a_file_and_numbers_go_on_after_a_restart() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("not/there/yet");

    into_folder(&folder).send(mail()).await.unwrap();
    for subject in ["second", "third"] {
        into_folder(&folder).send(Mail { subject: subject.to_owned(), ..mail() }).await.unwrap();
    }

    assert_eq!(names(&folder), ["0001.eml", "0002.eml", "0003.eml"]);
    assert!(fs::read_to_string(folder.join("0003.eml")).unwrap().contains("Subject: third\r\n"));
}

#[tokio::test]
async fn only_their_owner_can_read_the_mails() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("mail");

    into_folder(&folder).send(mail()).await.unwrap();

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&folder.join("0001.eml"))), (0o700, 0o600));
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_sent_at_once_each_get_a_file_that_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut sending = tokio::task::JoinSet::new();
    for n in 0..40 {
        // As other processes would: with nothing shared but the folder.
        let mailer = into_folder(folder.path());
        sending
            .spawn(async move { mailer.send(Mail { text: format!("mail {n} ends here"), ..mail() }).await });
    }

    sending.join_all().await.into_iter().collect::<Result<Vec<_>, _>>().unwrap();

    let texts: Vec<_> = names(folder.path())
        .iter()
        .map(|name| fs::read_to_string(folder.path().join(name)).unwrap())
        .collect();
    assert_eq!(texts.len(), 40);
    for n in 0..40 {
        assert!(texts.iter().any(|text| text.contains(&format!("mail {n} ends here"))), "{n}");
    }
}

#[tokio::test]
async fn trying_a_folder_out_leaves_nothing_in_it() {
    let folder = tempfile::tempdir().unwrap();

    let found = into_folder(folder.path()).try_out().await.unwrap();

    assert_eq!(
        found,
        format!(
            "each mail is written to {}; mails come from linkdesk@northwind.example",
            folder.path().display()
        )
    );
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn a_folder_that_is_gone_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = into_folder(folder.path());
    fs::remove_dir(folder.path()).unwrap();

    let name = folder.path().display().to_string();
    assert!(format!("{:#}", mailer.send(mail()).await.unwrap_err()).contains(&name));
    assert!(format!("{:#}", mailer.try_out().await.unwrap_err()).contains(&name));
}
