// The pages as a person knows them: by roles, labels and words. What stands here besides is the contract's data-* alone.
import { seen } from "./watch.mjs";

/** What every page has. */
class Page {
  constructor(person) {
    this.person = person;
    this.page = person.page;
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  link(name) {
    return this.page.getByRole("link", { name, exact: true });
  }

  /** The page without what stands around it. */
  get main() {
    return this.page.getByRole("main");
  }

  heading(name) {
    return this.page.getByRole("heading", { name });
  }

  /** A problem that is shown, by its code; the first, where a row of the check names it too. */
  problem(code) {
    return this.page.locator(`[data-code="${code}"]`).first();
  }

  /** The one button or link that leads to another page. */
  press(button) {
    return this.person.after(() => button.click());
  }
}

export class Welcome extends Page {
  get startButton() {
    return this.button("Start");
  }

  async start() {
    await this.press(this.startButton);
  }

  /** To the message for the right colleague. */
  async forward() {
    await this.press(this.link("I am not an administrator"));
  }

  /** The wish for a fresh invite, on the page of one that ran out. */
  async renew() {
    await this.press(this.button("Send me a new invite"));
  }
}

/** The message for a colleague who is an administrator. */
export class Forward extends Page {
  get message() {
    return this.page.getByRole("region", { name: "The message" });
  }

  get copy() {
    return this.button("Copy the message");
  }

  get copied() {
    return this.button("Copied");
  }
}

/** Handing a step to a colleague, and the colleague's own pages. */
export class HandOver extends Page {
  get make() {
    return this.button("Make the link");
  }

  /** The colleague's address, told once. */
  get address() {
    return this.page.getByLabel("Link for your colleague", { exact: true });
  }

  async takeBack() {
    await this.press(this.button("Take it back"));
  }

  get thanks() {
    return this.heading("Thank you. You can close this page");
  }
}

/** What the three steps share. */
class Step extends Page {
  /** The words on a saved step. */
  get savedNote() {
    return this.page.getByText(/^Saved .* It is never shown again\.$/);
  }

  get jump() {
    return this.page.getByRole("link", { name: /go to the field$/ });
  }

  enlarge(subject) {
    return this.page.getByRole("button", { name: `Enlarge the picture: ${subject}`, exact: true });
  }

  get enlarged() {
    return this.page.getByRole("dialog", { name: "The picture, enlarged" });
  }

  async useItAnyway() {
    await this.press(this.button("Use it anyway"));
  }

  /** The box that takes a whole page of UKG Pro. */
  get pasteBox() {
    return this.page.getByLabel("The copied page", { exact: true });
  }

  /** Pastes a whole page of UKG Pro, as somebody does who finds the box. */
  async paste(text) {
    if (!(await this.pasteBox.isVisible())) await this.page.getByText("Easier: paste the whole page").click();
    await this.pasteBox.fill(text);
    await this.press(this.button("Read the page"));
  }

  /** What is said of the page that was pasted. */
  get taken() {
    return this.page.getByRole("status");
  }

  /** Makes a link for this step alone; hands back its address. */
  async handOver() {
    await this.press(this.link("Hand over this step"));
    await this.press(this.person.handOver.make);
    const address = await this.person.handOver.address.inputValue();
    seen.handed.add(address.split("/hand/")[1]);
    return address;
  }

  async save() {
    await this.press(this.button(this.saveWords));
  }
}

export class KeyStep extends Step {
  saveWords = "Save and continue";

  get field() {
    return this.page.getByLabel("Customer API Key", { exact: true });
  }

  async enter(key) {
    await this.field.fill(key);
    await this.save();
  }
}

export class AccountStep extends Step {
  saveWords = "Save and continue";

  /** The username, which is folded away for who comes back with a new password. */
  get username() {
    return this.page.getByLabel("Service account username", { exact: true });
  }

  /** A new password for an account that stays the same. */
  async renew(password) {
    await this.password.fill(password);
    await this.press(this.button("Save and check"));
  }

  get password() {
    return this.page.getByLabel("Service account password", { exact: true });
  }

  async enter(username, password) {
    await this.username.fill(username);
    await this.password.fill(password);
    await this.save();
  }
}

export class DomainStep extends Step {
  saveWords = "Save and check";

  get field() {
    return this.page.getByLabel("Web Services URL", { exact: true });
  }

  /** What is said of an address that was understood. */
  understood(host) {
    return this.page.getByText(`We will use ${host}, always over an encrypted connection.`);
  }

  async enter(url) {
    await this.field.fill(url);
    await this.save();
  }
}

/** The check and the receipt: both carry a status. */
class Outcome extends Page {
  /** `data-link-status` of the page's result. */
  status() {
    return this.page.locator("[data-link-status]").getAttribute("data-link-status");
  }
}

export class Check extends Outcome {
  /** Waits until the page, which loads itself again, shows this status. */
  async shows(status, timeout = 10_000) {
    await this.page.locator(`[data-link-status="${status}"]`).waitFor({ timeout });
    await this.person.settled();
  }

  row(permission) {
    return this.page.locator(`[data-permission="${permission}"]`);
  }

  /** `data-result` by permission. */
  async results() {
    const rows = await this.page.locator("[data-permission]").all();
    const pairs = rows.map(async (row) => [await row.getAttribute("data-permission"), await row.getAttribute("data-result")]);
    return Object.fromEntries(await Promise.all(pairs));
  }

  async finish() {
    await this.press(this.link("Finish"));
  }

  async finishForNow() {
    await this.press(this.link("Finish for now"));
  }

  async again() {
    await this.press(this.button("Check again"));
  }

  /** The button that asks for one permission anew. */
  rowButton(permission) {
    return this.row(permission).getByRole("button", { name: /^Check this row again/ });
  }

  async rowAgain(permission) {
    await this.press(this.rowButton(permission));
  }

  /** For an account that was mended in UKG Pro itself. */
  get onceMore() {
    return this.button("I mended it, try once more");
  }

  /** A note that stands above what was found. */
  note(title) {
    return this.page.getByText(title, { exact: typeof title === "string" });
  }

  /** Goes back to the values that were replaced. */
  async undo() {
    await this.press(this.button("Undo"));
  }
}

export class Receipt extends Outcome {
  /** What stands beside a name of the receipt. */
  fact(name) {
    return this.page.getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd[1]");
  }

  async checkAgain() {
    await this.press(this.button("Check again"));
  }

  async updatePassword() {
    await this.press(this.link("Update the password"));
  }

  async undo() {
    await this.press(this.button("Undo"));
  }

  /** Ends the link: asks, and is asked. */
  get end() {
    return this.link("End this link");
  }

  get confirmEnd() {
    return this.button("End the link and destroy what was entered");
  }
}

export class SignIn extends Page {
  get email() {
    return this.page.getByLabel("Email", { exact: true });
  }

  get password() {
    return this.page.getByLabel("Password", { exact: true });
  }

  async enter({ email, password }) {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.press(this.button("Sign in"));
  }
}

export class Desk extends Page {
  row(id) {
    return this.page.locator(`[data-link-id="${id}"]`);
  }

  async open(id) {
    await this.press(this.row(id).getByRole("link"));
  }

  get summary() {
    return this.page.locator('[data-part="summary"]');
  }

  get searchField() {
    return this.page.getByLabel("Search customer, e-mail, reference", { exact: true });
  }

  /** A filter, whatever it counts. */
  chip(name) {
    return this.page.getByRole("navigation", { name: "Filter by stage" }).getByRole("link", { name: new RegExp(`^${name}`) });
  }

  /** The ids of the rows, in their order. */
  shown() {
    return this.page.locator("tr[data-link-id]").evaluateAll((rows) => rows.map((row) => row.dataset.linkId));
  }

  async search(text) {
    await this.searchField.fill(text);
    await this.press(this.button("Search"));
  }

  /** Saves what is shown once this filter is chosen. */
  async saveView(name, filter) {
    await this.press(this.chip(filter));
    await this.page.getByText("More filters", { exact: true }).click();
    await this.page.getByLabel("Save this view", { exact: true }).fill(name);
    await this.press(this.button("Save"));
  }
}
