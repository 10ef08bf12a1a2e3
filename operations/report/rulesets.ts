import * as z from "zod";

const pullRequest = z.object({ requiredApprovingReviewCount: z.number().default(0), requireCodeOwnerReview: z.boolean().default(false) });
const names = z.array(z.string()).min(1);
const checks = z.object({ requiredChecks: z.array(z.object({ context: z.string() })) });

/** Rules that are on or off. */
const SWITCHES: readonly (readonly [rule: string, words: string])[] = [
  ["deletion", "no deletion"],
  ["nonFastForward", "no force push"],
  ["creation", "no creation"],
  ["update", "no update"],
  ["requiredLinearHistory", "linear history"],
  ["requiredSignatures", "signed commits"],
];

/** Rules with a list of names. */
const LISTS: readonly (readonly [rule: string, field: string, words: string])[] = [
  ["requiredDeployments", "requiredDeploymentEnvironments", "deployed to"],
  ["filePathRestriction", "restrictedFilePaths", "never"],
  ["fileExtensionRestriction", "restrictedFileExtensions", "never"],
];
/** Rules with a number. */
const SIZES: readonly (readonly [rule: string, field: string, words: string])[] = [
  ["maxFileSize", "maxFileSize", "files up to # MB"],
  ["maxFilePathLength", "maxFilePathLength", "paths up to # characters"],
];
/** Rules of which it is enough that they are there. */
const OTHERS: readonly (readonly [rule: string, words: string])[] = [
  ["mergeQueue", "merge queue"],
  ["requiredCodeScanning", "code scanning"],
  ["copilotCodeReview", "review by Copilot"],
  ["commitMessagePattern", "pattern of commit messages"],
  ["commitAuthorEmailPattern", "pattern of authors"],
  ["committerEmailPattern", "pattern of committers"],
  ["branchNamePattern", "pattern of names"],
];

/** What a ruleset asks for, the most important first. */
export function rulesInWords(rules: Readonly<Record<string, unknown>>): string[] {
  const reviews = pullRequest.safeParse(rules["pullRequest"]);
  const required = checks.safeParse(rules["requiredStatusChecks"]);
  return [
    ...(reviews.success ? [reviewsText(reviews.data)] : []),
    ...(required.success && required.data.requiredChecks.length > 0 ? [`checks ${required.data.requiredChecks.map(({ context }) => context).join(", ")}`] : []),
    ...LISTS.flatMap(([rule, field, words]) => {
      const found = z.object({ [field]: names }).safeParse(rules[rule]);
      return found.success ? [`${words} ${(found.data[field] ?? []).join(", ")}`] : [];
    }),
    ...SIZES.flatMap(([rule, field, words]) => {
      const found = z.object({ [field]: z.number() }).safeParse(rules[rule]);
      return found.success ? [words.replace("#", String(found.data[field]))] : [];
    }),
    ...OTHERS.flatMap(([rule, words]) => (rules[rule] === undefined || rules[rule] === null ? [] : [words])),
    ...SWITCHES.flatMap(([rule, words]) => (rules[rule] === true ? [words] : [])),
  ];
}

function reviewsText({ requireCodeOwnerReview, requiredApprovingReviewCount: count }: z.infer<typeof pullRequest>): string {
  const approvals = count === 0 ? "pull request" : `${count} ${count === 1 ? "approval" : "approvals"}`;
  return requireCodeOwnerReview ? `${approvals}, by code owners` : approvals;
}
