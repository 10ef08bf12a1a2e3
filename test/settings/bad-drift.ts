import type { Bad } from "./base.ts";

const TOKEN = { what: "github:ActionsSecret/shop:TOKEN", reason: "set by the vendor's installer", until: "2030-06-30" };

export const drift: readonly Bad[] = [
  {
    name: "what is ignored without a reason and an end",
    changes: { drift: { ignore: [{ what: TOKEN.what }] } },
    lines: [
      "drift.ignore[0].reason: is missing; write such a text, in quotes where it looks like a number",
      'drift.ignore[0].until: is missing; write it as year, month and day in quotes, such as "2030-06-30"',
    ],
  },
  {
    name: "a name without its type, and a day that does not exist",
    changes: { drift: { ignore: [{ ...TOKEN, what: "TOKEN", until: "2030-02-30" }] } },
    lines: [
      'drift.ignore[0].what: does not name what a finding is about, got "TOKEN"; copy type and name from the finding, such as github:ActionsSecret/shop:TOKEN; * stands for any characters',
      'drift.ignore[0].until: is not a day, got "2030-02-30"; write it as year, month and day in quotes, such as "2030-06-30"',
    ],
  },
  {
    name: "one thing ignored twice",
    changes: { drift: { ignore: [TOKEN, { ...TOKEN, field: "value" }, { ...TOKEN, until: "2031-01-01" }] } },
    lines: ['drift.ignore[2].what: is ignored twice, got "github:ActionsSecret/shop:TOKEN"; keep one entry; the other is drift.ignore[0]'],
  },
];
