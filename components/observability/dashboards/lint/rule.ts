import type { Catalogue } from "../../promql/catalogue.ts";
import type { LintedDashboard } from "./read.ts";

/** What a dashboard is held against. */
export interface LintContext {
  /** Metrics and labels that there are. */
  catalogue: Catalogue;
  /** Uids that links may lead to, beside those of the dashboards that are looked at together. @default none */
  uids?: readonly string[] | undefined;
}

/** What a rule says of one dashboard, each as `<where in it>: <what is wrong>, got <value>; <what to do>`. */
export type Rule = (dashboard: LintedDashboard, context: { catalogue: Catalogue; uids: readonly string[] }) => string[];
