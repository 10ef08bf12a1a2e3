import type { Step } from "./step.ts";

/** What a new resource opens that was closed, where it comes to something that was there before. */
const OPENINGS: readonly { type: RegExp; why: (inputs: NonNullable<Step["after"]>) => string | undefined }[] = [
  {
    type: /^github:.*:RepositoryEnvironmentDeploymentPolicy$/,
    why: ({ branchPattern, tagPattern }) => {
      if (typeof branchPattern === "string") return `branches ${branchPattern} may be deployed to it`;
      return typeof tagPattern === "string" ? `tags ${tagPattern} may be deployed to it` : undefined;
    },
  },
  { type: /^github:.*:RepositoryDeployKey$/, why: ({ readOnly }) => (readOnly === false ? "whoever has the key may write to the repository" : undefined) },
];

/** Why this new resource is dangerous; undefined where it is not, and in a whole that is new itself. */
export function whyItOpens({ after = {}, parent, type }: Step, kindOf: (urn: string) => Step["kind"] | undefined): string | undefined {
  if (parent !== undefined && kindOf(parent) === "create") return undefined;
  return OPENINGS.find((each) => each.type.test(type))?.why(after);
}
