import { buildx } from "../containers/docker.ts";
import { commandLine } from "../containers/words.ts";
import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Step, StepsJob } from "../kit/index.ts";
import { newest } from "../languages/index.ts";
import type { Toolchain } from "../languages/index.ts";
import { databaseParts } from "../service-containers.ts";
import type { Databases } from "../service-containers.ts";
import { composed } from "./compose.ts";

/** The image as people will run it. */
export interface CiImage {
  /** Path of the Dockerfile. */
  dockerfile: string;
  /** Folder that the build may read. */
  context: string;
  smoke:
    /** A command in the image ends with 0. */
    | { kind: "command"; command: string[] }
    /** The image starts beside the databases and answers. */
    | { kind: "http"; port: number; path: string };
}

/** Tests that need the whole system. */
export interface Integration {
  /** Compose file that brings it up. @default absent: the databases are all that they need */
  compose?: string | undefined;
  /** Program and arguments. */
  command: string[];
}

const BUILT = "smoke-test:ci";

export function imageJob({ dockerfile, context, smoke }: CiImage, databases: Databases): StepsJob {
  return {
    name: "image",
    timeoutMinutes: 15,
    ...(smoke.kind === "http" && databaseParts(databases)),
    steps: [
      checkout(),
      buildx(),
      {
        name: "Build the image",
        uses: pinned("docker/build-push-action"),
        with: { context, file: dockerfile, load: true, tags: BUILT, "cache-from": "type=gha", "cache-to": "type=gha,mode=max" },
      },
      smokeStep(smoke, Object.values(databases).flatMap((variable) => variable ?? [])),
    ],
  };
}

function smokeStep(smoke: CiImage["smoke"], variables: readonly string[]): Step {
  switch (smoke.kind) {
    case "command":
      return { name: "Run the image", run: `docker run --rm ${BUILT} ${commandLine(smoke.command)}` };
    case "http":
      return runScript("smoke-image.mjs", {
        name: "Start the image and ask it",
        env: { IMAGE: BUILT, PASS: variables.join(" "), URL: `http://localhost:${smoke.port}${smoke.path}`, TIMEOUT_SECONDS: 60 },
      });
    default:
      return smoke satisfies never;
  }
}

export function integrationJob({ compose, command }: Integration, tools: Toolchain, databases: Databases): StepsJob {
  const test: Step = { name: "Test", run: commandLine(command) };
  return {
    name: "integration-test",
    needs: ["unit-tests"],
    timeoutMinutes: 10,
    ...(compose === undefined && databaseParts(databases)),
    steps: [checkout(), ...tools.setUp(newest(tools), true), ...(compose === undefined ? [test] : composed(compose, [test]))],
  };
}
