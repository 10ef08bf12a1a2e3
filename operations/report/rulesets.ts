import * as z from "zod";

const pullRequest = z.object({ requiredApprovingReviewCount: z.number().default(0), requireCodeOwnerReview: z.boolean().default(false) });
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

/** What a ruleset asks for, the most important first. */
export function rulesInWords(rules: Readonly<Record<string, unknown>>): string[] {
  const reviews = pullRequest.safeParse(rules["pullRequest"]);
  const required = checks.safeParse(rules["requiredStatusChecks"]);
  return [
    ...(reviews.success ? [reviewsText(reviews.data)] : []),
    ...(required.success && required.data.requiredChecks.length > 0 ? [`checks ${required.data.requiredChecks.map(({ context }) => context).join(", ")}`] : []),
    ...(rules["mergeQueue"] === undefined || rules["mergeQueue"] === null ? [] : ["merge queue"]),
    ...SWITCHES.flatMap(([rule, words]) => (rules[rule] === true ? [words] : [])),
  ];
}

function reviewsText({ requireCodeOwnerReview, requiredApprovingReviewCount: count }: z.infer<typeof pullRequest>): string {
  const approvals = count === 0 ? "pull request" : `${count} ${count === 1 ? "approval" : "approvals"}`;
  return requireCodeOwnerReview ? `${approvals}, by code owners` : approvals;
}
