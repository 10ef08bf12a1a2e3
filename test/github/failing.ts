import { GitHubRepository } from "../../components/github/repository.ts";
import { nothing, run, secretOf } from "./program.ts";
import { repository, whole } from "./settings.ts";

// Runs by itself: a registration that fails rejects several promises at once, and Jest ends its worker at the first.
const [fails = ""] = process.argv.slice(2);
const ran = nothing();
const errors = new Set<string>();
const note = (error: unknown): void => void errors.add(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
process.on("unhandledRejection", note);
process.on("exit", () => {
  process.stdout.write(JSON.stringify({ order: ran.order.toSorted(), errors: [...errors] }));
});
run((opts) => void new GitHubRepository("shop", { owner: "acme", settings: repository(whole), secretOf }, opts), fails, ran).catch(note);
