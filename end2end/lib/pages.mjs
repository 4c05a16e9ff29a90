// The pages as a person knows them: by roles, labels and words. What stands here besides is the contract's data-* alone.

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

  get username() {
    return this.page.getByLabel("Service account username", { exact: true });
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
}

export class Receipt extends Outcome {}

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
}
