//! The three steps: frame, instructions, captions. Each instruction names UKG's labels and the picture's marks.

/// Who asks, at the top of every page of the flow.
#[must_use]
pub fn asked_by(company: &str) -> String {
    format!("**{company}** asked you to link UKG\u{a0}Pro")
}

/// The foot of every page of the flow.
#[must_use]
pub fn foot(company: &str) -> String {
    format!(
        "Linkdesk links your UKG Pro account with {company}, for nothing else. What you enter is encrypted and shown \
         to no one."
    )
}

/// The step list's names.
pub const STEPS: [&str; 4] = ["Customer API Key", "Service account", "Web Services URL", "Check"];
/// How long each takes.
pub const STEP_TIMES: [&str; 4] =
    ["About 2 minutes", "About 6 minutes", "About 2 minutes", "We do this for you"];
/// A step that is saved.
pub const SAVED: &str = "Saved";
/// The link on a saved step.
pub const REPLACE: &str = "replace";
/// Above the field of a saved value.
#[must_use]
pub fn saved_since(when: &str) -> String {
    format!("Saved {when} (UTC). It is never shown again.")
}
/// A step that has to be looked at again.
pub const LOOK_AGAIN: &str = "Please look again";
/// Under the step list.
pub const SAVED_AS_YOU_GO: &str =
    "Saved as you go. You can close this page and come back with the same invite.";
/// Under each form.
pub const SEALED: &str =
    "Encrypted before it is stored. No one can read it back, not even the people who help you.";
/// The short way to the form, on narrow screens.
pub const JUMP: &str = "I have it: go to the field";
/// The same, when something is to be mended.
pub const JUMP_MEND: &str = "One thing to look at: go to the field";
/// A drawing is not a screenshot.
pub const DRAWING: &str = "Illustration.";
/// The button on a picture.
pub const ENLARGE: &str = "Enlarge";
/// The large picture.
pub const ENLARGED: &str = "The picture, enlarged";
/// The button on the large picture.
pub const CLOSE: &str = "Close";
/// The second way to a page.
pub const OTHER_WAY: &str = "Another way, through the menu";

/// The badge of a test system.
pub const TEST: &str = "TEST";
/// What it means.
pub const TEST_MEANS: &str = "a UKG Pro test system, not your live data";
/// Above the part of a picture beside a problem.
pub const CROP: &str = "This is the spot:";
/// What it shows.
pub const CROP_KEY: &str = "the Customer API Key, right under the heading Service Account Administration.";
/// What it shows.
pub const CROP_USERNAME: &str = "the line Username of the form Add/Change Service Account.";
/// What it shows.
pub const CROP_PASSWORD: &str = "the line in the window New Password.";
/// What it shows.
pub const CROP_URL: &str = "the line Login service endpoint on the page Web Services.";
/// On the pages of a link that stands: what is entered now replaces nothing yet.
pub const STANDS: &str = "Your link goes on with what is saved until the new values have passed the check.";
/// The same of a link that does not work.
pub const STANDS_BROKEN: &str = "Your link works again once the new values have passed the check.";

/// `Step 2 of 4`.
#[must_use]
pub fn step_of(number: usize) -> String {
    format!("Step {number} of 4")
}

/// Step 1.
pub mod key {
    /// Heading.
    pub const HEADING: &str = "Copy your Customer API Key";
    /// Under it.
    pub const LEAD: &str = "It stands on one page in UKG Pro. You only copy it; nothing is changed there.";
    /// Heading when it is saved.
    pub const SAVED_HEADING: &str = "Your Customer API Key is saved";
    /// Under it.
    pub const SAVED_LEAD: &str = "There is nothing more to do here, unless the key has changed.";
    /// First instruction.
    pub const OPEN: (&str, &str) = (
        "Open Service Account Administration",
        "Sign in to UKG Pro. Type **Service Account Administration** into the search box at the top right, and open \
         that page.",
    );
    /// Its picture.
    pub const OPEN_CAPTION: &str = "Mark ((1)) is the search box.";
    /// The way through the menu.
    pub const MENU: &str = "In the newer menu, click the gear ((1)), open **Security** ((2)), then choose **Service Account \
         Administration** ((3)).";
    /// Its picture.
    pub const MENU_CAPTION: &str = "Gear, **Security**, **Service Account Administration**.";
    /// Second instruction.
    pub const COPY: (&str, &str) = (
        "Copy the key under the heading",
        "The **Customer API Key** stands right under the page’s heading. It usually has five letters and digits, \
         such as `AB1C2`.",
    );
    /// Its picture.
    pub const COPY_CAPTION: &str =
        "Copy the one at mark ((2)). The column **User API Key** holds something else.";
    /// Third instruction.
    pub const PASTE: (&str, &str) =
        ("Paste it here", "Paste it into the field on this page, then click **Save and continue**.");
    /// Its picture.
    pub const PASTE_CAPTION: &str = "Mark ((3)) is the field on this page, filled in.";
}

/// Step 2.
pub mod account {
    use crate::text::permissions::count;

    /// Heading.
    pub const HEADING: &str = "Make the service account";
    /// Under it.
    pub const LEAD: &str = "A new account for this link alone. You make it on the page where you found the key, \
                            **Service Account Administration**.";
    /// Heading when it is saved.
    pub const SAVED_HEADING: &str = "Your service account is saved";
    /// Under it.
    pub const SAVED_LEAD: &str =
        "There is nothing more to do here, unless the username or password has changed.";
    /// First instruction.
    pub const ADD: (&str, &str) =
        ("Click add", "On **Service Account Administration**, click the round **+ add** at the top right.");
    /// How to come back to that page.
    pub const ADD_WAY: &str = "Not on that page any more? Type **Service Account Administration** into the search box at the top right; or \
         click the gear, then **Security**, then **Service Account Administration**.";
    /// Its picture.
    pub const ADD_CAPTION: &str = "Mark ((1)) is the icon **add**.";
    /// Second instruction.
    pub const FORM: (&str, &str) = (
        "Enter a username and an e-mail address",
        "Make up a new **Username** and keep it at hand: you need it again on this page. For **E-mail**, use an \
         address your team can read. Leave **Generate New Password** ticked.",
    );
    /// Its picture.
    pub const FORM_CAPTION: &str = "Fill in the two lines at mark ((2)).";
    /// Third instruction's heading.
    #[must_use]
    pub fn tick_heading(number: usize) -> String {
        if number == 1 {
            "Tick View in one row".to_owned()
        } else {
            format!("Tick View in these {} rows", count(number))
        }
    }
    /// Third instruction.
    pub const TICK: &str = "Scroll down to **Web Service**. In the column **View**, tick exactly these:";
    /// Its picture.
    pub const TICK_CAPTION: &str = "Tick the boxes framed at mark ((3)), in the column **View**. Some names look alike: **Employee Person** is \
         not **Employee Person Details**.";
    /// Fourth instruction.
    pub const PASSWORD: (&str, &str) = (
        "Click Save, then copy the password",
        "Click **Save** on that page. A window **New Password** opens. Copy the whole line.",
    );
    /// The trap.
    pub const PASSWORD_ONCE: (&str, &str) = (
        "Copy it before you click OK",
        "UKG Pro shows this password only once. If the window is closed already, generate a new one: open the \
         account again, tick **Generate New Password** and click **Save**.",
    );
    /// Its picture.
    pub const PASSWORD_CAPTION: &str =
        "Copy the line at mark ((4)) first. Click **OK**, at mark ((5)), only after that.";
    /// Heading for who comes back.
    pub const AGAIN_HEADING: &str = "Enter a new password";
    /// Under it.
    pub const AGAIN_LEAD: &str =
        "The service account stays the same. UKG Pro makes a new password for it, and you paste it here.";
    /// First instruction then.
    pub const AGAIN_OPEN: (&str, &str) = (
        "Open the service account",
        "In UKG Pro, type **Service Account Administration** into the search box at the top right, open that page, and \
         click the service account in the list. See that its **Status** is **Active**.",
    );
    /// Second instruction then.
    pub const AGAIN_GENERATE: (&str, &str) = (
        "Tick Generate New Password",
        "The old password ends with that, so do it only when you can paste the new one here.",
    );
    /// Third instruction's heading then.
    pub const AGAIN_TICK: (&str, &str) = (
        "See that View is still ticked",
        "Scroll down to **Web Service**. In the column **View**, exactly these rows should be ticked:",
    );
    /// Fifth instruction then.
    pub const AGAIN_ENTER: (&str, &str) = (
        "Click OK, and enter it here",
        "Paste the password into the field on this page, then click **Save and check**.",
    );
    /// Said of the username then.
    pub const USERNAME_KEPT: &str = "The service account’s username is saved and stays.";
    /// Opens the field.
    pub const USERNAME_CHANGE: &str = "Change it";
    /// Fifth instruction.
    pub const ENTER: (&str, &str) = (
        "Click OK, and enter both here",
        "Type the username and paste the password into the fields on this page, then click **Save and continue**.",
    );
}

/// Step 3.
pub mod domain {
    /// Heading.
    pub const HEADING: &str = "Copy one Web Services URL";
    /// Under it.
    pub const LEAD: &str =
        "It tells us which UKG Pro system your company is on. You only copy it; nothing is changed there.";
    /// Heading when it is saved.
    pub const SAVED_HEADING: &str = "Your Web Services URL is saved";
    /// Under it.
    #[must_use]
    pub fn saved_lead(host: &str) -> String {
        format!("We use **{host}**. There is nothing more to do here, unless that is not right.")
    }
    /// First instruction.
    pub const OPEN: (&str, &str) =
        ("Open Web Services", "Type **Web Services** into the search box of UKG Pro, and open that page.");
    /// Its picture.
    pub const OPEN_CAPTION: &str = "Mark ((1)) is the search box.";
    /// The way through the menu.
    pub const MENU: &str = "Go to **System Configuration**, then **Security**, then **Web Services**.";
    /// Second instruction.
    pub const COPY: (&str, &str) = (
        "Copy the Login service endpoint",
        "Find **Login service endpoint** in the list, and copy the address beside it.",
    );
    /// Its picture.
    pub const COPY_CAPTION: &str = "Copy the address at mark ((2)). The one in your browser’s bar is not it.";
    /// The unconfigured tenant.
    pub const PLACEHOLDER: (&str, &str) = (
        "It says [[REQUIRES CONFIGURATION]]",
        "Then web services are not set up for your company yet. Ask your UKG representative to set up **Web \
         Services**; what you have saved here stays saved until then.",
    );
    /// Third instruction.
    pub const PASTE: (&str, &str) = (
        "Paste it here",
        "Paste the whole address. We show the part we use, then check everything with UKG Pro.",
    );
    /// Its picture.
    pub const PASTE_CAPTION: &str = "Mark ((3)) is the field on this page, filled in.";
    /// Under the form.
    pub const NEXT: &str = "Next we ask UKG Pro whether it accepts the account. That takes under a minute and \
                            changes nothing.";
}
