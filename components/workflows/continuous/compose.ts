import type { Step } from "../kit/index.ts";

/** Steps that need the system of a compose file: it comes up healthy, says why where they fail, and nothing of it stays. */
export function composed(file: string, steps: readonly Step[]): Step[] {
  const compose = `docker compose --file ${file}`;
  return [
    { name: "Start the system", run: `${compose} up --detach --wait --wait-timeout 120` },
    ...steps,
    { name: "Show what the containers said", if: "${{ failure() }}", run: `${compose} logs --no-color --tail 500` },
    { name: "Stop the system", if: "${{ always() }}", run: `${compose} down --volumes` },
  ];
}
