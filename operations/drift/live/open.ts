import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../../toolchain/search.ts";
import { githubClient } from "../../github/client.ts";
import type { GitHubClient } from "../../github/client.ts";
import type { Look } from "../inspect.ts";
import type { Declared } from "../types.ts";
import { Answers } from "./answers.ts";
import { asker } from "./ask.ts";
import { look } from "./look.ts";
import { Pace } from "./pace.ts";

export interface OpenGitHub {
  /** @throws Problem where there is no token */
  client(): GitHubClient;
  look(declared: ReadonlyMap<string, Declared>): Promise<Look>;
}

export interface OpenGitHubOptions {
  stack: string;
  environment: NodeJS.ProcessEnv;
  /** Told what is going on; the last one stands. */
  progress: (text: string) => void;
  /** Told when GitHub makes this wait. */
  wait: (text: string) => void;
  /** Pages are kept from one run to the next. @default true */
  keep?: boolean;
}

/** GitHub's API for one command; a stack without repositories needs no token. */
export function openGitHub({ stack, environment, progress, wait, keep = true }: OpenGitHubOptions): OpenGitHub {
  let opened: GitHubClient | undefined;
  const client = (): GitHubClient => (opened ??= githubClient({ environment, wait }));
  const pace = new Pace();
  return {
    client,
    async look(declared) {
      // A page is kept under its API's address: another GitHub's answers are no use.
      const answers = new Answers(keep ? fileOf(environment["GITHUB_API_URL"] ?? "", stack) : undefined);
      const ask = asker({ client: (route, parameters) => client().request(route, parameters), answers, pace });
      let complete = false;
      try {
        const found = await look(declared, ask, { server: environment["GITHUB_SERVER_URL"], progress: (done, all) => progress(`${done} of ${all} repositories`) });
        complete = true;
        return found;
      } finally {
        answers.save(complete);
      }
    },
  };
}

function fileOf(address: string, stack: string): string {
  return join(dirname(cacheFolder()), "drift", `${createHash("sha256").update(`${address}\n${stack}`).digest("hex").slice(0, 32)}.json`);
}
