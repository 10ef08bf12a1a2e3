import { join } from "node:path";
import { local } from "./part.ts";
import type { MakePart } from "./part.ts";

/** The lab's node: it runs the pods. Its program is Node itself. */
export const agent: MakePart = ({ folder, ports }, program) => ({
  command: { program, args: [join(import.meta.dirname, "../agent/main.ts"), folder], environment: { NODE_NO_WARNINGS: "1" } },
  files: {},
  ready: local(ports.agent, "/ready"),
});
