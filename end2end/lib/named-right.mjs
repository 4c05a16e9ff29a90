// How many mistakes are named right: the goal of issue 3 is 95 of 100.
import assert from "node:assert/strict";

const BAR = 95;

/** Counts over several tests. */
export class Tally {
  right = 0;
  all = 0;
  /** What was named wrong, a sentence each. */
  wrong = [];

  /** Notes one row: `found` is what was said, `expected` what ought to be. */
  note(what, expected, found) {
    this.all += 1;
    if (expected === found) this.right += 1;
    else this.wrong.push(`${what}: ${found}, not ${expected}`);
  }

  add({ right, all, wrong }) {
    this.right += right;
    this.all += all;
    this.wrong.push(...wrong);
  }

  get percent() {
    return (100 * this.right) / this.all;
  }

  /** Prints the share and what was named wrong, and fails below the bar. */
  report(t, what) {
    t.figure(`${what}: ${this.right} of ${this.all} named right (${this.percent.toFixed(1)} %, bar ${BAR} %)`);
    for (const line of this.wrong) t.figure(`  ${line}`);
    assert.ok(this.percent >= BAR, `only ${this.percent.toFixed(1)} % are named right`);
  }
}
