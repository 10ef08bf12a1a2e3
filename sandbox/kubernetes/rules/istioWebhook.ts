import type { Report } from "./rule.ts";

export type Say = (detail: string, below?: string) => void;

/** istiod's own webhook answers, through the API server, with this before its words. */
export const denied = (report: Report): Say => (detail, below) => report(`admission webhook "validation.istio.io" denied the request: configuration is invalid: ${detail}`, below);
