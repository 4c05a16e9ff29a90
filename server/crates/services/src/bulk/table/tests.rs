//! Tables as programs write them, and as nobody should.

use proptest::prelude::*;

use super::*;

fn customers(text: &str) -> Vec<String> {
    read(text).map(|table| table.rows.into_iter().map(|row| row.draft.customer).collect()).unwrap()
}

fn refusal(text: &str) -> BulkRefusal {
    read(text).err().unwrap()
}

#[test]
fn commas_semicolons_and_tabs_are_told_apart() {
    for separator in [",", ";", "\t"] {
        let text =
            "email|customer|note\na@x.example|\"Contoso, Ltd; Health\"|Hello\n".replace('|', separator);

        assert_eq!(customers(&text), ["Contoso, Ltd; Health"], "{separator:?}");
    }
    assert_eq!(customers("customer\nContoso\n"), ["Contoso"]);
    assert_eq!(customers("\"a, name;;\";email;customer\nx;y;Contoso\n"), ["Contoso"]);
}

#[test]
fn what_programs_put_around_a_table_is_no_part_of_it() {
    assert_eq!(
        customers("\u{feff}customer,email\r\nContoso,\r\n\r\n , \r\nFabrikam,\r\n"),
        ["Contoso", "Fabrikam"]
    );
    assert_eq!(customers("sep=;\r\ncustomer;email\r\nContoso;\r\n"), ["Contoso"]);
    assert_eq!(customers("customer,email\rContoso,\rFabrikam,"), ["Contoso", "Fabrikam"]);
}

#[test]
fn headings_stand_in_any_order_and_spelling() {
    let table = read(
        "Note,Expires in,Reminders,Preset,E-Mail,CUSTOMER,Reference,Permissions,Language,Phone\n\
         \"Hello,\nMaria\",30d,7,People,a@x.example,Contoso,T-1,\"payroll_integration; PTO Plan Integration\",en,555\n",
    )
    .ok()
    .unwrap();

    let draft = &table.rows.first().unwrap().draft;
    assert_eq!((draft.customer.as_str(), draft.email.as_str()), ("Contoso", "a@x.example"));
    assert_eq!((draft.days.as_str(), draft.remind.as_str()), ("30d", "7"));
    assert_eq!((draft.note.as_str(), draft.preset.as_str()), ("Hello,\nMaria", "People"));
    assert_eq!(draft.permissions, ["payroll_integration", " PTO Plan Integration"]);
    assert_eq!(table.ignored, ["Phone"]);
}

#[test]
fn a_line_is_known_by_its_number_in_the_text() {
    let table = read("sep=,\ncustomer,note\n\"A\",\"two\nlines\"\n\nB,x\n").ok().unwrap();

    let numbers: Vec<u64> = table.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [3, 6]);
    for ends in ["\n", "\r\n", "\r"] {
        let text = "customer,note\nA,\"two\nlines\"\n\n\nB,x\n \nC,y".replace('\n', ends);
        let numbers: Vec<u64> = read(&text).ok().unwrap().rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 6, 8], "{ends:?}");
    }
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_found_and_others_are_left_in_peace() {
    assert_eq!(refusal("customer,note\r\nA,\"x\r\nB,y\r\n"), BulkRefusal::Unclosed(2));
    assert_eq!(refusal("sep=;\ncustomer;note\nA;\"x\"\"\nB;y\n"), BulkRefusal::Unclosed(3));
    assert_eq!(customers("customer,note\nA 5\" pipe,x\n\"B \"\"x\"\"\",\n"), ["A 5\" pipe", "B \"x\""]);
}

#[test]
fn a_short_line_lacks_cells_and_a_long_one_is_noticed() {
    let table = read("customer,email\nA\nB,b@x.example,\nC,c@x.example,more\n").ok().unwrap();

    let noticed: Vec<bool> = table.rows.iter().map(|row| row.too_many).collect();
    assert_eq!(noticed, [false, false, true]);
}

#[test]
fn a_table_that_cannot_be_read_says_why() {
    assert_eq!(refusal(" \r\n\u{feff}".trim_end_matches('\u{feff}')), BulkRefusal::Empty);
    assert_eq!(refusal("\u{feff}"), BulkRefusal::Empty);
    assert_eq!(refusal("customer,email\n\n"), BulkRefusal::NoLines);
    assert_eq!(refusal("name,email\nContoso,\n"), BulkRefusal::NoCustomer);
    assert_eq!(refusal("customer,email,E-mail\nContoso,,\n"), BulkRefusal::TwiceTheSame("E-mail".to_owned()));
    let many = format!("customer\n{}", "Contoso\n".repeat(BULK_LINES_MAX + 1));
    assert_eq!(refusal(&many), BulkRefusal::TooManyLines);
    assert_eq!(customers(many.strip_suffix("Contoso\n").unwrap()).len(), BULK_LINES_MAX);
}

#[test]
fn a_file_is_read_as_utf_8_or_marked_utf_16() {
    let text = "customer\nMüller & Söhne 漢\n";
    let le: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let be: Vec<u8> =
        [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();

    for bytes in [text.as_bytes().to_vec(), le.clone(), be] {
        assert_eq!(text_of_upload(&bytes).as_deref(), Ok(text));
    }
    for bytes in [&b"M\xfcller"[..], le.get(..le.len() - 1).unwrap(), b"\xff\xfe\x00\xd8"] {
        assert_eq!(text_of_upload(bytes), Err(BulkRefusal::NotText));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_no_line_is_invented(text in "(customer)?[\\PC\"\r\n\t;,]{0,300}") {
        if let Ok(table) = read(&text) {
            let breaks = text.matches(['\r', '\n']).count();
            prop_assert!(table.rows.len() <= breaks);
        }
    }
}
