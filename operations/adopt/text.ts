import { PROJECT } from "../../settings/section.ts";
import type { Taken } from "./state/take.ts";
import type { Adoption } from "./types.ts";

/** What a person has to know and do after an adoption. */
export function adoptionText({ entries, secrets, unmanaged }: Adoption, { sandbox, stack, write }: { stack: string; sandbox?: boolean; write?: boolean }): string {
  const pulumi = sandbox === true ? "npm run slipway -- sandbox" : "pulumi";
  const given = [...new Map(secrets.map((each) => [each.key, each])).values()];
  return [
    `${entries.map(({ name, section }) => `${section}.${name}`).join(", ")}: read; nothing was changed${write === true ? ` but Pulumi.${stack}.yaml` : ""}`,
    ...(unmanaged.length === 0 ? [] : ["", "What stays as it is, or comes to differ:", ...unmanaged.map(({ path, todo, what }) => `  ${path}: ${what}; ${todo}`)]),
    ...(given.length === 0 ? [] : ["", "Values that nobody can read back; give each as it is now:", ...given.map(({ key, path }) => `  ${pulumi} config set --secret ${PROJECT}:${key} --stack ${stack}   # ${path}`)]),
    "",
    `Then: npm run slipway -- adopt import --stack ${stack}${sandbox === true ? " --sandbox" : ""}`,
  ].join("\n");
}

/** What an import did, and what the next update would change. */
export function takenText({ imported, remaining }: Taken): string {
  const done = imported === 0 ? "The state had everything already." : `The state has ${imported} more resources; nothing else was changed.`;
  const after = remaining.length === 0 ? ["The next update changes nothing."] : [`The next update would change ${remaining.length}:`, ...remaining.map((line) => `  ${line}`)];
  return `${[done, ...after].join("\n")}\n`;
}
