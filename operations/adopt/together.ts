import { Problem } from "../../toolchain/problem.ts";
import type { Adoption } from "./types.ts";

/** Several adoptions as one. @throws Problem where two values would go under one config key */
export function together(adoptions: readonly Adoption[]): Adoption {
  const secrets = adoptions.flatMap((each) => each.secrets);
  const paths = Map.groupBy(secrets, ({ key }) => key);
  const shared = [...paths].map(([key, of]) => [key, [...new Set(of.map(({ path }) => path))]] as const).filter(([, of]) => of.length > 1);
  if (shared.length > 0) throw new Problem(shared.map(([key, of]) => `secrets.${key}: would hold the values of ${of.join(" and ")}; adopt them one after the other and rename one of the keys`).join("\n"));
  return { entries: adoptions.flatMap((each) => each.entries), secrets, unmanaged: adoptions.flatMap((each) => each.unmanaged) };
}
