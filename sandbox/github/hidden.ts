import { isProperties } from "../values.ts";
import type { Properties } from "../values.ts";

/**
 * An environment as the provider's refresh reads it: reviewers and self-review only where GitHub has a rule about them. Of a rule that somebody
 * removed it keeps what it knew, so that a refresh does not show it (terraform-provider-github#2761, #3156).
 */
export function asRefreshed(body: Properties, known: Properties | undefined): Properties {
  if (known === undefined || hasRule(body)) return body;
  const { preventSelfReview, reviewers } = known;
  const { preventSelfReview: _none, reviewers: _nobody, ...rest } = body;
  return { ...rest, ...(preventSelfReview !== undefined && { preventSelfReview }), ...(reviewers !== undefined && { reviewers }) };
}

function hasRule({ preventSelfReview, reviewers }: Properties): boolean {
  const lists = Array.isArray(reviewers) ? reviewers.filter(isProperties).flatMap(({ teams, users }) => [teams, users]) : [];
  return preventSelfReview === true || lists.some((list) => Array.isArray(list) && list.length > 0);
}
