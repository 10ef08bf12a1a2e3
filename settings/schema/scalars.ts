import * as z from "zod";

/** A text of one form. The message is `<what is wrong>; <what to do>`; the reader of problems puts the value between. */
export function text(pattern: RegExp, wrong: string, todo: string): z.ZodString {
  const message = `${wrong}; ${todo}`;
  return z.string(message).regex(pattern, message);
}

/** Any text from 1 to `longest` characters. */
export function prose(longest: number): z.ZodString {
  const message = `is not a text of 1 to ${longest} characters; write such a text, in quotes where it looks like a number`;
  return z.string(message).min(1, message).max(longest, message);
}

/** A whole number; `unit` says what is counted: `whole(0, 43200, "minutes")`. */
export function whole(least: number, most: number, unit: string): z.ZodInt {
  const message = `is not a whole number from ${least} to ${most}; write ${unit} without quotes`;
  return z.int(message).min(least, message).max(most, message);
}

/** A number that may have a fraction. */
export function decimal(least: number, most: number, unit: string): z.ZodNumber {
  const message = `is not a number from ${least} to ${most}; write ${unit} without quotes`;
  return z.number(message).min(least, message).max(most, message);
}

/** Per cent, fractions included. */
export const percentage = decimal(0, 100, "per cent");

const notAQuantity = "is not a Kubernetes quantity; write one such as 500m, 2 or 64Mi";

/** A Kubernetes quantity as a text; YAML reads 2 and 0.5 as numbers, and both are good. */
export const quantity = z
  .union([
    z.number(notAQuantity).nonnegative(notAQuantity),
    z.string(notAQuantity).regex(/^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/, notAQuantity),
  ], notAQuantity)
  .transform(String);

const NO_DAY = ["is not a day", "write it as year, month and day in quotes, such as \"2030-06-30\""] as const;
/** A day of the calendar, as a text; YAML would make a date of it without its quotes. */
export const day = text(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, ...NO_DAY).refine(exists, NO_DAY.join("; "));

/** The calendar of Date turns 30 February into 2 March. */
function exists(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().startsWith(value);
}

export const duration = text(/^(?=\d)(\d+h)?(\d+m)?(\d+s)?$/, "is not a duration", "write one such as 30s, 5m or 1h30m");

export const dnsLabel = text(
  /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "is not a DNS label",
  "use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last",
);

export const portName = text(
  /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
  "is not the name of a port",
  "use 1 to 15 lower-case letters, digits and dashes, such as http",
);

export const portNumber = whole(1, 65535, "the port");

export const hostName = text(
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "is not a DNS name",
  "write it in lower case with its domain, such as shop.example.com",
);

export const mailAddress = text(
  /^(?=.{3,254}$)[^\s@<>,;:"()[\]]+@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "is not a mail address",
  "write it alone and its domain in lower case, such as on-call@example.com",
);

export const smarthost = text(
  /^(?=.{3,259}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?:([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
  "is not a mail server with its port",
  "write one such as smtp.example.com:587",
);

export const NOT_AN_ADDRESS = "is not a web address";

/** For `refine`, on lists whose entries stand for themselves: GitHub refuses a matrix that has a value twice. */
export const once = [(entries: readonly unknown[]): boolean => new Set(entries).size === entries.length, "names one twice; name each once"] as const;

export const url = text(
  /^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/,
  NOT_AN_ADDRESS,
  "write it whole and without a password in it, such as https://example.com/path",
);

export const absolutePath = text(
  /^(?!.*\/\.{1,2}(\/|$))(\/[^\s/]+)+$/,
  "is not an absolute path",
  "start it with /, without an empty, . or .. part",
);

export const githubOwner = text(
  /^(?!.*--)[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/,
  "is not the name of a GitHub organisation or user",
  "use 1 to 39 letters, digits and single dashes, no dash first or last",
);

export const githubName = text(
  /^(?!\.{1,2}$)(?!.*\.git$)[A-Za-z0-9._-]{1,100}$/,
  "is not the name of a repository",
  "use 1 to 100 letters, digits, dots, dashes and underscores, without .git at the end",
);

export const branchName = text(
  /^(?![/.])(?!.*(\.\.|\/\/|@\{|\.lock$|[/.]$))[^\s~^:?*[\\\p{Cc}]{1,244}$/u,
  "is not the name of a branch",
  "write a name that git accepts, such as main or release/1.2",
);

/** A name as GitHub Actions and Dependabot take it for a secret or a variable. */
export const actionsName = text(
  /^(?!GITHUB_)[A-Z_][A-Z0-9_]{0,254}$/,
  "is not a name that GitHub takes for a secret or variable",
  "use capital letters, digits and underscores, no digit first, and not the prefix GITHUB_",
);

export const environmentVariable = text(
  /^[A-Za-z_][A-Za-z0-9_]{0,254}$/,
  "is not the name of an environment variable",
  "use letters, digits and underscores, no digit first",
);

export const hexColour = text(/^[0-9A-Fa-f]{6}$/, "is not a colour", "write six hexadecimal digits without #, in quotes, such as \"d73a4a\"");

const field = String.raw`(\*|\d+(-\d+)?|[A-Z]{3}(-[A-Z]{3})?)(\/\d+)?`;
export const cron = text(
  new RegExp(String.raw`^${field}(,${field})*( ${field}(,${field})*){4}$`),
  "is not a cron expression",
  'write minute, hour, day, month and weekday in quotes, such as "0 2 * * *"',
);

export const commitSha = text(/^[0-9a-f]{40}$/, "is not a commit", "write all 40 lower-case hexadecimal digits");

export const email = text(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, "is not an e-mail address", "write one such as team@example.com");
