import { dockerBuild } from "./docker-build.ts";
import { dockerCi } from "./docker-ci.ts";
import { mcpServerRelease } from "./mcp-server-release.ts";
import { observabilityValidate } from "./observability-validate.ts";
import { securityScan } from "./security-scan.ts";
import { security } from "./security.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const containers = { dockerBuild, dockerCi, mcpServerRelease, observabilityValidate, securityScan, security };
