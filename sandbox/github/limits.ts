import { problem } from "../judge.ts";
import type { Problem } from "../judge.ts";
import { formatPath } from "../paths.ts";
import { at, isProperties, isSecret, UNKNOWN } from "../values.ts";
import type { Path, Properties, Revealed, Value } from "../values.ts";
import { CHOICES, LENGTHS, PATTERNS, RANGES } from "./limitTables.ts";

/** GitHub's own limits, which the provider's schema does not hold; all that are broken, in the house format. */
export function limits(type: string, inputs: Revealed): Problem[] {
  return [...patterns(type, inputs), ...lengths(type, inputs), ...ranges(type, inputs), ...choices(type, inputs), ...(SPECIAL[type]?.(inputs.plain) ?? [])];
}

function patterns(type: string, inputs: Revealed): Problem[] {
  return PATTERNS.filter((row) => row.types.includes(type)).flatMap((row) =>
    values(inputs, row.path).flatMap(({ path, value }) => {
      if (typeof value !== "string" || value === UNKNOWN || (row.allows.test(value) && row.forbids?.test(value) !== true)) return [];
      return [problem(path, row.wrong, value, row.advice, isSecret(path, inputs.secrets))];
    }));
}

function lengths(type: string, inputs: Revealed): Problem[] {
  return LENGTHS.filter((row) => row.types.includes(type)).flatMap((row) =>
    values(inputs, row.path).flatMap(({ path, value }) => {
      const length = typeof value === "string" && value !== UNKNOWN ? (row.unit === "bytes" ? Buffer.byteLength(value) : [...value].length) : Array.isArray(value) ? value.length : 0;
      if (length <= row.most) return [];
      const property = formatPath(path);
      return [{ property, reason: `${property}: must have at most ${row.most} ${row.unit}, got ${length}; ${row.advice}` }];
    }));
}

function ranges(type: string, inputs: Revealed): Problem[] {
  return RANGES.filter((row) => row.types.includes(type)).flatMap((row) =>
    values(inputs, row.path).flatMap(({ path, value }) => {
      if (typeof value !== "number" || (value >= row.least && value <= row.most)) return [];
      return [problem(path, `must be ${row.least} to ${row.most}${row.unit}`, value, "give a value in that range", isSecret(path, inputs.secrets))];
    }));
}

function choices(type: string, inputs: Revealed): Problem[] {
  return CHOICES.filter((row) => row.types.includes(type)).flatMap((row) =>
    values(inputs, row.path).flatMap(({ path, value }) => {
      if (typeof value !== "string" || value === UNKNOWN || row.among.includes(value)) return [];
      return [problem(path, `must be one of ${row.among.join(", ")}`, value, "choose one of them", isSecret(path, inputs.secrets))];
    }));
}

/** Rules that look at several inputs at once. */
const SPECIAL: Record<string, (inputs: Properties) => Problem[]> = {
  Repository(inputs) {
    const methods = ["allowMergeCommit", "allowSquashMerge", "allowRebaseMerge"];
    if (methods.some((method) => inputs[method] !== false)) return [];
    return [problem(["allowMergeCommit"], "at least one merge method must be allowed", false, `allow one of ${methods.join(", ")}`)];
  },
  RepositoryEnvironment(inputs) {
    return [...reviewers(inputs), ...branchPolicy(inputs)];
  },
  ActionsRepositoryPermissions(inputs) {
    if (inputs["allowedActionsConfig"] === undefined || inputs["allowedActions"] === "selected" || inputs["allowedActions"] === UNKNOWN) return [];
    return [problem(["allowedActionsConfig"], "is only accepted with allowedActions selected", inputs["allowedActionsConfig"], "set allowedActions to selected or remove it")];
  },
  RepositoryRuleset(inputs) {
    if (inputs["target"] === "push" || inputs["target"] === UNKNOWN || inputs["conditions"] !== undefined) return [];
    return [problem(["conditions"], "is required for the targets branch and tag", undefined, "give conditions.refName with includes and excludes")];
  },
  RepositoryEnvironmentDeploymentPolicy(inputs) {
    if ((inputs["branchPattern"] === undefined) !== (inputs["tagPattern"] === undefined)) return [];
    return [problem(["branchPattern"], "exactly one of branchPattern and tagPattern is accepted", inputs["branchPattern"], "give one of them")];
  },
};

function reviewers(inputs: Properties): Problem[] {
  const lists = Array.isArray(inputs["reviewers"]) ? inputs["reviewers"].filter(isProperties) : [];
  const count = lists.reduce((sum, list) => sum + size(list["teams"]) + size(list["users"]), 0);
  if (count <= 6) return [];
  return [{ property: "reviewers", reason: `reviewers: must be at most 6 users and teams together, got ${count}; put more people into a team` }];
}

function branchPolicy(inputs: Properties): Problem[] {
  const policy = inputs["deploymentBranchPolicy"];
  if (!isProperties(policy) || policy["protectedBranches"] !== policy["customBranchPolicies"]) return [];
  return [problem(["deploymentBranchPolicy"], "protectedBranches and customBranchPolicies cannot have the same value", policy["protectedBranches"], "set exactly one of them to true")];
}

function size(value: Value | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The values at a path whose `*` stands for every item of a list. */
function values({ plain }: Revealed, path: Path): { path: Path; value: Value }[] {
  const star = path.indexOf("*");
  if (star === -1) {
    const value = at(plain, path);
    return value === undefined ? [] : [{ path, value }];
  }
  const list = at(plain, path.slice(0, star));
  if (!Array.isArray(list)) return [];
  return list.flatMap((_, index) => values({ plain, secrets: [] }, [...path.slice(0, star), index, ...path.slice(star + 1)]));
}
