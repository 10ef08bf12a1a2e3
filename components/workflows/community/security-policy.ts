import type { Repository } from "../kit/index.ts";

/** How a vulnerability is reported, and what happens then. */
export interface SecurityPolicySettings {
  contact: SecurityContact;
  /** Newest first. */
  versions: { version: string; supported: boolean }[];
  /** Until somebody answers. */
  answerDays: number;
  /** Until it is fixed or made public. */
  fixDays: number;
}

export type SecurityContact =
  /** GitHub's private reporting; public repositories only. */
  { kind: "private-report" } | { kind: "email"; address: string };

export function securityPolicyFile({ contact, versions, answerDays, fixDays }: SecurityPolicySettings, { owner, name }: Repository): string {
  return `# Security

## Versions

| Version | Gets security fixes |
|---|---|
${versions.map(({ version, supported }) => `| ${version} | ${supported ? "yes" : "no"} |`).join("\n")}

## Reporting a vulnerability

Please do not open an issue. ${contactText(contact, `https://github.com/${owner}/${name}/security/advisories/new`)}
Say which version it is in, what somebody could do with it, and how to reproduce it.

You get an answer within ${days(answerDays)}. We publish a fix with an advisory that names you, unless you would rather not be named, within ${days(fixDays)}.
`;
}

function contactText(contact: SecurityContact, form: string): string {
  switch (contact.kind) {
    case "private-report":
      return `[Report it privately](${form}): only the maintainers see it.`;
    case "email":
      return `Write to <${contact.address}>.`;
    default:
      return contact satisfies never;
  }
}

function days(count: number): string {
  return count === 1 ? "a day" : `${count} days`;
}
