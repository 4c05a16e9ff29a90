// Looking for secrets in whatever form they may have slipped out (bar S1).

/** A value in every form that is looked for: `{ form, bytes }`. */
export function forms(value) {
  const found = [
    ["raw", value],
    ["JSON", JSON.stringify(value).slice(1, -1)],
    ["HTML", value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")],
    ["percent", encodeURIComponent(value)],
    ["percent, lower case", encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase())],
    ["every byte percent", everyByte(value, (byte) => `%${hex(byte).toUpperCase()}`)],
    ["form", new URLSearchParams({ "": value }).toString().slice(1)],
    ["hex", everyByte(value, hex)],
    ["hex, upper case", everyByte(value, hex).toUpperCase()],
    // As Rust and JSON print a list of bytes.
    ["decimal list", [...Buffer.from(value)].join(", ")],
    ["decimal list, tight", [...Buffer.from(value)].join(",")],
    ...base64(value, "base64"),
  ].map(([form, text]) => ({ form, bytes: Buffer.from(text) }));
  found.push({ form: "UTF-16LE", bytes: Buffer.from(value, "utf16le") });
  found.push({ form: "UTF-16BE", bytes: Buffer.from(value, "utf16le").swap16() });
  return found.filter(({ bytes }, n) => found.findIndex((other) => other.bytes.equals(bytes)) === n);
}

/** An account's values in every form, and as HTTP's Basic scheme sends them. */
export function accountForms({ key, username, password }) {
  const named = (name, list) => list.map(({ form, bytes }) => ({ form: `${name}: ${form}`, bytes }));
  const together = base64(`${username}:${password}`, "base64").map(([form, text]) => ({ form, bytes: Buffer.from(text) }));
  return [...named("key", forms(key)), ...named("username", forms(username)), ...named("password", forms(password)), ...named("username:password", together)];
}

/** Which of the forms are in a buffer. */
export function found(needles, haystack) {
  return needles.filter(({ bytes }) => haystack.includes(bytes)).map(({ form }) => form);
}

/** The part of the base64 text that is the same whatever stands around the value, for each of the three alignments. */
function base64(value, name) {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64").replace(/=+$/, "");
    // The first and last letters hold bits of the neighbours as well.
    const start = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    const text = whole.slice(start, end);
    return [
      [`${name}, shifted by ${shift}`, text],
      [`${name}, for URLs, shifted by ${shift}`, text.replace(/\+/g, "-").replace(/\//g, "_")],
    ];
  });
}

function everyByte(value, form) {
  return [...Buffer.from(value)].map(form).join("");
}

function hex(byte) {
  return byte.toString(16).padStart(2, "0");
}
